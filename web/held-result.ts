import { version } from '../package.json';
import { bundleOf } from '../src/bundle/bundle.ts';
import { writeBundle } from '../src/bundle/write-bundle.ts';
import type { Bundle } from '../src/bundle/bundle.ts';
import { EngineError } from '../src/errors.ts';
import type { EstimationMath } from '../src/estimate/estimation-math.ts';
import type { Progress, RunResult } from '../src/run-result.ts';
import { openDesk } from './what-if-desk.ts';
import type { WhatIfDesk } from './what-if-desk.ts';

export interface KeepHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** The result that the page shows last, and what can be asked of it. Its sums are kept when they are first wanted. */
export class HeldResult {
  /** Number of the call that it came from. */
  readonly call: number;
  /** Keeps the sums from the rows; null where no rows are held. */
  keepFromRows: ((hooks: KeepHooks) => Promise<RunResult>) | null;
  private kept: { readonly result: RunResult; readonly desk: WhatIfDesk } | null = null;
  private readonly math: () => Promise<EstimationMath>;

  constructor(call: number, { keepFromRows, math }: Pick<HeldResult, 'keepFromRows'> & { readonly math: () => Promise<EstimationMath> }) {
    this.call = call;
    this.keepFromRows = keepFromRows;
    this.math = math;
  }

  get isKept(): boolean {
    return this.kept !== null;
  }

  /** Takes a run with its sums, or a bundle. */
  async take(result: RunResult | (Bundle & RunResult)): Promise<void> {
    this.kept = { result, desk: openDesk(result, await this.math()) };
  }

  async keep(hooks: KeepHooks): Promise<void> {
    if (this.keepFromRows === null) throw gone();
    await this.take(await this.keepFromRows(hooks));
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
