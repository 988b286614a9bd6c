import { designMatrix, type DesignMatrix, type DesignTerms } from './design-matrix.ts';

/**
 * The frame of a design: the same composites, and a column for every level, references too. What passes over rows sum is
 * summed by its L columns: the columns of the design, and of any model made of the same levels, are sums of columns of the frame.
 */
export function frameOf(design: DesignTerms): DesignMatrix {
  return designMatrix({ ...design, factors: design.factors.map((factor) => ({ ...factor, reference: -1 })) });
}

/**
 * Where the columns of a frame stand: column 0 the constant, then every level of every factor, or a numeric term, in the
 * order of the terms, then every crossed cell of every interaction, the first factor fastest.
 */
export interface FrameColumns {
  readonly length: number;
  /** Column of level 0 of each factor. */
  readonly main: readonly number[];
  readonly numerics: readonly number[];
  /** Column of cell (0, 0) of each interaction. */
  readonly crossed: readonly number[];
}

export function frameColumns({ factors, numerics, terms, interactions }: DesignTerms): FrameColumns {
  const main = factors.map(() => -1);
  const dense = numerics.map(() => -1);
  let at = 1;
  for (const term of terms) {
    if ('numeric' in term) dense[term.numeric] = at++;
    else {
      main[term.factor] = at;
      at += factors[term.factor]!.labels.length;
    }
  }
  const crossed = interactions.map(([a, b]) => {
    const first = at;
    at += factors[a]!.labels.length * factors[b]!.labels.length;
    return first;
  });
  return { length: at, main, numerics: dense, crossed };
}

/** Cells of a level table at which any of the given columns of a frame is 1. */
export function cellsOfColumns({ levelCells, levelColumnsStart: start, levelColumns }: DesignMatrix, columns: readonly number[]): number[] {
  const wanted = new Set(columns);
  return Array.from({ length: levelCells }, (_, cell) => cell).filter((cell) => levelColumns.subarray(start[cell], start[cell + 1]).some((column) => wanted.has(column)));
}
