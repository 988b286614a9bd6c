import type { Catalogue } from '../catalogue.ts';
import type { run as english } from '../en/run.ts';
import { counted } from '../words.ts';

export const run: Pick<Catalogue, keyof typeof english> = {
  'interrupted.cancelled': () => 'Køyringa vart avbroten.',
  'internal.unexpected': ({ detail }) => `Noko hende som ikkje skal hende: ${detail}`,
  'data.no-rows': () => 'Tabellen har ingen rader.',
  'data.condition-holds-nowhere': ({ condition }) => `Vilkåret «${condition}» er ikkje oppfylt for nokon rad i tabellen.`,
  'data.other-rows': ({ rows, digest, expectedRows, expectedDigest }) =>
    `Radene i --data er ikkje dei som det lagra reknestykket er laga av (${counted(rows, 'rad', 'rader')} med kontrollsum ${digest}, mot ${expectedRows} med ${expectedDigest}). Gi filene det vart laga av, eller køyr med --bundle på desse.`,
  'data.too-many-months': ({ first, last, months, most }) =>
    `Radene går frå ${first} til ${last}, ${counted(months, 'månad', 'månader')}; ei køyring spenner over høgst ${most}. Rett ein månad som er feil, eller les ein del av dei med --where.`,
  'usage.relative-to-shape': ({ month }) => `relative-to: ${month} er ikkje ein månad; skriv han som 2018-03.`,
  'usage.relative-to-without-rows': ({ month, first, last }) =>
    `relative-to: inga rad ligg i ${month}; dataa går frå ${first} til ${last}. Vel ein månad dei har.`,
  'usage.compare-period': ({ period, first, last }) =>
    `compare: ${period} er ikkje ein periode som dataa har heil, frå ${first} til ${last}; skriv all, 2023, 2023-T1, 2023-Q1 eller 2023-01.`,
};
