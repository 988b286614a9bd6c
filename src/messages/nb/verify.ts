import type { Catalogue } from '../catalogue.ts';
import type { verify as english } from '../en/verify.ts';

export const verify: Pick<Catalogue, keyof typeof english> = {
  'usage.not-built-in': ({ name, names, near }) =>
    `Ingen innebygd modell heter «${name}». ${near === null ? `Det finnes ${names.join(' og ')}.` : `Mente du «${near}»?`}`,
};
