// Polynomials with their coefficients in memory, lowest power first. `polynomial…` by Estrin's scheme: neighbours are joined, then pairs of
// neighbours, so that the chain of dependent operations is short. `halves…` as an even and an odd half by Horner's: it needs fewer
// registers where two polynomials are computed side by side.

/** c[0] + c[1] x. */
// @ts-ignore: decorator
@inline
function pair(c: usize, x: v128): v128 {
  return f64x2.add(v128.load_splat<u64>(c), f64x2.mul(v128.load_splat<u64>(c + 8), x));
}

// @ts-ignore: decorator
@inline
function join(lower: v128, upper: v128, power: v128): v128 {
  return f64x2.add(lower, f64x2.mul(upper, power));
}

/** Degree 6. */
// @ts-ignore: decorator
@inline
export function polynomial6(x: v128, c: usize): v128 {
  const x2 = f64x2.mul(x, x);
  const a0 = pair(c, x);
  const a1 = pair(c + 16, x);
  const a2 = pair(c + 32, x);
  const b0 = join(a0, a1, x2);
  const b1 = join(a2, v128.load_splat<u64>(c + 48), x2);
  const x4 = f64x2.mul(x2, x2);
  return join(b0, b1, x4);
}

/** Degree 10. */
// @ts-ignore: decorator
@inline
export function polynomial10(x: v128, c: usize): v128 {
  const x2 = f64x2.mul(x, x);
  const a0 = pair(c, x);
  const a1 = pair(c + 16, x);
  const a2 = pair(c + 32, x);
  const a3 = pair(c + 48, x);
  const a4 = pair(c + 64, x);
  const b0 = join(a0, a1, x2);
  const b1 = join(a2, a3, x2);
  const b2 = join(a4, v128.load_splat<u64>(c + 80), x2);
  const x4 = f64x2.mul(x2, x2);
  const c0 = join(b0, b1, x4);
  const x8 = f64x2.mul(x4, x4);
  return join(c0, b2, x8);
}

/** Degree 24. */
// @ts-ignore: decorator
@inline
export function polynomial24(x: v128, c: usize): v128 {
  const x2 = f64x2.mul(x, x);
  const a0 = pair(c, x);
  const a1 = pair(c + 16, x);
  const a2 = pair(c + 32, x);
  const a3 = pair(c + 48, x);
  const a4 = pair(c + 64, x);
  const a5 = pair(c + 80, x);
  const a6 = pair(c + 96, x);
  const a7 = pair(c + 112, x);
  const a8 = pair(c + 128, x);
  const a9 = pair(c + 144, x);
  const a10 = pair(c + 160, x);
  const a11 = pair(c + 176, x);
  const b0 = join(a0, a1, x2);
  const b1 = join(a2, a3, x2);
  const b2 = join(a4, a5, x2);
  const b3 = join(a6, a7, x2);
  const b4 = join(a8, a9, x2);
  const b5 = join(a10, a11, x2);
  const x4 = f64x2.mul(x2, x2);
  const c0 = join(b0, b1, x4);
  const c1 = join(b2, b3, x4);
  const c2 = join(b4, b5, x4);
  const x8 = f64x2.mul(x4, x4);
  const d0 = join(c0, c1, x8);
  const d1 = join(c2, v128.load_splat<u64>(c + 192), x8);
  const x16 = f64x2.mul(x8, x8);
  return join(d0, d1, x16);
}

// @ts-ignore: decorator
@inline
function step(acc: v128, x: v128, c: usize): v128 {
  return f64x2.add(f64x2.mul(acc, x), v128.load_splat<u64>(c));
}

/** Degree 10. */
// @ts-ignore: decorator
@inline
export function halves10(x: v128, c: usize): v128 {
  const z = f64x2.mul(x, x);
  let even = v128.load_splat<u64>(c + 80);
  let odd = v128.load_splat<u64>(c + 72);
  even = step(even, z, c + 64);
  odd = step(odd, z, c + 56);
  even = step(even, z, c + 48);
  odd = step(odd, z, c + 40);
  even = step(even, z, c + 32);
  odd = step(odd, z, c + 24);
  even = step(even, z, c + 16);
  odd = step(odd, z, c + 8);
  even = step(even, z, c);
  return f64x2.add(even, f64x2.mul(odd, x));
}

/** Degree 11. */
// @ts-ignore: decorator
@inline
export function halves11(x: v128, c: usize): v128 {
  const z = f64x2.mul(x, x);
  let even = v128.load_splat<u64>(c + 80);
  let odd = v128.load_splat<u64>(c + 88);
  even = step(even, z, c + 64);
  odd = step(odd, z, c + 72);
  even = step(even, z, c + 48);
  odd = step(odd, z, c + 56);
  even = step(even, z, c + 32);
  odd = step(odd, z, c + 40);
  even = step(even, z, c + 16);
  odd = step(odd, z, c + 24);
  even = step(even, z, c);
  odd = step(odd, z, c + 8);
  return f64x2.add(even, f64x2.mul(odd, x));
}
