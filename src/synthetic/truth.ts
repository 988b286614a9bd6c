import { lastMonthOf12 } from './calendar.ts';
import { outcomeCount, outcomeNames } from './coefficients.ts';
import { carry } from './epsilon.ts';
import { labels } from './labels.ts';
import { leastHours } from './floor.ts';
import { blockRows } from './draws.ts';
import type { ExpectedCells } from './expected-sums.ts';
import { countyLabels } from './places.ts';
import type { Population } from './population.ts';
import { structureOf } from './structure.ts';
import { table4 } from './table4.ts';

const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (header: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');

const coefficientRows = (): (string | number)[][] =>
  Object.entries(table4).flatMap(([variable, levels]) => levels.map((level) => [variable, ...level]));

const calendarMonths = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0'));

/** Every effect, in hours a week for Atid and in the probit index for Jobb. */
const effectRows = (structureSeed: number): (string | number)[][] => {
  const { effects } = structureOf(structureSeed);
  const kinds = [
    ['season', effects.season, calendarMonths],
    ['pandemic', effects.pandemic, labels.month],
    ['month', effects.month, labels.month],
    ['county', effects.county, labels.county],
    ['office', effects.office, labels.office],
    ['measure', effects.measure, labels.measure],
  ] as const;
  return kinds.flatMap(([kind, values, levels]) =>
    levels.map((level, k) => [kind, level, ...values.subarray(k * outcomeCount, (k + 1) * outcomeCount)]),
  );
};

/** What a population was drawn from, as files by name: `coefficients.csv`, `effects.csv` where they are on, `settings.json`. */
export const truthFiles = ({ rows, seed, structureSeed = 0, effects }: Population): Map<string, string> => {
  const settings = {
    rows,
    seed,
    structureSeed,
    effects,
    blockRows,
    leastExpectedHours: leastHours,
    epsilon: { monthly: carry.shared, monthlyOfTwelve: carry.yearly, sharedWeightOfTwelve: carry.weight },
    note: 'Atid = Q(Φ(ε); m), Jobb = 1{xβ + ε > 0}; m = α + xβ plus the effects, at least leastExpectedHours where effects are on.',
  };
  const files = new Map([
    ['coefficients.csv', csv(['variable', 'level', ...outcomeNames], coefficientRows())],
    ['settings.json', `${JSON.stringify(settings, null, 2)}\n`],
  ]);
  if (effects === 'on') files.set('effects.csv', csv(['effect', 'level', ...outcomeNames], effectRows(structureSeed)));
  return files;
};

/** What was to be expected of the rows, E[y] given person and month: `expected.csv`, means by county and month, empty where an outcome is not observed. */
export const expectedFile = ({ n, sums }: ExpectedCells): string => {
  const rows = [...n.keys()].filter((cell) => n[cell]! > 0).map((cell) => {
    const month = Math.floor(cell / countyLabels.length);
    const means = outcomeNames.map((_, o) => ((o & 1) === 1 && month > lastMonthOf12 ? '' : sums[cell * outcomeCount + o]! / n[cell]!));
    return [countyLabels[cell % countyLabels.length]!, labels.month[month]!, n[cell]!, ...means];
  });
  return csv(['county', 'month', 'n', ...outcomeNames], rows);
};
