import { CHUNK, composite, compositeCount, levelsOf, pairAddresses, S0, S1, S2, stream } from './composites';

// Sixteen replicates at once: a row's weights are sixteen u16 lanes, and tables have sixteen lanes where others have one number.

/** Keys (two u32) and month (u8) of the rows of clusters from … to − 1; returns how many rows. */
export function rowKeys(starts: usize, keys: usize, months: usize, from: i32, to: i32, ids: usize, monthsOut: usize): i32 {
  const first = <usize>load<u32>(starts + (<usize>from << 2));
  for (let c = from; c < to; c++) {
    const key = load<u64>(keys + (<usize>c << 3));
    const end = <usize>load<u32>(starts + (<usize>c << 2), 4);
    for (let row = <usize>load<u32>(starts + (<usize>c << 2)); row < end; row++) {
      store<u64>(ids + ((row - first) << 3), key);
      store<u8>(monthsOut + (row - first), load<u8>(months + row));
    }
  }
  return <i32>(<usize>load<u32>(starts + (<usize>to << 2)) - first);
}

// @ts-ignore: decorator
@inline
function narrow(weights: usize): v128 {
  return i16x8.narrow_i32x4_u(v128.load(weights), v128.load(weights, 16));
}

// @ts-ignore: decorator
@inline
function largestLane(sums: v128): i32 {
  let v = sums;
  v = i16x8.max_u(v, v128.shuffle<u64>(v, v, 1, 0));
  v = i16x8.max_u(v, v128.shuffle<u32>(v, v, 1, 0, 3, 2));
  return max(<i32>i16x8.extract_lane_u(v, 0), <i32>i16x8.extract_lane_u(v, 1));
}

/**
 * Weights of rows, from those of their clusters (i32): of clusters from … to − 1 with the row numbers `starts`, or of as many rows where
 * `starts` is 0. Returns the largest total of a lane; totals are below 2^16.
 */
export function spreadWeights(starts: usize, from: i32, to: i32, weights: usize, out: usize): i32 {
  let low = i16x8.splat(0);
  let high = i16x8.splat(0);
  let own = weights;
  let at = out;
  for (let c = from; c < to; c++, own += 64) {
    const rows = starts ? load<i32>(starts + (<usize>c << 2), 4) - load<i32>(starts + (<usize>c << 2)) : 1;
    const a = narrow(own);
    const b = narrow(own + 32);
    for (let k = 0; k < rows; k++, at += 32) {
      v128.store(at, a);
      v128.store(at, b, 16);
      low = i16x8.add(low, a);
      high = i16x8.add(high, b);
    }
  }
  return max(largestLane(low), largestLane(high));
}

// @ts-ignore: decorator
@inline
function countAt(address: usize, low: v128, high: v128): void {
  const cell = <usize>load<u32>(address);
  v128.store(cell, i16x8.add(v128.load(cell), low));
  v128.store(cell, i16x8.add(v128.load(cell, 16), high), 16);
}

// @ts-ignore: decorator
@inline
function countRows(streams: i32, n: i32, weights: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const low = v128.load(weights + (i << 3));
    const high = v128.load(weights + (i << 3), 16);
    countAt(S0 + i, low, high);
    if (streams > 1) countAt(S1 + i, low, high);
    if (streams > 2) countAt(S2 + i, low, high);
  }
}

function countStreams(streams: i32, n: i32, weights: usize): void {
  if (streams == 3) countRows(3, n, weights);
  else if (streams == 2) countRows(2, n, weights);
  else countRows(1, n, weights);
}

/** Three pairs at a time go over the rows: their tables stay in the cache, and a store is done before its cell is read again. */
export function countReplicates(set: usize, start: i32, n: i32, weights: usize, table: usize): void {
  const composites = compositeCount(set);
  const pairs = (composites * (composites - 1)) >>> 1;
  let a = 0;
  let b = 1;
  let base = table;
  for (let pair = 0; pair < pairs; pair += 3) {
    const streams = min(3, pairs - pair);
    const firstA = a;
    const firstB = b;
    const firstBase = base;
    for (let from = 0; from < n; from += CHUNK) {
      const rows = min(CHUNK, n - from);
      a = firstA;
      b = firstB;
      base = firstBase;
      for (let k = 0; k < streams; k++) {
        pairAddresses(composite(set, a), composite(set, b), <usize>(start + from), rows, base, 5, stream(k));
        base += (levelsOf(composite(set, a)) * levelsOf(composite(set, b))) << 5;
        if (++b == composites) b = ++a + 1;
      }
      countStreams(streams, rows, weights + (<usize>from << 5));
    }
  }
}

/** wide (u32) += table (u16), which is cleared. */
export function widenCounts(table: usize, cells: i32, wide: usize): void {
  for (let at: usize = 0; at < <usize>cells << 5; at += 16) {
    const v = v128.load(table + at);
    if (!v128.any_true(v)) continue;
    const to = wide + (at << 1);
    v128.store(to, i32x4.add(v128.load(to), i32x4.extend_low_i16x8_u(v)));
    v128.store(to, i32x4.add(v128.load(to, 16), i32x4.extend_high_i16x8_u(v)), 16);
    v128.store(table + at, i32x4.splat(0));
  }
}
