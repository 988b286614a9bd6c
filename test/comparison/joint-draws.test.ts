import { beforeAll, describe, expect, it } from 'vitest';
import { covarianceRoot, jointDraws } from '../../src/comparison/joint-draws.ts';
import { usableEstimates } from '../../src/comparison/joint-estimates.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { fixture, independent, joint, largestDifference, num, openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

const given = fixture('joint');
const covariance = Float64Array.from(given.flatMap((row) => given.map((_, j) => num(row, `V${j + 1}`))));

function squared(root: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    let sum = 0;
    for (let m = 0; m < k; m++) sum += root[i * k + m]! * root[j * k + m]!;
    return sum;
  });
}

describe('the root of a covariance', () => {
  it('squares to it', () => {
    expect(largestDifference(squared(covarianceRoot(covariance, 6, math.factorize), 6), covariance)).toBeLessThan(1e-13);
  });

  it('squares to it where units are sums of others', () => {
    // Three units, their sum in the middle, and the first again at the end.
    const map = [[1, 0, 0], [0, 1, 0], [1, 1, 1], [0, 0, 1], [1, 0, 0]];
    const singular = Float64Array.from(map.flatMap((a) => map.map((b) => a.reduce((sum, x, i) => sum + b.reduce((inner, y, j) => inner + x * y * covariance[i * 6 + j]!, 0), 0))));
    expect(largestDifference(squared(covarianceRoot(singular, 5, math.factorize), 5), singular)).toBeLessThan(1e-12);
  });

  it('is refused to what is no covariance', () => {
    expect(() => covarianceRoot(Float64Array.of(1, 2, 2, 1), 2, math.factorize)).toThrow(expect.objectContaining({ kind: 'internal' }));
  });
});

describe('draws', () => {
  it('have the covariance they are drawn from', () => {
    const estimates = joint([0, 0, 0, 0, 0, 0], (i, j) => covariance[i * 6 + j]!);
    const draw = jointDraws(estimates, 3, math);
    const sums = new Float64Array(36);
    for (let k = 0; k < 20_000; k++) {
      const d = draw(k);
      for (let at = 0; at < 36; at++) sums[at]! += d[Math.floor(at / 6)]! * d[at % 6]!;
    }
    for (let at = 0; at < 36; at++) {
      const [i, j] = [Math.floor(at / 6), at % 6];
      const deviation = Math.sqrt((covariance[i * 6 + i]! * covariance[j * 6 + j]! + covariance[at]! ** 2) / 20_000);
      expect(Math.abs(sums[at]! / 20_000 - covariance[at]!)).toBeLessThan(4.5 * deviation);
    }
  });

  it('are a function of seed and number, and differ between seeds above 2³²', () => {
    const draw = (seed: number, k: number): Float64Array => math.normals(seed).draw(k, 5);
    const later = draw(9, 1000);
    expect(draw(9, 0)).not.toEqual(later);
    expect(draw(9, 1000)).toEqual(later);
    expect(draw(9 + 2 ** 32, 1000)).not.toEqual(later);
    expect(math.normals(9).draw(1000, 3)).toEqual(later.subarray(0, 3));
  });
});

it('estimates whose parts do not fit are refused', () => {
  const good = joint([1, 2], (i, j) => (i === j ? 4 : 1));
  expect(() => usableEstimates({ ...good, standardError: Float64Array.of(2) })).toThrow(expect.objectContaining({ kind: 'internal' }));
  expect(() => usableEstimates({ ...good, standardError: Float64Array.of(2, 1) })).toThrow(/variance of u2 is 4/);
  const part = usableEstimates({ ...good, estimate: Float64Array.of(NaN, 2) });
  expect(part.estimates).toEqual({ ...independent([2], [2]), labels: ['u2'], covariance: Float64Array.of(4) });
});
