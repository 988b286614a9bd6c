import type { Bundle } from '../src/bundle/bundle.ts';
import type { ComparedPair } from '../src/comparison/compare-pair.ts';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import type { Pair } from '../src/comparison/differences.ts';
import type { XmrOfGroup } from '../src/comparison/xmr-series.ts';
import type { EngineError } from '../src/errors.ts';
import type { Progress, RunOptions, RunResult } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import type { AverageEffect } from '../src/whatif/average-effects.ts';
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

/** Two groups of one breakdown, by their place among its groups. */
export type PairComparison = Pick<Comparison, 'outcome' | 'breakdown' | 'period' | 'level'> & Pair;

/** One series of a result: which of its tables, the whole's the first, and which group of it. */
export interface SeriesOfGroup {
  readonly outcome: string;
  readonly table: number;
  readonly group: readonly string[];
}

/** All the app asks of what computes; tests stand in for it. Results are known by the object that was handed out. */
export interface Engine {
  run(request: RunRequest, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<RunResult>;
  /** From the rows of a result, as long as they are resident. */
  compare(result: RunResult, comparison: Comparison, signal: AbortSignal): Promise<ComparedBreakdown>;
  /** Two of the groups, as `compare`. */
  pair(result: RunResult, pair: PairComparison, signal: AbortSignal): Promise<ComparedPair>;
  /** One series against its own past; null where the table has no such series by month. */
  xmr(result: RunResult, series: SeriesOfGroup, signal: AbortSignal): Promise<XmrOfGroup | null>;
  /** Average marginal effects of one probit, from the rows as long as they are resident. */
  effects(result: RunResult, outcome: string, signal: AbortSignal): Promise<readonly AverageEffect[]>;
  describe(files: readonly File[]): Promise<FileDescription>;
  openBundle(file: File, signal: AbortSignal): Promise<OpenedBundle>;
  /** Sees to it that the sums of a result are there: at once where they are, else from the rows as long as they are resident. */
  keep(result: RunResult, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<WhatIfBase>;
  /** Of a result whose sums are kept. */
  ask(result: RunResult, question: WhatIfQuestion): Promise<WhatIfReply>;
  /** The bundle of a result whose sums are kept. */
  saveBundle(result: RunResult): Promise<Uint8Array<ArrayBuffer>>;
  /** Tells of workers that die, whether a call was under way or not: with `all` the engine's own, and with it what it kept. */
  onStopped?(listener: (error: EngineError, all: boolean) => void): void;
}
