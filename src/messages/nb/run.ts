import type { Catalogue } from '../catalogue.ts';
import type { run as english } from '../en/run.ts';
import { counted } from '../words.ts';

export const run: Pick<Catalogue, keyof typeof english> = {
  'interrupted.cancelled': () => 'Kjøringen ble avbrutt.',
  'internal.unexpected': ({ detail }) => `Noe skjedde som ikke skal skje: ${detail}`,
  'data.no-rows': () => 'Tabellen har ingen rader.',
  'data.condition-holds-nowhere': ({ condition }) => `Betingelsen «${condition}» er ikke oppfylt for noen rad i tabellen.`,
  'data.other-rows': ({ rows, digest, expectedRows, expectedDigest }) =>
    `Radene i --data er ikke de som det lagrede regnestykket er laget av (${counted(rows, 'rad', 'rader')} med kontrollsum ${digest}, mot ${expectedRows} med ${expectedDigest}). Gi filene det ble laget av, eller kjør med --bundle på disse.`,
  'data.too-many-months': ({ first, last, months, most }) =>
    `Radene går fra ${first} til ${last}, ${counted(months, 'måned', 'måneder')}; en kjøring spenner over høyst ${most}. Rett en måned som er feil, eller les en del av dem med --where.`,
  'usage.relative-to-shape': ({ month }) => `relative-to: ${month} er ikke en måned; skriv den som 2018-03.`,
  'usage.relative-to-without-rows': ({ month, first, last }) =>
    `relative-to: ingen rad ligger i ${month}; dataene går fra ${first} til ${last}. Velg en måned de har.`,
  'usage.compare-period': ({ period, first, last }) =>
    `compare: ${period} er ikke en periode som dataene har hel, fra ${first} til ${last}; skriv all, 2023, 2023-T1, 2023-Q1 eller 2023-01.`,
};
