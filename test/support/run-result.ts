import { xmrOfTable, type XmrOfGroup } from '../../src/comparison/xmr-series.ts';
import type { Coefficient, Fit } from '../../src/estimate/fit.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Published } from '../../src/withhold/published.ts';
import { main } from '../../src/spec/built-in.ts';
import type { ModelSpec, Outcome } from '../../src/spec/model-spec.ts';
import { formatMonth, parseMonth } from '../../src/spec/months.ts';
import type { AverageEffect } from '../../src/whatif/average-effects.ts';
import type { SeriesOfGroup } from '../../web/engine.ts';
import { publishedTerms } from '../../web/table4-published.ts';

/** A result with the shape of a real one, made from formulas: for tests of what is shown, not of what is computed. */

const first = parseMonth('2017-12')!;
export const exampleMonths = Array.from({ length: 79 }, (_, k) => formatMonth(first + k));

const groups: Readonly<Record<string, readonly string[]>> = {
  county: ['Agder', 'Akershus', 'Buskerud', 'Finnmark', 'Innlandet', 'Møre og Romsdal', 'Nordland', 'Oslo', 'Rogaland', 'Telemark', 'Troms', 'Trøndelag', 'Vestfold', 'Vestland', 'Østfold'],
  support_group: ['Standardinnsats', 'Situasjonsbestemt innsats', 'Spesielt tilpasset innsats'],
  female: ['0', '1'],
};

