import type { DesignMatrix } from '../coding/design-matrix.ts';

/**
 * Weighted sums over rows that make X′WX. `joint` holds, composite by composite, Σw by level, and then for each pair
 * of composites a < b Σw by pair of levels (row-major, a's level first): the layout of the kernels' joint tables.
 */
export interface JointSums {
  readonly joint: ArrayLike<number>;
  /** Σ w·x by level cell, one table per numeric term. */
  readonly numericByLevel: readonly ArrayLike<number>[];
  /** Σ w·x·z for numeric terms d ≤ e in the order (0,0), (0,1) … (1,1) …. */
  readonly numericProducts: ArrayLike<number>;
}

/** X′WX as a full symmetric p × p matrix, row-major, from the joint sums. */
export function gramMatrix(design: DesignMatrix, sums: JointSums): Float64Array {
  const p = design.columns.length;
  const gram = new Float64Array(p * p);
  const { levelColumnsStart: start, levelColumns: columns, composites } = design;
  const { joint } = sums;

  composites.forEach((composite, a) => {
    for (let code = 0; code < composite.levels; code++) {
      const cell = composite.offset + code;
      const value = joint[cell]!;
      if (value === 0) continue;
      if (a === 0) gram[0]! += value;
      for (let k = start[cell]!; k < start[cell + 1]!; k++) {
        gram[columns[k]!]! += value;
        for (let l = k; l < start[cell + 1]!; l++) gram[columns[k]! * p + columns[l]!]! += value;
      }
    }
  });
  let at = design.levelCells;
  for (let a = 0; a < composites.length; a++) {
    for (let b = a + 1; b < composites.length; b++) {
      const [rows, cols] = [composites[a]!, composites[b]!];
      for (let i = rows.offset; i < rows.offset + rows.levels; i++) {
        for (let j = cols.offset; j < cols.offset + cols.levels; j++) {
          const value = joint[at++]!;
          if (value === 0) continue;
          for (let k = start[i]!; k < start[i + 1]!; k++) {
            const row = columns[k]! * p;
            for (let l = start[j]!; l < start[j + 1]!; l++) gram[row + columns[l]!]! += value;
          }
        }
      }
    }
  }
  addNumericTerms(design, sums, gram);
  return symmetric(gram, p);
}

function addNumericTerms(design: DesignMatrix, sums: JointSums, gram: Float64Array): void {
  const p = design.columns.length;
  const { levelColumnsStart: start, levelColumns: columns } = design;
  const columnOf = design.numerics.map((_, d) => design.columns.findIndex((column) => column.numeric === d));
  let at = 0;
  design.numerics.forEach((_, d) => {
    const byLevel = sums.numericByLevel[d]!;
    const row = columnOf[d]!;
    const first = design.composites[0]!;
    for (let cell = 0; cell < design.levelCells; cell++) {
      const value = byLevel[cell]!;
      if (cell < first.levels) gram[row]! += value;
      for (let k = start[cell]!; k < start[cell + 1]!; k++) gram[columns[k]! * p + row]! += value;
    }
    for (let e = d; e < design.numerics.length; e++) gram[row * p + columnOf[e]!]! += sums.numericProducts[at++]!;
  });
}

/** Each pair of columns was added once, in one triangle or the other: their sum is the entry. */
function symmetric(gram: Float64Array, p: number): Float64Array {
  for (let i = 0; i < p; i++) {
    for (let j = i + 1; j < p; j++) {
      const value = gram[i * p + j]! + gram[j * p + i]!;
      gram[i * p + j] = value;
      gram[j * p + i] = value;
    }
  }
  return gram;
}
