import { exponential } from './exponential';
import { logarithm } from './logarithm';
import { cdf, density, logCdf, mills } from './normal';

// out[i] = f(x[i]); two doubles a step, an odd last one in a lane of its own. out may be x.

export function normalCdf(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(out + (<usize>i << 3), cdf(v128.load(x + (<usize>i << 3))));
  if (i < n) v128.store_lane<u64>(out + (<usize>i << 3), cdf(v128.load_splat<u64>(x + (<usize>i << 3))), 0);
}

export function normalDensity(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(out + (<usize>i << 3), density(v128.load(x + (<usize>i << 3))));
  if (i < n) v128.store_lane<u64>(out + (<usize>i << 3), density(v128.load_splat<u64>(x + (<usize>i << 3))), 0);
}

export function normalLogCdf(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(out + (<usize>i << 3), logCdf(v128.load(x + (<usize>i << 3))));
  if (i < n) v128.store_lane<u64>(out + (<usize>i << 3), logCdf(v128.load_splat<u64>(x + (<usize>i << 3))), 0);
}

export function millsRatio(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(out + (<usize>i << 3), mills(v128.load(x + (<usize>i << 3))));
  if (i < n) v128.store_lane<u64>(out + (<usize>i << 3), mills(v128.load_splat<u64>(x + (<usize>i << 3))), 0);
}

export function exp(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(out + (<usize>i << 3), exponential(v128.load(x + (<usize>i << 3))));
  if (i < n) v128.store_lane<u64>(out + (<usize>i << 3), exponential(v128.load_splat<u64>(x + (<usize>i << 3))), 0);
}

export function log(x: usize, n: i32, out: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(out + (<usize>i << 3), logarithm(v128.load(x + (<usize>i << 3))));
  if (i < n) v128.store_lane<u64>(out + (<usize>i << 3), logarithm(v128.load_splat<u64>(x + (<usize>i << 3))), 0);
}
