import { addProducts } from './cluster';
import { COLUMNS, OTHERS, OWN, SCORE_OFFSETS, SCORE_VALUES, part } from './cluster-plan';
import {
  BLOCK_OF, CENTRE, CONSTANTS, FLAGS, GROUPINGS, GROUPING_TABLE, GROUPING_WORDS, GROUPS, INVERSE, KEYS, KINDS,
  LANES, OTHER_CELLS, OWN_CELLS, PATTERN, RESIDUALS, ROW_START, SCALE, SLOPES, SUMS_A, SUMS_H, TABLES, TOUCHED,
  WEIGHTS,
} from './combination-plan';
import { both, ROUND_MAGIC } from './exponential';
import { powerOf } from './fixed';
import { gatherScores, scores, setPlaces } from './person';

// Sums over persons from which the variance of weighted sums of a group's months follows, each with a small-sample factor of its own:
// a, what the person's own rows add; h, the person's share of the sum's absolute weight; b, what the person adds through the estimates,
// −v′g with v = H⁻¹D of the sum. The sums of a group ("lanes") stand side by side, in blocks of eight.

const MONTH_BITS: u32 = 10;

/** Two persons cannot both have more than this, whatever is rounded. What such a person adds grows with 1/(1 − h): it stands by itself. */
const MAIN_SHARE: f64 = 9.0 / 16.0;

/** Rows with an expected value, ordered by group and month; returns how many there are now. */
function addRows(combos: usize, grouping: usize, from: usize, to: usize, first: usize, residuals: usize, cells: usize, count: usize): usize {
  const keys = part(combos, KEYS);
  const values = part(combos, RESIDUALS);
  for (let row = from; row < to; row++) {
    const i = row - first;
    const r = load<f64>(residuals + (i << 3));
    if (r != r) continue;
    const cell = load<u32>(cells + (i << 2));
    const month = cell / <u32>part(grouping, GROUPS);
    const key = ((cell - month * <u32>part(grouping, GROUPS)) << MONTH_BITS) | month;
    let at = count++;
    while (at > 0 && load<u32>(keys + ((at - 1) << 2)) > key) {
      store<u32>(keys + (at << 2), load<u32>(keys + ((at - 1) << 2)));
      store<f64>(values + (at << 3), load<f64>(values + ((at - 1) << 3)));
      at--;
    }
    store<u32>(keys + (at << 2), key);
    store<f64>(values + (at << 3), r);
  }
  return count;
}

// @ts-ignore: decorator
@inline
function addFixed(at: usize, factors: usize, v: v128): void {
  const magic = both(ROUND_MAGIC);
  v128.store(at, i64x2.add(v128.load(at), i64x2.sub(f64x2.add(f64x2.mul(v, v128.load(factors)), magic), magic)));
}

