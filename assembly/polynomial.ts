// Polynomials with their coefficients in memory, lowest power first. `polynomial…` by Estrin's scheme: neighbours are joined, then pairs of
// neighbours, so that the chain of dependent operations is short. `storePolynomials` as an even and an odd half by Horner's, at several
// points side by side: it needs fewer registers, and a coefficient is loaded once for all.

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
function step(acc: v128, x: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(acc, x), c);
}

// @ts-ignore: decorator
@inline
function put(even: v128, odd: v128, x: v128, out: usize, scaled: bool): void {
  const value = f64x2.add(even, f64x2.mul(odd, x));
  v128.store(out, scaled ? i64x2.add(value, v128.load(out)) : value);
}

/**
 * The polynomial of `degree` at four pairs, to the 64 bytes at out; if `scaled`, what stands there is added to the bits of the value.
 * A loop, though a short one: unrolled, an engine would have more values under way than registers.
 */
// @ts-ignore: decorator
@inline
export function storePolynomials(x0: v128, x1: v128, x2: v128, x3: v128, c: usize, degree: usize, out: usize, scaled: bool): void {
  const z0 = f64x2.mul(x0, x0);
  const z1 = f64x2.mul(x1, x1);
  const z2 = f64x2.mul(x2, x2);
  const z3 = f64x2.mul(x3, x3);
  const last = (degree - 1) | 1;
  let k = v128.load_splat<u64>(c + (last << 3));
  let odd0 = k;
  let odd1 = k;
  let odd2 = k;
  let odd3 = k;
  k = v128.load_splat<u64>(c + ((last - 1) << 3));
  let even0 = k;
  let even1 = k;
  let even2 = k;
  let even3 = k;
  if (!(degree & 1)) {
    const first = v128.load_splat<u64>(c + (degree << 3));
    even0 = step(first, z0, k);
    even1 = step(first, z1, k);
    even2 = step(first, z2, k);
    even3 = step(first, z3, k);
  }
  for (let at = c + ((last - 3) << 3); at >= c; at -= 16) {
    k = v128.load_splat<u64>(at, 8);
    odd0 = step(odd0, z0, k);
    odd1 = step(odd1, z1, k);
    odd2 = step(odd2, z2, k);
    odd3 = step(odd3, z3, k);
    k = v128.load_splat<u64>(at);
    even0 = step(even0, z0, k);
    even1 = step(even1, z1, k);
    even2 = step(even2, z2, k);
    even3 = step(even3, z3, k);
  }
  put(even0, odd0, x0, out, scaled);
  put(even1, odd1, x1, out + 16, scaled);
  put(even2, odd2, x2, out + 32, scaled);
  put(even3, odd3, x3, out + 48, scaled);
}
