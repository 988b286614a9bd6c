import { codeAt, composite, compositeCount, levelOffsetOf } from './composites';
import { powerOf, toFixedOne } from './fixed';

// Weighted sums of sixteen replicates at once; weights are sixteen u16 lanes a row.

// @ts-ignore: decorator
@inline
function addLanes(cell: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(cell, i64x2.add(v128.load(cell), a));
  v128.store(cell, i64x2.add(v128.load(cell, 16), b), 16);
  v128.store(cell, i64x2.add(v128.load(cell, 32), c), 32);
  v128.store(cell, i64x2.add(v128.load(cell, 48), d), 48);
}

/** table[level cell] (i64 lanes) += v[i] · weights[i]; v an i64 block that fits 32 bits. */
export function sumReplicates(set: usize, start: i32, n: i32, v: usize, weights: usize, table: usize): void {
  const composites = compositeCount(set);
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = i32x4.splat(load<i32>(v + (i << 3)));
    for (let half: usize = 0; half < 2; half++) {
      const w = v128.load(weights + (i << 5) + (half << 4));
      const low = i32x4.extend_low_i16x8_u(w);
      const high = i32x4.extend_high_i16x8_u(w);
      const p = i64x2.extmul_low_i32x4_s(low, value);
      const q = i64x2.extmul_high_i32x4_s(low, value);
      const r = i64x2.extmul_low_i32x4_s(high, value);
      const s = i64x2.extmul_high_i32x4_s(high, value);
      for (let a = 0; a < composites; a++) {
        const column = composite(set, a);
        addLanes(table + ((levelOffsetOf(column) + codeAt(column, <usize>start + i)) << 7) + (half << 6), p, q, r, s);
      }
    }
  }
}

/** out[i] (i32 lanes) = v[i] − Σ change[level cell]: what is left of v once the predictor has changed, differently in every replicate. */
export function changeReplicates(set: usize, start: i32, n: i32, v: usize, change: usize, out: usize): void {
  const composites = compositeCount(set);
  for (let i: usize = 0; i < <usize>n; i++) {
    let p = i32x4.splat(load<i32>(v + (i << 3)));
    let q = p;
    let r = p;
    let s = p;
    for (let a = 0; a < composites; a++) {
      const column = composite(set, a);
      const at = change + ((levelOffsetOf(column) + codeAt(column, <usize>start + i)) << 6);
      p = i32x4.sub(p, v128.load(at));
      q = i32x4.sub(q, v128.load(at, 16));
      r = i32x4.sub(r, v128.load(at, 32));
      s = i32x4.sub(s, v128.load(at, 48));
    }
    const to = out + (i << 6);
    v128.store(to, p);
    v128.store(to, q, 16);
    v128.store(to, r, 32);
    v128.store(to, s, 48);
  }
}

/** counts[cell] (u32 lanes) += weights[i] and sums[cell] (i64 lanes) += weights[i] · v[i], v in i32 lanes. */
export function sumReplicateCells(cells: usize, n: i32, v: usize, weights: usize, counts: usize, sums: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const cell = <usize>load<u32>(cells + (i << 2));
    for (let half: usize = 0; half < 2; half++) {
      const w = v128.load(weights + (i << 5) + (half << 4));
      const low = i32x4.extend_low_i16x8_u(w);
      const high = i32x4.extend_high_i16x8_u(w);
      const count = counts + (cell << 6) + (half << 5);
      v128.store(count, i32x4.add(v128.load(count), low));
      v128.store(count, i32x4.add(v128.load(count, 16), high), 16);
      const a = v128.load(v + (i << 6) + (half << 5));
      const b = v128.load(v + (i << 6) + (half << 5), 16);
      addLanes(
        sums + (cell << 7) + (half << 6), i64x2.extmul_low_i32x4_s(low, a), i64x2.extmul_high_i32x4_s(low, a),
        i64x2.extmul_low_i32x4_s(high, b), i64x2.extmul_high_i32x4_s(high, b),
      );
    }
  }
}

/** out[i] = v[i] · the weight of row i in one lane, i64. */
export function weighFixed(v: usize, n: i32, weights: usize, lane: i32, out: usize): void {
  const own = weights + (<usize>lane << 1);
  for (let i: usize = 0; i < <usize>n; i++) store<i64>(out + (i << 3), load<i64>(v + (i << 3)) * <i64>load<u16>(own + (i << 5)));
}

/** Per cell two i64 of one lane: Σ w and Σ w · v, v in f64; rows where v is NaN are left out. */
export function weighedCells(cells: usize, n: i32, v: usize, weights: usize, lane: i32, shift: i32, table: usize): void {
  const own = weights + (<usize>lane << 1);
  const factor = powerOf(shift);
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = load<f64>(v + (i << 3));
    const w = <i64>load<u16>(own + (i << 5));
    if (w == 0 || value != value) continue;
    const cell = table + (<usize>load<u32>(cells + (i << 2)) << 4);
    store<i64>(cell, load<i64>(cell) + w);
    store<i64>(cell, load<i64>(cell, 8) + w * toFixedOne(value, factor), 8);
  }
}
