import type { Bundle } from '../src/bundle/bundle.ts';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import type { Progress, RunOptions, RunResult } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import type { WhatIfBase, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

/** The synthetic population, or files of one's own. */
export type Source =
  | { readonly kind: 'synthetic'; readonly rows: number; readonly seed: number }
  | { readonly kind: 'files'; readonly files: readonly File[] };

export interface RunRequest {
  readonly source: Source;
  readonly spec: ModelSpec;
  readonly options: RunOptions;
}

/** A finished run without its rows. */
export interface BundleRequest {
  readonly bundle: File;
}

/** What a bundle has besides a run's result. */
export type BundleAbout = Pick<Bundle, 'engineVersion' | 'threshold' | 'withheld'>;

export interface OpenedBundle {
  readonly result: RunResult;
  readonly about: BundleAbout;
}

export interface FileDescription {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Null where the file has to be read to know. */
  readonly rows: number | null;
}

/** Groups of one breakdown of a run held against each other. */
export interface Comparison {
  readonly outcome: string;
  /** Which of the run's breakdowns. */
  readonly breakdown: number;
  /** `all`, `2023`, `2024-T1`, … */
  readonly period: string;
  readonly level: number;
  /** Whether the funnel's limits are widened by what the groups vary among themselves. */
  readonly overdispersion: boolean;
}

/** All the app asks of what computes; tests stand in for it. Results are known by the object that was handed out. */
export interface Engine {
  run(request: RunRequest, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<RunResult>;
  /** Of a run that has ended: its rows and estimates are still there, or are made again. */
  compare(request: RunRequest, comparison: Comparison, signal: AbortSignal): Promise<ComparedBreakdown>;
  describe(files: readonly File[]): Promise<FileDescription>;
  openBundle(file: File, signal: AbortSignal): Promise<OpenedBundle>;
  /** Sees to it that the sums of a result are there: at once where they are, else from the rows as long as they are resident. */
  keep(result: RunResult, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<WhatIfBase>;
  /** Of a result whose sums are kept. */
  ask(result: RunResult, question: WhatIfQuestion): Promise<WhatIfReply>;
  /** The bundle of a result whose sums are kept. */
  saveBundle(result: RunResult): Promise<Uint8Array<ArrayBuffer>>;
}
