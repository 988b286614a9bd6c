import type { Family, Predictor, ProbitOptions } from '../estimate/passes.ts';
import { BLOCK, type CompositeSet, type Kernels } from '../kernels/kernels.ts';
import type { DesignMatrix } from '../coding/design-matrix.ts';
import type { ResidentSample } from './code-sample.ts';
import type { KeepPass } from './keep-pass.ts';
import type { Control } from './control.ts';
import type { CellShifts, ProbitShifts } from './protocol.ts';

/** Σ w, Σ w·x and Σ w·x·z in fixed point, or counts where all weights are 1. */
export interface JointTables {
  readonly counts: Uint32Array | null;
  readonly weights: BigInt64Array | null;
  readonly numericByLevel: readonly BigInt64Array[];
  readonly numericProducts: BigInt64Array;
}
/** Σ v, Σ v by level cell, Σ v·x by numeric term, Σ v², in fixed point. */
export interface TotalTables {
  readonly total: BigInt64Array;
  readonly byLevel: BigInt64Array;
  readonly numeric: BigInt64Array;
}

interface Run {
  readonly kernels: Kernels;
  readonly sample: ResidentSample;
  readonly set: CompositeSet;
  readonly probit: readonly boolean[];
  readonly control: Control;
  /** Called now and then with the rows done since the last call. */
  readonly tick: (rows: number) => void;
}

/**
 * Passes over the rows of one sample in this worker, block by block: what every worker runs. Each returns tables of
 * integers, in fixed point at the places it was given, for the near end to add up.
 */
export class RowPasses {
  private readonly run: Run;

  constructor(run: Omit<Run, 'set'>) {
    this.run = { ...run, set: run.kernels.composites(run.sample.composites) };
  }

  get size(): { estimated: number; rows: number; reach: readonly number[]; outside: number } {
    const { estimationRows, rows, reach, outside } = this.run.sample;
    return { estimated: estimationRows, rows, reach, outside };
  }

  /** What the pass over a frame needs; see keep-pass. */
  keeping(frame: DesignMatrix): KeepPass {
    const { kernels, sample, probit, control } = this.run;
    return { kernels, sample, probit, control, frame };
  }

  /** Counts by pair of levels, and Σ y, Σ y·x, Σ y² of every outcome. */
  async gram(shifts: { numeric: number; outcomes: readonly { y: number; y2: number }[] }) {
    const { kernels, sample, set } = this.run;
    const n = sample.estimationRows;
    return this.scratch(async (alloc) => {
      const counts = alloc(4 * set.cells);
      const v = alloc(8 * BLOCK);
      const wide = alloc(8 * BLOCK);
      const numerics = this.numericTables(alloc);
      const totals = sample.outcomes.map(() => ({ ...this.totalTables(alloc), squares: 0n }));
      await this.blocks(0, n, (start, rows) => {
        kernels.countJoint(set, start, rows, counts);
        numerics.add(0, { start, rows, shift: shifts.numeric, v });
        sample.outcomes.forEach((_, o) => {
          const y = this.outcomeBlock(o, { start, rows, wide });
          const { y: shift, y2 } = shifts.outcomes[o]!;
          kernels.fixedProduct(0, y, y, 0, rows, y2, v);
          totals[o]!.squares += kernels.sumFixed(v, rows);
          kernels.fixedProduct(0, y, 0, 0, rows, shift, v);
          totals[o]!.add(v, y, { start, rows, shift, spare: v });
        });
      });
      kernels.foldCounts(set, counts);
      return {
        rows: n,
        persons: sample.persons,
        joint: { counts: kernels.arena.u32(counts, set.cells).slice(), weights: null, ...numerics.read() } as JointTables,
        outcomes: totals.map((t) => ({ totals: t.read(), squares: BigInt64Array.of(t.squares) })),
      };
    });
  }

