import type { Catalogue } from '../catalogue.ts';
import type { synthetic as english } from '../en/synthetic.ts';

export const synthetic: Pick<Catalogue, keyof typeof english> = {
  'usage.synthetic-rows': ({ rows, least, most }) => `Talet på rader er ${rows}; ein syntetisk folkesetnad har frå ${least} til ${most}.`,
  'usage.synthetic-seed': ({ name, value, most }) => `${name} er ${value}; gi eit heiltal frå 0 til ${most}.`,
};
