import type { GroupComparison, RunResult } from '../run-result.ts';
import { compareUnits, type ComparedUnits, type NotCompared, type UnitOptions } from './compare-units.ts';
import type { ComparisonMath } from './math.ts';
import { xmrOfTable, type XmrOfGroup } from './xmr-series.ts';

/** One outcome of one breakdown. */
export interface ComparedBreakdown extends Pick<GroupComparison, 'outcome' | 'by' | 'groups' | 'n'> {
  /** Null where nothing can be compared over the period, and then why. */
  readonly units: ComparedUnits | null;
  readonly reason: NotCompared | null;
}

export interface ComparedResult {
  readonly period: string;
  readonly options: UnitOptions;
  readonly breakdowns: readonly ComparedBreakdown[];
  /** Of the whole, then of each breakdown; none where the tables are not monthly. */
  readonly xmr: readonly { readonly by: readonly string[]; readonly series: readonly XmrOfGroup[] }[];
}

/** The groups of every breakdown held against each other, and every monthly series against its own past. */
export function compareResult({ spec, options: { compare = 'all' }, comparisons, tables }: Pick<RunResult, 'spec' | 'options' | 'comparisons' | 'tables'>, options: UnitOptions, math: ComparisonMath): ComparedResult {
  const horizons = new Map(spec.outcomes.map(({ name, horizon }) => [name, horizon]));
  return {
    period: compare,
    options,
    breakdowns: comparisons.map((means) => compareBreakdown(means, options, math)),
    xmr: tables.filter(({ period }) => period === 'month').map((table) => ({ by: table.by, series: xmrOfTable(table, horizons, math) })),
  };
}

export function compareBreakdown(means: GroupComparison, options: UnitOptions, math: ComparisonMath): ComparedBreakdown {
  const { outcome, by, groups, n } = means;
  const found = compareUnits(means, options, math);
  return { outcome, by, groups, n, ...(typeof found === 'string' ? { units: null, reason: found } : { units: found, reason: null }) };
}
