import { eventState, spreadState, type CellEvidence } from './indicator/evidence.ts';
import { calendarPartition, type PeriodPartition, type PersonCounts } from './indicator/person-counts.ts';
import type { EstimateAll, OutcomeEstimate } from './run-estimates.ts';
import { countPersons } from './workers/count-persons.ts';
import type { Period } from './spec/months.ts';

/** Persons of every outcome of the spec. */
export interface RunPersons {
  readonly partitions: ReadonlyMap<Period, PeriodPartition>;
  /** Of an outcome of the spec and a grouping, the whole first; null where the outcome has no estimate. */
  of(outcome: number, grouping: number, period: Period): PersonCounts | null;
}

export interface CountRunPersons extends Omit<EstimateAll, 'options'> {
  readonly estimates: readonly OutcomeEstimate[];
  readonly periods: readonly Period[];
}

/** Distinct persons behind every cell of the tables, and how many of them have the outcome: one more pass over the rows of each outcome. */
export async function runPersons({ rows, estimates, periods, pool, signal, onProgress }: CountRunPersons): Promise<RunPersons> {
  const { firstMonth, months } = rows.samples[0]!.plan;
  const wanted = [...new Set(periods)];
  const partitions = new Map(wanted.map((period) => [period, calendarPartition(firstMonth, months, period)]));
  const found = new Map<number, PersonCounts[][]>();
  for (const outcome of new Set(estimates.map((estimate) => estimate.outcome))) {
    const own = estimates.filter((estimate) => estimate.outcome === outcome);
    const total = own.reduce((sum, { sample }) => sum + rows.samples[sample]!.size.rows, 0);
    let done = 0;
    const onRows = (n: number): void => onProgress({ phase: 'indicator', detail: `${own[0]!.fit.outcome}, persons`, done: (done += n), total, unit: 'rows' });
    const parts = own.map(({ sample, index, predictor }) => ({ sample, outcome: index, predictor }));
    found.set(outcome, await countPersons({ pool, parts, partitions: [...partitions.values()], signal, onRows }));
  }
  return { partitions, of: (outcome, grouping, period) => found.get(outcome)?.[grouping]?.[wanted.indexOf(period)] ?? null };
}

/** By grouping: what the persons behind a cell leave to be said of it by the method asked for. */
export function evidenceOf(persons: RunPersons, rows: EstimateAll['rows'], { interval, period }: Pick<EstimateAll['options'], 'interval' | 'period'>): CellEvidence[] {
  const place = new Map(persons.partitions.get(period)!.labels.map((label, k) => [label, k]));
  return rows.samples[0]!.plan.groupings.map(({ groups }, g) => ({
    state(outcome, group, label) {
      const counts = persons.of(outcome, g, period);
      if (counts === null) return 'ok';
      const cell = place.get(label)! * groups.length + group;
      return interval === 'outcome' ? spreadState(counts, cell) : eventState(counts, cell, rows.zeroOne[outcome]!);
    },
    persons: (outcome, group, month) => persons.of(outcome, g, 'month')?.persons[month * groups.length + group] ?? 0,
  }));
}
