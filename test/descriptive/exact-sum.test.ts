import { describe, expect, it } from 'vitest';
import { addLimbs, carryLimbs, largestAddend, limbsPerSum, sumOfLimbs, unitBits } from '../../src/descriptive/exact-sum.ts';
import { draws } from '../support/table-file.ts';

/** The double as whole units of 2^-64, cut towards zero: a calculation in integers alone. */
function inUnits(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const mantissa = (bits & ((1n << 52n) - 1n)) | (exponent === 0 ? 0n : 1n << 52n);
  const shift = BigInt(Math.max(exponent, 1) - 1075 + unitBits);
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return x < 0 ? -size : size;
}

const next = draws(3);
const values = Array.from({ length: 4000 }, (_, i) => (next() - 0.4) * 2 ** Math.floor(next() * 80 - 40) * (i % 7 === 0 ? 0 : 1))
  .concat([0.1, 0.2, -0.3, 1 / 3, 1e11, -1e11, 65535, -65535, 4294967296, 5e-324, -5e-324, 2 ** -64, largestAddend, -largestAddend]);

function exactSum(addends: readonly number[], carryEvery: number): bigint {
  const limbs = new Float64Array(3 * limbsPerSum);
  addends.forEach((x, i) => {
    addLimbs(limbs, limbsPerSum, x);
    if (i % carryEvery === 0) carryLimbs(limbs, 3);
  });
  expect([...limbs.subarray(0, limbsPerSum)]).toEqual([0, 0, 0, 0, 0]);
  return sumOfLimbs(limbs, limbsPerSum);
}

describe('an exact sum', () => {
  it('is the sum in integers of 2^-64', () => {
    const squares = values.filter((x) => Math.abs(x) < 2 ** 40).map((x) => x * x);
    for (const addends of [values, squares, values.map((x) => -x)]) {
      expect(exactSum(addends, 13)).toBe(addends.reduce((sum, x) => sum + inUnits(x), 0n));
    }
  });

  it('is the same in any order, however often it is carried', () => {
    const first = exactSum(values, 1);
    expect(exactSum([...values].reverse(), 5000)).toBe(first);
    expect(exactSum([...values].sort((a, b) => a - b), 17)).toBe(first);
  });
});
