import type { ErrorCode } from '../src/errors.ts';
import type { Progress, RunOptions, RunResult } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';

/** What `engine-worker.ts` is asked; `run` numbers the runs. */
export type EngineCall =
  | { readonly kind: 'run'; readonly run: number; readonly source: RegisterSource; readonly spec: ModelSpec; readonly options: RunOptions; readonly workers: number }
  | { readonly kind: 'cancel'; readonly run: number };

/** What it answers: progress any number of times, then one of the others. */
export type EngineAnswer = { readonly run: number } & (
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: RunResult }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string; readonly data: Readonly<Record<string, unknown>> }
);
