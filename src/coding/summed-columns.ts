import type { PlannedOutcome, RowPlan } from './row-plan.ts';

/** A column whose values are summed as they are: an outcome of least squares, or a covariate that enters as a number. */
export interface SummedColumn {
  readonly column: string;
  /** Where a worker holds it: index into the plan's outcomes, or its inputs. */
  readonly held: 'outcomes' | 'inputs';
  readonly index: number;
  /** Outcomes that its rows are summed for. */
  readonly outcomes: readonly number[];
  /** Whether any of these is estimated by least squares, whose sums take the column at one scale. */
  readonly leastSquares: boolean;
}

/** The columns whose sums the size of one value could spoil, each once. */
export function summedColumns({ outcomes, inputs, populations }: Pick<RowPlan, 'outcomes' | 'inputs' | 'populations'>): SummedColumn[] {
  const isGaussian = ({ family }: PlannedOutcome): boolean => family === 'gaussian';
  const own = outcomes.flatMap((outcome, o): SummedColumn[] =>
    isGaussian(outcome) ? [{ column: outcome.column, held: 'outcomes', index: o, outcomes: [o], leastSquares: true }] : []);
  const users = new Map<number, Set<number>>();
  for (const { covariates, inputs: byOutcome } of populations) {
    byOutcome.forEach((indices, o) => covariates.forEach(({ coding }, c) => {
      if (coding === 'numeric') users.set(indices[c]!, (users.get(indices[c]!) ?? new Set()).add(o));
    }));
  }
  const numeric = [...users].sort(([a], [b]) => a - b).map(([index, of]): SummedColumn => {
    const sorted = [...of].sort((a, b) => a - b);
    return { column: inputs[index]!.column, held: 'inputs', index, outcomes: sorted, leastSquares: sorted.some((o) => isGaussian(outcomes[o]!)) };
  });
  return [...own, ...numeric];
}
