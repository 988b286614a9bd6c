import { addRows, collect } from './cluster';
import { BITS, CELLS, CENTRE, COLUMNS, DENSE, DENSE_COLUMNS, DENSE_PTRS, FACTORS, FIXED, FUNCTIONAL, JOINT, LAYERS, LAYER_TABLE, LAYER_WORDS, LEVEL_COLUMNS, LEVEL_START, LOCAL_FROM, LOCAL_FUNCTIONALS, LOCAL_SHARES, LOCAL_SUMS, LOCAL_VALUES, OTHERS, OWN, ROW_FIXED, ROW_FUNCTIONALS, ROW_SLOPES, SCORES, SCORE_OFFSETS, SCORE_VALUES, SET, SHARES, SLOPES, SLOTS, SUMS, WEIGHT, part } from './cluster-plan';
import { powerOf, toFixedOne } from './fixed';
import { addSlopes } from './slopes';

// What one cluster (a person, or a row by itself) adds to estimates: g = Σ s·x by column of the model, and by functional the sum of what
// its rows add to it, e = weight · (r − centre) of the row's cell. A functional is a mean over cells, such as a month of a county; a layer
// gives each cell of one breakdown a functional at the most. The functionals of a block stand together, in the order of their places, and
// tables by functional and column lie block by block, column by column, place by place: the months of a person are often next to each
// other there, and are added to together.

/** The functionals touched, and the columns of g. */
export let locals: i32 = 0;
export let scores: i32 = 0;

let sFactor: f64 = 1;
let sUnit: f64 = 1;
let eFactor: f64 = 1;
let eUnit: f64 = 1;
let dFactor: f64 = 1;

let wFactor: f64 = 1;
let wUnit: f64 = 1;

/** A share beyond this is of a cluster that is all but alone. */
const MOST_SHARE: f64 = 1.0 - 1.0 / 1048576.0;

/** Binary places of s·x, e and weights inside a cluster, and of slopes. */
export function setPlaces(sShift: i32, eShift: i32, dShift: i32, wShift: i32): void {
  wFactor = powerOf(wShift);
  wUnit = powerOf(-wShift);
  sFactor = powerOf(sShift);
  sUnit = powerOf(-sShift);
  eFactor = powerOf(eShift);
  eUnit = powerOf(-eShift);
  dFactor = powerOf(dShift);
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
  const shares = part(plan, LOCAL_SHARES);
  const rowFunctionals = part(plan, ROW_FUNCTIONALS);
  const rowSlopes = part(plan, ROW_SLOPES);
  const rowFixed = part(plan, ROW_FIXED);
  for (let row = start; row < end; row++) {
    const i = row - first;
    const k = row - start;
    const r = load<f64>(residuals + (i << 3));
    const cell = <usize>load<u32>(cells + (i << 2));
    const functional = r == r ? load<u32>(functionals + (cell << 2)) : <u32>-1;
    store<u32>(rowFunctionals + (k << 2), functional);
    if (functional == <u32>-1) continue;
    const weight = load<f64>(weights + (cell << 3));
    const e = toFixedOne(weight * (r - load<f64>(centres + (cell << 3))), eFactor);
    const slot = slots + (<usize>functional << 2);
    const place = <usize>load<u32>(slot);
    if (place == 0) {
      store<u32>(touched + (<usize>locals << 2), functional);
      store<u32>(froms + (<usize>locals << 2), from);
      store<i64>(sums + (<usize>locals << 3), e);
      store<i64>(shares + (<usize>locals << 3), toFixedOne(weight, wFactor));
      locals++;
      store<u32>(slot, <u32>locals);
    } else {
      const sum = sums + ((place - 1) << 3);
      store<i64>(sum, load<i64>(sum) + e);
      const share = shares + ((place - 1) << 3);
      store<i64>(share, load<i64>(share) + toFixedOne(weight, wFactor));
    }
    const slope = weight * load<f64>(densities + (i << 3));
    store<f64>(rowSlopes + (k << 3), slope);
    store<i64>(rowFixed + (k << 3), toFixedOne(slope, dFactor));
  }
  if (slopes && part(layer, SLOPES)) addSlopes(plan, start, end - start, dFactor, slopes);
}

/** Gathers g of the cluster with the estimation rows start … end − 1; `first` is the row at the head of the blocks. */
export function gatherScores(plan: usize, start: usize, end: usize, first: usize): void {
  const sums = part(plan, SUMS);
  const bits = part(plan, BITS);
  addRows(
    part(plan, SET), start, end, part(plan, SCORES) + ((start - first) << 3), sFactor, part(plan, LEVEL_START), part(plan, LEVEL_COLUMNS),
    part(plan, DENSE), part(plan, DENSE_PTRS), part(plan, DENSE_COLUMNS), part(plan, FIXED), sums, bits,
  );
  scores = collect(sums, bits, (<i32>part(plan, COLUMNS) + 63) >>> 6, sUnit, part(plan, SCORE_VALUES), part(plan, SCORE_OFFSETS));
}

/**
 * Gathers g and e of the cluster with the estimation rows start … end − 1 and the other rows otherStart … otherEnd − 1, which only the
 * functionals see. `first` and `otherFirst` are the rows at the head of the blocks. Sums inside a cluster are exact, so that they do not
 * depend on the order of its rows.
 */
export function gatherCluster(
  plan: usize, start: usize, end: usize, first: usize, otherStart: usize, otherEnd: usize, otherFirst: usize, slopes: usize,
): void {
  gatherScores(plan, start, end, first);
  gatherLocals(plan, start, end, first, otherStart, otherEnd, otherFirst, slopes);
}

/**
 * e alone, and slopes. With shares, e is over √(1 − h), h being the share that the cluster's rows have of the functional's weight; and
 * brought to the functional's own places.
 */
export function gatherLocals(
  plan: usize, start: usize, end: usize, first: usize, otherStart: usize, otherEnd: usize, otherFirst: usize, slopes: usize,
): void {
  locals = 0;
  let from = 0;
  const layers = part(plan, LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = part(plan, LAYER_TABLE) + ((l * LAYER_WORDS) << 2);
    if (!part(layer, JOINT)) from = locals;
    addLocals(plan, layer, start, end, first, OWN, part(layer, CELLS), from, slopes);
    addLocals(plan, layer, otherStart, otherEnd, otherFirst, OTHERS, part(layer, CELLS + 1), from, slopes);
  }
  const shares = part(plan, SHARES);
  const factors = part(plan, FACTORS);
  for (let k = 0; k < locals; k++) {
    const at = <usize>k << 3;
    const functional = <usize>load<u32>(part(plan, LOCAL_FUNCTIONALS) + (<usize>k << 2));
    let value = <f64>load<i64>(part(plan, LOCAL_SUMS) + at) * eUnit * load<f64>(factors + (functional << 3));
    if (shares) {
      const h = min(<f64>load<i64>(part(plan, LOCAL_SHARES) + at) * wUnit * load<f64>(shares + (functional << 3)), MOST_SHARE);
      value *= sqrt(1 / (1 - h));
    }
    store<f64>(part(plan, LOCAL_VALUES) + at, value);
    store<u32>(part(plan, SLOTS) + (functional << 2), 0);
  }
}
