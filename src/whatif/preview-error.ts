import { frameColumns } from '../coding/frame.ts';
import type { DesignTerms } from '../coding/design-matrix.ts';
import type { LinearPrediction } from './expected-cells.ts';
import type { GroupSums, KeptSums } from './kept-sums.ts';
import { peopleChange, type ExpectedPeople, type PeopleChange } from './people-change.ts';

/** Half of the largest |φ′|, which is 1/√(2πe): Φ is nowhere farther from its tangent than this times the square of the step. */
const curvature = 0.5 / Math.sqrt(2 * Math.PI * Math.E);

/** A preview whose error size is above this, in shares, is not to be trusted. */
export const trustedError = 0.02;

/** Error sizes of a preview, summed over the rows of each cell of a breakdown. */
export type PreviewErrors = (by: readonly string[]) => Float64Array;

/**
 * How far a probit's preview may be from the exact answer: in a cell, ½·max|φ′|·m, with m the mean over its rows of the squared
 * change of the linear predictor. No preview of changed people is farther off: it is Lagrange's remainder of the first order.
 * Where the model is estimated again, the same of the whole estimation sample is added for the coefficients, whose next step
 * is of that order.
 *
 * m is at most the square of the mean change plus the square of the sum of the standard deviations by covariate (Minkowski), and
 * these follow from the counts that are kept. 0 where nothing changes; never above 1.
 */
export function previewErrors(kept: KeptSums, outcome: number, { prediction, refitted, changes }: PreviewQuestion): PreviewErrors {
  const { coefficients, fitted, factors } = prediction;
  const before = fitted!.coefficients;
  const blocks = blocksOf(kept.frame);
  const step = refitted ? stepOf(kept, { prediction, blocks, change: before.map((value, a) => coefficients[a]! - value) }) : 0;
  const sums = (grouping: GroupSums, map?: Uint16Array): Float64Array =>
    errorSums(grouping, { blocks, also: step, change: before.map((value, a) => coefficients[map ? map[a]! : a]! - value) });
  if (!changes) return (by) => sums(kept.groupings.find((grouping) => grouping.by.join('\n') === by.join('\n'))!);
  const people: ExpectedPeople = { factors, sums: (grouping, { map }) => sums(grouping, map) };
  const { groupings } = peopleChange(kept, outcome, { people, changes });
  return (by) => groupings.find((grouping) => grouping.by.join('\n') === by.join('\n'))!.expected;
}

interface PreviewQuestion {
  /** Of a probit. */
  readonly prediction: LinearPrediction;
  /** Whether the coefficients are others than the fit's. */
  readonly refitted: boolean;
  readonly changes: readonly PeopleChange[] | undefined;
}

/** Columns of which every row has exactly one: from … to − 1. */
interface Block {
  readonly from: number;
  readonly to: number;
}

function blocksOf(frame: DesignTerms): Block[] {
  const { main, crossed } = frameColumns(frame);
  const levels = (f: number): number => frame.factors[f]!.labels.length;
  return [
    ...main.flatMap((from, f) => (from < 0 ? [] : [{ from, to: from + levels(f) }])),
    ...crossed.map((from, i) => ({ from, to: from + levels(frame.interactions[i]![0]) * levels(frame.interactions[i]![1]) })),
  ];
}

interface Change {
  readonly blocks: readonly Block[];
  /** Of the coefficients of the frame's columns. */
  readonly change: Float64Array;
}

/** The error size of the estimation sample. */
function stepOf({ groupings: [whole] }: KeptSums, { prediction: { months }, ...change }: Change & { readonly prediction: LinearPrediction }): number {
  const sums = errorSums(whole!, { ...change, also: 0 });
  const here = [...whole!.n.keys()].filter((t) => months.includes(whole!.firstMonth + t));
  return here.reduce((sum, t) => sum + sums[t]!, 0) / Math.max(1, here.reduce((rows, t) => rows + whole!.n[t]!, 0));
}

function errorSums({ n, x }: Pick<GroupSums, 'n' | 'x'>, { blocks, also, change }: Change & { readonly also: number }): Float64Array {
  const columns = change.length;
  const moving = blocks.filter(({ from, to }) => change.subarray(from, to).some((value) => value !== 0));
  return Float64Array.from(n, (rows, cell) => {
    if (rows === 0) return 0;
    let mean = change[0]!;
    let deviations = 0;
    for (const { from, to } of moving) {
      let [sum, squares] = [0, 0];
      for (let a = from; a < to; a++) {
        const share = x[cell * columns + a]! * change[a]!;
        sum += share;
        squares += share * change[a]!;
      }
      const own = sum / rows;
      mean += own;
      deviations += Math.sqrt(Math.max(0, squares / rows - own * own));
    }
    return rows * Math.min(1, also + curvature * (mean * mean + deviations * deviations));
  });
}
