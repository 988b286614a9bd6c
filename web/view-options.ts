import type { Outcome } from '../src/spec/model-spec.ts';
import type { IntervalLevel } from './interval.ts';

/** What the reader has chosen to look at; the same for every chart on the page. */
export interface ViewOptions {
  readonly outcome: Outcome;
  readonly seasonal: boolean;
  readonly level: IntervalLevel;
}
