import { expect, test } from 'vitest';
import { arrivalLaw, drawStops, type Arrivals } from '../../src/uncertainty/arrival-law.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { open } from './open.ts';

interface Draw {
  readonly units: number;
  readonly replicates: number;
  readonly key?: readonly [number, number];
  readonly first?: number;
  /** Clusters by part: as several workers have them. */
  readonly parts?: readonly (readonly number[])[];
  readonly third?: boolean;
  /** Listed at a time, beyond what one cluster may need. */
  readonly more?: number;
}

/** Weights by cluster, replicates in a row. */
async function multinomial({ units, replicates, key = [3, 4], first = 0, parts = [Array.from({ length: units }, (_, i) => i)], third = false, more = 1000 }: Draw): Promise<Int32Array> {
  const law = arrivalLaw(units);
  const kernels = await open();
  const opened = parts.map((clusters) => part(kernels, { clusters, key, first, replicates, third, law }));
  const { stops } = drawStops(opened.map(({ times }) => times(more)), law, first);
  const out = new Int32Array(units * replicates);
  opened.forEach(({ weights }, w) => {
    const own = weights(stops);
    parts[w]!.forEach((cluster, i) => out.set(own.subarray(i * replicates, (i + 1) * replicates), cluster * replicates));
  });
  return out;
}

function part({ arena, ...kernels }: Kernels, { clusters, key, first, replicates, third, law }: { clusters: readonly number[]; key: readonly [number, number]; first: number; replicates: number; third: boolean; law: ReturnType<typeof arrivalLaw> }) {
  const n = clusters.length;
  const [ids, words, months] = [arena.alloc(8 * n), arena.alloc(4 * law.words.length), third ? arena.alloc(n) : 0];
  arena.u32(ids, 2 * n).set(clusters.flatMap((cluster) => [Math.imul(cluster, 2654435761) >>> 0, 77]));
  arena.u32(words, law.words.length).set(law.words);
  if (third) arena.u8(months, n).set(clusters.map((cluster) => cluster % 7));
  const of = { key, ids, third: months, n, first, replicates, law: { ptr: words, words: law.words.length, most: law.most } };
  return {
    times(more: number): Arrivals {
      const room = replicates * law.most + more;
      const [totals, list, lanes, next] = [arena.alloc(4 * replicates), arena.alloc(8 * room), arena.alloc(4 * room), arena.alloc(4)];
      arena.u8(totals, 4 * replicates).fill(0);
      const [times, own]: [number[], number[]] = [[], []];
      for (let from = 0; from < n; from = arena.i32(next, 1)[0]!) {
        const listed = kernels.arrivalTimes(of, { from, totals, list, lanes, room, next });
        times.push(...arena.f64(list, listed));
        own.push(...arena.u32(lanes, listed));
      }
      return { totals: Float64Array.from(arena.i32(totals, replicates)), times: Float64Array.from(times), lanes: Uint32Array.from(own) };
    },
    weights(stops: Float64Array): Int32Array {
      const [at, out] = [arena.alloc(8 * replicates), arena.alloc(4 * n * replicates)];
      arena.f64(at, replicates).set(stops);
      kernels.arrivalWeights(of, { offset: 0, stops: at, out });
      return arena.i32(out, n * replicates).slice();
    },
  };
}

/** n!/(∏ w!) n^−n, by the product. */
function probabilityOf(weights: readonly number[]): number {
  const n = weights.length;
  let [value, left] = [1, n];
  for (const w of weights) for (let k = 1; k <= w; k++) value *= left-- / k / n;
  return value;
}

/** Of each replicate, over the clusters before `end`. */
function totals(drawn: Int32Array, replicates: number, end = drawn.length / replicates): number[] {
  const sums = new Array<number>(replicates).fill(0);
  for (let at = 0; at < end * replicates; at++) sums[at % replicates]! += drawn[at]!;
  return sums;
}

test.each([1, 2, 3, 7, 45, 60, 900, 20_000])('every replicate of %d draws has that many', async (units) => {
  for (const first of [0, 32]) {
    const drawn = await multinomial({ units, replicates: 20, first });
    expect(totals(drawn, 20)).toEqual(new Array(20).fill(units));
  }
});

test.each([2, 3, 4])('all ways to draw %d of as many have their probability', async (units) => {
  const counts = new Map<string, number>();
  const [batch, batches] = [4000, 20];
  for (let k = 0; k < batches; k++) {
    const drawn = await multinomial({ units, replicates: batch, first: batch * k });
    for (let b = 0; b < batch; b++) {
      const name = Array.from({ length: units }, (_, i) => drawn[i * batch + b]!).join();
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const draws = batch * batches;
  // Σ (O − E)²/E over all ways; as many degrees of freedom, less one.
  const ways = [...counts].map(([name, count]) => ({ count, expected: draws * probabilityOf(name.split(',').map(Number)) }));
  const all = [3, 10, 35][units - 2]!;
  expect(ways.length).toBe(all);
  const statistic = ways.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0);
  expect(statistic).toBeLessThan(all - 1 + 5 * Math.sqrt(2 * (all - 1)));
});

test('weights of many have the moments of the multinomial distribution', async () => {
  const [units, replicates] = [2000, 400];
  const drawn = await multinomial({ units, replicates });
  const size = drawn.length;
  const mean = (of: (value: number) => number): number => drawn.reduce((sum, value) => sum + of(value), 0) / size;
  expect(mean((w) => w)).toBe(1);
  // Binomial of n draws with 1/n each: factorial moments (1 − 1/n), (1 − 1/n)(1 − 2/n); eight hundred thousand values.
  expect(Math.abs(mean((w) => w * (w - 1)) - (1 - 1 / units))).toBeLessThan(5 * Math.sqrt(6 / size));
  expect(Math.abs(mean((w) => w * (w - 1) * (w - 2)) - (1 - 1 / units) * (1 - 2 / units))).toBeLessThan(5 * Math.sqrt(33 / size));
  for (const [k, probability] of [0.36778745, 0.36797144, 0.18403173].entries()) expect(Math.abs(mean((w) => Number(w === k)) - probability)).toBeLessThan(5 * Math.sqrt(probability / size));
  // Half of them together: of each other's draws n/4 is the variance, where independent ones would have n/2.
  const halves = totals(drawn, replicates, units / 2).map((sum) => sum - units / 2);
  const variance = halves.reduce((sum, value) => sum + value * value, 0) / replicates;
  expect(Math.abs(variance / (units / 4) - 1)).toBeLessThan(5 * Math.sqrt(2 / replicates));
});

test.each([45, 3000])('weights of %d are the same however clusters are split, ordered and listed', async (units) => {
  const every = Array.from({ length: units }, (_, i) => i);
  const one = await multinomial({ units, replicates: 16, third: true });
  const four = [0, 1, 2, 3].map((w) => every.filter((i) => (i * 7) % 4 === w).reverse());
  expect(await multinomial({ units, replicates: 16, third: true, parts: four, more: 0 })).toEqual(one);
  expect(await multinomial({ units, replicates: 16, third: true, key: [3, 5] })).not.toEqual(one);
  expect(await multinomial({ units, replicates: 16, third: true, first: 16 })).not.toEqual(one);
  const longer = await multinomial({ units, replicates: 20, third: true });
  expect(every.flatMap((i) => [...longer.subarray(20 * i, 20 * i + 16)])).toEqual([...one]);
});
