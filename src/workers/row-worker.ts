import { codePartition } from '../coding/code-partition.ts';
import { DroppedCounts, type DroppedCount } from '../coding/dropped-counts.ts';
import type { CodedRows } from '../coding/coded-rows.ts';
import { dealRows, type DealtRows } from './deal-rows.ts';
import type { DigitRequest } from '../coding/breaks.ts';
import type { DigitCounts } from '../coding/digit-counts.ts';
import type { SampleRows } from '../coding/resolve-samples.ts';
import type { RowPlan } from '../coding/row-plan.ts';
import type { FactorSource, SamplePlan } from '../coding/sample-plan.ts';
import type { SummedColumn } from '../coding/summed-columns.ts';
import type { DescriptivePlan } from '../descriptive/plan.ts';
import { EngineError } from '../errors.ts';
import { openKernels } from '../kernels/wasm.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { configureRegister, type RegisterAssets } from '../register/assets.ts';
import { describeFile, type FileDescription } from '../register/describe.ts';
import type { Cutting, ScanRequest } from '../register/csv-ranges.ts';
import type { ScannedBytes } from '../register/csv-scan.ts';
import { fileUnits, scanFile, type FileUnits } from '../register/file-units.ts';
import type { RegisterFile } from '../register/partition.ts';
import { releasePartition } from '../register/spare-arrays.ts';
import { FilesTogether } from '../register/read-together.ts';
import { countValueDigits, rowsBeyond, type RowsBeyond } from './column-sizes.ts';
import { orderPersons, SampleLayout } from './code-sample.ts';
import { given } from './comlink-handlers.ts';
import { Control } from './control.ts';
import type { Deliver, DeliverPersons, PieceReport, SourcePiece, SyntheticPiece, WorkerSurvey } from './protocol.ts';
import { cellPass } from './cell-pass.ts';
import { personScoresPass, squaredScoresPass } from './covariance-passes.ts';
import { modelSpreadPass } from './model-spread-pass.ts';
import { combinationPass } from './combination-pass.ts';
import { groupColumnsPass } from './group-columns-pass.ts';
import { influencePass, slopesPass } from './influence-pass.ts';
import { scorePass } from './score-pass.ts';
import { effectPass } from './effect-pass.ts';
import { gramPass, leftPass, probitPass, probitReachPass, reachPass, residualReachPass, residualSumsPass, signedPass, squaresPass } from './estimation-passes.ts';
import { arrivalsPass, type ArrivalsRequest } from './arrivals-pass.ts';
import { replicateCellsPass } from './replicate-cells.ts';
import { replicateSumsPass } from './replicate-sums.ts';
import { RowBlocks } from './row-blocks.ts';
import { RowDigest } from './row-digest.ts';
import { DescribedRows, type DescribedSums } from './described-rows.ts';
import type { PersonRows } from './person-tally.ts';
import { readRequest } from './read-request.ts';
import { repeatedMonths, type RepeatedMonths } from './repeated-months.ts';
import { levelPersonsPass } from './level-persons-pass.ts';
import { overlapPass } from './overlap-pass.ts';
import { personCountsPass, type CountedRows } from './person-counts-pass.ts';
import { levelAdder } from './row-levels.ts';
import { keepMonths, type KeepOptions, type MonthTables } from './keep-pass.ts';
import { RowStore, type AskedDigits, type FoundLabels, type NumberColumns } from './row-store.ts';
import { Scratch, withScratch } from './scratch.ts';
import { surveyRows } from './survey.ts';

/** Rows of a CSV file by which types are guessed for the memory that they will take. */
const glancedRows = 2048;

export type Tick = (done: number) => void;

/** Options of a pass over one outcome. */
type OfOutcome<Pass extends (rows: RowBlocks, outcome: number, options: never) => unknown> = Parameters<Pass>[2] & { readonly outcome: number };

