// The descriptor that src/kernels/composite-set.ts writes: C, level cells, two unused words, then four u32 words a composite.

/** Rows whose table addresses are computed at a time, and tables that are gone over together. */
export const CHUNK: i32 = 512;
export const STREAMS: i32 = 8;
const STREAM_BYTES: usize = 2048;

/**
 * u32 addresses of the cells that CHUNK rows fall into: STREAMS arrays, one table each. They are read as load(at, S0), not load(S0 + at):
 * a constant offset of a load costs nothing, a sum of 32 bits an operation.
 */
export const S0: usize = memory.data(16384, 16);
export const S1: usize = S0 + STREAM_BYTES;
export const S2: usize = S1 + STREAM_BYTES;
export const S3: usize = S2 + STREAM_BYTES;
export const S4: usize = S3 + STREAM_BYTES;
export const S5: usize = S4 + STREAM_BYTES;
export const S6: usize = S5 + STREAM_BYTES;
export const S7: usize = S6 + STREAM_BYTES;

// @ts-ignore: decorator
@inline
export function stream(k: i32): usize {
  return S0 + <usize>k * STREAM_BYTES;
}

// @ts-ignore: decorator
@inline
export function compositeCount(set: usize): i32 {
  return load<i32>(set);
}

// @ts-ignore: decorator
@inline
export function levelCells(set: usize): usize {
  return load<u32>(set, 4);
}

// @ts-ignore: decorator
@inline
export function composite(set: usize, a: i32): usize {
  return set + 16 + (<usize>a << 4);
}

// @ts-ignore: decorator
@inline
export function codesOf(column: usize): usize {
  return load<u32>(column);
}

// @ts-ignore: decorator
@inline
export function levelsOf(column: usize): usize {
  return load<u32>(column, 4);
}

// @ts-ignore: decorator
@inline
export function widthOf(column: usize): i32 {
  return load<i32>(column, 8);
}

// @ts-ignore: decorator
@inline
export function levelOffsetOf(column: usize): usize {
  return load<u32>(column, 12);
}

// @ts-ignore: decorator
@inline
export function codeAt(column: usize, row: usize): usize {
  return widthOf(column) == 1 ? <usize>load<u8>(codesOf(column) + row) : <usize>load<u16>(codesOf(column) + (row << 1));
}

// @ts-ignore: decorator
@inline
function storeAddresses(index: v128, base: v128, shift: i32, out: usize): void {
  v128.store(out, i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_u(index), shift), base));
  v128.store(out, i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_u(index), shift), base), 16);
}

/** out[i] = base + (code << shift), u32, of rows row … row + n − 1. */
export function levelAddresses(column: usize, row: usize, n: i32, base: usize, shift: i32, out: usize): void {
  const bases = i32x4.splat(<i32>base);
  let i = 0;
  if (widthOf(column) == 1) {
    const codes = codesOf(column) + row;
    for (; i < n - 15; i += 16) {
      const sixteen = v128.load(codes + i);
      const at = out + (<usize>i << 2);
      const low = i16x8.shl(i16x8.extend_low_i8x16_u(sixteen), shift);
      const high = i16x8.shl(i16x8.extend_high_i8x16_u(sixteen), shift);
      v128.store(at, i32x4.add(i32x4.extend_low_i16x8_u(low), bases));
      v128.store(at, i32x4.add(i32x4.extend_high_i16x8_u(low), bases), 16);
      v128.store(at, i32x4.add(i32x4.extend_low_i16x8_u(high), bases), 32);
      v128.store(at, i32x4.add(i32x4.extend_high_i16x8_u(high), bases), 48);
    }
  } else {
    const codes = codesOf(column) + (row << 1);
    for (; i < n - 7; i += 8) storeAddresses(v128.load(codes + (<usize>i << 1)), bases, shift, out + (<usize>i << 2));
  }
  for (; i < n; i++) store<u32>(out + (<usize>i << 2), <u32>(base + (codeAt(column, row + i) << shift)));
}

/** out[i] = base + ((first code · second levels + second code) << shift), u32. */
export function pairAddresses(first: usize, second: usize, row: usize, n: i32, base: usize, shift: i32, out: usize): void {
  const levels = levelsOf(second);
  let i = 0;
  if (widthOf(first) == 1 && widthOf(second) == 1) {
    const bases = i32x4.splat(<i32>base);
    const rows = i16x8.splat(<i16>levels);
    const a = codesOf(first) + row;
    const b = codesOf(second) + row;
    for (; i < n - 7; i += 8) {
      const index = i16x8.add(i16x8.mul(v128.load_ext<u8>(a + i), rows), v128.load_ext<u8>(b + i));
      storeAddresses(index, bases, shift, out + (<usize>i << 2));
    }
  }
  for (; i < n; i++) {
    const index = codeAt(first, row + i) * levels + codeAt(second, row + i);
    store<u32>(out + (<usize>i << 2), <u32>(base + (index << shift)));
  }
}
