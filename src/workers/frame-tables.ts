import { plainTerms, type Alloc, type Block, type RowBlocks } from './row-blocks.ts';

/** What tables are laid out for: rows, or copies of them in another order. */
type FrameRows = Pick<RowBlocks, 'kernels' | 'sample' | 'set' | 'columns' | 'cells'>;

interface Weighing {
  /** A block of f64 weights, 0 for ones. */
  readonly weights: number;
  readonly shift: number;
  /** A spare block. */
  readonly spare: number;
}

/** Σ w·x·x′ of the frame, to be added up block by block: i64, lower triangle, row by row. */
export interface GramTable {
  /** Counts a block's rows. */
  count(block: Block): void;
  /** Adds a block of i64 weights. */
  weigh(block: Block, w: number): void;
  /** What numeric terms add, in fixed point at their shift; nothing where there are none. */
  addNumerics(block: Block, weighing: Weighing): void;
  read(): BigInt64Array;
}

export function gramTable({ kernels, sample, set, columns, cells }: FrameRows, alloc: Alloc, kind: 'counts' | 'weights', terms = plainTerms(sample)): GramTable {
  const { arena } = kernels;
  const joint = alloc((kind === 'counts' ? 4 : 8) * set.cells);
  const gram = alloc(4 * columns.count * (columns.count + 1));
  const byLevel = sample.numerics.map(() => alloc(8 * set.levelCells));
  const products = new BigInt64Array((sample.numerics.length * (sample.numerics.length + 1)) / 2);
  const sums = alloc(8 * columns.count);
  return {
    count: ({ start, rows }) => kernels.countJoint(set, start, rows, joint),
    weigh: ({ start, rows }, w) => kernels.weighJoint(set, start, rows, w, joint),
    addNumerics(block, { weights, shift, spare }) {
      const { start, rows } = block;
      const numerics = terms(block);
      let k = 0;
      numerics.forEach((x, d) => {
        kernels.fixedProduct(weights, x, 0, 0, rows, shift, spare);
        kernels.sumLevels(set, start, rows, spare, byLevel[d]!);
        for (const z of numerics.slice(d)) {
          kernels.fixedProduct(weights, x, z, 0, rows, shift, spare);
          products[k]! += kernels.sumFixed(spare, rows);
          k++;
        }
      });
    },
    read() {
      if (kind === 'counts') {
        kernels.foldCounts(set, joint);
        kernels.gramOfCounts(set, columns, joint, gram);
      } else {
        kernels.foldWeights(set, joint);
        kernels.gramOfWeights(set, columns, joint, gram);
      }
      const lower = arena.i64(gram, (columns.count * (columns.count + 1)) / 2).slice();
      const place = (a: number, b: number): number => (Math.max(a, b) * (Math.max(a, b) + 1)) / 2 + Math.min(a, b);
      let k = 0;
      cells.numerics.forEach((column, d) => {
        arena.i64(sums, columns.count).fill(0n);
        kernels.sumColumns(set, columns, byLevel[d]!, sums);
        arena.i64(sums, columns.count).forEach((value, j) => {
          if (!cells.numerics.includes(j)) lower[place(column, j)] = value;
        });
        for (const other of cells.numerics.slice(d)) lower[place(column, other)] = products[k++]!;
      });
      return lower;
    },
  };
}

/** Σ v·x by column of the frame, i64. */
export interface SumTable {
  /** A block of v in fixed point, and the same as doubles; `spare` may be `v`. Doubles are read for numeric terms alone. */
  add(block: Block, v: number, options: { readonly doubles: number; readonly shift: number; readonly spare: number }): void;
  read(): BigInt64Array;
}

export function sumTable({ kernels, sample, set, columns, cells }: FrameRows, alloc: Alloc, terms = plainTerms(sample)): SumTable {
  const table = alloc(8 * set.levelCells);
  const sums = alloc(8 * columns.count);
  const numeric = new BigInt64Array(sample.numerics.length);
  return {
    add(block, v, { doubles, shift, spare }) {
      const { start, rows } = block;
      kernels.sumLevels(set, start, rows, v, table);
      terms(block).forEach((x, d) => {
        kernels.fixedProduct(doubles, x, 0, 0, rows, shift, spare);
        numeric[d]! += kernels.sumFixed(spare, rows);
      });
    },
    read() {
      kernels.sumColumns(set, columns, table, sums);
      const out = kernels.arena.i64(sums, columns.count).slice();
      cells.numerics.forEach((column, d) => (out[column] = numeric[d]!));
      return out;
    },
  };
}
