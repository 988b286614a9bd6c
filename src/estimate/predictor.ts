import { levelPredictor, numericCoefficients, type DesignMatrix } from '../coding/design-matrix.ts';
import type { LevelStatus } from './fit.ts';
import type { Predictor } from './passes.ts';
import type { Aside } from './separation.ts';

interface PredictorParts {
  readonly kept: Uint8Array;
  /** Where given, levels without estimate give no expected value outside the sample. */
  readonly status: readonly LevelStatus[] | null;
  readonly aside: Aside | null;
}

/** What predicts a row from β, with the levels of set-aside rows carried to their limit. */
export function predictorOf(design: DesignMatrix, beta: Float64Array, { kept, status, aside }: PredictorParts): Predictor {
  const estimates = beta.map((value, j) => (kept[j] ? value : 0));
  const levels = levelPredictor(design, estimates);
  const levelsOutside = levels.slice();
  if (status) {
    const without = new Float64Array(beta.length);
    status.forEach((s, j) => (without[j] = s === 'empty' || s === 'collinear' ? NaN : 0));
    levelPredictor(design, without).forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  if (aside) {
    aside.within.forEach((value, cell) => (levels[cell]! += value));
    aside.outside.forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  return { constant: estimates[0]!, levels, levelsOutside, numeric: numericCoefficients(design, estimates) };
}