/** A number in [−1, 1) that looks random and is the same every time. */
function noise(seed: number): number {
  let bits = Math.imul(seed + 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return 2 * (((bits ^ (bits >>> 16)) >>> 8) / 2 ** 24) - 1;
}

const season = [0.2, 0.3, 0.1, -0.1, -0.3, -0.5, -0.2, 0.2, 0.3, 0.1, 0, 0.1];

interface Cell {
  readonly outcome: Outcome;
  readonly group: string;
  readonly index: number;
  readonly month: number;
}

function numbers({ outcome, index, month }: Cell) {
  const share = outcome.family === 'probit';
  const scale = share ? 0.025 : 1;
  const level = share ? 0.24 : 9.3;
  const pandemic = month >= 27 && month <= 36 ? -1.2 + 0.12 * (month - 27) : 0;
  const seasonal = season[(first + month) % 12]! * scale;
  const indicator = scale * (pandemic + (index > 0 ? 1.1 * noise(index * 101) : 0) + 0.2 * noise(month * 31 + index * 7 + outcome.horizon) + 0.004 * (month - 40));
  const expected = level + scale * (0.02 * month + 0.4 * noise(month * 13 + index));
  return { seasonal, indicator, expected, standardError: scale * (index === 0 ? 0.09 : 0.32) };
}

function table(by: readonly string[], labels: readonly string[], spec: ModelSpec): IndicatorTable {
  const cells = spec.outcomes.flatMap((outcome) =>
    labels.flatMap((group, index) =>
      exampleMonths
        .map((_, month) => ({ outcome, group, index: by.length === 0 ? 0 : index + 1, month }))
        .filter(({ month }) => outcome.horizon === 3 || month < exampleMonths.length - 9),
    ),
  );
  const column = (value: (cell: Cell) => number): Float64Array => Float64Array.from(cells, value);
  return {
    by,
    period: 'month',
    outcome: cells.map(({ outcome }) => outcome.name),
    groups: by.map(() => cells.map(({ group }) => group)),
    periods: cells.map(({ month }) => exampleMonths[month]!),
    n: column(({ index }) => (index === 0 ? 1900 : 40 + 20 * index)),
    months: column(() => 1),
    actual: column((cell) => numbers(cell).expected + numbers(cell).indicator + numbers(cell).seasonal),
    expected: column((cell) => numbers(cell).expected),
    indicator: column((cell) => numbers(cell).indicator + numbers(cell).seasonal),
    standardError: column((cell) => numbers(cell).standardError),
    confLow: column((cell) => numbers(cell).indicator + numbers(cell).seasonal - 1.96 * numbers(cell).standardError),
    confHigh: column((cell) => numbers(cell).indicator + numbers(cell).seasonal + 1.96 * numbers(cell).standardError),
    actualSeasonallyAdjusted: column((cell) => numbers(cell).expected + numbers(cell).indicator),
    expectedSeasonallyAdjusted: column((cell) => numbers(cell).expected),
    indicatorSeasonallyAdjusted: column((cell) => numbers(cell).indicator),
    relativePercent: column(() => NaN),
    state: cells.map(() => 'ok'),
    freedom: column(() => NaN),
    stateSeasonallyAdjusted: cells.map(() => 'not_applicable'),
    freedomSeasonallyAdjusted: column(() => NaN),
    standardErrorSeasonallyAdjusted: column(() => NaN),
    confLowSeasonallyAdjusted: column(() => NaN),
    confHighSeasonallyAdjusted: column(() => NaN),
  };
}

const references: Readonly<Record<string, string>> = {
  age: '40', children: '0', hours_at_measurement: '0', wage_income_before: 'none', country_group: '0',
  residence_time: 'over_120', history: 'none', duration: '0', unemployment_inflow: '1',
};

function coefficients({ horizon, family }: Outcome): Coefficient[] {
  const column = family === 'gaussian' ? (horizon === 3 ? 1 : 2) : horizon === 3 ? 3 : 4;
  const blank = { estimate: null, standardError: null, statistic: null, pValue: null, confLow: null, confHigh: null };
  const terms = Object.entries(publishedTerms).filter(([term]) => term !== 'expected_employment');
  return terms.flatMap(([term, rows]) =>
    rows
      .filter(([level]) => term !== 'duration' || Number(level) <= 19)
      .map(([level, ...printed], k): Coefficient => {
        const n = 4000 + 37 * k;
        if (references[term] === level || (term.includes(':') && level.endsWith('over_120'))) {
          return { ...blank, term, level, n, status: 'reference', estimate: 0 };
        }
        if (term === 'unemployment_inflow' && k > 17 && horizon === 12) return { ...blank, term, level, n: 0, status: 'empty' };
        const standardError = family === 'gaussian' ? 0.12 : 0.018;
        const estimate = (printed[column - 1] as number) + standardError * 1.4 * noise(k * 17 + term.length + column);
        const half = 1.96 * standardError;
        return {
          term, level, n, status: 'estimated', estimate, standardError, statistic: estimate / standardError, pValue: 0.01,
          confLow: estimate - half, confHigh: estimate + half,
        };
      }),
  );
}

function fit(outcome: Outcome): Fit {
  const gaussian = outcome.family === 'gaussian';
  return {
    outcome: outcome.name, population: '', family: outcome.family, vcov: 'iid', coefficients: coefficients(outcome),
    n: outcome.horizon === 3 ? 150_000 : 132_864, persons: 9_412, rank: 162, setAside: 0, separated: [], references: [],
    rSquared: gaussian ? 0.437 : null, sigma: gaussian ? 9.61 : null, logLikelihood: -65_432.1, pseudoRSquared: gaussian ? null : 0.312,
    meanOutcome: 9.3, trace: [], largestScore: 1e-9, dropped: [], breaks: [],
  };
}

export function exampleResult(spec: ModelSpec = main): RunResult {
  const options = {
    by: Object.keys(groups).map((column) => [column]), period: 'month', vcov: 'iid', interval: 'outcome', level: 95,
    relativeTo: null, where: null, threshold: null,
  } as const;
  return {
    spec, options,
    fits: spec.outcomes.map(fit),
    tables: [table([], [''], spec), ...Object.entries(groups).map(([column, labels]) => table([column], labels, spec))],
    rows: 150_000, persons: 9_412, months: exampleMonths,
    specDigest: '', dataDigest: '', warnings: [], comparisons: [], changes: [], effects: [],
    kept: [],
 timings: [],
  };
}

/** All of it, for a bundle that withholds nothing. */
export const allPublished = ({ tables, fits }: Pick<RunResult, 'tables' | 'fits'>): Published => ({ withheld: { threshold: 4, by: [], byGrouping: [], byPopulation: new Map() }, tables, fits });

/** Limits of the example's own series, by the engine. */
export function exampleXmr({ spec, tables }: RunResult, { outcome, table, group }: SeriesOfGroup): XmrOfGroup | null {
  const horizons = new Map(spec.outcomes.map(({ name, horizon }) => [name, horizon]));
  const normal = { twoSided: (z: number) => (z === 3 ? 0.0027 : NaN), quantile: () => NaN };
  return xmrOfTable(tables[table]!, horizons, { normal }).find((one) => one.outcome === outcome && one.group.join() === group.join()) ?? null;
}

/** A quarter of each coefficient. */
export const exampleEffects = ({ fits }: RunResult, outcome: string): AverageEffect[] =>
  fits.find((fit) => fit.outcome === outcome)!.coefficients.map(({ term, level, status, estimate, standardError }) => ({
    outcome, population: '', term, level, status, effect: estimate === null ? null : estimate / 4, standardError: standardError === null ? null : standardError / 4, confLow: null, confHigh: null,
  }));
