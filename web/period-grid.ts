import type { RunResult } from '../src/run-result.ts';
import { monthGrid } from './format.ts';

/** What the tables' series stand on: every month from the first to the last, or the longer periods that the tables have. */
export function periodGrid({ options, months, tables }: Pick<RunResult, 'options' | 'months' | 'tables'>): string[] {
  if (options.period === 'month') return monthGrid(months);
  return [...new Set(tables[0]?.periods)].sort();
}
