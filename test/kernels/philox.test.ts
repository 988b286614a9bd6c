import { expect, test } from 'vitest';
import type { PhiloxCounter } from '../../src/kernels/kernels.ts';
import { lengths, open } from './open.ts';

// philox4x32 10 of Random123's kat_vectors
const known: readonly (readonly [PhiloxCounter['counter'], PhiloxCounter['key'], readonly number[]])[] = [
  [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
  [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]],
];

test.each(known)('the published vector of %j', async (counter, key, words) => {
  const kernels = await open();
  const out = kernels.arena.alloc(16);
  kernels.philoxWords({ key, counter }, 1, out);
  expect(Array.from(kernels.arena.u32(out, 4))).toEqual(words);
});

test.each(lengths)('%i uniforms are those of their blocks', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const key = [11, 22] as const;
  const start = 0xfffffffe;
  const words = arena.alloc(16 * (n + 1));
  const out = arena.alloc(8 * n + 64);
  arena.f64(out, n + 8).fill(-1);
  const blocks = Math.ceil(n / 2);
  kernels.philoxWords({ key, counter: [start, 3, 4, 5] }, blocks, words);
  kernels.uniforms({ key, counter: [start, 3, 4, 5] }, n, out);
  const block = arena.alloc(16);
  for (let j = 0; j < blocks; j += 61) {
    kernels.philoxWords({ key, counter: [(start + j) % 2 ** 32, 3, 4, 5] }, 1, block);
    expect(arena.u32(words + 16 * j, 4)).toEqual(arena.u32(block, 4));
  }
  const expected = Float64Array.from({ length: n }, (_, i) => {
    const [low, high] = arena.u32(words + 8 * i, 2) as unknown as [number, number];
    return (Math.floor(low / 2 ** 12) + high * 2 ** 20 + 0.5) / 2 ** 52;
  });
  expect(arena.f64(out, n)).toEqual(expected);
  expect(Array.from(arena.f64(out + 8 * n, 8))).toEqual(Array(8).fill(-1));
});

test('uniforms fill the open interval evenly', async () => {
  const kernels = await open();
  const n = 200_000;
  const out = kernels.arena.alloc(8 * n);
  kernels.uniforms({ key: [1, 0], counter: [0, 0, 0, 0] }, n, out);
  const bins = new Array<number>(20).fill(0);
  let [smallest, largest] = [1, 0];
  for (const u of kernels.arena.f64(out, n)) {
    bins[Math.floor(20 * u)]! += 1;
    smallest = Math.min(smallest, u);
    largest = Math.max(largest, u);
  }
  expect(smallest).toBeGreaterThan(0);
  expect(largest).toBeLessThan(1);
  // χ² with 19 degrees of freedom: 60 has a chance of 4e-6
  expect(bins.reduce((sum, count) => sum + (count - n / 20) ** 2 / (n / 20), 0)).toBeLessThan(60);
});
