import { codeAt, composite, compositeCount, levelOffsetOf } from './composites';
import { addRow, collect } from './cluster';
import { toFixedOne } from './fixed';

// What one cluster (a person, or a row by itself) adds to estimates: g = Σ s·x by column of the model, and by functional the sum of what
// its rows add to it, e = weight · (r − centre) of the row's cell. A functional is a mean over cells, such as a month of a county.
// The plan that src/kernels/influence-plan.ts writes: u32 words, named here.

// @ts-ignore: decorator
@inline
function word(plan: usize, k: usize): usize {
  return <usize>load<u32>(plan + (k << 2));
}

export const COLUMNS: usize = 1; // p, the columns of the model
export const SCORE_VALUES: usize = 18; // f64 [p], values of g that are not zero
export const SCORE_OFFSETS: usize = 19; // u32 [p], their columns as offsets in bytes of f64
export const LOCAL_FUNCTIONALS: usize = 21; // u32, functionals that the cluster touches
export const LOCAL_SUMS: usize = 22; // i64, e by functional
export const LOCAL_VALUES: usize = 23; // f64, the same

/** The functionals touched, and the columns of g. */
export let locals: i32 = 0;
export let scores: i32 = 0;

// @ts-ignore: decorator
@inline
export function part(plan: usize, k: usize): usize {
  return word(plan, k);
}

/** density · weight · x of one row to the functional's row of D. */
function addSlope(plan: usize, row: usize, functional: usize, value: f64, factor: f64, slopes: usize): void {
  const set = word(plan, 0);
  const start = word(plan, 2);
  const columns = word(plan, 3);
  const at = slopes + ((functional * word(plan, COLUMNS)) << 3);
  const v = toFixedOne(value, factor);
  store<i64>(at, load<i64>(at) + v);
  const composites = compositeCount(set);
  for (let a = 0; a < composites; a++) {
    const column = composite(set, a);
    const cell = start + ((levelOffsetOf(column) + codeAt(column, row)) << 2);
    const end = <usize>load<u32>(cell, 4);
    for (let k = <usize>load<u32>(cell); k < end; k++) {
      const here = at + (<usize>load<u16>(columns + (k << 1)) << 3);
      store<i64>(here, load<i64>(here) + v);
    }
  }
  for (let d: usize = 0; d < word(plan, 4); d++) {
    const x = load<f64>(<usize>load<u32>(word(plan, 5) + (d << 2)) + (row << 3));
    const here = at + (<usize>load<u16>(word(plan, 6) + (d << 1)) << 3);
    store<i64>(here, load<i64>(here) + toFixedOne(value * x, factor));
  }
}

/** One row's e to the functional that its cell has in every layer. `i` is the row's place in the blocks of cells, r and densities. */
// @ts-ignore: decorator
@inline
function addLocal(plan: usize, row: usize, i: usize, blocks: usize, eFactor: f64, dFactor: f64, slopes: usize): void {
  const r = load<f64>(word(plan, blocks + 1) + (i << 3));
  if (r != r) return;
  let cell = <usize>load<u32>(word(plan, blocks) + (i << 2));
  const step = word(plan, 26);
  for (let layer: usize = 0; layer < word(plan, 25); layer++, cell += step) {
    const functional = load<u32>(word(plan, 16) + (cell << 2));
    if (functional == <u32>-1) continue;
    const weight = load<f64>(word(plan, 15) + (cell << 3));
    const e = toFixedOne(weight * (r - load<f64>(word(plan, 14) + (cell << 3))), eFactor);
    const slots = word(plan, 20) + (<usize>functional << 2);
    let slot = <usize>load<u32>(slots);
    if (slot == 0) {
      store<u32>(word(plan, LOCAL_FUNCTIONALS) + (<usize>locals << 2), functional);
      store<i64>(word(plan, LOCAL_SUMS) + (<usize>locals << 3), e);
      locals++;
      store<u32>(slots, <u32>locals);
    } else {
      slot = word(plan, LOCAL_SUMS) + ((slot - 1) << 3);
      store<i64>(slot, load<i64>(slot) + e);
    }
    if (slopes) addSlope(plan, row, functional, weight * load<f64>(word(plan, blocks + 2) + (i << 3)), dFactor, slopes);
  }
}

/**
 * Gathers g and e of the cluster with the estimation rows start … end − 1 and the other rows otherStart … otherEnd − 1, which only the
 * functionals see. `first` and `otherFirst` are the rows at the head of the blocks. Sums inside a cluster are exact, so that they do not
 * depend on the order of its rows.
 */
export function gatherCluster(
  plan: usize, start: usize, end: usize, first: usize, otherStart: usize, otherEnd: usize, otherFirst: usize,
  sFactor: f64, sUnit: f64, eFactor: f64, eUnit: f64, dFactor: f64, slopes: usize,
): void {
  const p = word(plan, COLUMNS);
  const sums = word(plan, 17);
  const bits = word(plan, 24);
  const s = word(plan, 7);
  locals = 0;
  for (let row = start; row < end; row++) {
    const residual = load<f64>(s + ((row - first) << 3));
    if (residual == residual) {
      addRow(word(plan, 0), row, residual, sFactor, word(plan, 2), word(plan, 3), <i32>word(plan, 4), word(plan, 5), word(plan, 6), sums, bits);
    }
    addLocal(plan, row, row - first, 8, eFactor, dFactor, slopes);
  }
  for (let row = otherStart; row < otherEnd; row++) addLocal(plan, row, row - otherFirst, 11, eFactor, dFactor, slopes);
  scores = collect(sums, bits, (<i32>p + 63) >>> 6, sUnit, word(plan, SCORE_VALUES), word(plan, SCORE_OFFSETS));
  for (let k = 0; k < locals; k++) {
    const at = <usize>k << 3;
    store<f64>(word(plan, LOCAL_VALUES) + at, <f64>load<i64>(word(plan, LOCAL_SUMS) + at) * eUnit);
    store<u32>(word(plan, 20) + (<usize>load<u32>(word(plan, LOCAL_FUNCTIONALS) + (<usize>k << 2)) << 2), 0);
  }
}
