import { EngineError } from '../errors.ts';
import { checkPercentiles } from './percentile-ends.ts';

/** Ends of an interval: the standard error times the normal quantile, or percentiles of the replicates. */
export type IntervalEnds = 'normal' | 'percentile';

/** How far a bootstrap estimates a probit again: one Newton step from the estimate, or until it is reached. */
export type Refit = 'one-step' | 'full';

/** What a cluster's weights are: Poisson(1) each for itself, or how often it is among as many draws with replacement as there are clusters. */
export type DrawKind = 'poisson' | 'multinomial';

/** How often is drawn where nothing is said. */
export const usualReplicates = 200;

export interface DrawOptions {
  readonly interval: string;
  readonly replicates?: number;
  readonly level: number;
  readonly ends?: IntervalEnds;
  readonly refit?: Refit;
  readonly draw?: DrawKind;
}

/** @throws EngineError `usage` where options of methods that draw contradict the method or each other */
export function checkDrawOptions({ interval, replicates = usualReplicates, level, ends = 'normal', refit = 'one-step', draw = 'poisson' }: DrawOptions): void {
  const draws = interval === 'score' || interval === 'bootstrap';
  if (draw === 'multinomial' && !draws) {
    throw new EngineError('usage.draw-without-draws', { interval });
  }
  if (refit === 'full' && interval !== 'bootstrap') {
    throw new EngineError('usage.refit-without-bootstrap', { interval });
  }
  if (ends === 'normal') return;
  if (!draws) {
    throw new EngineError('usage.percentiles-without-draws', { interval });
  }
  checkPercentiles(replicates, level);
}
