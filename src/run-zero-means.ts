import { modelGram, modelSums } from './coding/model-columns.ts';
import { multiply, rankTolerance, restrict } from './estimate/cholesky.ts';
import { estimationMath } from './estimate/math.ts';
import type { ZeroMean, ZeroMeans } from './indicator/zero-means.ts';
import type { EstimateAll, OutcomeCellSums, OutcomeEstimate } from './run-estimates.ts';
import { mostGroupCells } from './workers/group-columns-pass.ts';
import { callable } from './workers/pool.ts';

export interface RunZeroMeans extends Pick<EstimateAll, 'rows' | 'pool' | 'signal'> {
  readonly by: readonly (readonly string[])[];
  readonly estimates: readonly OutcomeEstimate[];
  readonly cells: readonly OutcomeCellSums[];
}

/** What rounding leaves of n − c′A⁻¹c, as a share of n, where a group is a sum of columns. */
const rounding = 1e-9;

/** Of every breakdown and outcome, the whole first; breakdowns of too many groups have none. A pass over the rows for each sample and breakdown. */
export async function zeroMeans({ rows, pool, signal, by, estimates, cells }: RunZeroMeans): Promise<ZeroMeans[]> {
  const { groupings } = rows.samples[0]!.plan;
  const found: ZeroMeans[] = [];
  for (const [g, { groups }] of groupings.entries()) {
    if (groups.length * estimates.reduce((most, { sample }) => Math.max(most, rows.samples[sample]!.plan.design.levelCells), 0) > mostGroupCells) continue;
    const columns = new Map<number, Float64Array>();
    for (const { sample } of estimates) {
      if (columns.has(sample)) continue;
      const parts = await pool.all((worker) => worker.groupColumns(sample, g, callable(() => {})), signal);
      columns.set(sample, parts.reduce((sum, part) => sum.map((value, at) => value + part[at]!), new Float64Array(parts[0]!.length)));
    }
    for (const outcome of new Set(estimates.map((estimate) => estimate.outcome))) {
      const own = estimates.filter((estimate) => estimate.outcome === outcome);
      const parts = own.map((estimate) => {
        const shown = cells.find((one) => one.sample === estimate.sample && one.index === estimate.index)!.groupings[g]!.n;
        const n = new Float64Array(groups.length);
        shown.forEach((rowsOf, cell) => (n[cell % groups.length]! += rowsOf));
        return zeroOf(estimate, columns.get(estimate.sample)!, n, estimationMath(pool.kernels));
      });
      found.push({ outcome: own[0]!.fit.outcome, by: g === 0 ? [] : by[g - 1]!, groups, zero: groups.map((_, group) => together(parts.flatMap((part) => part[group] ?? []))) });
    }
  }
  return found;
}

/** Of several populations each has to hold its part. */
const together = (parts: readonly ZeroMean[]): ZeroMean => (parts.length === 0 || parts.includes('no') ? 'no' : parts.includes('near') ? 'near' : 'exact');

/**
 * A group is a sum of the model's columns where its indicator is: ‖1 − P1‖² = n − c′A⁻¹c is 0, with c the columns summed over the
 * group. Numeric terms are left out: no set of rows is a multiple of one. Null for a group without rows; `n` counts those that are shown.
 */
function zeroOf({ model, gram, kept, fit }: OutcomeEstimate, columns: Float64Array, n: Float64Array, math: ReturnType<typeof estimationMath>): (ZeroMean | null)[] {
  const length = columns.length / n.length;
  const dummies = kept.map((keep, j) => (model.columns[j]!.numeric === null ? keep : 0));
  const inverse = math.factorize(restrict(modelGram(model, gram.gram), dummies), model.columns.length, rankTolerance).inverse();
  return Array.from(n, (shown, group) => {
    if (shown === 0) return null;
    const c = modelSums(model, columns.subarray(group * length, (group + 1) * length));
    const projected = multiply(inverse, c).reduce((sum, value, j) => sum + value * c[j]!, 0);
    if (c[0] === 0 || c[0]! - projected > rounding * c[0]!) return 'no';
    return fit.family === 'gaussian' && c[0] === shown ? 'exact' : 'near';
  });
}