export interface ReadReport extends PieceReport {
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
  private store: RowStore | null = null;
  private samples: RowBlocks[] = [];
  private described: DescribedRows | null = null;

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
    this.kernels!.arena.release(this.emptyMark);
    this.store = new RowStore(this.kernels!);
    this.samples = [];
  }

  /** What the files are, at a glance; null for one that cannot be read, of which reading will tell. */
  describe(files: readonly RegisterFile[]): Promise<(FileDescription | null)[]> {
    return Promise.all(files.map((file) => describeFile(file, glancedRows).catch(() => null)));
  }

  /** Into what each file may be divided; null for one that reading will tell of. */
  fileUnits(files: readonly RegisterFile[], cutting: Cutting): Promise<(FileUnits | null)[]> {
    return Promise.all(files.map((file) => fileUnits(file, cutting).catch(() => null)));
  }

  scanFile(file: RegisterFile, request: ScanRequest): Promise<ScannedBytes[]> {
    this.control.begin();
    return scanFile(file, request, () => this.control.breathe());
  }

  /** Reads one piece, checks and codes its rows and deals them out. `tick` hears of rows. */
  async read(piece: SourcePiece, number: number, deliver: Deliver, tick: Tick): Promise<ReadReport> {
    const plan = this.plan!;
    const files = new FilesTogether(await this.filesOf(piece));
    const dropped = new DroppedCounts();
    let [rows, ungrouped] = [0, 0];
    for await (const partition of files.partitions(readRequest(plan), () => this.control.breathe())) {
      this.control.check();
      const coded = codePartition(plan, partition, number, files.faults);
      for (const count of coded.dropped.list()) dropped.add(count);
      ungrouped += coded.ungrouped;
      const dealing = { workers: this.workers, own: this.index, keep: (own: CodedRows) => this.absorb(own) };
      const deal = (scratch: Scratch): DealtRows[] => dealRows(this.kernels!, scratch, coded.rows, dealing);
      const dealt = withScratch(this.kernels!.arena, deal);
      await Promise.all(dealt.map((part) => deliver(part.owner, part.rows)));
      // Rows that were dealt out or absorbed are copies.
      releasePartition(partition);
      rows += partition.rows;
      tick(partition.rows);
      await this.control.turn();
    }
    const faults = files.finish();
    return { piece: number, rows, offsets: files.offsets, notes: files.notes, faults, dropped: dropped.list(), ungrouped };
  }

  absorb(rows: CodedRows): void {
    this.store!.absorb(rows);
  }

  /** Forgets what was described and gets ready for `plan`; no row is kept. */
  beginDescription(plan: DescriptivePlan): void {
    this.control.begin();
    this.described = new DescribedRows(plan, this.kernels!, this.workers);
  }

  /** Describes the rows of one piece, and deals their persons out to be counted. */
  async readDescribed(piece: SourcePiece, number: number, deliver: DeliverPersons, tick: Tick): Promise<PieceReport> {
    const described = this.described!;
    const files = new FilesTogether(await this.filesOf(piece));
    const hand = async (owner: number, rows: PersonRows): Promise<void> => (owner === this.index ? described.absorb(rows) : deliver(owner, rows));
    const pause = (): Promise<unknown> => this.control.breathe();
    const rows = await described.read(files, number, { hand, pause, tell: tick });
    const faults = files.finish();
    return { piece: number, rows, offsets: files.offsets, notes: files.notes, faults };
  }

  absorbPersons(rows: PersonRows): void {
    this.described!.absorb(rows);
  }

  /** The sums, and forgets them. */
  describedSums(): DescribedSums {
    const sums = this.described!.sums();
    this.described = null;
    return sums;
  }

  foundLabels(): FoundLabels {
    return this.store!.foundLabels();
  }

  rowsWith(columns: Parameters<RowStore['rowsWith']>[0]): ReturnType<RowStore['rowsWith']> {
    return this.store!.rowsWith(columns);
  }

  /** Once it is known of all workers' labels which columns hold numbers. */
  async survey(by: readonly (readonly string[])[], numbers: NumberColumns): Promise<WorkerSurvey> {
    const [kernels, store, plan] = [this.kernels!, this.store!, this.plan!];
    store.settleNumbers(numbers);
    const digest = new RowDigest(kernels, store, plan.inputs, plan.groupColumns);
    for (const piece of store.pieces) {
      digest.add(piece);
      await this.control.breathe();
    }
    return surveyRows(kernels, store, { plan, by, digest: digest.sum });
  }

  countValueDigits(column: SummedColumn, request: DigitRequest): DigitCounts {
    return given({ ...countValueDigits(this.kernels!, this.store!, { column, request }) });
  }

  rowsBeyond(column: SummedColumn, size: number): RowsBeyond {
    return rowsBeyond(this.store!, column, size);
  }

  range(input: number, sample: SampleRows, positive: boolean) {
    return this.store!.range(input, sample, positive);
  }

  countDigits(input: number, { sample, positive, request }: AskedDigits): DigitCounts {
    return given({ ...this.store!.countDigits(input, sample, positive, request) });
  }

  countLevels(source: FactorSource, levels: number, sample: SampleRows): Float64Array {
    const counts = new Float64Array(levels);
    const [kernels, store] = [this.kernels!, this.store!];
    const add = levelAdder(kernels, { store, source, levels, stride: 1 });
    for (const piece of store.pieces) {
      withScratch(kernels.arena, (scratch) => {
        const [out, inSample] = [scratch.zeroed(2 * piece.rows), store.mask(piece, scratch, sample)];
        add(piece, scratch, out);
        const [all, mask] = [kernels.arena.u16(out, piece.rows), kernels.arena.u8(inSample, piece.rows)];
        for (let i = 0; i < mask.length; i++) if (mask[i] && all[i]! < levels) counts[all[i]!]!++;
      });
    }
    return counts;
  }

  /** Codes the rows of every sample into the kernels' memory and lets go of everything else. */
  async code(plans: readonly SamplePlan[], tick: Tick): Promise<CodeReport> {
    const { control } = this;
    const [kernels, store] = [this.kernels!, this.store!];
    const { firstMonth, months, groupings } = plans[0]!;
    const repeated = repeatedMonths(store, firstMonth, months);
    if (repeated.rows > 0) return { bytes: kernels.arena.used, repeated };
    const order = orderPersons(store, groupings.reduce((finest, grouping) => (grouping.groups.length > finest.groups.length ? grouping : finest)));
    const zeros = kernels.arena.alloc(store.rows);
    kernels.arena.u8(zeros, store.rows).fill(0);
    const layouts: SampleLayout[] = [];
    for (const plan of plans) {
      await control.turn();
      layouts.push(new SampleLayout(store, plan, { kernels, order, zeros }));
    }
    const scratch = new Scratch(kernels.arena);
    const places = scratch.put(order.place);
    for (const layout of layouts) layout.begin(scratch);
    for (const piece of store.takePieces()) {
      withScratch(kernels.arena, (own) => {
        const hand = { piece, scratch: own, order: places, made: new Map<string, number>() };
        for (const layout of layouts) layout.add(hand);
      });
      tick(piece.rows * layouts.length);
      await control.breathe();
    }
    scratch.release();
    this.store = null;
    this.samples = layouts.map((layout) => {
      const sample = layout.finish();
      return new RowBlocks({ kernels, sample, control, tick: (n) => this.tick(n) });
    });
    return { bytes: kernels.arena.used, repeated };
  }

  size(sample: number): { estimated: number; rows: number; clusters: number; reach: readonly number[]; outside: number } {
    const { estimationRows: estimated, rows, clusters, reach, outside } = this.samples[sample]!.sample;
    return { estimated, rows, clusters, reach, outside };
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
  probitReach(sample: number, { outcome, ...options }: OfOutcome<typeof probitReachPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => probitReachPass(rows, outcome, options));
  }
  signed(sample: number, { outcome, ...options }: OfOutcome<typeof signedPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => signedPass(rows, outcome, options));
  }
  reach(sample: number, options: Parameters<typeof reachPass>[1], tick: Tick) {
    return this.pass(sample, tick, (rows) => reachPass(rows, options));
  }
  squares(sample: number, options: Parameters<typeof squaresPass>[1], tick: Tick) {
    return this.pass(sample, tick, (rows) => squaresPass(rows, options));
  }
  residualReach(sample: number, { outcome, ...options }: OfOutcome<typeof residualReachPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => residualReachPass(rows, outcome, options));
  }
  residualSums(sample: number, { outcome, ...options }: OfOutcome<typeof residualSumsPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => residualSumsPass(rows, outcome, options));
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

  /** Over the samples of one outcome, which share their persons. */
  persons(parts: readonly (Omit<CountedRows, 'rows'> & { readonly sample: number })[], partitions: readonly Int32Array[], tick: Tick) {
    const counted = (): CountedRows[] => parts.map(({ sample, ...part }) => ({ ...part, rows: this.samples[sample]! }));
    return this.pass(parts[0]!.sample, tick, () => personCountsPass(counted(), partitions));
  }

  levelPersons(sample: number) {
    return this.pass(sample, () => {}, levelPersonsPass);
  }

  /** Over the rows of all samples. */
  overlaps(pairs: readonly (readonly [number, number])[], tick: Tick) {
    return this.pass(0, tick, () => overlapPass(this.samples, pairs));
  }

  groupColumns(sample: number, grouping: number, tick: Tick) {
    return this.pass(sample, tick, (rows) => groupColumnsPass(rows, grouping));
  }

  influence(sample: number, { outcome, ...options }: OfOutcome<typeof influencePass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => influencePass(rows, outcome, options));
  }

  slopes(sample: number, { outcome, ...options }: OfOutcome<typeof slopesPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => slopesPass(rows, outcome, options));
  }

  combinations(sample: number, { outcome, ...options }: OfOutcome<typeof combinationPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => combinationPass(rows, outcome, options));
  }

  modelSpread(sample: number, { outcome, ...options }: OfOutcome<typeof modelSpreadPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => modelSpreadPass(rows, outcome, options));
  }

  scoreReplicates(sample: number, { outcome, ...options }: OfOutcome<typeof scorePass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => scorePass(rows, outcome, options));
  }

  effects(sample: number, options: Parameters<typeof effectPass>[1], tick: Tick) {
    return this.pass(sample, tick, (rows) => effectPass(rows, options));
  }

  arrivals(sample: number, request: ArrivalsRequest, tick: Tick) {
    return this.pass(sample, tick, (rows) => arrivalsPass(rows, request));
  }

  replicateSums(sample: number, { outcome, ...options }: OfOutcome<typeof replicateSumsPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => replicateSumsPass(rows, outcome, options));
  }

  replicateCells(sample: number, { outcome, ...options }: OfOutcome<typeof replicateCellsPass>, tick: Tick) {
    return this.pass(sample, tick, (rows) => replicateCellsPass(rows, outcome, options));
  }

  private tick: Tick = () => {};

  private turn: Promise<unknown> = Promise.resolve();

  /** Passes that are asked for at once are done one after the other: they share the room for scratch. */
  private pass<T>(sample: number, tick: Tick, run: (rows: RowBlocks) => Promise<T>): Promise<T> {
    const { asked } = this.control;
    const done = this.turn.then(() => {
      const rows = this.samples[sample];
      if (!rows) throw new EngineError('internal.unexpected', { detail: `There is no coded sample ${sample} in this worker.` });
      this.control.begin(asked);
      this.tick = tick;
      return run(rows);
    });
    this.turn = done.catch(() => {});
    return done;
  }

  private async filesOf(piece: SourcePiece): Promise<readonly RegisterFile[]> {
    return 'files' in piece ? piece.files : [await this.synthesize(piece)];
  }

  private async synthesize(piece: SyntheticPiece): Promise<RegisterFile> {
    const { generateArrow } = await import('../synthetic/generate-arrow.ts');
    const bytes = await generateArrow(this.kernels!, { ...piece.synthetic, part: piece.part, parts: piece.parts });
    return { name: `synthetic part ${piece.part + 1}`, format: 'arrow', bytes: bytes.byteLength, location: { blob: new Blob([bytes as BlobPart]) } };
  }
}
