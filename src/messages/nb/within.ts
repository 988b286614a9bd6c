import type { Catalogue } from '../catalogue.ts';
import type { within as english } from '../en/within.ts';
import { counted } from '../words.ts';

export const within: Pick<Catalogue, keyof typeof english> = {
  'usage.within-bundle': () =>
    '--within viser en del av radene, og et lagret regnestykke gjelder alle: utelat --bundle, eller les delen alene med --where.',
  'spec.within-outcome': ({ condition, outcome, by }) =>
    `--within «${condition}» velger rader etter ${by.length > 0 ? `${by.join(', ')}, som er laget av utfallet ${outcome}` : `utfallet ${outcome}`}: snittet deres ville si hva som ble valgt. Velg etter det som er kjent før utfallet.`,
  'data.within-nobody': ({ condition }) => `--within «${condition}» gjelder ingen rad i tabellen: det er ingenting å vise.`,
  'warning.within-shown': ({ shown, rows }) => `--within: ${counted(shown, 'rad', 'rader')} av ${rows} vises, med modellen for alle.`,
  'warning.within-zero-mean': ({ outcomes }) =>
    `${outcomes.join(', ')}: modellen har nivåer for radene som --within viser, og holder snittet over alle dem på null: sammenlign grupper blant dem, og ikke les nivået.`,
};
