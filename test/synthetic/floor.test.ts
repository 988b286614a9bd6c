import { expect, test } from 'vitest';
import { table4, type Table4Row } from '../../src/synthetic/table4.ts';
import { blockRows, openDraws } from '../../src/synthetic/draws.ts';
import { fillBlock } from '../../src/synthetic/block.ts';
import { allocateColumns } from '../../src/synthetic/columns.ts';
import { structureOf } from '../../src/synthetic/structure.ts';
import { kernels } from './draw.ts';

const value = (row: Table4Row | undefined, outcome: number): number => Number(row?.[outcome + 1] ?? 0);

const lowest = (rows: readonly Table4Row[], outcome: number, of: (level: string) => boolean = () => true): number =>
  Math.min(0, ...rows.filter((row) => of(row[0])).map((row) => value(row, outcome)));

/** Country group and residence together, both main effects and the interaction. */
const lowestOrigin = (outcome: number): number => {
  let least = 0;
  for (const country of table4.country_group) {
    for (const residence of table4.residence_time) {
      const both = table4['country_group:residence_time'].find((row) => row[0] === `${country[0]}:${residence[0]}`);
      least = Math.min(least, value(country, outcome) + value(residence, outcome) + value(both, outcome));
    }
  }
  return least;
};

const lowestOfAll = (outcome: number, income: number, durationFrom: number): number =>
  value(table4.constant[0], outcome) + income + lowestOrigin(outcome) +
  lowest(table4.age, outcome, (age) => Number(age) >= 25 && Number(age) <= 52) + lowest(table4.children, outcome) +
  lowest(table4.married, outcome) + lowest(table4.female, outcome) + lowest(table4.work_benefit, outcome) +
  lowest(table4.recent_higher_education, outcome) + lowest(table4.laid_off, outcome) + lowest(table4.history, outcome) +
  Math.min(...table4.duration.filter(([level]) => Number(level) >= durationFrom).map((row) => value(row, outcome))) +
  lowest(table4.unemployment_inflow, outcome) + lowest(table4.expected_employment, outcome);

test.each([0, 1])('the steps of the floor are always enough: the worst of all other covariates leaves 0.1 hours, outcome %d', (outcome) => {
  const wage = value(table4.wage_income_before[10], outcome);
  expect(lowestOfAll(outcome, wage, 0)).toBeGreaterThan(0.1);
  // Those who came before 2015 have been there for 36 months at the least.
  const pension = value(table4.pension_income_before[0], outcome) + value(table4.pension_income_before[10], outcome);
  expect(lowestOfAll(outcome, pension, 36)).toBeGreaterThan(0.1);
});

test('the floor acts on about one row in twenty', () => {
  const columns = allocateColumns(blockRows);
  const draws = openDraws(kernels, 1);
  const { market } = structureOf(0);
  const blocks = 40;
  let raised = 0;
  for (let block = 0; block < blocks; block++) raised += fillBlock(columns, draws, { seed: 1, block, effects: null, market });
  expect(raised / (blocks * blockRows)).toBeGreaterThan(0.04);
  expect(raised / (blocks * blockRows)).toBeLessThan(0.065);
});
