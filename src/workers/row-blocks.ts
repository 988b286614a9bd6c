import type { DesignMatrix } from '../coding/design-matrix.ts';
import { frameOf } from '../coding/frame.ts';
import { frameCells, type CellColumns } from '../coding/model-columns.ts';
import type { Basis, Family, MonthChoice, Predictor } from '../estimate/passes.ts';
import { BLOCK, type CompositeSet, type Kernels, type LevelColumns } from '../kernels/kernels.ts';
import type { ResidentOutcome, ResidentSample } from './code-sample.ts';
import type { Control } from './control.ts';

export type Alloc = (bytes: number) => number;
export interface Block {
  readonly start: number;
  readonly rows: number;
}

/** Pointers to the numeric terms of a block's rows, f64. */
export type NumericTerms = (block: Block) => readonly number[];

/** As they are held. */
export const plainTerms = ({ numerics }: ResidentSample): NumericTerms => ({ start }) => numerics.map((ptr) => ptr + 8 * start);

export interface ResidentRows {
  readonly kernels: Kernels;
  readonly sample: ResidentSample;
  readonly control: Control;
  /** Called now and then with the rows done since the last call. */
  readonly tick: (rows: number) => void;
}

/**
 * The coded rows of one sample in this worker, and what every pass over them is made of: blocks of rows, predictors, and
 * tables of integers, in fixed point at the places a pass was given, for the near end to add up.
 */
export class RowBlocks {
  readonly kernels: Kernels;
  readonly sample: ResidentSample;
  readonly control: Control;
  readonly tick: (rows: number) => void;
  readonly set: CompositeSet;
  readonly frame: DesignMatrix;
  /** Columns of the frame, and the same in the kernels' memory. */
  readonly cells: CellColumns;
  readonly columns: LevelColumns;

  constructor({ kernels, sample, control, tick }: ResidentRows) {
    this.kernels = kernels;
    this.sample = sample;
    this.control = control;
    this.tick = tick;
    this.set = kernels.composites(sample.composites);
    this.frame = frameOf(sample.plan.design);
    this.cells = frameCells(this.frame);
    this.columns = this.putColumns((bytes) => kernels.arena.alloc(bytes), this.cells);
  }

  /** Runs `body` with cleared scratch memory that is given back at the end. */
  async scratch<T>(body: (alloc: Alloc) => Promise<T>): Promise<T> {
    const { arena } = this.kernels;
    const mark = arena.mark();
    try {
      return await body((bytes) => {
        const ptr = arena.alloc(bytes);
        arena.u8(ptr, bytes).fill(0);
        return ptr;
      });
    } finally {
      arena.release(mark);
    }
  }

  /** Calls `each` for the rows from … to − 1, block by block, and listens between blocks. */
  async blocks(from: number, to: number, each: (block: Block) => void): Promise<void> {
    const { control, tick } = this;
    let told = from;
    for (let start = from; start < to; start += BLOCK) {
      each({ start, rows: Math.min(BLOCK, to - start) });
      if (await control.breathe()) {
        tick(Math.min(start + BLOCK, to) - told);
        told = Math.min(start + BLOCK, to);
      }
    }
    tick(to - told);
    control.check();
  }

  putColumns(alloc: Alloc, { count, start, columns }: CellColumns): LevelColumns {
    const { arena } = this.kernels;
    const [startPtr, columnsPtr] = [alloc(4 * start.length), alloc(2 * Math.max(columns.length, 1))];
    arena.u32(startPtr, start.length).set(start);
    arena.u16(columnsPtr, columns.length).set(columns);
    return { count, start: startPtr, columns: columnsPtr };
  }

  putWords(alloc: Alloc, words: Uint32Array): number {
    const ptr = alloc(4 * Math.max(words.length, 1));
    this.kernels.arena.u32(ptr, words.length).set(words);
    return ptr;
  }

  levelTable(alloc: Alloc, values: Float64Array): number {
    const ptr = alloc(8 * values.length);
    this.kernels.arena.f64(ptr, values.length).set(values);
    return ptr;
  }

  /** Fills a block of linear predictors; NaN for rows that are not chosen. */
  predictor(alloc: Alloc, { constant, numeric, months }: Predictor, levels: Float64Array): (block: Block, eta: number) => void {
    const { kernels, sample } = this;
    const chosen = months ? this.chosen(months) : [];
    const set = months ? kernels.composites([...sample.composites, ...chosen.map(({ ptr, table: { length } }) => ({ ptr, levels: length, width: 1 as const }))]) : this.set;
    const table = alloc(8 * set.levelCells);
    const values = kernels.arena.f64(table, set.levelCells);
    values.set(levels);
    let at = levels.length;
    for (const { table: own } of chosen) {
      values.set(own, at);
      at += own.length;
    }
    return ({ start, rows }, eta) => {
      kernels.linearPredictor(set, start, rows, constant, table, eta);
      sample.numerics.forEach((x, d) => kernels.addDense(x, start, rows, numeric[d]!, eta));
    };
  }