  /** Counts and Σ y over the rows whose `aside` predictor is 0; weights of 0 and 1. */
  async left(o: number, aside: Float64Array, numericShift: number) {
    const { kernels, sample, set } = this.run;
    return this.scratch(async (alloc) => {
      const table = this.levelTable(alloc, aside);
      const eta = alloc(8 * BLOCK);
      const w = alloc(8 * BLOCK);
      const wide = alloc(8 * BLOCK);
      const v = alloc(8 * BLOCK);
      const weights = alloc(8 * set.cells);
      const numerics = this.numericTables(alloc);
      const totals = this.totalTables(alloc);
      await this.blocks(0, sample.estimationRows, (start, rows) => {
        kernels.linearPredictor(set, start, rows, 0, table, eta);
        const here = kernels.arena.f64(eta, rows);
        for (let i = 0; i < rows; i++) here[i] = here[i] === 0 ? 1 : 0;
        kernels.fixedProduct(eta, 0, 0, 0, rows, 0, w);
        kernels.weighJoint(set, start, rows, w, weights);
        numerics.add(eta, { start, rows, shift: numericShift, v });
        const y = this.outcomeBlock(o, { start, rows, wide });
        kernels.fixedProduct(eta, y, 0, 0, rows, 0, v);
        kernels.fixedToDouble(v, rows, 0, wide);
        totals.add(v, wide, { start, rows, shift: 0, spare: v });
      });
      kernels.foldWeights(set, weights);
      return { joint: { counts: null, weights: kernels.arena.i64(weights, set.cells).slice(), ...numerics.read() } as JointTables, totals: totals.read() };
    });
  }

  /** Log-likelihood and score sums of a probit over the estimation rows, or those of the pilot; with the weighted joint sums where asked. */
  async probit(o: number, predictor: Predictor, { information, rows: which, shifts }: ProbitOptions & { shifts: ProbitShifts }) {
    const { kernels, sample, set } = this.run;
    return this.scratch(async (alloc) => {
      const eta = alloc(8 * BLOCK);
      const s = alloc(8 * BLOCK);
      const w = alloc(8 * BLOCK);
      const wide = alloc(8 * BLOCK);
      const v = alloc(8 * BLOCK);
      const predict = this.predictor(alloc, predictor, predictor.levels);
      const weights = information === null ? 0 : alloc(8 * set.cells);
      const numerics = this.numericTables(alloc);
      const totals = this.totalTables(alloc);
      let logLikelihood = 0n;
      await this.blocks(0, which === 'pilot' ? sample.pilotRows : sample.estimationRows, (start, rows) => {
        predict(start, rows, eta);
        const y = sample.outcomes[o]! + start;
        if (information === null) logLikelihood += kernels.probitScore(eta, y, rows, shifts, s);
        else {
          logLikelihood += kernels.probitRows(eta, y, rows, shifts, s, w, information === 'observed' ? 1 : 0);
          kernels.weighJoint(set, start, rows, w, weights);
          if (sample.numerics.length > 0) {
            kernels.fixedToDouble(w, rows, shifts.wShift, wide);
            numerics.add(wide, { start, rows, shift: shifts.wShift, v });
          }
        }
        if (sample.numerics.length > 0) kernels.fixedToDouble(s, rows, shifts.sShift, wide);
        totals.add(s, wide, { start, rows, shift: shifts.sShift, spare: v });
      });
      if (information !== null) kernels.foldWeights(set, weights);
      const joint: JointTables | null =
        information === null ? null : { counts: null, weights: kernels.arena.i64(weights, set.cells).slice(), ...numerics.read() };
      return { logLikelihood: BigInt64Array.of(logLikelihood), score: totals.read(), joint };
    });
  }

  /** Smallest and largest q·η over the rows whose `aside` predictor is 0. */
  async signedRange(o: number, direction: Predictor, aside: Float64Array): Promise<{ lowest: number; highest: number }> {
    const { kernels, sample, set } = this.run;
    return this.scratch(async (alloc) => {
      const eta = alloc(8 * BLOCK);
      const out = alloc(8 * BLOCK);
      const predict = this.predictor(alloc, direction, direction.levels);
      const table = this.levelTable(alloc, aside);
      let [lowest, highest] = [Infinity, -Infinity];
      await this.blocks(0, sample.estimationRows, (start, rows) => {
        predict(start, rows, eta);
        kernels.linearPredictor(set, start, rows, 0, table, out);
        const [values, asides, y] = [kernels.arena.f64(eta, rows), kernels.arena.f64(out, rows), kernels.arena.u8(sample.outcomes[o]! + start, rows)];
        for (let i = 0; i < rows; i++) {
          if (asides[i] !== 0) continue;
          const signed = y[i] === 1 ? values[i]! : -values[i]!;
          if (signed < lowest) lowest = signed;
          if (signed > highest) highest = signed;
        }
      });
      return { lowest, highest };
    });
  }

