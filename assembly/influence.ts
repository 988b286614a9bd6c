import { both } from './exponential';
import { powerOf, toFixed, toFixedOne } from './fixed';
import { addProducts } from './cluster';
import { COLUMNS, gatherCluster, LOCAL_BLOCKS, LOCAL_FROM, LOCAL_FUNCTIONALS, LOCAL_VALUES, locals, part, SCORE_OFFSETS, SCORE_VALUES, scores, setPlaces } from './person';

// Sums over clusters from which the covariance of functionals follows: with the influence e − w′g of a cluster on a functional,
// w = H⁻¹D, it takes Σ e·e′ of functionals that clusters share, Σ e·g, and Σ g·g′ of the clustered meat.

/** Σ e·e′ for pairs in one block of functionals: base is where the block's lower triangle begins, place the functional's row in it. */
function addPairs(plan: usize, base: usize, place: usize, factor: f64, pairs: usize): void {
  const functionals = part(plan, LOCAL_FUNCTIONALS);
  const values = part(plan, LOCAL_VALUES);
  const froms = part(plan, LOCAL_FROM);
  // Block, address of the row of its triangle, and offset in a row.
  const blocks = part(plan, LOCAL_BLOCKS);
  for (let a = 0; a < locals; a++) {
    const f = <usize>load<u32>(functionals + (<usize>a << 2)) << 2;
    const block = load<u32>(base + f);
    const row = load<u32>(place + f);
    const e = load<f64>(values + (<usize>a << 3)) * factor;
    const triangle = <u32>pairs + ((block + ((row * (row + 1)) >>> 1)) << 3);
    const own = blocks + <usize>a * 12;
    store<u32>(own, block);
    store<u32>(own, triangle, 4);
    store<u32>(own, row << 3, 8);
    for (let b = load<i32>(froms + (<usize>a << 2)); b <= a; b++) {
      const other = blocks + <usize>b * 12;
      if (load<u32>(other) != block) continue;
      const column = load<u32>(other, 8);
      const cell = <usize>(column <= row << 3 ? triangle + column : load<u32>(other, 4) + (row << 3));
      store<i64>(cell, load<i64>(cell) + toFixedOne(e * load<f64>(values + (<usize>b << 3)), 1));
    }
  }
}

/** Σ e·g, a row of p a functional. */
function addCross(plan: usize, factor: f64, cross: usize): void {
  const functionals = part(plan, LOCAL_FUNCTIONALS);
  const values = part(plan, LOCAL_VALUES);
  const scoreValues = part(plan, SCORE_VALUES);
  const offsets = part(plan, SCORE_OFFSETS);
  const width = part(plan, COLUMNS) << 3;
  for (let a = 0; a < locals; a++) {
    const row = cross + <usize>load<u32>(functionals + (<usize>a << 2)) * width;
    const e = load<f64>(values + (<usize>a << 3)) * factor;
    const pair = both(e);
    let j = 0;
    for (; j < scores - 1; j += 2) {
      const product = f64x2.mul(v128.load(scoreValues + (<usize>j << 3)), pair);
      const fixed = toFixed(product, both(1), f64x2.eq(product, product));
      const first = row + <usize>load<u32>(offsets + (<usize>j << 2));
      const second = row + <usize>load<u32>(offsets + (<usize>j << 2), 4);
      store<i64>(first, load<i64>(first) + i64x2.extract_lane(fixed, 0));
      store<i64>(second, load<i64>(second) + i64x2.extract_lane(fixed, 1));
    }
    if (j < scores) {
      const last = row + <usize>load<u32>(offsets + (<usize>j << 2));
      store<i64>(last, load<i64>(last) + toFixedOne(load<f64>(scoreValues + (<usize>j << 3)) * e, 1));
    }
  }
}

/**
 * Of clusters `from` … `to` − 1: starts are u32 arrays of row numbers, `otherStart` 0 where there are no other rows, `meat` 0 where Σ g·g′
 * is not wanted.
 */
export function influenceSums(
  plan: usize, personStart: usize, otherStart: usize, from: i32, to: i32, byRow: i32, sShift: i32, eShift: i32, dShift: i32, pairShift: i32, crossShift: i32,
  meatShift: i32, base: usize, place: usize, pairs: usize, cross: usize, slopes: usize, meat: usize,
): void {
  setPlaces(sShift, eShift, dShift);
  const pairFactor = powerOf(pairShift);
  const crossFactor = powerOf(crossShift);
  const meatFactor = powerOf(meatShift);
  const first = <usize>load<u32>(personStart + (<usize>from << 2));
  const otherFirst = otherStart ? <usize>load<u32>(otherStart + (<usize>from << 2)) : 0;
  for (let person = from; person < to; person++) {
    const at = <usize>person << 2;
    const start = <usize>load<u32>(personStart + at);
    const end = <usize>load<u32>(personStart + at, 4);
    const other = otherStart ? <usize>load<u32>(otherStart + at) : 0;
    const otherEnd = otherStart ? <usize>load<u32>(otherStart + at, 4) : 0;
    if (byRow) {
      for (let row = start; row < end; row++) {
        gatherCluster(plan, row, row + 1, first, 0, 0, 0, slopes);
        addPairs(plan, base, place, pairFactor, pairs);
        addCross(plan, crossFactor, cross);
      }
      for (let row = other; row < otherEnd; row++) {
        gatherCluster(plan, 0, 0, 0, row, row + 1, otherFirst, slopes);
        addPairs(plan, base, place, pairFactor, pairs);
      }
    } else {
      gatherCluster(plan, start, end, first, other, otherEnd, otherFirst, slopes);
      addPairs(plan, base, place, pairFactor, pairs);
      addCross(plan, crossFactor, cross);
      if (meat) addProducts(scores, part(plan, SCORE_VALUES), part(plan, SCORE_OFFSETS), meatFactor, <i32>part(plan, COLUMNS), meat);
    }
  }
}