  /** Where the numeric terms of a block stand, from its first row on; those of a basis are computed block by block. */
  numericTerms(alloc: Alloc, basis: Basis | null, room = BLOCK): NumericTerms {
    if (basis === null) return plainTerms(this.sample);
    const terms = basis.map((predictor) => ({ predict: this.predictor(alloc, predictor, predictor.levels), out: alloc(8 * room) }));
    return (block) => terms.map(({ predict, out }) => {
      predict(block, out);
      return out;
    });
  }

  /** Fills a block of 0 for the rows that stay, anything else for those set aside or of other months. */
  asides(alloc: Alloc, aside: Float64Array, months: MonthChoice | undefined): (block: Block, out: number) => void {
    return this.predictor(alloc, { constant: 0, numeric: new Float64Array(this.sample.numerics.length), levels: aside, levelsOutside: aside, ...(months ? { months } : {}) }, aside);
  }

  /** Where the rows of the sample end, or those of the chosen months. */
  end(months: MonthChoice | undefined): number {
    return months ? this.sample.rows : this.sample.estimationRows;
  }

  /** What tells chosen rows from the others goes in as more composites: 0 for those, NaN for these. */
  private chosen({ table, of }: MonthChoice): { readonly ptr: number; readonly table: Float64Array }[] {
    const { months, apart } = this.sample;
    if (apart === 0) return [{ ptr: months, table: of === 'condition' ? table : table.map(() => NaN) }];
    return [{ ptr: months, table }, { ptr: apart, table: Float64Array.from(of === 'condition' ? [0, NaN] : [NaN, 0]) }];
  }

  /** The outcome of a block as doubles: the column itself, or a widened copy of a narrower one in `wide`. */
  outcome(o: number, block: Block, wide: number): number {
    return this.doubles(this.sample.outcomes[o]!, block, wide);
  }

  /** The same of any column of outcomes. */
  doubles({ ptr, width }: ResidentOutcome, { start, rows }: Block, wide: number): number {
    if (width === 8) return ptr + 8 * start;
    this.kernels.widenNumbers({ ptr: ptr + width * start, width }, rows, wide);
    return wide;
  }

  /** The outcome from a row on. */
  outcomeAt(o: number, start: number): ResidentOutcome {
    const { ptr, width } = this.sample.outcomes[o]!;
    return { ptr: ptr + width * start, width };
  }

  /** 1 for each row of a block that is not shown; null where all are. */
  hiddenOf({ start, rows }: Block): Uint8Array | null {
    const { kernels: { arena }, sample: { hidden } } = this;
    return hidden === 0 ? null : arena.u8(hidden + start, rows);
  }

  /** How many rows are not shown. */
  hiddenRows(): number {
    const { kernels: { arena }, sample: { hidden, rows } } = this;
    return hidden === 0 ? 0 : arena.u8(hidden, rows).reduce((sum, bit) => sum + bit, 0);
  }

  /** Makes the values of rows that are not shown NaN, so that they are in no cell. */
  hide({ start, rows }: Block, values: number): void {
    const { kernels: { arena }, sample: { hidden } } = this;
    if (hidden === 0) return;
    const [isHidden, out] = [arena.u8(hidden + start, rows), arena.f64(values, rows)];
    for (let i = 0; i < rows; i++) if (isHidden[i] === 1) out[i] = NaN;
  }

  /** Score residuals of a block, in the place of its linear predictors. */
  scoreResidual(o: number, family: Family, { start, rows }: Block, eta: number): void {
    const { ptr, width } = this.outcomeAt(o, start);
    if (family === 'probit') this.kernels.probitResidual(eta, ptr, rows, eta);
    else this.kernels.gaussianResidual(eta, { ptr, width: width === 4 ? 4 : 8 }, rows, eta);
  }

  /** y − μ of a block, in the place of μ; `wide` is a spare block. */
  residual(o: number, block: Block, mu: number, wide: number): void {
    this.kernels.gaussianResidual(mu, { ptr: this.outcome(o, block, wide), width: 8 }, block.rows, mu);
  }
}
