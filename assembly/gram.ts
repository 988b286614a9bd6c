import { composite, compositeCount, levelCells, levelOffsetOf, levelsOf } from './composites';

// From joint sums of composites to sums of columns: a cell stands for the columns that are 1 there. `start` is u32 [levelCells + 1] into
// the u16 list `columns`, ascending at each cell; column 0 is 1 in every row and not listed. Matrices are lower triangles, row by row.

// @ts-ignore: decorator
@inline
function columnAt(columns: usize, k: usize): usize {
  return <usize>load<u16>(columns + (k << 1));
}

// @ts-ignore: decorator
@inline
function addAt(cell: usize, v: i64): void {
  store<i64>(cell, load<i64>(cell) + v);
}

// @ts-ignore: decorator
@inline
function addPair(gram: usize, a: usize, b: usize, v: i64): void {
  const row = max(a, b);
  addAt(gram + ((((row * (row + 1)) >>> 1) + min(a, b)) << 3), v);
}

/** Level cells: the constant's row, and the pairs of columns that are 1 together at a cell. */
// @ts-ignore: decorator
@inline
function addLevels<T>(set: usize, start: usize, columns: usize, table: usize, gram: usize): void {
  const cells = levelCells(set);
  const first = levelsOf(composite(set, 0));
  for (let cell: usize = 0; cell < cells; cell++) {
    const v = <i64>load<T>(table + cell * sizeof<T>());
    if (v == 0) continue;
    if (cell < first) addAt(gram, v);
    const from = <usize>load<u32>(start + (cell << 2));
    const end = <usize>load<u32>(start + (cell << 2), 4);
    for (let k = from; k < end; k++) {
      const row = columnAt(columns, k);
      const at = gram + (((row * (row + 1)) >>> 1) << 3);
      addAt(at, v);
      for (let l = from; l <= k; l++) addAt(at + (columnAt(columns, l) << 3), v);
    }
  }
}

/** Pair cells: the columns of one cell with those of the other. */
// @ts-ignore: decorator
@inline
function addPairs<T>(set: usize, start: usize, columns: usize, table: usize, gram: usize): void {
  const composites = compositeCount(set);
  let pair = table + levelCells(set) * sizeof<T>();
  for (let a = 0; a < composites; a++) {
    const rows = composite(set, a);
    for (let b = a + 1; b < composites; b++) {
      const across = composite(set, b);
      for (let i: usize = 0; i < levelsOf(rows); i++) {
        const cell = start + ((levelOffsetOf(rows) + i) << 2);
        const from = <usize>load<u32>(cell);
        const end = <usize>load<u32>(cell, 4);
        let other = start + (levelOffsetOf(across) << 2);
        for (let j: usize = 0; j < levelsOf(across); j++) {
          const v = <i64>load<T>(pair);
          if (v != 0) {
            const last = <usize>load<u32>(other, 4);
            for (let l = <usize>load<u32>(other); l < last; l++) {
              const column = columnAt(columns, l);
              for (let k = from; k < end; k++) addPair(gram, column, columnAt(columns, k), v);
            }
          }
          other += 4;
          pair += sizeof<T>();
        }
      }
    }
  }
}

/** Σ x·x′ from counts (u32), to the lower triangle of i64; the level cells of `table` are folded. */
export function gramOfCounts(set: usize, start: usize, columns: usize, table: usize, gram: usize): void {
  addLevels<u32>(set, start, columns, table, gram);
  addPairs<u32>(set, start, columns, table, gram);
}

/** Σ w·x·x′ from sums of weights (i64). */
export function gramOfWeights(set: usize, start: usize, columns: usize, table: usize, gram: usize): void {
  addLevels<i64>(set, start, columns, table, gram);
  addPairs<i64>(set, start, columns, table, gram);
}

// @ts-ignore: decorator
@inline
function spread<T>(set: usize, start: usize, columns: usize, table: usize, sums: usize): void {
  const cells = levelCells(set);
  const first = levelsOf(composite(set, 0));
  for (let cell: usize = 0; cell < cells; cell++) {
    const v = load<T>(table + cell * sizeof<T>());
    if (v == 0) continue;
    if (cell < first) store<T>(sums, load<T>(sums) + v);
    const end = <usize>load<u32>(start + (cell << 2), 4);
    for (let k = <usize>load<u32>(start + (cell << 2)); k < end; k++) {
      const at = sums + columnAt(columns, k) * sizeof<T>();
      store<T>(at, load<T>(at) + v);
    }
  }
}

/** sums[column] += Σ v·x from Σ v by level cell (i64); column 0 from the cells of the first composite. */
export function sumColumns(set: usize, start: usize, columns: usize, table: usize, sums: usize): void {
  spread<i64>(set, start, columns, table, sums);
}

/** The same of counts, u32. */
export function countColumns(set: usize, start: usize, columns: usize, table: usize, sums: usize): void {
  spread<u32>(set, start, columns, table, sums);
}
