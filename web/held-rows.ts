import { comparePair, type ComparedPair } from '../src/comparison/compare-pair.ts';
import { compareBreakdown, type ComparedBreakdown } from '../src/comparison/compare-result.ts';
import { comparisonMath } from '../src/comparison/math.ts';
import { estimateResident, probitEffects, resultOf, type Estimated } from '../src/pipeline.ts';
import type { GroupComparison, Progress, RunResult } from '../src/run-result.ts';
import { compareGroups } from '../src/run-uncertainty.ts';
import type { AverageEffect } from '../src/whatif/average-effects.ts';
import { loadRows } from '../src/workers/load-rows.ts';
import type { Pool } from '../src/workers/pool.ts';
import type { RunCall } from './engine-messages.ts';
import type { Comparison, PairComparison } from './engine.ts';

export type Asked = Pick<RunCall, 'spec' | 'options'>;

export interface RowHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Estimates whose rows are in the pool's workers, until it reads other ones. */
export class HeldRows {
  private readonly key: string;
  private readonly pool: Pool;
  private readonly estimated: Estimated;
  private readonly means = new Map<string, GroupComparison>();
  private readonly effectsOf = new Map<string, readonly AverageEffect[]>();

  constructor(key: string, pool: Pool, estimated: Estimated) {
    this.key = key;
    this.pool = pool;
    this.estimated = estimated;
  }

  static async read({ key, source, spec, options }: RunCall, pool: Pool, hooks: RowHooks): Promise<HeldRows> {
    const rows = await loadRows({ spec, source, by: options.by, where: options.where, pool, ...hooks });
    return new HeldRows(key, pool, await estimateResident({ spec, options, pool, ...hooks }, rows));
  }

  /** Whether a run can be answered from them. */
  serve({ key }: RunCall, pool: Pool): boolean {
    return key === this.key && pool === this.pool;
  }

  result({ spec, options }: Asked, { signal, onProgress }: RowHooks, keep = false): Promise<RunResult> {
    return resultOf({ spec, options, pool: this.pool, signal, onProgress, keep }, this.estimated);
  }

  async compare(asked: Asked, comparison: Comparison, hooks: RowHooks): Promise<ComparedBreakdown> {
    const { level, overdispersion } = comparison;
    const { threshold } = asked.options;
    return compareBreakdown(await this.meansOf(asked, comparison, hooks), { level, seed: 1, overdispersion, discovery: 'BH', threshold }, comparisonMath(this.pool.kernels));
  }

  async pair(asked: Asked, pair: PairComparison, hooks: RowHooks): Promise<ComparedPair> {
    const { level } = pair;
    const own = await this.meansOf(asked, pair, hooks);
    const isWhole = [pair.of, pair.from].every((unit) => own.months[unit] === own.months.at(-1));
    // Units that lack months take means over those that both have.
    const means = isWhole ? own : await this.meansOf({ ...asked, options: { ...asked.options, against: 'pairs' } }, pair, hooks);
    return comparePair(means, pair, { level, threshold: asked.options.threshold }, comparisonMath(this.pool.kernels));
  }

  /** Takes passes over the rows for each outcome, once. */
  async effects({ options }: Asked, outcome: string, { signal, onProgress }: RowHooks): Promise<readonly AverageEffect[]> {
    const effects = this.effectsOf.get(outcome) ?? (await probitEffects({ options, pool: this.pool, signal, onProgress }, this.estimated, outcome));
    this.effectsOf.set(outcome, effects);
    return effects;
  }

  /** Takes a pass over the rows for each outcome, breakdown and period, once. */
  private async meansOf({ options }: Asked, { outcome, breakdown, period }: Pick<Comparison, 'outcome' | 'breakdown' | 'period'>, { signal, onProgress }: RowHooks): Promise<GroupComparison> {
    const name = JSON.stringify([outcome, breakdown, period, options.against ?? null]);
    const means = this.means.get(name) ?? (await compareGroups({ outcome, breakdown, period, options, pool: this.pool, signal, onProgress }, this.estimated));
    this.means.set(name, means);
    return means;
  }
}
