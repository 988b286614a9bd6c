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

/** Slopes of one composite: rows that follow each other in place and share a code are added together. No codes: the constant. */
// @ts-ignore: decorator
@inline
function addSlopeRuns<T>(plan: usize, codes: usize, cells: usize, rows: usize, slopes: usize): void {
  const columns = part(plan, LEVEL_COLUMNS);
  const functionals = part(plan, ROW_FUNCTIONALS);
  const blocks = part(plan, BLOCKS);
  const fixed = part(plan, ROW_FIXED);
  const p = part(plan, COLUMNS);
  let n: usize = 1;
  for (let i: usize = 0; i < rows; i += n) {
    n = 1;
    const functional = load<u32>(functionals + (i << 2));
    if (functional == <u32>-1) continue;
    const block = blocks + (<usize>functional << 4);
    const size = load<u32>(block, 8);
    const most = <usize>(size - load<u32>(block, 4));
    const code = codes ? <usize>load<T>(codes + i * sizeof<T>()) : 0;
    while (i + n < rows && n < most && load<u32>(functionals + ((i + n) << 2)) == functional + <u32>n && (!codes || <usize>load<T>(codes + (i + n) * sizeof<T>()) == code)) n++;
    const at = tableRow(slopes, block, functional, p);
    if (!codes) {
      addRun(at, fixed + (i << 3), n);
      continue;
    }
    const cell = cells + (code << 2);
    const end = <usize>load<u32>(cell, 4);
    for (let k = <usize>load<u32>(cell); k < end; k++) addRun(at + ((<usize>load<u16>(columns + (k << 1)) * size) << 3), fixed + (i << 3), n);
  }
}

/** density · weight · x of the rows start … start + rows − 1, in the layer at hand, to D of their functionals. */
export function addSlopes(plan: usize, start: usize, rows: usize, factor: f64, slopes: usize): void {
  const set = part(plan, SET);
  addSlopeRuns<u8>(plan, 0, 0, rows, slopes);
  const composites = compositeCount(set);
  for (let a = 0; a < composites; a++) {
    const column = composite(set, a);
    const cells = part(plan, LEVEL_START) + (levelOffsetOf(column) << 2);
    if (widthOf(column) == 1) addSlopeRuns<u8>(plan, codesOf(column) + start, cells, rows, slopes);
    else addSlopeRuns<u16>(plan, codesOf(column) + (start << 1), cells, rows, slopes);
  }
  const dense = part(plan, DENSE);
  for (let d: usize = 0; d < dense; d++) {
    const x = part(part(plan, DENSE_PTRS), d) + (start << 3);
    const column = <usize>load<u16>(part(plan, DENSE_COLUMNS) + (d << 1));
    for (let i: usize = 0; i < rows; i++) {
      const functional = load<u32>(part(plan, ROW_FUNCTIONALS) + (i << 2));
      if (functional == <u32>-1) continue;
      const block = part(plan, BLOCKS) + (<usize>functional << 4);
      const at = tableRow(slopes, block, functional, part(plan, COLUMNS)) + ((column * load<u32>(block, 8)) << 3);
      store<i64>(at, load<i64>(at) + toFixedOne(load<f64>(part(plan, ROW_SLOPES) + (i << 3)) * load<f64>(x + (i << 3)), factor));
    }
  }
}
