/**
 * Student's t: the value that is exceeded in size with this probability, for two or more degrees of freedom. Hill (1970), Algorithm 396,
 * Communications of the ACM 13; to about six digits, which is more than a chart shows.
 *
 * @param normal the same of the normal distribution
 */
export function studentQuantile(freedom: number, probability: number, normal: number): number {
  const a = 1 / (freedom - 0.5);
  const b = (48 / a) * (1 / a);
  const squared = a * a;
  let c = ((20700 * squared * a) / b - 98) * squared - 16 * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom;
  let y = Math.pow(d * probability, 2 / freedom);
  if (y > 0.05 + a) {
    const x = -normal;
    y = x * x;
    if (freedom < 5) c += 0.3 * (freedom - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = a * y * y;
    y = y > 0.002 ? Math.exp(y) - 1 : 0.5 * y * y + y;
  } else {
    y = ((1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3) + 0.5 / (freedom + 4)) * y - 1) * ((freedom + 1) / (freedom + 2)) + 1 / y;
  }
  return Math.sqrt(freedom * y);
}
