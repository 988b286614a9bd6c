import { levelPredictor, numericCoefficients, type DesignMatrix } from '../coding/design-matrix.ts';
import { frameCoefficients, type ModelColumns } from '../coding/model-columns.ts';
import type { EstimateRequest } from './estimate.ts';
import type { Predictor } from './passes.ts';
import type { Aside } from './separation.ts';

interface PredictorParts {
  readonly beta: Float64Array;
  readonly kept: Uint8Array;
  /** Columns of the frame at which rows outside the sample have no expected value. */
  readonly unestimated?: readonly number[];
  readonly aside: Aside | null;
}

/** What predicts a row from a model's β, with the levels of set-aside rows carried to their limit. */
export function predictorOf(frame: DesignMatrix, model: ModelColumns, { beta, kept, unestimated = [], aside }: PredictorParts): Predictor {
  const length = frame.columns.length;
  const estimates = frameCoefficients(model, beta.map((value, j) => (kept[j] ? value : 0)), length);
  const levels = levelPredictor(frame, estimates);
  const levelsOutside = levels.slice();
  if (unestimated.length > 0) {
    const without = new Float64Array(length);
    for (const column of unestimated) without[column] = NaN;
    levelPredictor(frame, without).forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  if (aside) {
    aside.within.forEach((value, cell) => (levels[cell]! += value));
    aside.outside.forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  return { constant: estimates[0]!, levels, levelsOutside, numeric: numericCoefficients(frame, estimates) };
}

/** What a sum of a model's columns is in each row. */
export const predictorFrom = ({ passes, model }: Pick<EstimateRequest, 'passes' | 'model'>, sum: Float64Array): Predictor =>
  predictorOf(passes.frame, model, { beta: sum, kept: new Uint8Array(sum.length).fill(1), aside: null });
