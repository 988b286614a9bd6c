import type { Catalogue } from '../catalogue.ts';
import type { within as english } from '../en/within.ts';
import { counted } from '../words.ts';

export const within: Pick<Catalogue, keyof typeof english> = {
  'usage.within-bundle': () =>
    '--within viser ein del av radene, og eit lagra reknestykke gjeld alle: utelat --bundle, eller les delen åleine med --where.',
  'spec.within-outcome': ({ condition, outcome, by }) =>
    `--within «${condition}» vel rader etter ${by.length > 0 ? `${by.join(', ')}, som er laga av utfallet ${outcome}` : `utfallet ${outcome}`}: snittet deira ville seie kva som vart valt. Vel etter det som er kjent før utfallet.`,
  'data.within-nobody': ({ condition }) => `--within «${condition}» gjeld inga rad i tabellen: det er ingenting å vise.`,
  'warning.within-shown': ({ shown, rows }) => `--within: ${counted(shown, 'rad', 'rader')} av ${rows} blir viste, med modellen for alle.`,
  'warning.within-zero-mean': ({ outcomes }) =>
    `${outcomes.join(', ')}: modellen har nivå for radene som --within viser, og held snittet over alle dei på null: samanlikn grupper mellom dei, og ikkje les nivået.`,
};
