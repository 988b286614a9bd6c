import { cumulative } from './distributions.ts';

/**
 * What Tables 1 and 2 of the report say of each main group, turned into laws to draw from. Where the tables are silent the
 * numbers are guesses; where a floor on expected hours later changes covariates, drawn shares are higher than printed ones.
 */
export interface Group {
  /** Share of all rows. */
  readonly rows: number;
  /** Mean completed duration of a spell in months; lengths are geometric. */
  readonly length: number;
  readonly female: number;
  /** Quantiles of age in years on entering, at 0, 10, … 100 %. */
  readonly age: readonly number[];
  /** Country groups −1, 0, 1, 2, 3. */
  readonly country: readonly number[];
  /** The seven levels of hours at measurement. */
  readonly hours: readonly number[];
  readonly married: number;
  readonly health: number;
  readonly work: number;
  readonly disability: number;
  /** Share with wage income, among those who came in 2015 or later. */
  readonly wage: number;
  /** Slope of the density of the wage rank: −1 to 1, 0 is uniform. */
  readonly wageSlope: number;
  readonly education: number;
  readonly laidOff: number;
  readonly measure: number;
}

export const mainGroupLabels = [
  'Nedsatt arbeidsevne',
  'Helt ledige',
  'Delvis ledige',
  'Arbeidssøkere på tiltak',
  'Andre i populasjonen',
] as const;
export const mainGroupKeys = ['reduced_work_capacity', 'fully_unemployed', 'partly_unemployed', 'jobseekers_on_measures', 'others'] as const;

export const reducedCapacity = 0;
export const fullyUnemployed = 1;
export const partlyUnemployed = 2;
export const onMeasures = 3;
export const others = 4;

export const groups: readonly Group[] = [
  {
    rows: 0.5277, length: 38, female: 0.57,
    age: [18, 21.5, 25.3, 29.3, 33.5, 38.5, 43.5, 49, 54.8, 60.8, 67.9],
    country: [0.01, 0.71, 0.035, 0.04, 0.205],
    hours: [0.742, 0.04, 0.05, 0.03, 0.025, 0.085, 0.028],
    married: 0.3, health: 0.86, work: 0.02, disability: 0.036, wage: 0.83, wageSlope: 0,
    education: 0.01, laidOff: 0, measure: 0.3,
  },
  {
    rows: 0.2441, length: 11.56, female: 0.43,
    age: [18, 21.5, 24.8, 27.8, 31.2, 35.5, 40.5, 46, 52.3, 59.5, 67.9],
    country: [0.01, 0.555, 0.05, 0.13, 0.255],
    hours: [0.805, 0.025, 0.03, 0.02, 0.02, 0.075, 0.025],
    married: 0.345, health: 0.055, work: 0.49, disability: 0.01, wage: 0.95, wageSlope: -0.045,
    education: 0.1, laidOff: 0.08, measure: 0,
  },
  {
    rows: 0.1267, length: 12.64, female: 0.52,
    age: [18.5, 23.5, 27.3, 30.8, 34.8, 39, 43.5, 48.5, 54.3, 60.5, 67.9],
    country: [0.01, 0.625, 0.06, 0.11, 0.195],
    hours: [0.02, 0.11, 0.23, 0.22, 0.12, 0.23, 0.07],
    married: 0.355, health: 0.03, work: 0.46, disability: 0.01, wage: 0.98, wageSlope: 0.35,
    education: 0.06, laidOff: 0.12, measure: 0,
  },
  {
    rows: 0.046, length: 18.92, female: 0.49,
    age: [18, 20.5, 23, 25.8, 28.8, 32, 35.8, 40.3, 46, 53, 66.5],
    country: [0.01, 0.485, 0.04, 0.07, 0.395],
    hours: [0.61, 0.07, 0.1, 0.05, 0.05, 0.1, 0.02],
    married: 0.4, health: 0.055, work: 0.3, disability: 0.01, wage: 0.65, wageSlope: -0.4,
    education: 0.06, laidOff: 0, measure: 1,
  },
  {
    rows: 0.0555, length: 17.27, female: 0.5,
    age: [18.5, 25, 30, 34.5, 39, 43.3, 47.5, 52, 56.3, 60.5, 67.9],
    country: [0.01, 0.66, 0.04, 0.06, 0.23],
    hours: [0.67, 0.04, 0.06, 0.05, 0.04, 0.115, 0.025],
    married: 0.325, health: 0.52, work: 0.02, disability: 0.1, wage: 0.7, wageSlope: -0.4,
    education: 0.01, laidOff: 0, measure: 0,
  },
];

/** Persons laid off in spring 2020, on top of the stationary flows: short spells, incomes spread as everybody's. */
export const wave = { rows: 0.012, length: 5, firstMonthShare: 0.7, fully: 0.65, laidOff: 0.9 } as const;

const wavePersons = wave.rows / 4.9;
const persons = groups.map((group) => ((1 - wave.rows) * group.rows * (1 + 78 / group.length)) / 79);

/** Persons by main group, then those of the spring of 2020. */
export const typeShares = cumulative([...persons, wavePersons]);
export const waveType = groups.length;

/** Upper borders of wage and pension deciles, in 1024ths of a basic amount, from 0. */
export const decileBorders = [0, 358, 870, 1536, 2253, 2970, 3789, 4710, 5632, 7066, 14336] as const;

/** Deciles' drawn shares relative to final ones: the floor on expected hours lifts some incomes, and the result is to be even. */
const liftedWage = [0.983, 0.933, 0.994, 0.999, 0.984, 1.01, 1.027, 1.011, 1.031, 1.037];
const liftedPension = [1.069, 1.024, 1.038, 1.029, 0.93, 0.956, 0.98, 0.991, 1.01, 0.99];

const wageDeciles = (slope: number, lifted: readonly number[] | null): Float64Array =>
  cumulative(Array.from({ length: 10 }, (_, k) => (1 + slope * ((2 * k + 1) / 10 - 1)) * (lifted?.[k] ?? 1)));

/** Share of those with wage income in each decile as drawn, summed up, by type; the same for pension-earning income. */
export const wageDecileShares = [...groups.map((group, k) => wageDeciles(group.wageSlope, k === reducedCapacity ? liftedWage : null)), wageDeciles(0, null)];
export const pensionDecileShares = cumulative(liftedPension);
