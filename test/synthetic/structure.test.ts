import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lastMonthOf12, months } from '../../src/synthetic/calendar.ts';
import { blockRows } from '../../src/synthetic/draws.ts';
import { nextKey, structureKey } from '../../src/synthetic/fixed-noise.ts';
import { labourMarket } from '../../src/synthetic/labour-market.ts';
import { countyLabels, countyOf, officeShares, regionLabels } from '../../src/synthetic/places.ts';
import { checkPopulation, type Population } from '../../src/synthetic/population.ts';
import { structureOf } from '../../src/synthetic/structure.ts';
import { truthFiles } from '../../src/synthetic/truth.ts';
import { drawAll } from './draw.ts';

const population: Population = { rows: 30_000, seed: 3, effects: 'on' };
const seeds = [1, 2, 7, 2 ** 32, 2 ** 52];

const digestOf = (...values: readonly ArrayBufferView[]): string => {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of values) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
};
const structureDigest = (seed: number): string => {
  const { market, effects } = structureOf(seed);
  return digestOf(market.inflow3, market.inflow12, market.employment, effects.month, effects.office);
};

describe('the structure', () => {
  test('of seed 0 is the calibrated one, and what a population has without a seed for it', () => {
    expect(structureKey(0)).toBe(0);
    const { atid3, inflow3 } = drawAll(population);
    const zero = drawAll({ ...population, structureSeed: 0 });
    expect(digestOf(zero.atid3, zero.inflow3)).toBe(digestOf(atid3, inflow3));
    // The numbers that Table 3 was matched with.
    expect(structureDigest(0)).toBe('0242694246e826a61c5f4a2c2e93c3598d4f6e20b67623909cd1a50d904fe617');
  });

  test('of every other seed is one of its own', () => {
    const digests = [0, ...seeds].map(structureDigest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('is the same again after another one was asked for', () => {
    const before = structureDigest(5);
    structureDigest(6);
    expect(structureDigest(5)).toBe(before);
  });

  test.each(seeds)('of seed %d has office effects that cancel within each county, and those of seasons, counties and measures that all have', (seed) => {
    const { effects } = structureOf(seed);
    const calibrated = structureOf(0).effects;
    for (const name of ['season', 'pandemic', 'county', 'measure'] as const) expect(effects[name], name).toEqual(calibrated[name]);
    const sums = new Float64Array(countyLabels.length);
    countyOf.forEach((county, office) => (sums[county]! += (officeShares[office]! - (officeShares[office - 1] ?? 0)) * effects.office[office * 4]!));
    for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-12);
    expect(Math.max(...effects.month)).toBeGreaterThan(0.12);
    expect(Math.max(...effects.month)).toBeLessThanOrEqual(0.15);
  });

  test('always has a region in a month at each end of both scales', () => {
    let key = 0;
    for (let k = 0; k < 40; k++, key = nextKey(key)) {
      const { inflow3, employment, anchors } = labourMarket(key);
      expect(anchors.map(({ region, month }, a) => (a < 2 ? inflow3 : employment)[region * months + month])).toEqual([1, 20, 1, 20]);
      expect(anchors.every(({ region, month }) => region < regionLabels.length && month <= lastMonthOf12)).toBe(true);
    }
  });
});

test('the same persons live in another structure: who they are and where, and other labour markets and outcomes', () => {
  const here = drawAll(population);
  const there = drawAll({ ...population, structureSeed: 1 });
  // The first block has the persons who live at the ends of the scales, wherever those are.
  for (const name of ['personId', 'month', 'office', 'mainGroup', 'female', 'children', 'hours', 'duration'] as const) {
    expect(digestOf(there[name].subarray(blockRows)), name).toBe(digestOf(here[name].subarray(blockRows)));
  }
  for (const name of ['inflow3', 'inflow12', 'employment', 'atid3', 'jobb3'] as const) expect(digestOf(there[name]), name).not.toBe(digestOf(here[name]));
});

test('other persons live in the same structure: a region’s labour market in a month is one', () => {
  const market = new Map<string, number>();
  for (const seed of [1, 2]) {
    const c = drawAll({ ...population, seed, structureSeed: 9 });
    for (let row = 0; row < c.rows; row++) {
      const key = `${c.office[row]} ${c.month[row]}`;
      expect(market.get(key) ?? c.inflow3[row]).toBe(c.inflow3[row]);
      market.set(key, c.inflow3[row]!);
    }
  }
});

test('the truth beside the data is that of the structure', () => {
  const effects = (structureSeed: number): string => truthFiles({ ...population, structureSeed }).get('effects.csv')!;
  expect(effects(1)).not.toBe(effects(0));
  expect(JSON.parse(truthFiles({ ...population, structureSeed: 8 }).get('settings.json')!)).toMatchObject({ seed: 3, structureSeed: 8 });
  expect(JSON.parse(truthFiles(population).get('settings.json')!)).toMatchObject({ structureSeed: 0 });
});

test.each([-1, 0.5, NaN])('structure seed %d is refused', (structureSeed) => {
  expect(() => checkPopulation({ ...population, structureSeed })).toThrow(expect.objectContaining({ kind: 'usage', message: expect.stringContaining('structure-seed') }));
});
