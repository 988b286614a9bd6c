import { BLOCKS, COLUMNS, DENSE, DENSE_COLUMNS, DENSE_PTRS, LEVEL_COLUMNS, LEVEL_START, ROW_FIXED, ROW_FUNCTIONALS, ROW_SLOPES, SET, part, tableRow } from './cluster-plan';
import { codesOf, composite, compositeCount, levelOffsetOf, widthOf } from './composites';
import { toFixedOne } from './fixed';

/** at[k] += v[k], i64. */
// @ts-ignore: decorator
@inline
function addRun(at: usize, v: usize, n: usize): void {
  let k: usize = 0;
  for (; k + 1 < n; k += 2) v128.store(at + (k << 3), i64x2.add(v128.load(at + (k << 3)), v128.load(v + (k << 3))));
  if (k < n) store<i64>(at + (k << 3), load<i64>(at + (k << 3)) + load<i64>(v + (k << 3)));
}

/** Slopes of one composite, of rows whose functionals follow each other in one block: those that share a code are added together. */
// @ts-ignore: decorator
@inline
function addLevels<T>(codes: usize, rows: usize, fixed: usize, cells: usize, columns: usize, at: usize, size: usize): void {
  let from: usize = 0;
  let code = <usize>load<T>(codes);
  for (let i: usize = 1; i <= rows; i++) {
    const next = i < rows ? <usize>load<T>(codes + i * sizeof<T>()) : <usize>-1;
    if (next == code) continue;
    const cell = cells + (code << 2);
    const end = <usize>load<u32>(cell, 4);
    for (let k = <usize>load<u32>(cell); k < end; k++) addRun(at + ((<usize>load<u16>(columns + (k << 1)) * size + from) << 3), fixed + (from << 3), i - from);
    from = i;
    code = next;
  }
}

/** density · weight · x of the rows start … start + rows − 1, in the layer at hand, to D of their functionals. */
export function addSlopes(plan: usize, start: usize, rows: usize, factor: f64, slopes: usize): void {
  const functionals = part(plan, ROW_FUNCTIONALS);
  const p = part(plan, COLUMNS);
  let n: usize = 1;
  for (let i: usize = 0; i < rows; i += n) {
    n = 1;
    const functional = load<u32>(functionals + (i << 2));
    if (functional == <u32>-1) continue;
    const block = part(plan, BLOCKS) + (<usize>functional << 4);
    const size = <usize>load<u32>(block, 8);
    const most = min(rows - i, size - <usize>load<u32>(block, 4));
    while (n < most && load<u32>(functionals + ((i + n) << 2)) == functional + <u32>n) n++;
    addStretch(plan, start + i, i, n, tableRow(slopes, block, functional, p), size, factor);
  }
}

/** The rows row … row + n − 1, which are the i-th and on of the cluster. */
function addStretch(plan: usize, row: usize, i: usize, n: usize, at: usize, size: usize, factor: f64): void {
  const set = part(plan, SET);
  const columns = part(plan, LEVEL_COLUMNS);
  const fixed = part(plan, ROW_FIXED) + (i << 3);
  addRun(at, fixed, n);
  const composites = compositeCount(set);
  for (let a = 0; a < composites; a++) {
    const column = composite(set, a);
    const cells = part(plan, LEVEL_START) + (levelOffsetOf(column) << 2);
    const codes = codesOf(column);
    if (widthOf(column) == 1) addLevels<u8>(codes + row, n, fixed, cells, columns, at, size);
    else addLevels<u16>(codes + (row << 1), n, fixed, cells, columns, at, size);
  }
  const dense = part(plan, DENSE);
  for (let d: usize = 0; d < dense; d++) {
    const x = part(part(plan, DENSE_PTRS), d) + (row << 3);
    const here = at + ((<usize>load<u16>(part(plan, DENSE_COLUMNS) + (d << 1)) * size) << 3);
    const values = part(plan, ROW_SLOPES) + (i << 3);
    for (let k: usize = 0; k < n; k++) {
      const cell = here + (k << 3);
      store<i64>(cell, load<i64>(cell) + toFixedOne(load<f64>(values + (k << 3)) * load<f64>(x + (k << 3)), factor));
    }
  }
}

/** to[i] += Σ from[block · cells + i], i64. */
export function sumBlocks(from: usize, blocks: i32, cells: i32, to: usize): void {
  const bytes = <usize>cells << 3;
  for (let block: usize = 0; block < <usize>blocks; block++) addRun(to, from + block * bytes, <usize>cells);
}
