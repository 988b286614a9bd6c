import { version } from '../package.json';
import { bundleOf } from '../src/bundle/bundle.ts';
import { writeBundle } from '../src/bundle/write-bundle.ts';
import type { Bundle } from '../src/bundle/bundle.ts';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import { EngineError } from '../src/errors.ts';
import type { EstimationMath } from '../src/estimate/estimation-math.ts';
import type { RunResult } from '../src/run-result.ts';
import type { Comparison } from './engine.ts';
import type { Asked, HeldRows, RowHooks } from './held-rows.ts';
import { openDesk } from './what-if-desk.ts';
import type { WhatIfDesk } from './what-if-desk.ts';

/** The rows that a result came from, and what was asked of them. */
export interface ResultRows {
  readonly rows: HeldRows;
  readonly asked: Asked;
}

/** The result that the page shows last, and what can be asked of it. Its sums are kept when they are first wanted. */
export class HeldResult {
  /** Number of the call that it came from. */
  readonly call: number;
  /** Null where no rows are held. */
  from: ResultRows | null;
  private kept: { readonly result: RunResult; readonly desk: WhatIfDesk } | null = null;
  private readonly math: () => Promise<EstimationMath>;

  constructor(call: number, { from, math }: Pick<HeldResult, 'from'> & { readonly math: () => Promise<EstimationMath> }) {
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
  new EngineError('usage', 'The sums of these numbers were not kept, and their rows are no longer held, since another run has begun. Run it again to ask about it.');
