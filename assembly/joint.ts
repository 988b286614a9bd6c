import { CHUNK, composite, compositeCount, levelAddresses, levelCells, levelOffsetOf, levelsOf, pairAddresses, stream, STREAMS } from './composites';
import { addStreams, countStreams } from './scatter';

// Joint sums of C composites: the Gram matrix of their dummies, never the dummies. Level cells follow from pair cells by folding.

// @ts-ignore: decorator
@inline
function scatter(streams: i32, n: i32, w: usize, shift: i32): void {
  if (shift == 2) countStreams(streams, n);
  else addStreams(streams, n, w);
}

function joint(set: usize, start: usize, n: i32, w: usize, table: usize, shift: i32): void {
  const composites = compositeCount(set);
  for (let from = 0; from < n; from += CHUNK) {
    const rows = min(CHUNK, n - from);
    const row = start + from;
    const weights = w + (<usize>from << 3);
    if (composites == 1) {
      levelAddresses(composite(set, 0), row, rows, table, shift, stream(0));
      scatter(1, rows, weights, shift);
      continue;
    }
    let base = table + (levelCells(set) << shift);
    let streams = 0;
    for (let a = 0; a < composites; a++) {
      for (let b = a + 1; b < composites; b++) {
        pairAddresses(composite(set, a), composite(set, b), row, rows, base, shift, stream(streams));
        base += (levelsOf(composite(set, a)) * levelsOf(composite(set, b))) << shift;
        if (++streams == STREAMS) {
          scatter(streams, rows, weights, shift);
          streams = 0;
        }
      }
    }
    if (streams > 0) scatter(streams, rows, weights, shift);
  }
}

export function countJoint(set: usize, start: i32, n: i32, table: usize): void {
  joint(set, <usize>start, n, 0, table, 2);
}

export function weighJoint(set: usize, start: i32, n: i32, w: usize, table: usize): void {
  joint(set, <usize>start, n, w, table, 3);
}

/** Level cells: of composite 0 the row sums of pair (0, 1), of every other b the column sums of pair (0, b). */
// @ts-ignore: decorator
@inline
function fold<T>(set: usize, table: usize): void {
  const composites = compositeCount(set);
  if (composites < 2) return;
  const size = sizeof<T>();
  const cells = levelCells(set);
  memory.fill(table, 0, cells * size);
  const rows = levelsOf(composite(set, 0));
  let pair = table + cells * size;
  for (let b = 1; b < composites; b++) {
    const columns = levelsOf(composite(set, b));
    const levels = table + levelOffsetOf(composite(set, b)) * size;
    for (let i: usize = 0; i < rows; i++) {
      for (let j: usize = 0; j < columns; j++) {
        const value = load<T>(pair);
        store<T>(levels + j * size, load<T>(levels + j * size) + value);
        if (b == 1) store<T>(table + i * size, load<T>(table + i * size) + value);
        pair += size;
      }
    }
  }
}

export function foldCounts(set: usize, table: usize): void {
  fold<u32>(set, table);
}

export function foldWeights(set: usize, table: usize): void {
  fold<i64>(set, table);
}
