import { describe, expect, it } from 'vitest';
import { designMatrix, levelPredictor } from '../../src/coding/design-matrix.ts';
import { levelMap, movedLimits, remapPredictor, type LevelChange } from '../../src/whatif/level-map.ts';
import { draws } from '../support/table-file.ts';

const labels = (n: number): string[] => Array.from({ length: n }, (_, k) => `l${k}`);
const design = designMatrix({
  factors: [
    { name: 'a', labels: labels(4), reference: 0 },
    { name: 'b', labels: labels(30), reference: 2 },
    { name: 'c', labels: [...labels(11), 'missing'], reference: 1 },
    { name: 'd', labels: labels(3), reference: 0 },
  ],
  numerics: [],
  terms: [{ factor: 0 }, { factor: 1 }, { factor: 2 }, { factor: 3 }],
  interactions: [[0, 1], [1, 2]],
});
const next = draws(4);
const beta = Float64Array.from(design.columns, () => next() - 0.5);
const levels = levelPredictor(design, beta);
const predictor = { constant: beta[0]!, levels, levelsOutside: levels.slice(), numeric: new Float64Array(0) };

/** η of a row, from its levels: what the passes compute. */
const etaOf = (row: readonly number[], tables: Float64Array): number =>
  design.composites.reduce((eta, { factors, strides, offset }) => eta + tables[offset + factors.reduce((code, f, k) => code + row[f]! * strides[k]!, 0)]!, beta[0]!);
const rows = Array.from({ length: 400 }, () => design.factors.map((factor) => Math.floor(next() * factor.labels.length)));

describe('a predictor for changed levels', () => {
  it.each<[string, LevelChange[], (row: number[]) => number[]]>([
    ['one set', [{ kind: 'set', covariate: 'b', level: 'l7' }], ([a, , c, d]) => [a!, 7, c!, d!]],
    ['one shifted, missing staying missing', [{ kind: 'shift', covariate: 'c', by: 4 }], ([a, b, c, d]) => [a!, b!, c === 11 ? 11 : Math.min(10, c! + 4), d!]],
    ['both of an interaction', [{ kind: 'shift', covariate: 'a', by: -2 }, { kind: 'set', covariate: 'b', level: 'l2' }], ([a, , c, d]) => [Math.max(0, a! - 2), 2, c!, d!]],
    ['one twice, in order', [{ kind: 'set', covariate: 'd', level: 'l0' }, { kind: 'shift', covariate: 'd', by: 1 }], ([a, b, c]) => [a!, b!, c!, 1]],
  ])('is that of rows with %s', (_, changes, change) => {
    const changed = remapPredictor(design, predictor, changes);
    for (const row of rows) {
      expect(etaOf(row, changed.levels)).toBe(etaOf(change(row), predictor.levels));
      expect(etaOf(row, changed.levelsOutside)).toBe(etaOf(change(row), predictor.levels));
    }
  });

  it('is NaN where rows come to a level without an estimate, and nowhere else', () => {
    const without = Float64Array.from(design.columns, ({ term, level }) => (term === 'd' && level === 'l2' ? NaN : 0));
    const outside = levels.map((value, cell) => value + levelPredictor(design, without)[cell]!);
    const changed = remapPredictor(design, { ...predictor, levelsOutside: outside }, [{ kind: 'shift', covariate: 'd', by: 1 }]);
    // Those who are at the level already stay as they are.
    for (const row of rows) expect(Number.isNaN(etaOf(row, changed.levels))).toBe(row[3] === 1);
  });

  it('knows who would be at levels of both limits, in one composite and over several', () => {
    const limitOf = (factor: number, level: number): number => (factor === 0 && level === 1 ? Infinity : factor === 1 && level === 5 ? -Infinity : factor === 3 && level === 2 ? -Infinity : 0);
    const outside = levels.slice();
    for (const { factors, strides, levels: count, offset } of design.composites) {
      for (let code = 0; code < count; code++) {
        factors.forEach((f, k) => {
          const limit = limitOf(f, Math.floor(code / strides[k]!) % design.factors[f]!.labels.length);
          if (limit !== 0) outside[offset + code]! += limit;
        });
      }
    }
    const changes: LevelChange[] = [{ kind: 'shift', covariate: 'b', by: 1 }];
    const changed = remapPredictor(design, { ...predictor, levelsOutside: outside }, changes);
    const { limit, isMoved } = movedLimits(design, { ...predictor, levelsOutside: outside }, changes)!;
    let [within, over] = [0, 0];
    for (const [a, b, c, d] of [...rows, [1, 4, 0, 0], [1, 3, 0, 2], [1, 29, 0, 2]]) {
      const row = [a!, b!, c!, d!];
      const isAtBoth = a === 1 && (b === 4 || d === 2);
      const isTorn = Number.isNaN(etaOf(row, changed.levels)) || (Number.isNaN(etaOf(row, limit)) && Number.isNaN(etaOf(row, limit.map((_, cell) => (isMoved[cell] === 1 ? NaN : 0)))));
      // At the last level nobody moves.
      expect(isTorn).toBe(isAtBoth && b !== 29);
      if (isTorn && d !== 2) within++;
      if (isTorn && b !== 4) over++;
    }
    expect(Math.min(within, over)).toBeGreaterThan(0);
    expect(movedLimits(design, predictor, changes)).toBeNull();
  });

  it('keeps levels that are called missing out of a shift', () => {
    expect(levelMap(design, { kind: 'shift', covariate: 'c', by: -20 }).to).toEqual([...new Array<number>(11).fill(0), 11]);
  });
});
