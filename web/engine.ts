import type { Progress, RunOptions, RunResult } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';

/** The synthetic population, or files of one's own. */
export type Source =
  | { readonly kind: 'synthetic'; readonly rows: number; readonly seed: number }
  | { readonly kind: 'files'; readonly files: readonly File[] };

export interface RunRequest {
  readonly source: Source;
  readonly spec: ModelSpec;
  readonly options: RunOptions;
}

export interface FileDescription {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Null where the file has to be read to know. */
  readonly rows: number | null;
}

/** All the app asks of what computes; tests stand in for it. */
export interface Engine {
  run(request: RunRequest, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<RunResult>;
  describe(files: readonly File[]): Promise<FileDescription>;
}
