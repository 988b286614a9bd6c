import type { ModelColumns } from '../coding/model-columns.ts';
import type { ComputedBreaks } from '../coding/sample-plan.ts';
import type { RowsAt } from './column-status.ts';
import type { EstimationMath } from './estimation-math.ts';
import type { DroppedRows, Fit, VcovKind } from './fit.ts';
import type { Separated } from './separation.ts';
import type { Family, GramPass, Predictor, SamplePasses } from './passes.ts';

export interface EstimateRequest {
  readonly outcome: string;
  /** Index among the sample's outcomes. */
  readonly index: number;
  readonly family: Family;
  readonly population: string | null;
  readonly passes: SamplePasses;
  /** The model, on the frame of the passes, with its references as named. */
  readonly model: ModelColumns;
  readonly gram: GramPass;
  readonly vcov: VcovKind;
  /** Confidence level in percent. */
  readonly level: number;
  readonly breaks: readonly ComputedBreaks[];
  readonly dropped: readonly DroppedRows[];
  readonly math: EstimationMath;
  /** Where a probit starts, by the columns it is given, in the place of a pilot. */
  readonly start?: (columns: ModelColumns['columns']) => Float64Array;
}

export interface Estimate {
  readonly fit: Fit;
  /** The model with its effective references. */
  readonly model: ModelColumns;
  /** What predicts every row, set-aside rows and rows outside the sample included. */
  readonly predictor: Predictor;
  /** By column of the model: 1 where it has an estimate. */
  readonly kept: Uint8Array;
  /** Where there are rows, and what sets them aside. */
  readonly rows: RowsAt;
  readonly separated: readonly Separated[];
  /** Columns of the frame at which rows outside the sample have no expected value. */
  readonly unestimated: readonly number[];
  /** Of β by the vcov asked for, p × p. */
  readonly covariance: Float64Array;
}

/** What every fit tells of what was asked. */
export function askedFields({ outcome, population, family, vcov, gram, breaks, dropped }: EstimateRequest) {
  return { outcome, population: population ?? '', family, vcov, n: gram.n, persons: gram.persons, breaks, dropped };
}

/** Name of the outcome, and of its population where there are several, for messages. */
export function nameOf({ outcome, population }: EstimateRequest): string {
  return population === null ? outcome : `${outcome} (${population})`;
}
