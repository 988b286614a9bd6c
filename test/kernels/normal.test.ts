import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { lengths, open, putF64 } from './open.ts';

type Name = 'normalCdf' | 'normalDensity' | 'normalLogCdf' | 'millsRatio' | 'normalQuantile' | 'exp' | 'log';

interface Value {
  readonly x: number;
  readonly nearest: number;
  /** What the exact value has beyond `nearest`, in units in its last place. */
  readonly rest: number;
}

const text = readFileSync(new URL('../fixtures/normal/values.csv', import.meta.url), 'utf8');
const values = new Map<string, Value[]>();
for (const line of text.trim().split('\n').slice(1)) {
  const [name, x, nearest, rest] = line.split(',') as [string, string, string, string];
  values.set(name, [...(values.get(name) ?? []), { x: Number(x), nearest: Number(nearest), rest: Number(rest) }]);
}

function apply(kernels: Kernels, name: Name, xs: readonly number[]): Float64Array {
  const at = putF64(kernels, xs);
  kernels[name](at, xs.length, at);
  return kernels.arena.f64(at, xs.length).slice();
}

const unit = (v: number) => Math.max(2 ** (Math.floor(Math.log2(Math.abs(v))) - 52), 2 ** -1074);
const isNormal = (v: number) => Math.abs(v) >= 2 ** -1022;

// The bar is 4 units for the normal distribution; what is measured is held here, so that a loss of digits shows.
const bounds: Readonly<Record<Name, number>> = {
  normalCdf: 1.5, normalDensity: 1, normalLogCdf: 2, millsRatio: 1.5, normalQuantile: 10, exp: 1, log: 1,
};

describe.each(Object.entries(bounds) as [Name, number][])('%s', (name, bound) => {
  test(`is within ${bound} units in the last place, one subnormal step where it is subnormal`, async () => {
    const kernels = await open();
    const cases = values.get(name)!;
    const got = apply(kernels, name, cases.map(({ x }) => x));
    const faults = cases.flatMap(({ x, nearest, rest }, i) => {
      const error = nearest === 0 ? Math.abs(got[i]! / 2 ** -1074 - rest) : Math.abs((got[i]! - nearest) / unit(nearest) - rest);
      return error <= (isNormal(nearest) || nearest === 0 ? bound : 1) ? [] : [{ x, got: got[i], nearest, error }];
    });
    expect(cases.length).toBeGreaterThan(90);
    expect(faults).toEqual([]);
  });

  test('does not depend on where in the array a value stands, nor on the length', async () => {
    const kernels = await open();
    const cases = values.get(name)!;
    for (const n of lengths) {
      const xs = Array.from({ length: n }, (_, i) => cases[(7 * i) % cases.length]!.x);
      const got = apply(kernels, name, xs);
      for (let i = 0; i < n; i += Math.max(1, Math.floor(n / 50))) expect(got[i]).toBe(apply(kernels, name, [xs[i]!])[0]);
      if (n > 0) expect(got[n - 1]).toBe(apply(kernels, name, [xs[n - 1]!])[0]);
    }
  });
});

test.each<[Name, readonly number[], readonly number[]]>([
  ['normalCdf', [-Infinity, -1e300, -40, 40, 1e300, Infinity, NaN], [0, 0, 0, 1, 1, 1, NaN]],
  ['normalDensity', [-Infinity, -1e300, 1e300, Infinity, NaN], [0, 0, 0, 0, NaN]],
  ['normalLogCdf', [-Infinity, -1e200, 1e300, Infinity, NaN], [-Infinity, -Infinity, 0, 0, NaN]],
  ['millsRatio', [-Infinity, -40, 1e300, NaN], [Infinity, Infinity, 1e-300, NaN]],
  ['normalQuantile', [0, 1, 0.5, -0.1, 1.1, NaN], [-Infinity, Infinity, 0, NaN, NaN, NaN]],
  ['exp', [-Infinity, -746, 0, 710, Infinity, NaN], [0, 0, 1, Infinity, Infinity, NaN]],
  ['log', [0, 1, Infinity, -1, -Infinity, NaN], [-Infinity, 0, Infinity, NaN, NaN, NaN]],
])('%s at the ends', async (name, xs, expected) => {
  const got = apply(await open(), name, xs);
  expected.forEach((value, i) => (Number.isNaN(value) ? expect(got[i]).toBeNaN() : expect(got[i]! + 0).toBe(value)));
});

test('the quantile undoes the distribution function', async () => {
  const kernels = await open();
  const x = Array.from({ length: 601 }, (_, i) => -37 + i / 12);
  const lower = x.filter((v) => v < 1);
  const back = apply(kernels, 'normalQuantile', Array.from(apply(kernels, 'normalCdf', lower)));
  lower.forEach((v, i) => expect(Math.abs(back[i]! - v)).toBeLessThan(4e-15 * Math.max(1, Math.abs(v))));
});
