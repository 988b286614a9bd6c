import { RowFaults } from '../coding/row-faults.ts';
import { codePartition } from '../coding/code-partition.ts';
import { DroppedCounts, type DroppedCount } from '../coding/dropped-counts.ts';
import type { CodedRows } from '../coding/coded-rows.ts';
import { dealRows } from './deal-rows.ts';
import type { DigitRequest } from '../coding/breaks.ts';
import type { SampleRows } from '../coding/resolve-samples.ts';
import { RowDigest } from '../coding/row-digest.ts';
import type { RowPlan } from '../coding/row-plan.ts';
import type { FactorSource, SamplePlan } from '../coding/sample-plan.ts';
import { EngineError } from '../errors.ts';
import { openKernels } from '../kernels/wasm.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { configureRegister, type RegisterAssets } from '../register/assets.ts';
import { describeFile, type FileDescription } from '../register/describe.ts';
import type { RegisterFile } from '../register/partition.ts';
import { readPartitions } from '../register/read.ts';
import { orderPersons, SampleLayout } from './code-sample.ts';
import { Control } from './control.ts';
import type { Deliver, SourcePiece, SyntheticPiece, WorkerSurvey } from './protocol.ts';
import { cellPass } from './cell-pass.ts';
import { personScoresPass, squaredScoresPass } from './covariance-passes.ts';
import { gramPass, leftPass, probitPass, signedRangePass } from './estimation-passes.ts';
import { RowBlocks } from './row-blocks.ts';
import { repeatedMonths, type RepeatedMonths } from './repeated-months.ts';
import { keepMonths, type KeepOptions, type MonthTables } from './keep-pass.ts';
import { levelReader } from './row-levels.ts';
import { RowStore } from './row-store.ts';
import { surveyRows } from './survey.ts';

export type Tick = (done: number) => void;

/** Options of a pass over one outcome. */
type OfOutcome<Pass extends (rows: RowBlocks, outcome: number, options: never) => unknown> = Parameters<Pass>[2] & { readonly outcome: number };

export interface ReadReport {
  readonly rows: number;
  readonly dropped: readonly DroppedCount[];
  readonly ungrouped: number;
}

export interface CodeReport {
  readonly bytes: number;
  readonly repeated: RepeatedMonths;
}

/**
 * What runs in each worker: it reads pieces of the source, owns the persons dealt to it, codes its rows once and keeps
 * them in its kernels' memory, and answers passes.
 */
export class RowWorker {
  private readonly control = new Control();
  private kernels: Kernels | null = null;
  private emptyMark = 0;
  private index = 0;
  private workers = 1;
  private plan: RowPlan | null = null;
  private store = new RowStore([]);
  private digest = new RowDigest();
  private samples: RowBlocks[] = [];

  constructor(assets: RegisterAssets) {
    configureRegister(assets);
  }

  open({ module, index, workers }: { module: WebAssembly.Module; index: number; workers: number }): void {
    this.kernels = openKernels(module);
    this.emptyMark = this.kernels.arena.mark();
    this.index = index;
    this.workers = workers;
  }

  cancel(): void {
    this.control.cancel();
  }

  /** Forgets all rows and gets ready for those of `plan`. */
  begin(plan: RowPlan): void {
    this.control.begin();
    this.plan = plan;
    this.store = new RowStore(this.zeroOneOutcomes());
    this.digest = new RowDigest();
    this.samples = [];
    this.kernels!.arena.release(this.emptyMark);
  }

  /** What the files are; null for one that cannot be read, of which reading will tell. */
  describe(files: readonly RegisterFile[]): Promise<(FileDescription | null)[]> {
    return Promise.all(files.map((file) => describeFile(file).catch(() => null)));
  }

  /** Reads one piece, checks and codes its rows and deals them out. `tick` hears of rows. */
  async read(piece: SourcePiece, number: number, deliver: Deliver, tick: Tick): Promise<ReadReport> {
    const plan = this.plan!;
    const file = 'file' in piece ? piece.file : await this.synthesize(piece);
    const faults = new RowFaults(file.name);
    const dropped = new DroppedCounts();
    let [rows, ungrouped] = [0, 0];
    for await (const partition of readPartitions(file, { columns: plan.requests, where: plan.where, filter: plan.filter, derived: plan.derived })) {
      const coded = codePartition(plan, partition, number, faults);
      for (const count of coded.dropped.list()) dropped.add(count);
      ungrouped += coded.ungrouped;
      this.digest.add(coded.rows);
      const dealt = dealRows(coded.rows, this.workers);
      await Promise.all(dealt.map((part, owner) => (owner === this.index ? this.store.absorb(part) : deliver(owner, part))));
      rows += partition.rows;
      tick(partition.rows);
      await this.control.turn();
    }
    faults.throwIfAny();
    return { rows, dropped: dropped.list(), ungrouped };
  }

