import type { ComparedPair } from '../src/comparison/compare-pair.ts';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import type { XmrOfGroup } from '../src/comparison/xmr-series.ts';
import type { SentError } from '../src/errors.ts';
import type { Progress, RunOptions, RunResult } from '../src/run-result.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import type { AverageEffect } from '../src/whatif/average-effects.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';
import type { Comparison, OpenedBundle, PairComparison, SeriesOfGroup } from './engine.ts';
import type { WhatIfBase, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

export interface RunCall {
  readonly kind: 'run';
  /** The same for runs that the same estimates answer. */
  readonly key: string;
  readonly source: RegisterSource;
  readonly spec: ModelSpec;
  readonly options: RunOptions;
  readonly workers: number;
}

/** What `engine-worker.ts` does; `of` is the number of the call that the result came from. */
export type EngineRequest =
  | RunCall
  | { readonly kind: 'compare'; readonly of: number; readonly comparison: Comparison }
  | { readonly kind: 'pair'; readonly of: number; readonly pair: PairComparison }
  | { readonly kind: 'xmr'; readonly of: number; readonly series: SeriesOfGroup }
  | { readonly kind: 'effects'; readonly of: number; readonly outcome: string }
  | { readonly kind: 'open'; readonly file: File }
  | { readonly kind: 'keep'; readonly of: number }
  | { readonly kind: 'ask'; readonly of: number; readonly question: WhatIfQuestion }
  | { readonly kind: 'save'; readonly of: number };

/** What each of them is answered with. */
export interface EngineResults {
  readonly run: RunResult;
  readonly compare: ComparedBreakdown;
  readonly pair: ComparedPair;
  readonly xmr: XmrOfGroup | null;
  readonly effects: readonly AverageEffect[];
  readonly open: OpenedBundle;
  readonly keep: WhatIfBase;
  readonly ask: WhatIfReply;
  readonly save: Uint8Array<ArrayBuffer>;
}

/** A numbered request, or the end of one. */
export type EngineCall = { readonly call: number } & (EngineRequest | { readonly kind: 'cancel' });

/** What a call is answered with: progress any number of times, then one of the others. And unasked, that a worker of the pool has died. */
export type EngineAnswer =
  | ({ readonly call: number } & (
      | { readonly kind: 'progress'; readonly progress: Progress }
      | { readonly kind: 'result'; readonly result: EngineResults[keyof EngineResults] }
      | { readonly kind: 'error'; readonly error: SentError }
    ))
  | { readonly kind: 'stopped'; readonly error: SentError };
