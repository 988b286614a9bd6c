import { cumulative } from './distributions.ts';

/** County, its share of the persons, its number of offices and of housing-and-labour-market regions. Shares are our guess. */
const counties: readonly (readonly [name: string, share: number, offices: number, regions: number])[] = [
  ['Agder', 0.062, 17, 11],
  ['Akershus', 0.115, 21, 4],
  ['Buskerud', 0.05, 15, 8],
  ['Finnmark', 0.016, 12, 12],
  ['Innlandet', 0.07, 29, 17],
  ['Møre og Romsdal', 0.046, 20, 13],
  ['Nordland', 0.046, 27, 19],
  ['Oslo', 0.125, 15, 1],
  ['Rogaland', 0.088, 19, 9],
  ['Telemark', 0.039, 13, 8],
  ['Troms', 0.031, 15, 12],
  ['Trøndelag', 0.082, 29, 19],
  ['Vestfold', 0.053, 8, 4],
  ['Vestland', 0.112, 33, 20],
  ['Østfold', 0.065, 11, 3],
];

export const countyLabels = counties.map(([name]) => name);
export const officeLabels: string[] = [];
export const regionLabels: string[] = [];
/** County and region by office. */
export const countyOf: number[] = [];
export const regionOf: number[] = [];
const weights: number[] = [];

counties.forEach(([name, share, offices, regions], county) => {
  const first = regionLabels.length;
  for (let region = 1; region <= regions; region++) regionLabels.push(`${name} BA ${String(region).padStart(2, '0')}`);
  const sizes = Array.from({ length: offices }, (_, office) => 1 / (2 + office));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  sizes.forEach((size, office) => {
    officeLabels.push(`Nav ${name} ${String(office + 1).padStart(2, '0')}`);
    countyOf.push(county);
    regionOf.push(first + (office % regions));
    weights.push((share * size) / total);
  });
});

/** Persons' shares summed up, by office; the last is 1. */
export const officeShares: Float64Array = cumulative(weights);

/** How many times as common country group 3 is here as in the country as a whole. */
export const immigrantFactor = (county: number): number => {
  const name = countyLabels[county]!;
  if (name === 'Oslo') return 1.55;
  return ['Akershus', 'Østfold', 'Buskerud'].includes(name) ? 1.15 : 0.83;
};
