import { describe, expect, it } from 'vitest';
import { escapedName, joinNames, levelName, missingLabel, placeOfLevel, plainName, splitNames } from '../../src/spec/level-names.ts';
import { hostileNames } from '../support/hostile-names.ts';

describe('names of levels', () => {
  it('without a colon or a backslash are the labels themselves', () => {
    for (const label of ['0', '18', 'Nav Østfold', 'a,b', 'say "x"', 'missing one', ' ', '2018-01']) expect(levelName(label)).toBe(label);
    expect([levelName('x:y'), levelName('a\\b'), levelName('missing'), levelName('\\missing')]).toEqual(['x\\:y', 'a\\\\b', '\\missing', '\\\\missing']);
  });

  it('tell any two labels apart, alone and joined, and the level for missing values from both', () => {
    const names = hostileNames(3, 300);
    const found = new Set([missingLabel, ...names.map(levelName)]);
    expect(found.size).toBe(names.length + 1);
    for (const name of names) expect(plainName(levelName(name))).toBe(name);
    const some = [missingLabel, ...names.slice(0, 40).map(levelName)];
    const pairs = new Map(some.flatMap((a) => some.map((b) => [joinNames([a, b]), [a, b]] as const)));
    expect(pairs.size).toBe(some.length ** 2);
    for (const [joined, pair] of pairs) expect(splitNames(joined)).toEqual(pair);
  });

  it('are joined and split whatever a covariate is called', () => {
    const names = hostileNames(4, 60);
    for (const a of names) for (const b of names) expect(splitNames(joinNames([a, b].map(escapedName))).map(plainName)).toEqual([a, b]);
  });

  it('are found by name, by label, and numbers by any way to write them', () => {
    const names = ['0', '1', 'missing'];
    expect(['0', '1.0', '1e0', 'missing', '2'].map((wanted) => placeOfLevel(names, wanted))).toEqual([0, 1, 1, 2, -1]);
    expect(placeOfLevel(['0', '1', '01'], '1.0')).toBe(-1);
    expect(placeOfLevel(['1.0', '1', 'a'], '1.0')).toBe(0);
    const hostile = ['x\\:y', '\\missing', 'missing'];
    expect(['x:y', 'x\\:y', 'missing', '\\missing'].map((wanted) => placeOfLevel(hostile, wanted))).toEqual([0, 0, 2, 1]);
    expect(placeOfLevel(['\\missing'], 'missing')).toBe(0);
  });
});
