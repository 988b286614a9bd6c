import type { Catalogue } from '../catalogue.ts';
import type { coding as english } from '../en/coding.ts';
import { counted, firstOf } from '../words.ts';

export const coding: Pick<Catalogue, keyof typeof english> = {
  'spec.interaction-too-large': ({ cells, most }) => `Eit samspel har ${counted(cells, 'celle', 'celler')}; høgst ${most} er mogleg. Slå saman nivå, eller utelat det.`,
  'spec.interaction-covariate': ({ covariate }) => `Samspelet nemner ${covariate}, som ikkje er eit kjenneteikn med nivå her.`,
  'spec.label-count': ({ covariate, labels, values }) =>
    `${covariate} har ${counted(labels, 'etikett', 'etikettar')}, men dataa har ${counted(values.length, 'verdi', 'verdiar')}: ${firstOf(values)}.`,
  'spec.reference-level': ({ covariate, reference, levels }) => `Referansen ${reference} for ${covariate} er ikkje eitt av nivåa: ${firstOf(levels)}.`,
  'data.no-value': ({ covariate }) => `${covariate} har ingen verdi i nokon rad og dermed ingen nivå. Fyll kolonnen, eller utelat kjenneteiknet.`,
  'data.too-many-levels': ({ covariate, values, most }) =>
    `${covariate} har ${counted(values, 'ulik verdi', 'ulike verdiar')}; høgst ${most} er mogleg. Er det eit kjenneteikn med nivå?`,
};