/** table[row][b] += v · w[b], exactly: v and w fit 32 bits, `replicates` is even. */
// @ts-ignore: decorator
@inline
function addScaled(table: usize, v: i32, weights: usize, replicates: usize): void {
  const factor = i32x4.splat(v);
  for (let b: usize = 0; b < replicates; b += 4) {
    const w = v128.load(weights + (b << 2));
    const at = table + (b << 3);
    v128.store(at, i64x2.add(v128.load(at), i64x2.extmul_low_i32x4_s(w, factor)));
    v128.store(at, i64x2.add(v128.load(at, 16), i64x2.extmul_high_i32x4_s(w, factor)), 16);
  }
}

/** v · 2^−places to the nearest integer of 32 bits. */
// @ts-ignore: decorator
@inline
function toInt32(v: f64): i32 {
  return <i32>(reinterpret<i64>(v + 6755399441055744.0) - 0x4338000000000000);
}

/** Weighted e and g of the cluster that was gathered last, `own` its weights; `score` 0 leaves g out. */
function addReplicates(plan: usize, own: usize, count: usize, localFactor: f64, scoreFactor: f64, local: usize, score: usize): void {
  for (let a = 0; a < locals; a++) {
    const functional = <usize>load<u32>(part(plan, LOCAL_FUNCTIONALS) + (<usize>a << 2));
    addScaled(local + ((functional * count) << 3), toInt32(load<f64>(part(plan, LOCAL_VALUES) + (<usize>a << 3)) * localFactor), own, count);
  }
  if (!score) return;
  for (let j = 0; j < scores; j++) {
    const column = <usize>load<u32>(part(plan, SCORE_OFFSETS) + (<usize>j << 2)) >>> 3;
    addScaled(score + ((column * count) << 3), toInt32(load<f64>(part(plan, SCORE_VALUES) + (<usize>j << 3)) * scoreFactor), own, count);
  }
}

/**
 * Weighted sums of the same for replicates: local[functional][b] += e · w_b and score[column][b] += g · w_b, with the cluster's weights
 * w_b (i32, `replicates` of them, a multiple of 4) at `weights` one cluster after the other, estimation rows before other rows where every
 * row is a cluster. e and g are rounded once more, to 32 bits.
 */
export function scoreReplicates(
  plan: usize, personStart: usize, otherStart: usize, from: i32, to: i32, byRow: i32, sShift: i32, eShift: i32, dShift: i32, localShift: i32, scoreShift: i32,
  weights: usize, replicates: i32, local: usize, score: usize, slopes: usize,
): void {
  setPlaces(sShift, eShift, dShift);
  const localFactor = powerOf(localShift);
  const scoreFactor = powerOf(scoreShift);
  const count = <usize>replicates;
  const ownFirst = <usize>load<u32>(personStart + (<usize>from << 2));
  const ownEnd = <usize>load<u32>(personStart + (<usize>to << 2));
  const otherFirst = otherStart ? <usize>load<u32>(otherStart + (<usize>from << 2)) : 0;
  const otherEnd = otherStart ? <usize>load<u32>(otherStart + (<usize>to << 2)) : 0;
  let own = weights;
  if (byRow) {
    for (let row = ownFirst; row < ownEnd; row++, own += count << 2) {
      gatherCluster(plan, row, row + 1, ownFirst, 0, 0, 0, slopes);
      addReplicates(plan, own, count, localFactor, scoreFactor, local, score);
    }
    for (let row = otherFirst; row < otherEnd; row++, own += count << 2) {
      gatherCluster(plan, 0, 0, 0, row, row + 1, otherFirst, slopes);
      addReplicates(plan, own, count, localFactor, scoreFactor, local, score);
    }
    return;
  }
  for (let person = from; person < to; person++, own += count << 2) {
    const at = <usize>person << 2;
    gatherCluster(
      plan, <usize>load<u32>(personStart + at), <usize>load<u32>(personStart + at, 4), ownFirst, otherStart ? <usize>load<u32>(otherStart + at) : 0,
      otherStart ? <usize>load<u32>(otherStart + at, 4) : 0, otherFirst, slopes,
    );
    addReplicates(plan, own, count, localFactor, scoreFactor, local, score);
  }
}
