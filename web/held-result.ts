import { version } from '../package.json';
import { bundleOf } from '../src/bundle/bundle.ts';
import { writeBundle } from '../src/bundle/write-bundle.ts';
import type { Bundle } from '../src/bundle/bundle.ts';
import type { ComparedPair } from '../src/comparison/compare-pair.ts';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import { xmrOfTable, type XmrOfGroup } from '../src/comparison/xmr-series.ts';
import { EngineError } from '../src/errors.ts';
import type { EstimationMath } from '../src/estimate/estimation-math.ts';
import type { RunResult } from '../src/run-result.ts';
import type { AverageEffect } from '../src/whatif/average-effects.ts';
import type { Comparison, PairComparison, SeriesOfGroup } from './engine.ts';
import type { Asked, HeldRows, RowHooks } from './held-rows.ts';
import { openDesk } from './what-if-desk.ts';
import type { WhatIfDesk } from './what-if-desk.ts';

/** The rows that a result came from, and what was asked of them. */
export interface ResultRows {
  readonly rows: HeldRows;
  readonly asked: Asked;
}

/** What the page has of it. */
type Shown = Pick<RunResult, 'spec' | 'tables'>;

interface HeldOptions extends Pick<HeldResult, 'from'> {
  readonly math: () => Promise<EstimationMath>;
  readonly shown: Shown;
}

/** The result that the page shows last, and what can be asked of it. Its sums are kept when they are first wanted. */
export class HeldResult {
  /** Number of the call that it came from. */
  readonly call: number;
  /** Null where no rows are held. */
  from: ResultRows | null;
  private readonly shown: Shown;
  private readonly charts = new Map<number, readonly XmrOfGroup[]>();
  private kept: { readonly result: RunResult; readonly desk: WhatIfDesk } | null = null;
  private readonly math: () => Promise<EstimationMath>;

  constructor(call: number, { from, math, shown: { spec, tables } }: HeldOptions) {
    this.shown = { spec, tables };
    this.call = call;
    this.from = from;
    this.math = math;
  }

  get isKept(): boolean {
    return this.kept !== null;
  }

  /** Takes a run with its sums, or a bundle. */
  async take(result: RunResult | (Bundle & RunResult)): Promise<void> {
    this.kept = { result, desk: openDesk(result, await this.math()) };
  }

  async keep(hooks: RowHooks): Promise<void> {
    if (this.from === null) throw gone();
    await this.take(await this.from.rows.result(this.from.asked, hooks, true));
  }

  async compare(comparison: Comparison, hooks: RowHooks): Promise<ComparedBreakdown> {
    if (this.from === null) throw gone();
    return this.from.rows.compare(this.from.asked, comparison, hooks);
  }

  async pair(pair: PairComparison, hooks: RowHooks): Promise<ComparedPair> {
    if (this.from === null) throw gone();
    return this.from.rows.pair(this.from.asked, pair, hooks);
  }

  async effects(outcome: string, hooks: RowHooks): Promise<readonly AverageEffect[]> {
    if (this.from === null) throw gone();
    return this.from.rows.effects(this.from.asked, outcome, hooks);
  }

  /** Takes the tables alone; all series of a table at once, the first time. */
  async xmr({ outcome, table, group }: SeriesOfGroup): Promise<XmrOfGroup | null> {
    const { spec, tables } = this.shown;
    if (tables[table]?.period !== 'month') return null;
    const horizons = new Map(spec.outcomes.map(({ name, horizon }) => [name, horizon]));
    const charts = this.charts.get(table) ?? xmrOfTable(tables[table], horizons, await this.math());
    this.charts.set(table, charts);
    return charts.find((one) => one.outcome === outcome && one.group.every((label, k) => label === group[k])) ?? null;
  }

  get desk(): WhatIfDesk {
    if (this.kept === null) throw gone();
    return this.kept.desk;
  }

  /** The bundle, small cells withheld. */
  bytes(): Uint8Array<ArrayBuffer> {
    if (this.kept === null) throw gone();
    return Uint8Array.from(writeBundle(bundleOf(this.kept.result, { engineVersion: version })));
  }
}

export const gone = (): EngineError =>
  new EngineError('usage.rows-let-go', {});
