import { describe, expect, it } from 'vitest';
import { cellsOf, designMatrix } from '../../src/coding/design-matrix.ts';
import { packFactors } from '../../src/coding/packing.ts';

const size = (levels: readonly number[], factors: readonly number[]): number => factors.reduce((product, f) => product * levels[f]!, 1);

describe('factors packed in composites', () => {
  it('are each in one, crossed ones together, none beyond a byte that need not be', () => {
    const levels = [50, 2, 7, 11, 5, 20, 6, 2, 2, 300];
    const composites = packFactors(levels, [[4, 6]]);
    expect(composites.flat().sort((a, b) => a - b)).toEqual(levels.map((_, f) => f));
    expect(composites.some((c) => c.includes(4) && c.includes(6))).toBe(true);
    expect(composites.filter((c) => size(levels, c) > 256)).toEqual([[9]]);
  });

  it('stand in several where interactions need it, and are refused beyond 65,536 cells', () => {
    const levels = [40, 30, 20];
    const composites = packFactors(levels, [[0, 1], [0, 2], [1, 2]]);
    for (const [a, b] of [[0, 1], [0, 2], [1, 2]] as const) expect(composites.some((c) => c.includes(a) && c.includes(b))).toBe(true);
    expect(() => packFactors([300, 300], [[0, 1]])).toThrow(/90000 cells; at most 65536/);
  });

  it('give every row the columns of its levels', () => {
    const factor = (name: string, count: number, reference: number) => ({ name, reference, labels: Array.from({ length: count }, (_, k) => `${k}`) });
    const factors = [factor('a', 3, 1), factor('b', 2, 0), factor('c', 100, 99)];
    const design = designMatrix({ factors, numerics: [], terms: [{ factor: 0 }, { factor: 1 }, { factor: 2 }], interactions: [[0, 1]] });
    expect(design.columns.slice(-2).map(({ term, level }) => `${term} ${level}`)).toEqual(['a:b 0:1', 'a:b 2:1']);
    const columnsAt = (levels: readonly number[]): string[] =>
      design.composites
        .flatMap((composite) => cellsOf(composite, composite.factors.map((f) => [f, levels[f]!] as const), factors))
        .flatMap((cell) => [...design.levelColumns.subarray(design.levelColumnsStart[cell], design.levelColumnsStart[cell + 1])])
        .sort((x, y) => x - y)
        .map((j) => `${design.columns[j]!.term} ${design.columns[j]!.level}`);
    expect(columnsAt([2, 1, 7])).toEqual(['a 2', 'b 1', 'c 7', 'a:b 2:1']);
    expect(columnsAt([1, 1, 99])).toEqual(['b 1']);
  });
});
