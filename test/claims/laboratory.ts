import type { RunOptions, RunResult } from '../../src/run-result.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { DescribeRequest, DescriptiveResult } from '../../src/workers/describe-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { planDescription } from '../../src/descriptive/plan.ts';
import { built, openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { writeTable } from '../support/write-table.ts';

let pool: Promise<Pool> | null = null;
export const closeLaboratory = async (): Promise<void> => (await pool)?.close();

/** The workers hold one table at a time. */
let last: Promise<unknown> = Promise.resolve();

export function run(rows: readonly Row[], spec: ModelSpec, options: Partial<RunOptions> = {}): Promise<RunResult> {
  pool ??= openBuiltPool(2);
  const opened = pool;
  const result = last.then(async () => runRows({ pool: await opened, rows, spec, options }));
  last = result.catch(() => {});
  return result;
}

/** Rows of a population of the report's descriptive tables. */
export async function describedRows(rows: readonly Row[], population: string): Promise<number> {
  pool ??= openBuiltPool(2);
  await last;
  const { describeRows } = (await built('workers/describe-rows.js')) as { describeRows(request: DescribeRequest): Promise<DescriptiveResult> };
  const { plan } = planDescription({ present: Object.keys(rows[0]!), by: [], where: null });
  const { observations } = (await describeRows({ plan, source: { files: writeTable(rows) }, pool: await pool, threshold: null })).tables[0]!;
  return observations.rows[observations.population.indexOf(population)]!;
}

/** The same answer every time, worked out once. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

export interface Cell {
  readonly period: string;
  readonly group: string;
  readonly n: number;
  readonly actual: number;
  readonly expected: number;
  readonly indicator: number;
  readonly adjusted: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
  readonly relative: number;
}

/** Cells of one outcome in the table of a breakdown; of the whole where none is named. */
export function cellsOf({ tables }: RunResult, outcome: string, by: readonly string[] = []): Cell[] {
  const table = tables.find((one) => one.by.join() === by.join());
  if (!table) throw new Error(`No table by ${by.join()}.`);
  return table.outcome.flatMap((name, k) => (name !== outcome ? [] : [{
    period: table.periods[k]!, group: table.groups.map((labels) => labels[k]!).join('|'), n: table.n[k]!, actual: table.actual[k]!, expected: table.expected[k]!, indicator: table.indicator[k]!,
    adjusted: table.indicatorSeasonallyAdjusted[k]!, error: table.standardError[k]!, low: table.confLow[k]!, high: table.confHigh[k]!, relative: table.relativePercent[k]!,
  }]));
}

export const near = (a: number, b: number, tolerance = 1e-9): boolean => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
/** Standard deviation with n − 1. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1));
}

export const names = ['hours3', 'hours12', 'job3', 'job12'] as const;
export const outcomesOfPanel = (...of: (typeof names)[number][]) => of.map((name) => outcomes[name]);
export const isShare = (name: string): boolean => name.startsWith('job');

/** A panel of three years, every row with a number of its own. */
export const panel: readonly Row[] = randomPanel(11, { persons: 40, months: 36 }).map((row, i) => ({ ...row, row: i }));
export const covariates: readonly Covariate[] = [
  { name: 'sex', coding: 'values', reference: 'm' }, { name: 'flag', coding: 'values' }, { name: 'kids', coding: 'values', min: 0, max: 4, reference: 0 },
];
/** Every month of the three years is a reference month of the season. */
export const spec = panelSpec(covariates, { seasonal: { reference: { '3': ['2018-01/2020-12'], '12': ['2018-01/2020-12'] } } });

/** The panel's run, with a group for every row. */
export const panelRun = once(() => run(panel, spec, { by: [['row'], ['county'], ['sex'], ['flag'], ['region', 'cohort', 'flag'], ['many']] }));

export const observed = (outcome: string): Row[] => panel.filter((row) => row[outcome] !== null);
export const numberIn = (row: Row, column: string): number => Number(row[column]);
export const labelIn = (row: Row, column: string): string => (typeof row[column] === 'boolean' ? String(Number(row[column])) : String(row[column]));

export function groupBy<T>(values: Iterable<T>, key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
}
