// Polynomials with their coefficients in memory, lowest power first, as an even and an odd half: two short chains instead of a long one.

// @ts-ignore: decorator
@inline
function step(acc: v128, x: v128, address: usize): v128 {
  return f64x2.add(f64x2.mul(acc, x), v128.load_splat<u64>(address));
}

/** Degree 7. */
// @ts-ignore: decorator
@inline
export function polynomial7(x: v128, c: usize): v128 {
  const z = f64x2.mul(x, x);
  let even = v128.load_splat<u64>(c + 48);
  let odd = v128.load_splat<u64>(c + 56);
  even = step(even, z, c + 32);
  odd = step(odd, z, c + 40);
  even = step(even, z, c + 16);
  odd = step(odd, z, c + 24);
  even = step(even, z, c);
  odd = step(odd, z, c + 8);
  return f64x2.add(even, f64x2.mul(odd, x));
}

/** Degree 10. */
// @ts-ignore: decorator
@inline
export function polynomial10(x: v128, c: usize): v128 {
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
export function polynomial11(x: v128, c: usize): v128 {
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

/** Degree 24. */
// @ts-ignore: decorator
@inline
export function polynomial24(x: v128, c: usize): v128 {
  const z = f64x2.mul(x, x);
  let even = v128.load_splat<u64>(c + 192);
  let odd = v128.load_splat<u64>(c + 184);
  even = step(even, z, c + 176);
  odd = step(odd, z, c + 168);
  even = step(even, z, c + 160);
  odd = step(odd, z, c + 152);
  even = step(even, z, c + 144);
  odd = step(odd, z, c + 136);
  even = step(even, z, c + 128);
  odd = step(odd, z, c + 120);
  even = step(even, z, c + 112);
  odd = step(odd, z, c + 104);
  even = step(even, z, c + 96);
  odd = step(odd, z, c + 88);
  even = step(even, z, c + 80);
  odd = step(odd, z, c + 72);
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
