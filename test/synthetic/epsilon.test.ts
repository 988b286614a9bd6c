import { expect, test } from 'vitest';
import { blockRows, openDraws } from '../../src/synthetic/draws.ts';
import { carry, drawEpsilon } from '../../src/synthetic/epsilon.ts';
import { kernels } from './draw.ts';

/** Persons of eight months each; ε by month in the spell, over many blocks. */
const length = 8;
const blocks = 40;
const firstOf = Uint8Array.from({ length: blockRows }, (_, row) => (row % length === 0 ? 1 : 0));
const draws = openDraws(kernels, 7);
const three = new Float64Array(blocks * blockRows);
const twelve = new Float64Array(blocks * blockRows);
for (let block = 0; block < blocks; block++) {
  const drawn = drawEpsilon(draws, block, firstOf);
  three.set(drawn.three, block * blockRows);
  twelve.set(drawn.twelve, block * blockRows);
}
const persons = three.length / length;

const moment = (f: (row: number) => number, month: number): number => {
  let sum = 0;
  for (let person = 0; person < persons; person++) sum += f(person * length + month);
  return sum / persons;
};

test.each([0, 1, 4, 7])('ε has an N(0, 1) margin in month %d of a spell, for both horizons', (month) => {
  for (const values of [three, twelve]) {
    // Five standard errors of each moment of a normal.
    expect(Math.abs(moment((row) => values[row]!, month))).toBeLessThan(5 / Math.sqrt(persons));
    expect(Math.abs(moment((row) => values[row]! ** 2, month) - 1)).toBeLessThan(5 * Math.sqrt(2 / persons));
    expect(Math.abs(moment((row) => values[row]! ** 4, month) - 3)).toBeLessThan(5 * Math.sqrt(96 / persons));
    for (const [at, share] of [[-1.959963984540054, 0.025], [0, 0.5], [1.2815515655446004, 0.9]] as const) {
      const below = moment((row) => (values[row]! <= at ? 1 : 0), month);
      expect(Math.abs(below - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / persons));
    }
  }
});

test('ε carries on from month to month within a person and starts anew with the next', () => {
  expect(moment((row) => three[row]! * three[row + 1]!, 2)).toBeCloseTo(carry.shared, 1);
  expect(moment((row) => twelve[row]! * twelve[row + 1]!, 2)).toBeCloseTo(carry.weight ** 2 * carry.shared + (1 - carry.weight ** 2) * carry.yearly, 1);
  expect(moment((row) => three[row]! * twelve[row]!, 3)).toBeCloseTo(carry.weight, 1);
  let across = 0;
  for (let row = length - 1; row < three.length - 1; row += length) across += three[row]! * three[row + 1]!;
  expect(Math.abs(across / persons)).toBeLessThan(5 / Math.sqrt(persons));
});
