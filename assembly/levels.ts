import { CHUNK, composite, compositeCount, levelAddresses, levelOffsetOf, S0, S1, S2, S3, stream, STREAMS } from './composites';
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
function at(address: usize): f64 {
  return load<f64>(<usize>load<u32>(address));
}

/** eta[i] += the cells of the first `streams` streams, in their order. */
function gather(streams: i32, n: i32, eta: usize): void {
  const end = <usize>n << 2;
  let i: usize = 0;
  if (streams == 4) {
    for (; i < end; i += 4) store<f64>(eta + (i << 1), load<f64>(eta + (i << 1)) + at(S0 + i) + at(S1 + i) + at(S2 + i) + at(S3 + i));
  } else if (streams == 3) {
    for (; i < end; i += 4) store<f64>(eta + (i << 1), load<f64>(eta + (i << 1)) + at(S0 + i) + at(S1 + i) + at(S2 + i));
  } else if (streams == 2) {
    for (; i < end; i += 4) store<f64>(eta + (i << 1), load<f64>(eta + (i << 1)) + at(S0 + i) + at(S1 + i));
  } else {
    for (; i < end; i += 4) store<f64>(eta + (i << 1), load<f64>(eta + (i << 1)) + at(S0 + i));
  }
}

export function linearPredictor(set: usize, start: i32, n: i32, constant: f64, tables: usize, eta: usize): void {
  const composites = compositeCount(set);
  for (let i: usize = 0; i < <usize>n << 3; i += 8) store<f64>(eta + i, constant);
  for (let from = 0; from < n; from += CHUNK) {
    const rows = min(CHUNK, n - from);
    for (let a = 0; a < composites; a += STREAMS) {
      const streams = min(STREAMS, composites - a);
      for (let k = 0; k < streams; k++) {
        const column = composite(set, a + k);
        levelAddresses(column, <usize>start + from, rows, tables + (levelOffsetOf(column) << 3), 3, stream(k));
      }
      gather(streams, rows, eta + (<usize>from << 3));
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
