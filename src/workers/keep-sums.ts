import { frameOf } from '../coding/frame.ts';
import { monthInSample } from '../coding/row-plan.ts';
import type { Predictor } from '../estimate/passes.ts';
import type { CellSums } from '../indicator/cell-sums.ts';
import type { GroupSums, KeptSums, MonthSums, ProbitSums } from '../whatif/kept-sums.ts';
import { mergeFixed } from './fixed-point.ts';
import type { KeptFit, MonthTables } from './keep-pass.ts';
import type { LoadedRows } from './load-rows.ts';
import type { Pool } from './pool.ts';
import { densityShift, outcomeShifts, probitShifts } from './sum-places.ts';

/** Sums of x by group take a table of this many entries at the most; larger breakdowns are not kept. */
const largestGroupTable = 64 * 1024 * 1024;

/** Months whose rows are put in order at a time: as much memory as a fifth of the rows of six years and a half. */
const windowMonths = 16;

/** What is known already of an outcome of the sample. */
export interface KeepOutcome {
  /** Sums of y by cell, over every row with an outcome, by grouping. */
  readonly cells: readonly Pick<CellSums, 'outcome' | 'outcomeSquared'>[];
  /** Where it is a probit: its fit, and Σ μ by cell of each grouping. */
  readonly probit: { readonly predictor: Predictor; readonly expected: readonly Float64Array[] } | null;
}

export interface KeepRequest {
  readonly pool: Pool;
  readonly rows: LoadedRows;
  /** Coded sample. */
  readonly sample: number;
  /** By outcome of the sample. */
  readonly outcomes: readonly KeepOutcome[];
  readonly signal?: AbortSignal | undefined;
  /** Hears of months summed, of all there are. */
  readonly onMonths: (done: number, total: number) => void;
}

/**
 * One more pass over the rows of a sample for the sums that answer what-if questions. Null where a covariate enters as a
 * number: its sums are not kept.
 */
export async function keepSums({ pool, rows, sample, outcomes, signal, onMonths }: KeepRequest): Promise<KeptSums | null> {
  const { plan, breaks, size } = rows.samples[sample]!;
  if (plan.design.numerics.length > 0) return null;
  const frame = frameOf(plan.design);
  const length = frame.columns.length;
  const shifts = outcomeShifts(size);
  const density = densityShift(size);
  const fits = outcomes.map(({ probit }): KeptFit | null => probit && { predictor: probit.predictor, shifts: { ...probitShifts(size.rows), density } });
  const groupings = [...plan.groupings.keys()].filter((g) => plan.months * plan.groupings[g]!.groups.length * length <= largestGroupTable);
  const groups = groupings.map((g): GroupSums => {
    const cells = plan.months * plan.groupings[g]!.groups.length;
    return {
      by: plan.groupings[g]!.columns.map((c) => rows.plan.groupColumns[c]!),
      groups: plan.groupings[g]!.groups,
      firstMonth: plan.firstMonth,
      months: plan.months,
      n: new Uint32Array(cells),
      x: new Uint32Array(cells * length),
      outcome: outcomes.map((outcome) => outcome.cells[g]!.outcome),
      outcomeSquared: outcomes.map((outcome) => outcome.cells[g]!.outcomeSquared),
    };
  });
  const probits = outcomes.map(({ probit }) => probit && {
    months: [] as ProbitSums['months'][number][],
    groupings: groups.map(({ x }, k) => ({ expected: probit.expected[groupings[k]!]!, density: new Float32Array(x.length) })),
  });

  const months: MonthSums[] = [];
  for (let from = 0; from < plan.months; from += windowMonths) {
    onMonths(from, plan.months);
    const window = { from, to: Math.min(from + windowMonths, plan.months) };
    const parts = await pool.all((worker) => worker.keepMonths(sample, { window, shifts, fits, groupings }), signal);
    for (let m = from; m < window.to; m++) {
      const here = parts.map((part) => part[m - from]!);
      const month = plan.firstMonth + m;
      const sums = addMonth(here);
      if (sums.gram[0]! > 0) months.push({ month, inSample: monthInSample(rows.plan, month), ...sums });
      groups.forEach(({ n, x, groups: { length: count } }, g) => {
        const counts = addCounts(here.map((part) => part.groups[g]!.x));
        x.set(counts, m * count * length);
        for (let k = 0; k < count; k++) n[m * count + k] = counts[k * length]!;
        probits.forEach((probit, o) => probit?.groupings[g]!.density.set(mergeFixed(here.map((part) => part.groups[g]!.density[o]!), density), m * count * length));
      });
      probits.forEach((probit, o) => {
        if (!probit || sums.gram[0] === 0) return;
        const { wShift, sShift } = fits[o]!.shifts;
        const parted = here.map((part) => part.fits[o]!);
        probit.months.push({
          month,
          information: Float32Array.from(mergeFixed(parted.map(({ information }) => information), wShift)),
          score: mergeFixed(parted.map(({ score }) => score), sShift),
        });
      });
    }
  }
  return {
    population: plan.population,
    frame,
    references: plan.design.factors.map(({ reference }) => reference),
    breaks,
    months,
    outcomes: plan.outcomes.map((o, k) => {
      const { name, family, horizon } = rows.plan.outcomes[o]!;
      return { name, family, horizon, zeroOne: rows.zeroOne[o]!, yShift: shifts[k]!.y, y2Shift: shifts[k]!.y2 };
    }),
    groupings: groups,
    probits,
  };
}

function addMonth(parts: readonly MonthTables[]): Pick<MonthSums, 'gram' | 'outcomeSums' | 'squares'> {
  return {
    gram: addCounts(parts.map(({ gram }) => gram)),
    outcomeSums: parts[0]!.outcomeSums.map((_, o) => addIntegers(parts.map(({ outcomeSums }) => outcomeSums[o]!))),
    squares: addIntegers(parts.map(({ squares }) => squares)),
  };
}

function addCounts([first, ...rest]: readonly Uint32Array[]): Uint32Array {
  for (const part of rest) for (let i = 0; i < part.length; i++) first![i]! += part[i]!;
  return first!;
}

function addIntegers([first, ...rest]: readonly BigInt64Array[]): BigInt64Array {
  for (const part of rest) for (let i = 0; i < part.length; i++) first![i]! += part[i]!;
  return first!;
}
