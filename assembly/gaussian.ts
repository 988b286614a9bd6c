import { both } from './exponential';
import { powerOf, toFixed } from './fixed';

export function gaussianRows(eta: usize, y: usize, n: i32, shift: i32, r: usize): void {
  const factor = both(powerOf(shift));
  let i = 0;
  for (; i < n - 1; i += 2) {
    const at = <usize>i << 3;
    const residual = f64x2.sub(v128.load(y + at), v128.load(eta + at));
    v128.store(r + at, toFixed(residual, factor, f64x2.eq(residual, residual)));
  }
  if (i < n) {
    const at = <usize>i << 3;
    const residual = f64x2.sub(v128.load_splat<u64>(y + at), v128.load_splat<u64>(eta + at));
    v128.store_lane<u64>(r + at, toFixed(residual, factor, f64x2.eq(residual, residual)), 0);
  }
}

/** y is f32 (width 4) or f64 (width 8). */
export function gaussianResidual(eta: usize, y: usize, width: i32, n: i32, r: usize): void {
  const end = <usize>n << 3;
  if (width == 4) for (let i: usize = 0; i < end; i += 8) store<f64>(r + i, <f64>load<f32>(y + (i >> 1)) - load<f64>(eta + i));
  else for (let i: usize = 0; i < end; i += 8) store<f64>(r + i, load<f64>(y + i) - load<f64>(eta + i));
}

/** Weights of the heteroskedasticity-robust meat: w = s². */
export function hc0Rows(s: usize, n: i32, shift: i32, w: usize): void {
  const factor = both(powerOf(shift));
  let i = 0;
  for (; i < n - 1; i += 2) {
    const v = v128.load(s + (<usize>i << 3));
    v128.store(w + (<usize>i << 3), toFixed(f64x2.mul(v, v), factor, f64x2.eq(v, v)));
  }
  if (i < n) {
    const v = v128.load_splat<u64>(s + (<usize>i << 3));
    v128.store_lane<u64>(w + (<usize>i << 3), toFixed(f64x2.mul(v, v), factor, f64x2.eq(v, v)), 0);
  }
}
