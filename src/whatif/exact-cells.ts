import type { MonthChoice, Predictor, SamplePasses } from '../estimate/passes.ts';
import { addCellSums, type CellPass } from '../indicator/cell-sums.ts';
import type { WhatIfCells } from './expected-cells.ts';
import { refuseUnestimated } from './kept-people.ts';
import type { KeptSums } from './kept-sums.ts';
import { movedLimits, remapPredictor, type LevelChange } from './level-map.ts';
import { allMoves, checkPeopleChanges, type ExpectedPeople, type PeopleChange } from './people-change.ts';

/** The rows of one outcome of one population, resident somewhere, and its fit. */
export interface ExactOutcome {
  /** Index among the outcomes of its sample. */
  readonly index: number;
  /** What the fit predicts with. */
  readonly predictor: Predictor;
  /** Breakdowns in the order of the passes' sums by cell. */
  readonly groupings: readonly Pick<WhatIfCells, 'by' | 'groups' | 'firstMonth' | 'months'>[];
  /** Passes over the estimation sample, or over the rows of these months that its condition holds for, or over the others of them. */
  passes(months: readonly number[] | null, of?: MonthChoice['of']): SamplePasses & CellPass;
  /** Whether the sample has a condition. */
  readonly hasCondition: boolean;
}

/** Where the rows of an outcome are. */
export type ExactRows = (outcome: string, population: string, signal?: AbortSignal) => ExactOutcome;

/** What predicts the rows, and which of them were estimated on. */
export interface PredictedSample {
  readonly predictor: Predictor;
  /** Month indices of the estimation sample, and whether there are others than the fit's among them; null where they are the fit's. */
  readonly months: { readonly chosen: readonly number[]; readonly added: boolean } | null;
  /** Factors of the frame that are in the model. */
  readonly factors: readonly number[];
  /** Columns of the frame that have no estimate. */
  readonly unestimated: readonly number[];
}

type PredictedRows = Pick<PredictedSample, 'predictor' | 'months'> & { readonly family?: 'gaussian' | 'probit' };

/** Actual and expected sums by cell of every breakdown, from the rows; those without an expected value counted apart. */
export async function sampleCells(kept: KeptSums, rows: ExactOutcome, { predictor, months, family = 'probit' }: PredictedRows): Promise<{ cells: WhatIfCells[]; withoutExpected: number }> {
  const laidOut = ({ groupings, withoutExpected }: Awaited<ReturnType<ReturnType<ExactOutcome['passes']>['cells']>>) => ({
    cells: groupings.map((sums, g): WhatIfCells => ({ ...sums, ...rows.groupings[g]! })),
    withoutExpected,
  });
  const { levels, levelsOutside } = predictor;
  if (months === null || levels.every((value, cell) => value === levelsOutside[cell])) return laidOut(await rows.passes(null).cells(rows.index, predictor, family));
  // Rows of the sample and rows outside it are predicted apart: which they are is told by their month.
  const [whole] = rows.groupings;
  const others = Array.from({ length: whole!.months }, (_, t) => whole!.firstMonth + t).filter((month) => !months.chosen.includes(month));
  const within = months.added ? { ...predictor, levelsOutside: levels } : predictor;
  const beyond = { ...predictor, levels: levelsOutside };
  const parts = [
    await rows.passes(months.chosen).cells(rows.index, within, family),
    await rows.passes(others).cells(rows.index, beyond, family),
    ...(rows.hasCondition ? [await rows.passes([...months.chosen, ...others], 'others').cells(rows.index, beyond, family)] : []),
  ];
  // Each counts the rows of the others as without an expected value.
  const all = kept.groupings[0]!.n.reduce((sum, n) => sum + n, 0);
  return laidOut({
    groupings: parts[0]!.groupings.map((_, g) => addCellSums(parts.map(({ groupings }) => groupings[g]!))),
    withoutExpected: parts.reduce((sum, { withoutExpected }) => sum + withoutExpected, 0) - (parts.length - 1) * all,
  });
}

/** Expected values of people from the rows: a pass for each way in which anybody is moved. */
export async function rowPeople(kept: KeptSums, rows: ExactOutcome, { sample, changes }: { sample: PredictedSample; changes: readonly PeopleChange[] }): Promise<ExpectedPeople> {
  checkPeopleChanges(kept, sample, changes);
  const passed = new Map<string, readonly (WhatIfCells & { readonly torn: Float64Array | null })[]>();
  for (const steps of allMoves(kept, changes)) {
    const torn = await tornRows(kept, rows, sample, steps);
    const { cells } = await sampleCells(kept, rows, { predictor: remapPredictor(kept.frame, sample.predictor, steps, sample.unestimated), months: sample.months });
    passed.set(JSON.stringify(steps), cells.map((own, g) => ({ ...own, torn: torn?.[g] ?? null })));
  }
  return {
    factors: sample.factors,
    sums(grouping, { steps, map }, groups) {
      refuseUnestimated(kept, grouping, { map, prediction: { unestimated: sample.unestimated, fitted: null }, ...(groups ? { groups } : {}) });
      const { n, expected, torn } = passed.get(JSON.stringify(steps))!.find(({ by }) => by.join('\n') === grouping.by.join('\n'))!;
      // A cell is not known where some of its rows are not.
      return expected.map((sum, cell) => (n[cell] === grouping.n[cell] && !(torn && torn[cell]! > 0) ? sum : NaN));
    },
  };
}

/**
 * By cell, estimation rows that are moved and then at levels of both limits: nothing tells which of them is reached, as of rows outside the
 * sample. Counted from who is at both, who is moved, and who is either; null where nobody can be at both.
 */
async function tornRows(kept: KeptSums, rows: ExactOutcome, { predictor, months }: PredictedSample, steps: readonly LevelChange[]): Promise<Float64Array[] | null> {
  const moved = movedLimits(kept.frame, predictor, steps);
  if (moved === null) return null;
  const { isMoved, limit } = moved;
  const none = new Float64Array(limit.length);
  // Limits of opposite signs add up to NaN, and such a row is not counted.
  const counted = async (levels: Float64Array): Promise<Float64Array[]> =>
    (await sampleCells(kept, rows, { predictor: { constant: 0, levels, levelsOutside: none, numeric: predictor.numeric.map(() => 0) }, months })).cells.map(({ n }) => n);
  const without = (levels: Float64Array): Float64Array => levels.map((value, cell) => (isMoved[cell] === 1 ? NaN : value));
  const [all, notAtBoth, notMoved, neither] = [await counted(none), await counted(limit), await counted(without(none)), await counted(without(limit))];
  return all!.map((n, g) => n.map((count, cell) => count - notAtBoth[g]![cell]! - notMoved[g]![cell]! + neither[g]![cell]!));
}