  /** Σ s²·x·x′ by row. */
  async squaredScores(o: number, predictor: Predictor, { family, shift }: { family: Family; shift: number }): Promise<JointTables> {
    const { kernels, sample, set } = this.run;
    return this.scratch(async (alloc) => {
      const s = alloc(8 * BLOCK);
      const w = alloc(8 * BLOCK);
      const v = alloc(8 * BLOCK);
      const predict = this.predictor(alloc, predictor, predictor.levels);
      const weights = alloc(8 * set.cells);
      const numerics = this.numericTables(alloc);
      await this.blocks(0, sample.estimationRows, (start, rows) => {
        predict(start, rows, s);
        this.scoreResidual(o, family, { start, rows, eta: s });
        kernels.hc0Rows(s, rows, shift, w);
        kernels.weighJoint(set, start, rows, w, weights);
        if (sample.numerics.length > 0) {
          kernels.fixedToDouble(w, rows, shift, s);
          numerics.add(s, { start, rows, shift, v });
        }
      });
      kernels.foldWeights(set, weights);
      return { counts: null, weights: kernels.arena.i64(weights, set.cells).slice(), ...numerics.read() };
    });
  }

  /** Σ over persons of (Σ s·x)(Σ s·x)′, lower triangle, p × p. */
  async personScores(o: number, predictor: Predictor, { family, sShift, meatShift }: { family: Family; sShift: number; meatShift: number }): Promise<BigInt64Array> {
    const { kernels, sample, set, control, tick } = this.run;
    const { design } = sample.plan;
    const p = design.columns.length;
    return this.scratch(async (alloc) => {
      const longest = this.longestPerson();
      const s = alloc(8 * (BLOCK + longest));
      const predict = this.predictor(alloc, predictor, predictor.levels);
      const meat = alloc(8 * p * p);
      const scratch = alloc(8 * (3 * p + 2));
      const levelColumnsStart = alloc(4 * design.levelColumnsStart.length);
      const levelColumns = alloc(2 * Math.max(design.levelColumns.length, 1));
      const ptrs = alloc(4 * Math.max(sample.numerics.length, 1));
      const columns = alloc(2 * Math.max(sample.numerics.length, 1));
      kernels.arena.u32(levelColumnsStart, design.levelColumnsStart.length).set(design.levelColumnsStart);
      kernels.arena.u16(levelColumns, design.levelColumns.length).set(design.levelColumns);
      kernels.arena.u32(ptrs, sample.numerics.length).set(sample.numerics);
      kernels.arena.u16(columns, sample.numerics.length).set(design.numerics.map((_, d) => design.columns.findIndex((column) => column.numeric === d)));
      const start = kernels.arena.u32(sample.personStart, sample.persons + 1).slice();
      for (let from = 0; from < sample.persons; ) {
        let to = from + 1;
        while (to < sample.persons && start[to + 1]! - start[from]! <= BLOCK + longest) to++;
        const [row, rows] = [start[from]!, start[to]! - start[from]!];
        predict(row, rows, s);
        this.scoreResidual(o, family, { start: row, rows, eta: s });
        kernels.clusterMeat({
          set, personStart: sample.personStart, from, to, s, sShift, meatShift, p, levelColumnsStart, levelColumns,
          dense: { count: sample.numerics.length, ptrs, columns }, scratch, meat,
        });
        from = to;
        tick(rows);
        await control.breathe();
      }
      return kernels.arena.i64(meat, p * p).slice();
    });
  }

  /** n, Σ y, Σ y², Σ μ and Σ (y − μ)² by cell of each grouping, over all rows with an expected value. */
  async cells(o: number, predictor: Predictor, { family, shifts }: { family: Family; shifts: CellShifts }) {
    const { kernels, sample } = this.run;
    const { plan } = sample;
    return this.scratch(async (alloc) => {
      const eta = alloc(8 * BLOCK);
      const cells = alloc(4 * BLOCK);
      const inside = this.predictor(alloc, predictor, predictor.levels);
      const outside = this.predictor(alloc, predictor, predictor.levelsOutside);
      const sizes = plan.groupings.map(({ groups }) => 5 * plan.months * groups.length);
      const tables = sizes.map((size) => alloc(8 * size));
      let counted = 0;
      const block = (predict: typeof inside) => (start: number, rows: number) => {
        predict(start, rows, eta);
        if (family === 'probit') kernels.probitMean(eta, rows, eta);
        const width = this.run.probit[o] ? 1 : 8;
        const y = { ptr: sample.outcomes[o]! + width * start, width } as const;
        plan.groupings.forEach(({ groups }, g) => {
          kernels.cellIndex(sample.groups[g]!, sample.months, start, rows, groups.length, cells);
          const here = kernels.residualCells(cells, y, eta, rows, shifts, tables[g]!);
          if (g === 0) counted += here;
        });
      };
      await this.blocks(0, sample.estimationRows, block(inside));
      await this.blocks(sample.estimationRows, sample.rows, block(outside));
      return { tables: tables.map((ptr, g) => kernels.arena.i64(ptr, sizes[g]!).slice()), withoutExpected: sample.rows - counted };
    });
  }