/** The rows i … end − 1 of a person are in one group. */
function addGroup(plan: usize, combos: usize, grouping: usize, i: usize, end: usize): void {
  const keys = part(combos, KEYS);
  const values = part(combos, RESIDUALS);
  const sumsA = part(combos, SUMS_A);
  const sumsH = part(combos, SUMS_H);
  const flags = part(combos, FLAGS);
  const touched = part(combos, TOUCHED);
  const groups = part(grouping, GROUPS);
  const group = <usize>(load<u32>(keys + (i << 2)) >>> MONTH_BITS);
  const pattern = part(part(grouping, PATTERN), group);
  const rowStart = part(pattern, ROW_START);
  const blockOf = part(pattern, BLOCK_OF);
  const weights = part(pattern, WEIGHTS);
  const constants = part(pattern, CONSTANTS);
  let blocks: usize = 0;
  for (; i < end; i++) {
    const month = <usize>(load<u32>(keys + (i << 2)) & ((1 << MONTH_BITS) - 1));
    const cell = (month * groups + group) << 3;
    const scale = load<f64>(part(grouping, SCALE) + cell);
    const e = both(scale * (load<f64>(values + (i << 3)) - load<f64>(part(grouping, CENTRE) + cell)));
    const last = <usize>load<u32>(rowStart + (month << 2), 4);
    for (let entry = <usize>load<u32>(rowStart + (month << 2)); entry < last; entry++) {
      const block = <usize>load<u32>(blockOf + (entry << 2));
      const a = sumsA + (block << 6);
      const h = sumsH + (block << 6);
      if (load<u8>(flags + block) == 0) {
        store<u8>(flags + block, 1);
        store<u32>(touched + (blocks << 2), <u32>block);
        blocks++;
        memory.fill(a, 0, 64);
        memory.fill(h, 0, 64);
      }
      const w = weights + (entry << 6);
      for (let k: usize = 0; k < 64; k += 16) {
        const weight = v128.load(w + k);
        v128.store(a + k, f64x2.add(v128.load(a + k), f64x2.mul(weight, e)));
        v128.store(h + k, f64x2.add(v128.load(h + k), f64x2.mul(f64x2.abs(weight), both(scale))));
      }
      if (constants) {
        const c = constants + (entry << 6);
        for (let k: usize = 0; k < 64; k += 16) v128.store(a + k, f64x2.add(v128.load(a + k), v128.load(c + k)));
      }
    }
  }
  const lanes = part(grouping, LANES);
  const own = part(grouping, SLOPES) + ((group * part(plan, COLUMNS) * lanes) << 3);
  const tables = part(grouping, TABLES);
  const kind = lanes << 3;
  const factors = tables + group * KINDS * kind;
  const sums = tables + (groups + group) * KINDS * kind;
  const inverse = part(pattern, INVERSE);
  const scoreValues = part(plan, SCORE_VALUES);
  const offsets = part(plan, SCORE_OFFSETS);
  const one = both(1);
  for (let n: usize = 0; n < blocks; n++) {
    const block = <usize>load<u32>(touched + (n << 2));
    store<u8>(flags + block, 0);
    const at = block << 6;
    let b0 = both(0);
    let b1 = both(0);
    let b2 = both(0);
    let b3 = both(0);
    for (let j: usize = 0; j < <usize>scores; j++) {
      const g = v128.load_splat<u64>(scoreValues + (j << 3));
      const v = own + <usize>load<u32>(offsets + (j << 2)) * lanes + at;
      b0 = f64x2.sub(b0, f64x2.mul(g, v128.load(v)));
      b1 = f64x2.sub(b1, f64x2.mul(g, v128.load(v, 16)));
      b2 = f64x2.sub(b2, f64x2.mul(g, v128.load(v, 32)));
      b3 = f64x2.sub(b3, f64x2.mul(g, v128.load(v, 48)));
    }
    for (let k: usize = 0; k < 64; k += 16) {
      const b = k == 0 ? b0 : k == 16 ? b1 : k == 32 ? b2 : b3;
      const a = v128.load(sumsA + at + k);
      const share = f64x2.mul(v128.load(sumsH + at + k), v128.load(inverse + at + k));
      const main = f64x2.gt(share, both(MAIN_SHARE));
      const h = v128.andnot(share, main);
      const q = f64x2.div(one, f64x2.sub(one, h));
      const square = f64x2.mul(a, a);
      const product = f64x2.mul(a, b);
      const u = f64x2.mul(h, q);
      const place = at + k;
      addFixed(sums + place, factors + place, square);
      addFixed(sums + kind + place, factors + kind + place, product);
      addFixed(sums + 2 * kind + place, factors + 2 * kind + place, v128.andnot(f64x2.mul(square, q), main));
      addFixed(sums + 3 * kind + place, factors + 3 * kind + place, v128.andnot(f64x2.mul(product, f64x2.sqrt(q)), main));
      addFixed(sums + 4 * kind + place, factors + 4 * kind + place, f64x2.mul(f64x2.mul(h, h), f64x2.sub(one, f64x2.mul(u, u))));
      addFixed(sums + 5 * kind + place, factors + 5 * kind + place, f64x2.mul(h, u));
      if (!v128.any_true(main)) continue;
      addFixed(sums + 6 * kind + place, factors + 6 * kind + place, v128.and(square, main));
      addFixed(sums + 7 * kind + place, factors + 7 * kind + place, v128.and(product, main));
      addFixed(sums + 8 * kind + place, factors + 8 * kind + place, v128.and(share, main));
    }
  }
}

/**
 * Over persons `from` … `to` − 1, by group and lane: Σ a², Σ a·b; without the person of most of the sum Σ a²/(1 − h), Σ a·b/√(1 − h), and
 * of u = h/(1 − h) Σ h²(1 − u²) and Σ h·u; that person's a², a·b and h; in the tables of the groupings. And Σ g·g′ in `meat`.
 */
export function combinationSums(
  plan: usize, combos: usize, personStart: usize, otherStart: usize, from: i32, to: i32, sShift: i32, meatShift: i32, meat: usize,
): void {
  setPlaces(sShift, 0, 0, 0);
  const meatFactor = powerOf(meatShift);
  const first = <usize>load<u32>(personStart + (<usize>from << 2));
  const otherFirst = otherStart ? <usize>load<u32>(otherStart + (<usize>from << 2)) : 0;
  const groupings = part(combos, GROUPINGS);
  for (let person = from; person < to; person++) {
    const at = <usize>person << 2;
    const start = <usize>load<u32>(personStart + at);
    const end = <usize>load<u32>(personStart + at, 4);
    const other = otherStart ? <usize>load<u32>(otherStart + at) : 0;
    const otherEnd = otherStart ? <usize>load<u32>(otherStart + at, 4) : 0;
    gatherScores(plan, start, end, first);
    addProducts(scores, part(plan, SCORE_VALUES), part(plan, SCORE_OFFSETS), meatFactor, <i32>part(plan, COLUMNS), meat);
    for (let g: usize = 0; g < groupings; g++) {
      const grouping = part(combos, GROUPING_TABLE) + ((g * GROUPING_WORDS) << 2);
      let count = addRows(combos, grouping, start, end, first, part(plan, OWN), part(grouping, OWN_CELLS), 0);
      count = addRows(combos, grouping, other, otherEnd, otherFirst, part(plan, OTHERS), part(grouping, OTHER_CELLS), count);
      const keys = part(combos, KEYS);
      for (let i: usize = 0; i < count; ) {
        const group = load<u32>(keys + (i << 2)) >>> MONTH_BITS;
        let next = i + 1;
        while (next < count && load<u32>(keys + (next << 2)) >>> MONTH_BITS == group) next++;
        addGroup(plan, combos, grouping, i, next);
        i = next;
      }
    }
  }
}
