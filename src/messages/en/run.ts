import { counted } from '../words.ts';

/** Of a run as a whole. */
export const run = {
  'interrupted.cancelled': (_: object) => 'The run was cancelled.',
  'internal.unexpected': ({ detail }: { detail: string }) => `Something happened that should not: ${detail}`,
  'data.no-rows': (_: object) => 'The table has no rows.',
  'data.condition-holds-nowhere': ({ condition }: { condition: string }) => `The condition "${condition}" holds for no row of the table.`,
  'data.other-rows': ({ rows, digest, expectedRows, expectedDigest }: { rows: number; digest: string; expectedRows: number; expectedDigest: string }) =>
    `The rows of --data are not those of the bundle (${counted(rows, 'row', 'rows')} with digest ${digest}, and ${expectedRows} with ${expectedDigest}). Give the files it was made of, or run with --bundle over these.`,
  'data.too-many-months': ({ first, last, months, most }: { first: string; last: string; months: number; most: number }) =>
    `The rows run from ${first} to ${last}, ${counted(months, 'month', 'months')}; a run spans ${most} at most. Mend a month that is wrong, or read part of them with --where.`,
  'usage.relative-to-shape': ({ month }: { month: string }) => `relative-to: ${month} is not a month; write it as 2018-03.`,
  'usage.relative-to-without-rows': ({ month, first, last }: { month: string; first: string; last: string }) =>
    `relative-to: no row lies in ${month}; the data run from ${first} to ${last}. Choose a month that they have.`,
  'usage.compare-period': ({ period, first, last }: { period: string; first: string; last: string }) =>
    `compare: ${period} is no period that the data have whole, from ${first} to ${last}; write all, 2023, 2023-T1, 2023-Q1 or 2023-01.`,
};