  /** Runs `body` with cleared scratch memory that is given back at the end. */
  private async scratch<T>(body: (alloc: (bytes: number) => number) => Promise<T>): Promise<T> {
    const { arena } = this.run.kernels;
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

  private async blocks(from: number, to: number, block: (start: number, rows: number) => void): Promise<void> {
    const { control, tick } = this.run;
    let told = from;
    for (let start = from; start < to; start += BLOCK) {
      block(start, Math.min(BLOCK, to - start));
      if (await control.breathe()) {
        tick(Math.min(start + BLOCK, to) - told);
        told = Math.min(start + BLOCK, to);
      }
    }
    tick(to - told);
    control.check();
  }

  private levelTable(alloc: (bytes: number) => number, values: Float64Array): number {
    const ptr = alloc(8 * values.length);
    this.run.kernels.arena.f64(ptr, values.length).set(values);
    return ptr;
  }

  private predictor(alloc: (bytes: number) => number, { constant, numeric }: Predictor, levels: Float64Array) {
    const { kernels, set, sample } = this.run;
    const table = this.levelTable(alloc, levels);
    return (start: number, rows: number, eta: number): void => {
      kernels.linearPredictor(set, start, rows, constant, table, eta);
      sample.numerics.forEach((x, d) => kernels.addDense(x, start, rows, numeric[d]!, eta));
    };
  }

  /** The outcome of a block as doubles: the column itself, or a widened copy of a 0/1 outcome in `wide`. */
  private outcomeBlock(o: number, { start, rows, wide }: { start: number; rows: number; wide: number }): number {
    const { kernels, sample, probit } = this.run;
    if (!probit[o]) return sample.outcomes[o]! + 8 * start;
    kernels.arena.f64(wide, rows).set(kernels.arena.u8(sample.outcomes[o]! + start, rows));
    return wide;
  }

  /** Score residuals of a block, in the place of its linear predictors. */
  private scoreResidual(o: number, family: Family, { start, rows, eta }: { start: number; rows: number; eta: number }): void {
    const { kernels, sample } = this.run;
    if (family === 'probit') kernels.probitResidual(eta, sample.outcomes[o]! + start, rows, eta);
    else kernels.gaussianResidual(eta, sample.outcomes[o]! + 8 * start, rows, eta);
  }

  private longestPerson(): number {
    const start = this.run.kernels.arena.u32(this.run.sample.personStart, this.run.sample.persons + 1);
    let longest = 1;
    for (let p = 0; p < this.run.sample.persons; p++) longest = Math.max(longest, start[p + 1]! - start[p]!);
    return longest;
  }

  private numericTables(alloc: (bytes: number) => number) {
    const { kernels, sample, set } = this.run;
    const tables = sample.numerics.map(() => alloc(8 * set.levelCells));
    const products = new BigInt64Array((sample.numerics.length * (sample.numerics.length + 1)) / 2);
    return {
      /** `w` is a block of f64 weights, 0 for ones; `v` is spare. */
      add: (w: number, { start, rows, shift, v }: { start: number; rows: number; shift: number; v: number }): void => {
        let k = 0;
        sample.numerics.forEach((x, d) => {
          kernels.fixedProduct(w, x, 0, start, rows, shift, v);
          kernels.sumLevels(set, start, rows, v, tables[d]!);
          for (const z of sample.numerics.slice(d)) {
            kernels.fixedProduct(w, x, z, start, rows, shift, v);
            products[k]! += kernels.sumFixed(v, rows);
            k++;
          }
        });
      },
      read: () => ({ numericByLevel: tables.map((ptr) => kernels.arena.i64(ptr, set.levelCells).slice()), numericProducts: products }),
    };
  }

  private totalTables(alloc: (bytes: number) => number) {
    const { kernels, sample, set } = this.run;
    const table = alloc(8 * set.levelCells);
    const numeric = new BigInt64Array(sample.numerics.length);
    let total = 0n;
    return {
      /** `v` in fixed point and the same as doubles; `spare` may be `v`. */
      add: (v: number, doubles: number, { start, rows, shift, spare }: { start: number; rows: number; shift: number; spare: number }): void => {
        kernels.sumLevels(set, start, rows, v, table);
        total += kernels.sumFixed(v, rows);
        sample.numerics.forEach((x, d) => {
          kernels.fixedProduct(doubles, x, 0, start, rows, shift, spare);
          numeric[d]! += kernels.sumFixed(spare, rows);
        });
      },
      read: (): TotalTables => ({ total: BigInt64Array.of(total), byLevel: kernels.arena.i64(table, set.levelCells).slice(), numeric }),
    };
  }
}
