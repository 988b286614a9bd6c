import { describedTables, type BreakdownTables } from '../descriptive/descriptive-tables.ts';
import type { DescriptivePlan } from '../descriptive/plan.ts';
import type { Warning } from '../messages/catalogue.ts';
import type { Progress } from '../run-result.ts';
import { formatMonth } from '../spec/months.ts';
import { labelNames } from './described-labels.ts';
import type { DescribedSums } from './described-rows.ts';
import { lookAlikes, pairOf } from './look-alike-labels.ts';
import { noRows } from './no-rows.ts';
import { callable, type Pool } from './pool.ts';
import type { RegisterSource } from './protocol.ts';
import { noteWarnings, placesIn } from './read-pieces.ts';
import { readShared } from './read-shared.ts';
import { refuseRepeatedMonths } from './repeated-months.ts';

export interface DescribeRequest {
  readonly plan: DescriptivePlan;
  readonly source: RegisterSource;
  readonly pool: Pool;
  /** Cells with fewer persons are withheld; null withholds nothing. */
  readonly threshold: number | null;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface DescriptiveResult {
  readonly rows: number;
  readonly persons: number;
  readonly months: readonly string[];
  /** The whole first, then one entry per breakdown of the plan. */
  readonly tables: readonly BreakdownTables[];
  /** What is odd with files and labels. */
  readonly warnings: readonly Warning[];
}

/** Reads every piece of the source once, in the workers, and describes its rows; none of them is kept. */
export async function describeRows({ plan, source, pool, threshold, signal, onProgress = () => {} }: DescribeRequest): Promise<DescriptiveResult> {
  const begin = (): Promise<unknown> => pool.all((worker) => worker.beginDescription(plan), signal);
  await begin();
  const deliver = callable(pool.deliverPersons);
  const { pieces, reports, warnings } = await readShared({
    source, pool, signal, onProgress, withSql: plan.filter !== null, beginAgain: begin,
    read: (worker, piece, number, tick) => worker.readDescribed(piece, number, deliver, tick),
  });
  const sums = await pool.all((worker) => worker.describedSums(), signal);
  refuseRepeatedMonths(sums.map(({ persons }) => persons.repeated), placesIn(pieces, reports));
  const nameOf = labelNames(sums.map(({ labels }) => labels));
  const named = <T extends { readonly groups: readonly (readonly string[])[] }>(one: T, by: readonly string[]): T =>
    ({ ...one, groups: one.groups.map((labels) => labels.map((label, c) => nameOf(by[c]!, label))) });
  const rows = reports.reduce((sum, report) => sum + report.rows, 0);
  if (rows === 0) throw noRows(plan.filter);
  const months = [...new Set(sums.flatMap(({ breakdowns }) => breakdowns[0]!.months.map(({ month }) => month)))].sort((a, b) => a - b);
  return {
    rows,
    persons: sums.reduce((sum, { persons }) => sum + persons.persons, 0),
    months: months.map(formatMonth),
    warnings: [...warnings, ...noteWarnings(reports), ...labelWarnings(plan, sums)],
    tables: describedTables(plan, plan.breakdowns.map((by, b) => ({
      by,
      sums: sums.map(({ breakdowns }) => named(breakdowns[b]!, by)),
      persons: sums.map(({ persons }) => named(persons.breakdowns[b]!, by)),
      months: months.length,
    })), threshold),
  };
}

/** Labels of the breakdowns' columns that look the same. */
function labelWarnings({ breakdowns }: DescriptivePlan, workers: readonly DescribedSums[]): Warning[] {
  const columns = [...new Set(breakdowns.flat())];
  return columns.flatMap((column): Warning[] => {
    const labels = breakdowns.flatMap((by, b) => (by.includes(column) ? workers.flatMap(({ persons }) => persons.breakdowns[b]!.groups.map((group) => group[by.indexOf(column)]!)) : []));
    const alike = lookAlikes(labels);
    return alike.length === 0 ? [] : [{ code: 'warning.look-alike-labels', args: { column, labels: pairOf(alike), groups: alike.length, rows: null, file: null, row: null } }];
  });
}
