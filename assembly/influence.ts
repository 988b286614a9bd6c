import { addProducts } from './cluster';
import { BLOCKS, COLUMNS, LOCAL_FROM, LOCAL_FUNCTIONALS, LOCAL_VALUES, SCORE_OFFSETS, SCORE_VALUES, part, tableRow } from './cluster-plan';
import { both, ROUND_MAGIC } from './exponential';
import { powerOf, toFixedOne } from './fixed';
import { gatherCluster, locals, scores, setPlaces } from './person';

// Sums over clusters from which the covariance of functionals follows: with the influence e − w′g of a cluster on a functional,
// w = H⁻¹D, it takes Σ e·e′ of functionals that clusters share, Σ e·g, and Σ g·g′ of the clustered meat.

/** at[k] += v[k] · factor, i64 and f64. */
// @ts-ignore: decorator
@inline
function addScaledRun(at: usize, v: usize, n: usize, factor: f64): void {
  const pair = both(factor);
  const magic = both(ROUND_MAGIC);
  let k: usize = 0;
  for (; k + 1 < n; k += 2) {
    const fixed = i64x2.sub(f64x2.add(f64x2.mul(v128.load(v + (k << 3)), pair), magic), magic);
    v128.store(at + (k << 3), i64x2.add(v128.load(at + (k << 3)), fixed));
  }
  if (k < n) store<i64>(at + (k << 3), load<i64>(at + (k << 3)) + toFixedOne(load<f64>(v + (k << 3)), factor));
}

// @ts-ignore: decorator
@inline
function functionalAt(plan: usize, a: i32): u32 {
  return load<u32>(part(plan, LOCAL_FUNCTIONALS) + (<usize>a << 2));
}

/** Whether local `a` is in the place after that of the local before it, in the same block. */
// @ts-ignore: decorator
@inline
function follows(plan: usize, a: i32): bool {
  const functional = functionalAt(plan, a);
  return functional == functionalAt(plan, a - 1) + 1 && load<u32>(part(plan, BLOCKS) + (<usize>functional << 4), 4) > 0;
}

/** Σ e·e′ for pairs in one block of functionals. */
function addPairs(plan: usize, factor: f64, pairs: usize): void {
  const values = part(plan, LOCAL_VALUES);
  const blocks = part(plan, BLOCKS);
  let run = 0;
  for (let a = 0; a < locals; a++) {
    if (a == 0 || !follows(plan, a)) run = a;
    const own = blocks + (<usize>functionalAt(plan, a) << 4);
    const block = load<u32>(own);
    const row = <usize>load<u32>(own, 4);
    const e = load<f64>(values + (<usize>a << 3)) * factor;
    const triangle = pairs + ((<usize>block + ((row * (row + 1)) >>> 1)) << 3);
    for (let b = load<i32>(part(plan, LOCAL_FROM) + (<usize>a << 2)); b < run; b++) {
      const other = blocks + (<usize>functionalAt(plan, b) << 4);
      if (load<u32>(other) != block) continue;
      const column = <usize>load<u32>(other, 4);
      const cell = column <= row ? triangle + (column << 3) : pairs + ((<usize>block + ((column * (column + 1)) >>> 1) + row) << 3);
      store<i64>(cell, load<i64>(cell) + toFixedOne(e * load<f64>(values + (<usize>b << 3)), 1));
    }
    const n = <usize>(a - run);
    addScaledRun(triangle + ((row - n) << 3), values + (<usize>run << 3), n + 1, e);
  }
}

/** Σ e·g. */
function addCross(plan: usize, factor: f64, cross: usize): void {
  const scoreValues = part(plan, SCORE_VALUES);
  const offsets = part(plan, SCORE_OFFSETS);
  let end = 0;
  for (let a = 0; a < locals; a = end) {
    end = a + 1;
    while (end < locals && follows(plan, end)) end++;
    const functional = <usize>functionalAt(plan, a);
    const block = part(plan, BLOCKS) + (functional << 4);
    const at = tableRow(cross, block, functional, part(plan, COLUMNS));
    const size = <usize>load<u32>(block, 8);
    for (let j = 0; j < scores; j++) {
      const g = load<f64>(scoreValues + (<usize>j << 3)) * factor;
      addScaledRun(at + <usize>load<u32>(offsets + (<usize>j << 2)) * size, part(plan, LOCAL_VALUES) + (<usize>a << 3), <usize>(end - a), g);
    }
  }
}

/**
 * Of clusters `from` … `to` − 1: starts are u32 arrays of row numbers, `otherStart` 0 where there are no other rows, `meat` 0 where Σ g·g′
 * is not wanted.
 */
export function influenceSums(
  plan: usize, personStart: usize, otherStart: usize, from: i32, to: i32, byRow: i32, sShift: i32, eShift: i32, dShift: i32, wShift: i32, pairShift: i32, crossShift: i32,
  meatShift: i32, pairs: usize, cross: usize, slopes: usize, meat: usize,
): void {
  setPlaces(sShift, eShift, dShift, wShift);
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
        addPairs(plan, pairFactor, pairs);
        addCross(plan, crossFactor, cross);
      }
      for (let row = other; row < otherEnd; row++) {
        gatherCluster(plan, 0, 0, 0, row, row + 1, otherFirst, slopes);
        addPairs(plan, pairFactor, pairs);
      }
    } else {
      gatherCluster(plan, start, end, first, other, otherEnd, otherFirst, slopes);
      addPairs(plan, pairFactor, pairs);
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
  plan: usize, personStart: usize, otherStart: usize, from: i32, to: i32, byRow: i32, sShift: i32, eShift: i32, dShift: i32, wShift: i32, localShift: i32, scoreShift: i32,
  weights: usize, replicates: i32, local: usize, score: usize, slopes: usize,
): void {
  setPlaces(sShift, eShift, dShift, wShift);
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
