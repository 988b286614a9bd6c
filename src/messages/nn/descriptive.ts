import type { Catalogue } from '../catalogue.ts';
import type { descriptive as english } from '../en/descriptive.ts';
import { counted } from '../words.ts';

export const descriptive: Pick<Catalogue, keyof typeof english> = {
  'data.not-described': ({ missing, present }) =>
    `Det manglar ${counted(missing.length, 'kolonne', 'kolonnar')}: ${missing.join(', ')}. Tabellen har: ${present.join(', ')}. Legg ${missing.length === 1 ? 'han' : 'dei'} til.`,
  'data.too-many-groups': ({ groups, most }) => `Ei oppdeling har ${counted(groups, 'gruppe', 'grupper')}; det kan skildrast høgst ${most}. Del opp etter ein kolonne med færre.`,
};
