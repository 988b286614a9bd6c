import { codeAt, composite, compositeCount, levelOffsetOf } from './composites';
import { addRows, collect } from './cluster';
import { powerOf, toFixedOne } from './fixed';

// What one cluster (a person, or a row by itself) adds to estimates: g = Σ s·x by column of the model, and by functional the sum of what
// its rows add to it, e = weight · (r − centre) of the row's cell. A functional is a mean over cells, such as a month of a county; a layer
// gives each cell of one breakdown a functional at the most.
// The plan that src/kernels/influence-plan.ts writes: u32 words, named here.

const SET: usize = 0;
export const COLUMNS: usize = 1; // p, the columns of the model
const LEVEL_START: usize = 2;
const LEVEL_COLUMNS: usize = 3;
const DENSE: usize = 4;
const DENSE_PTRS: usize = 5;
const DENSE_COLUMNS: usize = 6;
const SCORES: usize = 7; // f64, s of the estimation rows
const OWN: usize = 8; // f64, r and density of the estimation rows
const OTHERS: usize = 10; // and of the other rows
const LAYERS: usize = 12;
const LAYER_TABLE: usize = 13;
const SUMS: usize = 14; // i64 [p]
export const SCORE_VALUES: usize = 15; // f64 [p], values of g that are not zero
export const SCORE_OFFSETS: usize = 16; // u32 [p], their columns as offsets in bytes of f64
const SLOTS: usize = 17; // u32 [functionals], 1 + the place among the locals
export const LOCAL_FUNCTIONALS: usize = 18; // u32, functionals that the cluster touches
const LOCAL_SUMS: usize = 19; // i64, e by functional
export const LOCAL_VALUES: usize = 20; // f64, the same
export const LOCAL_FROM: usize = 21; // u32, the first of the locals that may be in one block with it
export const LOCAL_BLOCKS: usize = 22; // u32, its block, its row of the block's triangle and its place in that
const BITS: usize = 23;
const FIXED: usize = 24; // i64 by estimation row

// Words of a layer.
const LAYER_WORDS: usize = 6;
const FUNCTIONAL: usize = 0; // u32 by cell, −1 for none
const WEIGHT: usize = 1;
const CENTRE: usize = 2;
const CELLS: usize = 3; // u32 by row: of the estimation rows, of the others
const JOINT: usize = 5; // shares blocks with the layer before

/** The functionals touched, and the columns of g. */
export let locals: i32 = 0;
export let scores: i32 = 0;

let sFactor: f64 = 1;
let sUnit: f64 = 1;
let eFactor: f64 = 1;
let eUnit: f64 = 1;
let dFactor: f64 = 1;

/** Binary places of s·x and e inside a cluster, and of slopes. */
export function setPlaces(sShift: i32, eShift: i32, dShift: i32): void {
  sFactor = powerOf(sShift);
  sUnit = powerOf(-sShift);
  eFactor = powerOf(eShift);
  eUnit = powerOf(-eShift);
  dFactor = powerOf(dShift);
}

// @ts-ignore: decorator
@inline
export function part(plan: usize, k: usize): usize {
  return <usize>load<u32>(plan + (k << 2));
}

/** density · weight · x of one row to the functional's row of D. */
function addSlope(plan: usize, row: usize, functional: usize, value: f64, slopes: usize): void {
  const set = part(plan, SET);
  const start = part(plan, LEVEL_START);
  const columns = part(plan, LEVEL_COLUMNS);
  const at = slopes + ((functional * part(plan, COLUMNS)) << 3);
  const v = toFixedOne(value, dFactor);
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
  const dense = part(plan, DENSE);
  for (let d: usize = 0; d < dense; d++) {
    const x = load<f64>(part(part(plan, DENSE_PTRS), d) + (row << 3));
    const here = at + (<usize>load<u16>(part(plan, DENSE_COLUMNS) + (d << 1)) << 3);
    store<i64>(here, load<i64>(here) + toFixedOne(value * x, dFactor));
  }
}

