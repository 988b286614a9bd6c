import { calendarMonth, march2020, months } from './calendar.ts';
import { outcomeCount } from './coefficients.ts';
import type { Columns } from './columns.ts';
import { measureLabels } from './measures.ts';
import { countyLabels, countyOf, officeLabels, officeShares } from './places.ts';
import { fixedNoise } from './fixed-noise.ts';
import { leastHours } from './floor.ts';

/** Added to α + xβ: hours a week for Atid3 and Atid12, probit index for Jobb3 and Jobb12; entry `level * 4 + outcome`. */
export interface Effects {
  /** By calendar month, January first. */
  readonly season: Float64Array;
  readonly pandemic: Float64Array;
  readonly month: Float64Array;
  readonly county: Float64Array;
  readonly office: Float64Array;
  readonly measure: Float64Array;
}

/** Probit index for an hour a week, 3 and 12 months: what Table 4 has for most covariates. */
const perHour3 = 0.13;
const perHour12 = 0.1;

const fromHours = (values: readonly (readonly [atid3: number, atid12: number])[]): Float64Array =>
  Float64Array.from(values.flatMap(([three, twelve]) => [three, twelve, three * perHour3, twelve * perHour12]));

const season = fromHours(
  [0.1, 0.25, 0.4, 0.45, 0.2, 0, -0.05, -0.15, -0.25, -0.35, -0.4, -0.2].map((hours) => [hours, hours / 8] as const),
);

/** By months after March 2020. Next months' hours fall before the stock of that month, and for a year before. */
const pandemicHours = (since: number): readonly [number, number] => [
  [-0.4, -1.1, -1.6, -1.2, -0.7, -0.5, -0.4, -0.3, -0.3, -0.2, -0.2][since + 3] ?? 0,
  since >= -9 && since < 4 ? -0.7 + 0.05 * Math.abs(since + 2) : since >= 4 && since < 12 ? -0.25 : since >= 14 && since < 26 ? 0.3 : 0,
];

/** Table 3's county means less what all the rest gives there, in `countyLabels`' order: hours a week, then probit index. */
const county: readonly (readonly [atid3: number, atid12: number, jobb3: number, jobb12: number])[] = [
  [-1.16, -1.17, -0.1, -0.1],
  [-0.26, 0.15, 0.01, 0.08],
  [-0.28, -0.07, -0.01, 0.04],
  [0.79, 0.93, 0.13, 0.12],
  [-0.48, -0.63, -0.03, -0.07],
  [0.85, 0.75, 0.13, 0.08],
  [0.56, 0.44, 0.09, 0.06],
  [-1.14, -1.47, 0.05, -0.06],
  [-0.56, -0.39, -0.02, 0.02],
  [-0.47, -0.48, -0.05, -0.02],
  [0.09, 0.01, 0, 0.03],
  [0.5, 0.43, 0.06, 0.08],
  [-0.31, 0.11, 0.01, 0.08],
  [0.48, 0.46, 0.09, 0.06],
  [-1.72, -1.66, -0.17, -0.12],
];

const measureHours: Readonly<Record<string, readonly [number, number]>> = {
  Oppfølging: [0.2, 0.5],
  'Arbeidsforberedende trening': [-0.6, 0.1],
  AMO: [-0.8, 0.6],
  'Midlertidig lønnstilskudd': [3, 2.5],
  'Arbeid med støtte': [0.3, 0.8],
  IPS: [0.1, 1],
  Jobbklubb: [0.6, 0.7],
  'Digital oppfølging': [0.2, 0.2],
};

/** Fixed numbers spread over −1 … 1, in an order that shows no pattern; evenly in the calibrated structure, whose key is 0. */
const spread = (i: number, key: number): number =>
  key === 0 ? ((Math.imul(i + 1, 0x9e3779b1) >>> 8) % 2001) / 1000 - 1 : 2 * fixedNoise(i, 2000, key) - 1;

/** Offices differ within their county; weighted by their size, their effects sum to 0 there. */
const officeHours = (key: number): (readonly [number, number])[] => {
  const raw = officeLabels.map((_, office) => [0.6 * spread(office + 400, key), 0.6 * spread(office + 400, key) + 0.2 * spread(office + 900, key)] as const);
  const size = (office: number): number => officeShares[office]! - (officeShares[office - 1] ?? 0);
  const sums = countyLabels.map(() => [0, 0, 0]);
  raw.forEach(([three, twelve], office) => {
    const sum = sums[countyOf[office]!]!;
    [1, three, twelve].forEach((value, k) => (sum[k]! += size(office) * value));
  });
  return raw.map(([three, twelve], office) => {
    const [weight, sum3, sum12] = sums[countyOf[office]!]! as [number, number, number];
    return [three - sum3 / weight, twelve - sum12 / weight];
  });
};

/** Effects of the structure with this key: season, pandemic, county and measure are always the same, those of months and offices its own. */
export const effectsOf = (key: number): Effects => ({
  season,
  pandemic: fromHours(Array.from({ length: months }, (_, month) => pandemicHours(month - march2020))),
  month: fromHours(Array.from({ length: months }, (_, month) => [0.15 * spread(month, key), 0.1 * spread(month + 200, key)] as const)),
  county: Float64Array.from(countyLabels.flatMap((_, k) => county[k] ?? [0, 0, 0, 0])),
  office: fromHours(officeHours(key)),
  measure: fromHours(measureLabels.map((measure) => measureHours[measure] ?? [0, 0])),
});

/** Adds the effects to α + xβ of the rows; expected hours stay at 0.1 or more. */
export const addEffects = (effects: Effects, columns: Columns, predictors: Float64Array): void => {
  const { season: bySeason, pandemic, month, county: byCounty, office, measure } = effects;
  for (let row = 0; row < columns.rows; row++) {
    const m = columns.month[row]!;
    const atSeason = calendarMonth(m) * outcomeCount;
    const atMonth = m * outcomeCount;
    const atOffice = columns.office[row]! * outcomeCount;
    const atCounty = countyOf[columns.office[row]!]! * outcomeCount;
    const atMeasure = columns.measure[row]! * outcomeCount;
    for (let o = 0; o < outcomeCount; o++) {
      const effect =
        bySeason[atSeason + o]! + pandemic[atMonth + o]! + month[atMonth + o]! + byCounty[atCounty + o]! + office[atOffice + o]! +
        measure[atMeasure + o]!;
      const sum = predictors[row * outcomeCount + o]! + effect;
      predictors[row * outcomeCount + o] = o < 2 ? Math.max(sum, leastHours) : sum;
    }
  }
};
