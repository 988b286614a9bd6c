/** Σ x[k] y[k], k < n, in four fixed partial sums. */
function dot(x: usize, y: usize, n: i32, from: i32 = 0): f64 {
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  let i = from & ~3;
  for (; i < n - 3; i += 4) {
    const at = <usize>i << 3;
    first = f64x2.add(first, f64x2.mul(v128.load(x + at), v128.load(y + at)));
    second = f64x2.add(second, f64x2.mul(v128.load(x + at, 16), v128.load(y + at, 16)));
  }
  const sums = f64x2.add(first, second);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; i < n; i++) sum += load<f64>(x + (<usize>i << 3)) * load<f64>(y + (<usize>i << 3));
  return sum;
}

/**
 * Cholesky factor in place, row by row, columns in their order. A dropped column leaves zeros in L, so that the sums of later ones
 * pass over it; the upper triangle is cleared.
 */
export function cholesky(a: usize, p: i32, tolerance: f64, status: usize): i32 {
  const width = <usize>p << 3;
  let rank = 0;
  for (let i = 0; i < p; i++) {
    const row = a + <usize>i * width;
    const diagonal = load<f64>(row + (<usize>i << 3));
    for (let j = 0; j < i; j++) {
      const at = row + (<usize>j << 3);
      const other = a + <usize>j * width;
      const pivot = load<f64>(other + (<usize>j << 3));
      store<f64>(at, load<u8>(status + j) ? (load<f64>(at) - dot(row, other, j)) / pivot : 0);
    }
    const left = diagonal - dot(row, row, i);
    const kept = diagonal > 0 && left > tolerance * diagonal;
    store<u8>(status + i, kept ? 1 : 0);
    if (kept) {
      store<f64>(row + (<usize>i << 3), sqrt(left));
      rank++;
    } else {
      memory.fill(row, 0, (<usize>i + 1) << 3);
    }
    memory.fill(row + ((<usize>i + 1) << 3), 0, <usize>(p - i - 1) << 3);
  }
  return rank;
}

export function choleskySolve(l: usize, p: i32, status: usize, b: usize): void {
  solveFrom(l, p, status, b, 0);
}

/** The same where b is 0 before `from`: what is left out would add zeros. */
function solveFrom(l: usize, p: i32, status: usize, b: usize, from: i32): void {
  const width = <usize>p << 3;
  for (let i = from; i < p; i++) {
    const row = l + <usize>i * width;
    const at = b + (<usize>i << 3);
    store<f64>(at, load<u8>(status + i) ? (load<f64>(at) - dot(row, b, i, from)) / load<f64>(row + (<usize>i << 3)) : 0);
  }
  for (let i = p - 1; i >= 0; i--) {
    if (!load<u8>(status + i)) continue;
    const row = l + <usize>i * width;
    const value = load<f64>(b + (<usize>i << 3)) / load<f64>(row + (<usize>i << 3));
    store<f64>(b + (<usize>i << 3), value);
    const values = f64x2.splat(value);
    const end = <usize>i << 3;
    let k: usize = 0;
    for (; k + 16 <= end; k += 16) v128.store(b + k, f64x2.sub(v128.load(b + k), f64x2.mul(v128.load(row + k), values)));
    if (k < end) store<f64>(b + k, load<f64>(b + k) - load<f64>(row + k) * value);
  }
}

/** Solves for every kept unit vector, and takes the mean of the two triangles. */
export function choleskyInverse(l: usize, p: i32, status: usize, out: usize): void {
  const width = <usize>p << 3;
  memory.fill(out, 0, <usize>p * width);
  for (let i = 0; i < p; i++) {
    if (!load<u8>(status + i)) continue;
    const row = out + <usize>i * width;
    store<f64>(row + (<usize>i << 3), 1);
    solveFrom(l, p, status, row, i);
  }
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      const one = out + <usize>i * width + (<usize>j << 3);
      const two = out + <usize>j * width + (<usize>i << 3);
      const mean = 0.5 * (load<f64>(one) + load<f64>(two));
      store<f64>(one, mean);
      store<f64>(two, mean);
    }
  }
}
