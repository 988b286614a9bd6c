import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import type { KeptSums } from '../../src/whatif/kept-sums.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { outcomes, panelSpec } from '../support/run-rows.ts';
import { writeTable } from '../support/write-table.ts';
import { covariates, dyadicPanel, interactions } from './panel.ts';
import { plainKeptSums } from './plain-kept-sums.ts';

// What the workers keep, against loops over plain rows. Outcomes are multiples of 1/8, so that no sum is rounded.
const rows = dyadicPanel(21, { persons: 150 });
const by = [['county'], ['region', 'sex']];
let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

async function expectPlain(spec: ModelSpec, table: readonly Row[] = rows): Promise<void> {
  const { kept, fits } = await runBuiltModel({ spec, source: { files: writeTable(table, { format: 'arrow', parts: 3 }) }, options: { ...defaultOptions, by }, pool, keep: true });
  expect(kept.map((sums) => sums.outcomes.map(({ name }) => name))).toEqual([['hours3', 'job3'], ['hours12']]);
  for (const sums of kept) {
    const plain = plainKeptSums({ spec, rows: table, outcomes: sums.outcomes.map(({ name }) => name), by, fits: Object.fromEntries(fits.filter(({ family }) => family === 'probit').map(({ outcome, coefficients }) => [outcome, coefficients])) });
    expect(sums.frame.columns).toEqual(plain.frame.columns);
    expect([sums.references, sums.breaks, sums.population]).toEqual([plain.references, plain.breaks, plain.population]);
    expect(sums.months.map(({ month, inSample }) => [month, inSample])).toEqual(plain.months.map(({ month, inSample }) => [month, inSample]));
    expect(scaled(sums)).toEqual(scaled(plain));
    sums.months.forEach(({ gram }, t) => expect(Buffer.compare(Buffer.from(gram.buffer, gram.byteOffset, gram.byteLength), Buffer.from(plain.months[t]!.gram.buffer))).toBe(0));
    expect(cellsByName(sums)).toEqual(cellsByName(plain));
    expect(sums.probits.map((probit) => probit && probit.months.map(({ month }) => month))).toEqual(plain.probits.map((probit) => probit && probit.months.map(({ month }) => month)));
    sums.probits.forEach((probit, o) => probit?.months.forEach(({ information, score }, t) => {
      const expected = plain.probits[o]!.months[t]!;
      expectNear(information, expected.information, 1e-6);
      expectNear(score, expected.score, 1e-9);
    }));
    const [probitCells, plainCells] = [probitByName(sums), probitByName(plain)];
    expect([...probitCells.keys()]).toEqual([...plainCells.keys()]);
    for (const [name, values] of probitCells) expectNear(values, plainCells.get(name)!, 1e-6);
  }
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let k = 0; k < actual.length; k++) if (!(Math.abs(actual[k]! - expected[k]!) <= tolerance * Math.max(1, Math.abs(expected[k]!)))) expect([k, actual[k]]).toEqual([k, expected[k]]);
}

/** Σ μ and Σ φ·x of cells with rows. */
function probitByName({ groupings, frame, probits }: KeptSums): Map<string, number[]> {
  const found = new Map<string, number[]>();
  groupings.forEach(({ by: columns, groups, firstMonth, n }, g) => n.forEach((count, cell) => {
    const L = frame.columns.length;
    const name = JSON.stringify([columns, groups[cell % groups.length], firstMonth + Math.floor(cell / groups.length)]);
    if (count > 0) found.set(name, probits.flatMap((probit) => (probit ? [probit.groupings[g]!.expected[cell]!, ...probit.groupings[g]!.density.subarray(cell * L, (cell + 1) * L)] : [])));
  }));
  return found;
}

/** Σ y·x and Σ y² as doubles. */
const scaled = ({ months, outcomes: list }: KeptSums): number[][] =>
  months.flatMap(({ outcomeSums, squares }) => list.flatMap(({ yShift, y2Shift }, o) => [Array.from(outcomeSums[o]!, (sum) => Number(sum) / 2 ** yShift), [Number(squares[o]) / 2 ** y2Shift]]));

/** Cells with rows, whatever the range of months and groups they stand in. */
function cellsByName({ groupings, frame }: KeptSums): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { by: columns, groups, firstMonth, n, x, outcome, outcomeSquared } of groupings) {
    n.forEach((count, cell) => {
      if (count === 0) return;
      const L = frame.columns.length;
      const name = JSON.stringify([columns, groups[cell % groups.length], firstMonth + Math.floor(cell / groups.length)]);
      found.set(name, [count, x.subarray(cell * L, (cell + 1) * L).join(), outcome.map((sums) => sums[cell]), outcomeSquared.map((sums) => sums[cell])]);
    });
  }
  return found;
}

describe('sums kept by a run', () => {
  const list = [outcomes.hours3, outcomes.hours12, outcomes.job3];

  it('are those of the rows, by month and by group', () => expectPlain(panelSpec(covariates, { outcomes: list, interactions })));

  it('hold the months outside the estimation sample too', () =>
    expectPlain(panelSpec(covariates, { outcomes: list, interactions, sample: { excludeMonths: ['2018-03', '2018-05/2018-06'] } })));

  it('count rows that the fit has no expected value for', () => {
    // Nobody in the sample has age 25, and some in June, which is outside it.
    const odd = rows.map((row) => (row['age'] === 25 && row['month'] !== '2018-06' ? { ...row, age: 26 } : row));
    return expectPlain(panelSpec(covariates, { outcomes: list.map((outcome) => ({ ...outcome, family: 'gaussian' }) as const), interactions, sample: { excludeMonths: ['2018-06'] } }), odd);
  });
});
