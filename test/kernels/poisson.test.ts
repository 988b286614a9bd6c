import { expect, test } from 'vitest';
import { open } from './open.ts';

const n = 40_000;
const replicates = 20;

async function draw(key: readonly [number, number], offset: number, options: { third?: boolean; first?: number; from?: number; count?: number } = {}) {
  const kernels = await open();
  const { arena } = kernels;
  const { from = 0, count = n } = options;
  const ids = arena.alloc(8 * count);
  const words = arena.u32(ids, 2 * count);
  for (let i = 0; i < count; i++) words.set([(from + i) * 2654435761, 77], 2 * i);
  const third = options.third ? arena.alloc(count) : 0;
  if (third) arena.u8(third, count).fill(5);
  const out = arena.alloc(4 * count * replicates);
  kernels.poissonWeights({ key, ids, third, n: count, first: options.first ?? 0, replicates, offset, out });
  const drawn = arena.u32(out, count * replicates);
  return new Int32Array(drawn.buffer, drawn.byteOffset, drawn.length).slice();
}

test('draws have the probabilities of a Poisson variable of mean 1', async () => {
  const drawn = await draw([1, 2], 0);
  const counts = new Float64Array(16);
  for (const value of drawn) counts[value]!++;
  const expected = [0.36787944, 0.36787944, 0.18393972, 0.06131324, 0.01532831, 0.00306566, 0.00051094];
  // Eight hundred thousand draws: five standard errors.
  expected.forEach((probability, k) => expect(Math.abs(counts[k]! / drawn.length - probability)).toBeLessThan(5 * Math.sqrt((probability * (1 - probability)) / drawn.length)));
  expect(counts.slice(7, 13).reduce((a, b) => a + b)).toBeLessThan(150);
});

test('draws belong to the cluster, the key and the third word, wherever the cluster stands', async () => {
  const all = await draw([1, 2], -1);
  const later = await draw([1, 2], -1, { from: 1000, count: 50 });
  expect(later).toEqual(all.slice(1000 * replicates, 1050 * replicates));
  const others = await draw([1, 2], -1, { first: 16 });
  expect(others.slice(0, 4)).toEqual(all.slice(16, 20));
  const different = (other: Int32Array): number => other.reduce((count, value, i) => count + Number(value !== all[i]), 0) / all.length;
  expect(different(await draw([1, 3], -1))).toBeGreaterThan(0.6);
  expect(different(await draw([1, 2], -1, { third: true }))).toBeGreaterThan(0.6);
});

test('draws of different replicates and of different clusters are not related', async () => {
  const drawn = await draw([9, 4], -1);
  const correlation = (lag: number): number => drawn.reduce((sum, value, i) => sum + (i + lag < drawn.length ? value * drawn[i + lag]! : 0), 0) / drawn.length;
  for (const lag of [1, 2, 4, 16, replicates, replicates + 1]) expect(Math.abs(correlation(lag))).toBeLessThan(5 / Math.sqrt(drawn.length));
  expect(Math.abs(correlation(0) - 1)).toBeLessThan(0.02);
});
