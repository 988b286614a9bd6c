import type { Catalogue } from '../catalogue.ts';
import type { synthetic as english } from '../en/synthetic.ts';

export const synthetic: Pick<Catalogue, keyof typeof english> = {
  'usage.synthetic-rows': ({ rows, least, most }) => `Antall rader er ${rows}; en syntetisk befolkning har fra ${least} til ${most}.`,
  'usage.synthetic-seed': ({ name, value, most }) => `${name} er ${value}; gi et heltall fra 0 til ${most}.`,
};
