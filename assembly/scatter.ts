import { S0, S1, S2, S3, S4, S5, S6, S7 } from './composites';

// Adds into several tables at once through the address streams, so that a common level does not wait for its own last store. Two rows
// a step: an engine looks for interrupts once a step.

// @ts-ignore: decorator
@inline
function count(address: u32): void {
  const cell = <usize>address;
  store<u32>(cell, load<u32>(cell) + 1);
}

// @ts-ignore: decorator
@inline
function countRow(streams: i32, at: usize): void {
  count(load<u32>(at, S0));
  if (streams > 1) count(load<u32>(at, S1));
  if (streams > 2) count(load<u32>(at, S2));
  if (streams > 3) count(load<u32>(at, S3));
  if (streams > 4) count(load<u32>(at, S4));
  if (streams > 5) count(load<u32>(at, S5));
  if (streams > 6) count(load<u32>(at, S6));
  if (streams > 7) count(load<u32>(at, S7));
}

// @ts-ignore: decorator
@inline
function countRows(streams: i32, n: i32): void {
  const pairs = <usize>(n & ~1) << 2;
  for (let at: usize = 0; at < pairs; at += 8) {
    countRow(streams, at);
    countRow(streams, at + 4);
  }
  if (n & 1) countRow(streams, pairs);
}

/** Cells += 1 along the first `streams` streams. */
export function countStreams(streams: i32, n: i32): void {
  if (streams == 8) countRows(8, n);
  else if (streams == 7) countRows(7, n);
  else if (streams == 6) countRows(6, n);
  else if (streams == 5) countRows(5, n);
  else if (streams == 4) countRows(4, n);
  else if (streams == 3) countRows(3, n);
  else if (streams == 2) countRows(2, n);
  else countRows(1, n);
}

// @ts-ignore: decorator
@inline
function add(address: u32, v: i64): void {
  const cell = <usize>address;
  store<i64>(cell, load<i64>(cell) + v);
}

// @ts-ignore: decorator
@inline
function addRow(streams: i32, at: usize, v: usize): void {
  const value = load<i64>(v + (at << 1));
  add(load<u32>(at, S0), value);
  if (streams > 1) add(load<u32>(at, S1), value);
  if (streams > 2) add(load<u32>(at, S2), value);
  if (streams > 3) add(load<u32>(at, S3), value);
  if (streams > 4) add(load<u32>(at, S4), value);
  if (streams > 5) add(load<u32>(at, S5), value);
  if (streams > 6) add(load<u32>(at, S6), value);
  if (streams > 7) add(load<u32>(at, S7), value);
}

// @ts-ignore: decorator
@inline
function addRows(streams: i32, n: i32, v: usize): void {
  const pairs = <usize>(n & ~1) << 2;
  for (let at: usize = 0; at < pairs; at += 8) {
    addRow(streams, at, v);
    addRow(streams, at + 4, v);
  }
  if (n & 1) addRow(streams, pairs, v);
}

/** Cells += v[i], i64, along the first `streams` streams. */
export function addStreams(streams: i32, n: i32, v: usize): void {
  if (streams == 8) addRows(8, n, v);
  else if (streams == 7) addRows(7, n, v);
  else if (streams == 6) addRows(6, n, v);
  else if (streams == 5) addRows(5, n, v);
  else if (streams == 4) addRows(4, n, v);
  else if (streams == 3) addRows(3, n, v);
  else if (streams == 2) addRows(2, n, v);
  else addRows(1, n, v);
}
