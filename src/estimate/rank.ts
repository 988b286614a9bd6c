import { rankTolerance } from './cholesky.ts';
import type { EstimateRequest } from './estimate.ts';
import { leastLeft } from './orthogonal.ts';
import { predictorFrom } from './predictor.ts';

/**
 * Columns that do not repeat earlier ones, in their order. Those that the sums leave in doubt are judged by their residuals
 * from the columns before, over the rows: sums of products have half as many digits of a column's own part as the rows have.
 *
 * @param gram X′X, p × p
 */
export async function columnsInOrder(request: EstimateRequest, gram: Float64Array): Promise<Uint8Array> {
  const p = request.model.columns.length;
  const kept = new Uint8Array(p);
  const lower = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const own = gram[j * p + j]!;
    if (own === 0) continue;
    let left = own;
    for (let a = 0; a < j; a++) {
      if (!kept[a]) continue;
      let value = gram[j * p + a]!;
      for (let k = 0; k < a; k++) value -= lower[j * p + k]! * lower[a * p + k]!;
      value /= lower[a * p + a]!;
      lower[j * p + a] = value;
      left -= value * value;
    }
    if (left <= rankTolerance * own) left = await leftOverRows(request, gram, { lower, kept, j });
    if (left > 0) {
      kept[j] = 1;
      lower[j * p + j] = Math.sqrt(left);
    } else lower.fill(0, j * p, (j + 1) * p);
  }
  return kept;
}

/** Σ of squares of what is left of a column after those kept before it; 0 where that is too little for an estimate. */
async function leftOverRows(request: EstimateRequest, gram: Float64Array, { lower, kept, j }: { lower: Float64Array; kept: Uint8Array; j: number }): Promise<number> {
  const { passes, gram: { n } } = request;
  const p = kept.length;
  const residual = new Float64Array(p);
  const shares = lower.slice(j * p, j * p + j);
  for (let a = j - 1; a >= 0; a--) {
    if (!kept[a]) continue;
    shares[a]! /= lower[a * p + a]!;
    for (let b = 0; b < a; b++) shares[b]! -= lower[a * p + b]! * shares[a]!;
    residual[a] = -shares[a]!;
  }
  residual[j] = 1;
  const least = leastLeft(request, gram, j);
  const predictor = predictorFrom(request, residual);
  const [reach = 0] = await passes.reach([predictor]);
  if (n * reach * reach <= least) return 0;
  const [left = 0] = await passes.squares([predictor], [reach]);
  return left > least ? left : 0;
}
