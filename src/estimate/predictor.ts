import { levelPredictor, numericCoefficients, type DesignMatrix } from '../coding/design-matrix.ts';
import { frameCoefficients, type ModelColumns } from '../coding/model-columns.ts';
import type { LevelStatus } from './fit.ts';
import type { Predictor } from './passes.ts';
import type { Aside } from './separation.ts';

interface PredictorParts {
  readonly beta: Float64Array;
  readonly kept: Uint8Array;
  /** Where given, levels without estimate give no expected value outside the sample. */
  readonly status: readonly LevelStatus[] | null;
  readonly aside: Aside | null;
}

/** What predicts a row from a model's β, with the levels of set-aside rows carried to their limit. */
export function predictorOf(frame: DesignMatrix, model: ModelColumns, { beta, kept, status, aside }: PredictorParts): Predictor {
  const onFrame = (values: Float64Array): Float64Array => frameCoefficients(model, values, frame.columns.length);
  const estimates = onFrame(beta.map((value, j) => (kept[j] ? value : 0)));
  const levels = levelPredictor(frame, estimates);
  const levelsOutside = levels.slice();
  if (status) {
    const without = Float64Array.from(status, (s) => (s === 'empty' || s === 'collinear' ? NaN : 0));
    levelPredictor(frame, onFrame(without)).forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  if (aside) {
    aside.within.forEach((value, cell) => (levels[cell]! += value));
    aside.outside.forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  return { constant: estimates[0]!, levels, levelsOutside, numeric: numericCoefficients(frame, estimates) };
}
