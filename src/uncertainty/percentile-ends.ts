import { EngineError } from '../errors.ts';
import type { Ends } from '../indicator/indicator.ts';

/** Of a product of a number of replicates and a level in percent: what rounding may leave over a whole number. */
const rounding = 1e-9;

/** Which of so many sorted replicates, from 1 on, the distribution function's inverse is at this many percent. */
const rankAt = (replicates: number, percent: number): number => Math.ceil((replicates * percent) / 100 - rounding);

/** Fewer than one replicate beyond an end say nothing of where it is. */
const fewest = (level: number): number => Math.ceil(200 / (100 - level) - rounding);

/**
 * Ends of the interval of a level in percent by the inverse distribution function of replicates: of 200 the 5th and the 195th for 95.
 * NaN where there are too few.
 */
export function percentileEnds(drawn: Float64Array, level: number): Ends {
  if (drawn.length < fewest(level)) return [NaN, NaN];
  const sorted = drawn.slice().sort();
  return [sorted[rankAt(drawn.length, (100 - level) / 2) - 1]!, sorted[rankAt(drawn.length, (100 + level) / 2) - 1]!];
}

/** @throws EngineError `usage` where so many replicates have no ends at the level */
export function checkPercentiles(replicates: number, level: number): void {
  if (replicates >= fewest(level)) return;
  throw new EngineError('usage.too-few-replicates', { replicates, level, fewest: fewest(level) });
}