  absorb(rows: CodedRows): void {
    this.store.absorb(rows);
  }

  survey(by: readonly (readonly string[])[]): WorkerSurvey {
    return surveyRows(this.store, this.plan!, by, this.digest.words());
  }

  range(input: number, sample: SampleRows, positive: boolean) {
    return this.store.range(input, sample, positive);
  }

  countDigits(input: number, { sample, positive, request }: { sample: SampleRows; positive: boolean; request: DigitRequest }): Uint32Array {
    return this.store.countDigits(input, sample, positive, request);
  }

  countLevels(source: FactorSource, levels: number, sample: SampleRows): Float64Array {
    const counts = new Float64Array(levels);
    const read = levelReader(this.store, source, levels);
    for (const piece of this.store.pieces) {
      const [all, mask] = [read(piece), this.store.mask(piece, sample)];
      for (let i = 0; i < mask.length; i++) if (mask[i] && all[i]! < levels) counts[all[i]!]!++;
    }
    return counts;
  }

  /** Codes the rows of every sample into the kernels' memory and lets go of everything else. */
  async code(plans: readonly SamplePlan[], tick: Tick): Promise<CodeReport> {
    const { store, control } = this;
    const kernels = this.kernels!;
    const probit = this.zeroOneOutcomes();
    const { firstMonth, months } = plans[0]!;
    const repeated = repeatedMonths(store, firstMonth, months);
    if (repeated.rows > 0) return { bytes: kernels.arena.used, repeated };
    const order = orderPersons(store);
    const zeros = kernels.arena.alloc(store.rows);
    kernels.arena.u8(zeros, store.rows).fill(0);
    const layouts: SampleLayout[] = [];
    for (const plan of plans) {
      await control.turn();
      layouts.push(new SampleLayout(store, plan, { memory: kernels.arena, order, probit, zeros }));
    }
    for (const piece of store.takePieces()) {
      const codes = new Map<string, Uint16Array>();
      for (const layout of layouts) layout.add(piece, codes);
      tick(piece.rows * layouts.length);
      await control.breathe();
    }
    this.store = new RowStore(probit);
    this.samples = layouts.map((layout) => {
      const sample = layout.finish();
      return new RowBlocks({ kernels, sample, probit: sample.plan.outcomes.map((o) => probit[o]!), control, tick: (n) => this.tick(n) });
    });
    return { bytes: kernels.arena.used, repeated };
  }

  private zeroOneOutcomes(): boolean[] {
    return this.plan!.outcomes.map(({ family }) => family === 'probit');
  }

  size(sample: number): { estimated: number; rows: number; reach: readonly number[]; outside: number } {
    const { estimationRows: estimated, rows, reach, outside } = this.samples[sample]!.sample;
    return { estimated, rows, reach, outside };
  }

  keepMonths(sample: number, options: KeepOptions): Promise<MonthTables[]> {
    return this.pass(sample, () => {}, (rows) => keepMonths(rows, options));
  }

  gram(sample: number, shifts: Parameters<typeof gramPass>[1], tick: Tick) {
    return this.pass(sample, tick, (rows) => gramPass(rows, shifts));
  }
  left(sample: number, { outcome, ...options }: OfOutcome<typeof leftPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => leftPass(rows, outcome, options));
  }
  probit(sample: number, { outcome, ...options }: OfOutcome<typeof probitPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => probitPass(rows, outcome, options));
  }
  signedRange(sample: number, { outcome, ...options }: OfOutcome<typeof signedRangePass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => signedRangePass(rows, outcome, options));
  }
  squaredScores(sample: number, { outcome, ...options }: OfOutcome<typeof squaredScoresPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => squaredScoresPass(rows, outcome, options));
  }
  personScores(sample: number, { outcome, ...options }: OfOutcome<typeof personScoresPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => personScoresPass(rows, outcome, options));
  }
  cells(sample: number, { outcome, ...options }: OfOutcome<typeof cellPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => cellPass(rows, outcome, options));
  }

  private tick: Tick = () => {};

  private async pass<T>(sample: number, tick: Tick, run: (rows: RowBlocks) => Promise<T>): Promise<T> {
    const rows = this.samples[sample];
    if (!rows) throw new EngineError('internal', `There is no coded sample ${sample} in this worker.`);
    this.control.begin();
    this.tick = tick;
    return run(rows);
  }

  private async synthesize(piece: SyntheticPiece) {
    const { generateArrow } = await import('../synthetic/generate-arrow.ts');
    const bytes = await generateArrow(this.kernels!, { ...piece.synthetic, part: piece.part, parts: piece.parts });
    return { name: `synthetic part ${piece.part + 1}`, format: 'arrow' as const, bytes: bytes.byteLength, location: { blob: new Blob([bytes as BlobPart]) } };
  }
}
