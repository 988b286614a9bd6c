import type { Catalogue } from '../catalogue.ts';
import type { verify as english } from '../en/verify.ts';

export const verify: Pick<Catalogue, keyof typeof english> = {
  'usage.not-built-in': ({ name, names, near }) =>
    `Ingen innebygd modell heiter «${name}». ${near === null ? `Det finst ${names.join(' og ')}.` : `Meinte du «${near}»?`}`,
};