/** e of rows to the functional that their cell has in one layer; r, density and cells are those of the blocks, which begin with row `first`. */
function addLocals(
  plan: usize, layer: usize, start: usize, end: usize, first: usize, side: usize, cells: usize, from: i32, slopes: usize,
): void {
  const residuals = part(plan, side);
  const densities = part(plan, side + 1);
  const functionals = part(layer, FUNCTIONAL);
  const weights = part(layer, WEIGHT);
  const centres = part(layer, CENTRE);
  const slots = part(plan, SLOTS);
  const touched = part(plan, LOCAL_FUNCTIONALS);
  const froms = part(plan, LOCAL_FROM);
  const sums = part(plan, LOCAL_SUMS);
  for (let row = start; row < end; row++) {
    const i = row - first;
    const r = load<f64>(residuals + (i << 3));
    const cell = <usize>load<u32>(cells + (i << 2));
    const functional = load<u32>(functionals + (cell << 2));
    if (r != r || functional == <u32>-1) continue;
    const weight = load<f64>(weights + (cell << 3));
    const e = toFixedOne(weight * (r - load<f64>(centres + (cell << 3))), eFactor);
    const slot = slots + (<usize>functional << 2);
    const place = <usize>load<u32>(slot);
    if (place == 0) {
      store<u32>(touched + (<usize>locals << 2), functional);
      store<u32>(froms + (<usize>locals << 2), from);
      store<i64>(sums + (<usize>locals << 3), e);
      locals++;
      store<u32>(slot, <u32>locals);
    } else {
      const sum = sums + ((place - 1) << 3);
      store<i64>(sum, load<i64>(sum) + e);
    }
    if (slopes) addSlope(plan, row, functional, weight * load<f64>(densities + (i << 3)), slopes);
  }
}

/**
 * Gathers g and e of the cluster with the estimation rows start … end − 1 and the other rows otherStart … otherEnd − 1, which only the
 * functionals see. `first` and `otherFirst` are the rows at the head of the blocks. Sums inside a cluster are exact, so that they do not
 * depend on the order of its rows.
 */
export function gatherCluster(
  plan: usize, start: usize, end: usize, first: usize, otherStart: usize, otherEnd: usize, otherFirst: usize, slopes: usize,
): void {
  const sums = part(plan, SUMS);
  const bits = part(plan, BITS);
  addRows(
    part(plan, SET), start, end, part(plan, SCORES) + ((start - first) << 3), sFactor, part(plan, LEVEL_START), part(plan, LEVEL_COLUMNS),
    part(plan, DENSE), part(plan, DENSE_PTRS), part(plan, DENSE_COLUMNS), part(plan, FIXED), sums, bits,
  );
  scores = collect(sums, bits, (<i32>part(plan, COLUMNS) + 63) >>> 6, sUnit, part(plan, SCORE_VALUES), part(plan, SCORE_OFFSETS));
  locals = 0;
  let from = 0;
  const layers = part(plan, LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = part(plan, LAYER_TABLE) + ((l * LAYER_WORDS) << 2);
    if (!part(layer, JOINT)) from = locals;
    addLocals(plan, layer, start, end, first, OWN, part(layer, CELLS), from, slopes);
    addLocals(plan, layer, otherStart, otherEnd, otherFirst, OTHERS, part(layer, CELLS + 1), from, slopes);
  }
  for (let k = 0; k < locals; k++) {
    const at = <usize>k << 3;
    store<f64>(part(plan, LOCAL_VALUES) + at, <f64>load<i64>(part(plan, LOCAL_SUMS) + at) * eUnit);
    store<u32>(part(plan, SLOTS) + (<usize>load<u32>(part(plan, LOCAL_FUNCTIONALS) + (<usize>k << 2)) << 2), 0);
  }
}
