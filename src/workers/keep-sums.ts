import { frameOf } from '../coding/frame.ts';
import { monthInSample } from '../coding/row-plan.ts';
import type { CellSums } from '../indicator/cell-sums.ts';
import type { GroupSums, KeptSums, MonthSums } from '../whatif/kept-sums.ts';
import type { GroupTables, MonthTables } from './keep-pass.ts';
import type { LoadedRows } from './load-rows.ts';
import type { Pool } from './pool.ts';
import { outcomeShifts } from './sample-passes.ts';

/** Sums of x by group take a table of this many entries at the most; larger breakdowns are not kept. */
const largestGroupTable = 64 * 1024 * 1024;

export interface KeepRequest {
  readonly pool: Pool;
  readonly rows: LoadedRows;
  /** Coded sample. */
  readonly sample: number;
  /** Sums of the sample's outcomes by cell, by outcome and grouping. */
  readonly cells: readonly (readonly CellSums[])[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * One more pass over the rows of a sample for the sums that answer what-if questions. Null where a covariate enters as a
 * number: its sums are not kept.
 */
export async function keepSums({ pool, rows, sample, cells, signal }: KeepRequest): Promise<KeptSums | null> {
  const { plan, breaks, size } = rows.samples[sample]!;
  if (plan.design.numerics.length > 0) return null;
  const frame = frameOf(plan.design);
  const shifts = outcomeShifts(size);
  // Rows that an SQL condition keeps out of the sample are not told from rows of months left out: then only the sample is kept.
  const allRows = rows.plan.where === null;
  const months = await pool.all((worker) => worker.keepMonths(sample, { shifts, allRows }), signal);
  const groupings: GroupSums[] = [];
  for (const [g, { columns, groups }] of plan.groupings.entries()) {
    if (plan.months * groups.length * frame.columns.length > largestGroupTable) continue;
    const tables = await pool.all((worker) => worker.keepGroups(sample, g), signal);
    groupings.push({
      by: columns.map((c) => rows.plan.groupColumns[c]!),
      groups,
      firstMonth: plan.firstMonth,
      months: plan.months,
      ...addGroups(tables),
      outcome: cells.map((sums) => sums[g]!.outcome),
      outcomeSquared: cells.map((sums) => sums[g]!.outcomeSquared),
    });
  }
  return {
    population: plan.population,
    frame,
    references: plan.design.factors.map(({ reference }) => reference),
    breaks,
    months: addMonths(months)
      .map((month, m): MonthSums => ({ month: plan.firstMonth + m, inSample: monthInSample(rows.plan, plan.firstMonth + m), ...month }))
      .filter(({ gram }) => gram[0]! > 0),
    outcomes: plan.outcomes.map((o, k) => {
      const { name, family, horizon } = rows.plan.outcomes[o]!;
      return { name, family, horizon, zeroOne: rows.zeroOne[o]!, yShift: shifts[k]!.y, y2Shift: shifts[k]!.y2 };
    }),
    groupings,
  };
}

function addMonths(parts: readonly (readonly MonthTables[])[]): Omit<MonthSums, 'month' | 'inSample'>[] {
  return parts[0]!.map((first, m) => ({
    gram: addCounts(parts.map((part) => part[m]!.gram)),
    outcomeSums: first.outcomeSums.map((_, o) => addIntegers(parts.map((part) => part[m]!.outcomeSums[o]!))),
    squares: addIntegers(parts.map((part) => part[m]!.squares)),
  }));
}

function addGroups(parts: readonly GroupTables[]): GroupTables {
  return { n: addCounts(parts.map((part) => part.n)), x: addCounts(parts.map((part) => part.x)) };
}

function addCounts([first, ...rest]: readonly Uint32Array[]): Uint32Array {
  for (const part of rest) for (let i = 0; i < part.length; i++) first![i]! += part[i]!;
  return first!;
}

function addIntegers([first, ...rest]: readonly BigInt64Array[]): BigInt64Array {
  for (const part of rest) for (let i = 0; i < part.length; i++) first![i]! += part[i]!;
  return first!;
}
