import type { Catalogue } from '../catalogue.ts';
import type { coding as english } from '../en/coding.ts';
import { counted, firstOf } from '../words.ts';

export const coding: Pick<Catalogue, keyof typeof english> = {
  'spec.interaction-too-large': ({ cells, most }) => `Et samspill har ${counted(cells, 'celle', 'celler')}; høyst ${most} er mulig. Slå sammen nivåer, eller utelat det.`,
  'spec.interaction-covariate': ({ covariate }) => `Samspillet nevner ${covariate}, som ikke er et kjennetegn med nivåer her.`,
  'spec.label-count': ({ covariate, labels, values }) =>
    `${covariate} har ${counted(labels, 'etikett', 'etiketter')}, men dataene har ${counted(values.length, 'verdi', 'verdier')}: ${firstOf(values)}.`,
  'spec.reference-level': ({ covariate, reference, levels }) => `Referansen ${reference} for ${covariate} er ikke et av nivåene: ${firstOf(levels)}.`,
  'data.no-value': ({ covariate }) => `${covariate} har ingen verdi i noen rad og dermed ingen nivåer. Fyll kolonnen, eller utelat kjennetegnet.`,
  'data.too-many-levels': ({ covariate, values, most }) =>
    `${covariate} har ${counted(values, 'ulik verdi', 'ulike verdier')}; høyst ${most} er mulig. Er det et kjennetegn med nivåer?`,
};
