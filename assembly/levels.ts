import { CHUNK, composite, compositeCount, levelAddresses, levelOffsetOf, S0, S1, S2, S3, S4, S5, S6, S7, stream, STREAMS } from './composites';
import { addStreams } from './scatter';

export function sumLevels(set: usize, start: i32, n: i32, v: usize, table: usize): void {
  const composites = compositeCount(set);
  for (let from = 0; from < n; from += CHUNK) {
    const rows = min(CHUNK, n - from);
    for (let a = 0; a < composites; a += STREAMS) {
      const streams = min(STREAMS, composites - a);
      for (let k = 0; k < streams; k++) {
        const column = composite(set, a + k);
        levelAddresses(column, <usize>start + from, rows, table + (levelOffsetOf(column) << 3), 3, stream(k));
      }
      addStreams(streams, rows, v + (<usize>from << 3));
    }
  }
}

// @ts-ignore: decorator
@inline
function cellAt(address: u32): f64 {
  return load<f64>(<usize>address);
}

/** Begins with `constant` where these are the first streams, else with what stands in eta. */
// @ts-ignore: decorator
@inline
function gatherRow(streams: i32, at: usize, first: bool, constant: f64, eta: usize): void {
  let value = (first ? constant : load<f64>(eta + (at << 1))) + cellAt(load<u32>(at, S0));
  if (streams > 1) value += cellAt(load<u32>(at, S1));
  if (streams > 2) value += cellAt(load<u32>(at, S2));
  if (streams > 3) value += cellAt(load<u32>(at, S3));
  if (streams > 4) value += cellAt(load<u32>(at, S4));
  if (streams > 5) value += cellAt(load<u32>(at, S5));
  if (streams > 6) value += cellAt(load<u32>(at, S6));
  if (streams > 7) value += cellAt(load<u32>(at, S7));
  store<f64>(eta + (at << 1), value);
}

// @ts-ignore: decorator
@inline
function gatherRows(streams: i32, n: i32, first: bool, constant: f64, eta: usize): void {
  const pairs = <usize>(n & ~1) << 2;
  for (let at: usize = 0; at < pairs; at += 8) {
    gatherRow(streams, at, first, constant, eta);
    gatherRow(streams, at + 4, first, constant, eta);
  }
  if (n & 1) gatherRow(streams, pairs, first, constant, eta);
}

// @ts-ignore: decorator
@inline
function gather(streams: i32, n: i32, first: bool, constant: f64, eta: usize): void {
  if (streams == 8) gatherRows(8, n, first, constant, eta);
  else if (streams == 7) gatherRows(7, n, first, constant, eta);
  else if (streams == 6) gatherRows(6, n, first, constant, eta);
  else if (streams == 5) gatherRows(5, n, first, constant, eta);
  else if (streams == 4) gatherRows(4, n, first, constant, eta);
  else if (streams == 3) gatherRows(3, n, first, constant, eta);
  else if (streams == 2) gatherRows(2, n, first, constant, eta);
  else gatherRows(1, n, first, constant, eta);
}

/** eta[i] = constant + the cells of the first `streams` streams, in their order. */
function gatherFirst(streams: i32, n: i32, constant: f64, eta: usize): void {
  gather(streams, n, true, constant, eta);
}

/** eta[i] += the cells of the first `streams` streams. */
function gatherMore(streams: i32, n: i32, eta: usize): void {
  gather(streams, n, false, 0, eta);
}

function fill(eta: usize, n: i32, constant: f64): void {
  for (let i = 0; i < n; i++) store<f64>(eta + (<usize>i << 3), constant);
}

export function linearPredictor(set: usize, start: i32, n: i32, constant: f64, tables: usize, eta: usize): void {
  const composites = compositeCount(set);
  if (composites == 0) fill(eta, n, constant);
  for (let from = 0; from < n; from += CHUNK) {
    const rows = min(CHUNK, n - from);
    const out = eta + (<usize>from << 3);
    for (let a = 0; a < composites; a += STREAMS) {
      const streams = min(STREAMS, composites - a);
      for (let k = 0; k < streams; k++) {
        const column = composite(set, a + k);
        levelAddresses(column, <usize>start + from, rows, tables + (levelOffsetOf(column) << 3), 3, stream(k));
      }
      if (a == 0) gatherFirst(streams, rows, constant, out);
      else gatherMore(streams, rows, out);
    }
  }
}

export function addDense(x: usize, start: i32, n: i32, beta: f64, eta: usize): void {
  const column = x + (<usize>start << 3);
  const factor = f64x2.splat(beta);
  let i = 0;
  for (; i < n - 1; i += 2) {
    const at = <usize>i << 3;
    v128.store(eta + at, f64x2.add(v128.load(eta + at), f64x2.mul(factor, v128.load(column + at))));
  }
  if (i < n) store<f64>(eta + (<usize>i << 3), load<f64>(eta + (<usize>i << 3)) + beta * load<f64>(column + (<usize>i << 3)));
}
