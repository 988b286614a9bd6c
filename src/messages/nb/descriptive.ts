import type { Catalogue } from '../catalogue.ts';
import type { descriptive as english } from '../en/descriptive.ts';
import { counted } from '../words.ts';

export const descriptive: Pick<Catalogue, keyof typeof english> = {
  'data.not-described': ({ missing, present }) =>
    `Det mangler ${counted(missing.length, 'kolonne', 'kolonner')}: ${missing.join(', ')}. Tabellen har: ${present.join(', ')}. Legg ${missing.length === 1 ? 'den' : 'dem'} til.`,
  'data.too-many-groups': ({ groups, most }) => `En oppdeling har ${counted(groups, 'gruppe', 'grupper')}; det kan beskrives høyst ${most}. Del opp etter en kolonne med færre.`,
};
