import { S0, S1, S2, S3 } from './composites';

// Adds into up to four tables at once through the address streams, so that a common level does not wait for its own last store.

// @ts-ignore: decorator
@inline
function count(address: usize): void {
  const cell = <usize>load<u32>(address);
  store<u32>(cell, load<u32>(cell) + 1);
}

/** Cells += 1 along the first `streams` streams. */
export function countStreams(streams: i32, n: i32): void {
  const end = <usize>n << 2;
  let i: usize = 0;
  if (streams == 4) {
    for (; i < end; i += 4) {
      count(S0 + i);
      count(S1 + i);
      count(S2 + i);
      count(S3 + i);
    }
  } else if (streams == 3) {
    for (; i < end; i += 4) {
      count(S0 + i);
      count(S1 + i);
      count(S2 + i);
    }
  } else if (streams == 2) {
    for (; i < end; i += 4) {
      count(S0 + i);
      count(S1 + i);
    }
  } else {
    for (; i < end; i += 4) count(S0 + i);
  }
}

// @ts-ignore: decorator
@inline
function add(address: usize, v: i64): void {
  const cell = <usize>load<u32>(address);
  store<i64>(cell, load<i64>(cell) + v);
}

/** Cells += v[i], i64, along the first `streams` streams. */
export function addStreams(streams: i32, n: i32, v: usize): void {
  const end = <usize>n << 2;
  let i: usize = 0;
  if (streams == 4) {
    for (; i < end; i += 4) {
      const value = load<i64>(v + (i << 1));
      add(S0 + i, value);
      add(S1 + i, value);
      add(S2 + i, value);
      add(S3 + i, value);
    }
  } else if (streams == 3) {
    for (; i < end; i += 4) {
      const value = load<i64>(v + (i << 1));
      add(S0 + i, value);
      add(S1 + i, value);
      add(S2 + i, value);
    }
  } else if (streams == 2) {
    for (; i < end; i += 4) {
      const value = load<i64>(v + (i << 1));
      add(S0 + i, value);
      add(S1 + i, value);
    }
  } else {
    for (; i < end; i += 4) add(S0 + i, load<i64>(v + (i << 1)));
  }
}
