import { describe, expect, test } from 'vitest';
import { lastMonthOf12 } from '../../src/synthetic/calendar.ts';
import { decileBorders } from '../../src/synthetic/groups.ts';
import { leastHours } from '../../src/synthetic/floor.ts';
import { truthFiles } from '../../src/synthetic/truth.ts';
import { numbers, kernels, tableOf } from './draw.ts';
import { decileBreaks, expectedValue, termsOf } from './expected.ts';

const rows = 300_000;
const table = tableOf({ rows, seed: 1, effects: 'off' });
const person = numbers(table, 'person_id');
const month = numbers(table, 'month');
const borders = decileBorders.slice(1, 10).map((border) => border / 1024);
const outcomes = ['atid3', 'atid12', 'jobb3', 'jobb12'] as const;

const normalCdf = (values: Float64Array): Float64Array => {
  const mark = kernels.arena.mark();
  const at = kernels.arena.alloc(8 * values.length);
  kernels.arena.f64(at, values.length).set(values);
  kernels.normalCdf(at, values.length, at);
  const out = kernels.arena.f64(at, values.length).slice();
  kernels.arena.release(mark);
  return out;
};

describe.each([3, 12] as const)('outcomes %d months ahead', (horizon) => {
  const termsAt = termsOf(table, horizon, borders, borders);
  const terms = Array.from({ length: rows }, (_, row) => termsAt(row));
  const first = horizon === 3 ? 0 : 1;

  test('have an expected Atid of at least 0.1 hours, and at most what the law allows', () => {
    const expected = terms.map((row) => expectedValue(row, first));
    expect(expected.filter((value) => value < leastHours - 1e-9 || value > 55)).toEqual([]);
  });

  test.each([outcomes[first], outcomes[first + 2]!])('%s: actual less what Table 4 expects is nothing but chance, level by level', (name) => {
    const actual = numbers(table, name);
    const index = Float64Array.from(terms, (row) => expectedValue(row, outcomes.indexOf(name)));
    const expected = name.startsWith('jobb') ? normalCdf(index) : index;
    // Sums by term, with their variance from persons' sums.
    const sums = new Map<string, { sum: number; variance: number; person: number; part: number; persons: number }>();
    for (let row = 0; row < rows; row++) {
      if (Number.isNaN(actual[row])) continue;
      const residual = actual[row]! - expected[row]!;
      for (const term of terms[row]!) {
        let cell = sums.get(term);
        if (!cell) sums.set(term, (cell = { sum: 0, variance: 0, person: -1, part: 0, persons: 0 }));
        if (cell.person !== person[row]) {
          cell.variance += cell.part ** 2;
          cell.part = 0;
          cell.person = person[row]!;
          cell.persons++;
        }
        cell.sum += residual;
        cell.part += residual;
      }
    }
    expect(actual.some((value, row) => Number.isNaN(value) !== (horizon === 12 && month[row]! > lastMonthOf12))).toBe(false);
    const z = [...sums].filter(([, cell]) => cell.persons >= 40).map(([term, cell]) => [term, cell.sum / Math.sqrt(cell.variance + cell.part ** 2)] as const);
    expect(z.length).toBeGreaterThan(205);
    expect(z.filter(([, value]) => Math.abs(value) > 4.5)).toEqual([]);
    // Were ε tied to covariates or to the spell, or borders elsewhere, squares would not average 1.
    expect(z.reduce((sum, [, value]) => sum + value ** 2, 0) / z.length).toBeLessThan(1.6);
  });
});

test.each(['wage_income_before', 'pension_income_before'])('deciles of the data, %s, are those that the coefficients were chosen by, but for some rows at the borders', (name) => {
  const values = numbers(table, name);
  const breaks = decileBreaks(values);
  const level = (of: readonly number[], value: number): number => of.findIndex((border) => value <= border);
  const positive = values.filter((value) => value > 0);
  const moved = positive.filter((value) => level(breaks, value) !== level(borders, value));
  // Nine borders, each off by chance: half over the root of some five thousand independent persons. Ten times the rows, a third of it.
  expect(moved.length / positive.length).toBeLessThan(0.1);
});

test('the truth beside the data names what was added, and only where something was', () => {
  const on = truthFiles({ rows: 1000, seed: 1, effects: 'on' });
  const off = truthFiles({ rows: 1000, seed: 1, effects: 'off' });
  expect([...on.keys()].sort()).toEqual(['coefficients.csv', 'effects.csv', 'settings.json']);
  expect([...off.keys()].sort()).toEqual(['coefficients.csv', 'settings.json']);
  const lines = on.get('effects.csv')!.trim().split('\n');
  expect(lines[0]).toBe('effect,level,atid3,atid12,jobb3,jobb12');
  expect(lines.length).toBe(1 + 12 + 79 + 79 + 15 + 284 + 9);
  expect(on.get('coefficients.csv')!.split('\n')).toContain('health_benefit,1,-2.81,-4.1,-0.52,-0.56');
  expect(JSON.parse(off.get('settings.json')!)).toMatchObject({ rows: 1000, seed: 1, effects: 'off' });
});
