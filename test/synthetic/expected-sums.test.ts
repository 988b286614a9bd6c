import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lastMonthOf12 } from '../../src/synthetic/calendar.ts';
import { openDraws } from '../../src/synthetic/draws.ts';
import { ExpectedSums } from '../../src/synthetic/expected-sums.ts';
import { decileBorders } from '../../src/synthetic/groups.ts';
import { countyLabels, countyOf } from '../../src/synthetic/places.ts';
import { blocksOf, drawBlocks, type Population } from '../../src/synthetic/population.ts';
import { analysisTable } from '../../src/synthetic/table.ts';
import { expectedFile } from '../../src/synthetic/truth.ts';
import { generateToFolder } from '../../src/synthetic/write-node.ts';
import { drawAll, kernels, numbers } from './draw.ts';
import { expectedValue, termsOf } from './expected.ts';

const folder = mkdtempSync(join(tmpdir(), 'expected-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A population's sums, drawn in parts that are added in the opposite order. */
const sumsOf = (population: Population, parts: number) => {
  const blocks = blocksOf(population.rows);
  const all = new ExpectedSums();
  for (let part = parts - 1; part >= 0; part--) {
    const expected = new ExpectedSums();
    const range = { from: Math.floor((part * blocks) / parts), to: Math.floor(((part + 1) * blocks) / parts), expected };
    drawBlocks(population, openDraws(kernels, population.seed), range);
    all.addCells(expected.cells());
  }
  return all.cells();
};

const cellOf = (month: number, office: number): number => month * countyLabels.length + countyOf[office]!;

const normalCdf = (x: number): number => {
  const at = kernels.arena.alloc(8);
  kernels.arena.f64(at, 1)[0] = x;
  kernels.normalCdf(at, 1, at);
  return kernels.arena.f64(at, 1)[0]!;
};

describe('sums of E[y] by month and county', () => {
  test('are those of Table 4 read row by row, where nothing is added to it', () => {
    const population = { rows: 20_000, seed: 2, effects: 'off' } as const;
    const columns = drawAll(population);
    const table = analysisTable(columns);
    const borders = decileBorders.slice(1, 10).map((border) => border / 1024);
    const { n, sums } = sumsOf(population, 1);
    const wanted = new Float64Array(sums.length);
    const rows = new Float64Array(n.length);
    for (const [horizon, first] of [[3, 0], [12, 1]] as const) {
      const termsAt = termsOf(table, horizon, borders, borders);
      for (let row = 0; row < columns.rows; row++) {
        const cell = cellOf(columns.month[row]!, columns.office[row]!);
        if (horizon === 3) rows[cell]!++;
        if (horizon === 12 && columns.month[row]! > lastMonthOf12) continue;
        const terms = termsAt(row);
        wanted[cell * 4 + first]! += expectedValue(terms, first);
        const mark = kernels.arena.mark();
        wanted[cell * 4 + first + 2]! += normalCdf(expectedValue(terms, first + 2));
        kernels.arena.release(mark);
      }
    }
    expect(n).toEqual(rows);
    const off = sums.map((sum, at) => Math.abs(sum - wanted[at]!));
    expect(Math.max(...off)).toBeLessThan(1e-4);
    expect(sums.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
  });

  test('are what outcomes are around, with effects: county by county, persons by themselves', () => {
    const population = { rows: 400_000, seed: 6, structureSeed: 4, effects: 'on' } as const;
    const { n, sums } = sumsOf(population, 2);
    const columns = drawAll(population);
    const table = analysisTable(columns);
    const z: number[] = [];
    ['atid3', 'atid12', 'jobb3', 'jobb12'].forEach((name, o) => {
      const y = numbers(table, name);
      const residual = new Float64Array(countyLabels.length);
      const squares = new Float64Array(countyLabels.length);
      for (let cell = 0; cell < n.length; cell++) residual[cell % countyLabels.length]! -= sums[cell * 4 + o]!;
      const means = countyLabels.map((_, county) => {
        let [rows, sum] = [0, 0];
        for (let cell = county; cell < n.length; cell += countyLabels.length) {
          if (o % 2 === 1 && Math.floor(cell / countyLabels.length) > lastMonthOf12) continue;
          rows += n[cell]!;
          sum += sums[cell * 4 + o]!;
        }
        return sum / rows;
      });
      let [person, part] = [-1, 0];
      for (let row = 0; row < columns.rows; row++) {
        const county = countyOf[columns.office[row]!]!;
        if (columns.personId[row] !== person) [person, part] = [columns.personId[row]!, 0];
        if (Number.isNaN(y[row])) continue;
        residual[county]! += y[row]!;
        const deviation = y[row]! - means[county]!;
        squares[county]! += deviation * (deviation + 2 * part);
        part += deviation;
      }
      // The deviation from the county's mean is more than that from E[y]: these are cautious by the share that covariates explain.
      residual.forEach((sum, county) => z.push(sum / Math.sqrt(squares[county]!)));
    });
    expect(z.length).toBe(60);
    expect(z.filter((value) => Math.abs(value) > 3.5)).toEqual([]);
    const meanSquare = z.reduce((sum, value) => sum + value ** 2, 0) / z.length;
    expect(meanSquare).toBeLessThan(1.2);
    expect(meanSquare).toBeGreaterThan(0.1);
  });

  test('are the same to the bit in any number of parts', () => {
    const population = { rows: 60_000, seed: 5, effects: 'on' } as const;
    const whole = sumsOf(population, 1);
    for (const parts of [2, 3, 8]) expect(sumsOf(population, parts)).toEqual(whole);
  });
});

test('a folder’s truth has them as means, 12-month outcomes empty where they are not observed', async () => {
  const population = { rows: 150_000, seed: 8, structureSeed: 3, effects: 'on' } as const;
  await generateToFolder({ ...population, out: folder, format: 'arrow', workers: 2 });
  const text = readFileSync(join(folder, 'truth/expected.csv'), 'utf8');
  expect(text).toBe(expectedFile(sumsOf(population, 1)));
  const [header, ...lines] = text.trim().split('\n');
  expect(header).toBe('county,month,n,atid3,atid12,jobb3,jobb12');
  const cells = lines.map((line) => line.split(','));
  expect(cells.reduce((sum, cell) => sum + Number(cell[2]), 0)).toBe(population.rows);
  expect(cells.every(([, month, , , atid12, , jobb12]) => (month! > '2023-09') === (atid12 === '') && (atid12 === '') === (jobb12 === ''))).toBe(true);
  expect(cells.every(([, , , atid3, , jobb3]) => Number(atid3) > 0.1 && Number(atid3) < 40 && Number(jobb3) > 0 && Number(jobb3) < 1)).toBe(true);
});
