import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import type { ErrorCode } from '../src/errors.ts';
import type { Progress, RunOptions, RunResult } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';
import type { Comparison } from './engine.ts';

/** Rows and how they are estimated. */
export interface EstimateCall {
  /** Numbers the calls. */
  readonly run: number;
  /** The same for calls that the same estimates answer. */
  readonly key: string;
  readonly source: RegisterSource;
  readonly spec: ModelSpec;
  readonly options: RunOptions;
  readonly workers: number;
}

/** What `engine-worker.ts` is asked. */
export type EngineCall =
  | ({ readonly kind: 'run' } & EstimateCall)
  | ({ readonly kind: 'compare'; readonly comparison: Comparison } & EstimateCall)
  | { readonly kind: 'cancel'; readonly run: number };

/** What it answers: progress any number of times, then one of the others. */
export type EngineAnswer = { readonly run: number } & (
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: RunResult | ComparedBreakdown }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string; readonly data: Readonly<Record<string, unknown>> }
);
