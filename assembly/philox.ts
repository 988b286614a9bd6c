// Philox4x32-10: Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. Four counters at a time.

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Words of the four blocks, one vector per word. */
export let x0: v128 = i32x4.splat(0);
export let x1: v128 = i32x4.splat(0);
export let x2: v128 = i32x4.splat(0);
export let x3: v128 = i32x4.splat(0);

// @ts-ignore: decorator
@inline
function lowWords(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 1, 3, 5, 7);
}

function fourBlocks(key0: u32, key1: u32): void {
  let a = x0;
  let b = x1;
  let c = x2;
  let d = x3;
  let k0 = key0;
  let k1 = key1;
  const m0 = i32x4.splat(M0);
  const m1 = i32x4.splat(M1);
  for (let round = 0; round < 10; round++) {
    const p = i64x2.extmul_low_i32x4_u(a, m0);
    const q = i64x2.extmul_high_i32x4_u(a, m0);
    const r = i64x2.extmul_low_i32x4_u(c, m1);
    const s = i64x2.extmul_high_i32x4_u(c, m1);
    a = v128.xor(v128.xor(highWords(r, s), b), i32x4.splat(k0));
    b = lowWords(r, s);
    c = v128.xor(v128.xor(highWords(p, q), d), i32x4.splat(k1));
    d = lowWords(p, q);
    k0 += W0;
    k1 += W1;
  }
  x0 = a;
  x1 = b;
  x2 = c;
  x3 = d;
}

// @ts-ignore: decorator
@inline
function start(c0: u32, c1: u32, c2: u32, c3: u32): void {
  x0 = i32x4.add(i32x4.splat(c0), i32x4(0, 1, 2, 3));
  x1 = i32x4.splat(c1);
  x2 = i32x4.splat(c2);
  x3 = i32x4.splat(c3);
}

/** Words of the blocks c0 … c0 + 3 into x0 … x3. */
export function sixteenWords(key0: u32, key1: u32, c0: u32, c1: u32, c2: u32, c3: u32): void {
  start(c0, c1, c2, c3);
  fourBlocks(key0, key1);
}

/** Stores the first `bytes` of 64 at `out`; `scratch` holds 64. */
// @ts-ignore: decorator
@inline
function put(a: v128, b: v128, c: v128, d: v128, out: usize, bytes: usize): void {
  if (bytes >= 64) {
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    return;
  }
  v128.store(SCRATCH, a);
  v128.store(SCRATCH, b, 16);
  v128.store(SCRATCH, c, 32);
  v128.store(SCRATCH, d, 48);
  memory.copy(out, SCRATCH, bytes);
}

const SCRATCH: usize = memory.data(64, 16);

/** Words of `n` blocks, four u32 each; block j has the counter (c0 + j mod 2^32, c1, c2, c3). */
export function philoxWords(key0: u32, key1: u32, c0: u32, c1: u32, c2: u32, c3: u32, n: i32, out: usize): void {
  for (let j = 0; j < n; j += 4) {
    start(c0 + j, c1, c2, c3);
    fourBlocks(key0, key1);
    const a = v128.shuffle<u32>(x0, x1, 0, 4, 1, 5);
    const b = v128.shuffle<u32>(x2, x3, 0, 4, 1, 5);
    const c = v128.shuffle<u32>(x0, x1, 2, 6, 3, 7);
    const d = v128.shuffle<u32>(x2, x3, 2, 6, 3, 7);
    put(
      v128.shuffle<u64>(a, b, 0, 2), v128.shuffle<u64>(a, b, 1, 3), v128.shuffle<u64>(c, d, 0, 2), v128.shuffle<u64>(c, d, 1, 3),
      out + (<usize>j << 4), <usize>min(4, n - j) << 4,
    );
  }
}

/** (the upper 52 bits + 1/2) / 2^52, in (0, 1) and exact. */
// @ts-ignore: decorator
@inline
function unit(words: v128): v128 {
  const bits = v128.or(i64x2.shr_u(words, 12), i64x2.splat(0x3ff0000000000000));
  return f64x2.sub(bits, f64x2.splat(1 - 1.1102230246251565e-16));
}

/** n doubles: 2j and 2j + 1 are words (0, 1) and (2, 3), low word first, of the block with counter (c0 + j mod 2^32, c1, c2, c3). */
export function uniforms(key0: u32, key1: u32, c0: u32, c1: u32, c2: u32, c3: u32, n: i32, out: usize): void {
  for (let i = 0; i < n; i += 8) {
    start(c0 + (i >>> 1), c1, c2, c3);
    fourBlocks(key0, key1);
    const a = v128.shuffle<u32>(x0, x1, 0, 4, 1, 5);
    const b = v128.shuffle<u32>(x2, x3, 0, 4, 1, 5);
    const c = v128.shuffle<u32>(x0, x1, 2, 6, 3, 7);
    const d = v128.shuffle<u32>(x2, x3, 2, 6, 3, 7);
    put(
      unit(v128.shuffle<u64>(a, b, 0, 2)), unit(v128.shuffle<u64>(a, b, 1, 3)), unit(v128.shuffle<u64>(c, d, 0, 2)),
      unit(v128.shuffle<u64>(c, d, 1, 3)), out + (<usize>i << 3), <usize>min(8, n - i) << 3,
    );
  }
}
