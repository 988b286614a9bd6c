import { beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import { expectedCells, type LinearPrediction } from '../../src/whatif/expected-cells.ts';
import { fittedPrediction } from '../../src/whatif/fitted-prediction.ts';
import { baseModel } from '../../src/whatif/model-change.ts';
import { withKnownGroups } from '../../src/whatif/group-labels.ts';
import { openOlsWhatIf } from '../../src/whatif/ols-what-if.ts';
import { keptPeople } from '../../src/whatif/kept-people.ts';
import { peopleChange, type PeopleChange } from '../../src/whatif/people-change.ts';
import type { KeptRefit } from '../../src/whatif/refit.ts';
import { open } from '../kernels/open.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { covariates, interactions, spec } from './panel.ts';
import { plainKeptSums } from './plain-kept-sums.ts';
import { noteTexts } from '../support/note-texts.ts';

// No age 25, so that there is a level nobody has.
const rows = randomPanel(3, { persons: 300 }).map((row): Row => (row['age'] === 25 ? { ...row, age: 24 } : row));
const by = [['county'], ['county', 'sex'], ['region']];
const sums = (some: readonly Row[]) => plainKeptSums({ spec, rows: some, outcomes: ['hours3'], by, codedBy: rows });
const kept = sums(rows);
const everything = kept.frame.columns.slice(1).map(({ term, level }) => ({ term, level }));
let fit: KeptRefit;
let prediction: LinearPrediction;
let math: ReturnType<typeof estimationMath>;
beforeAll(async () => {
  math = estimationMath(await open());
  fit = openOlsWhatIf(kept, math)({ outcome: 'hours3', base: baseModel(kept, everything), change: {} });
  prediction = fit.prediction;
});

const changed = (...changes: PeopleChange[]) => peopleChange(kept, 0, { people: keptPeople(kept, prediction, math), changes });
/** The same from rows that were changed one by one, predicted with the same coefficients. */
const rebuilt = (change: (row: Row) => Row) => expectedCells(sums(rows.map(change)), 0, { prediction, math }).groupings;

function expectNear(actual: ReturnType<typeof changed>['groupings'][number], expected: { readonly expected: Float64Array; readonly n: Float64Array }): void {
  expect(actual.expected.some((value) => value !== 0)).toBe(true);
  actual.expected.forEach((value, cell) => expect(Math.abs(value - expected.expected[cell]!)).toBeLessThan(1e-10 * Math.max(1, expected.n[cell]!)));
}
const expectRebuilt = (result: ReturnType<typeof changed>, change: (row: Row) => Row, groupings = [0, 1, 2, 3]): void => {
  const expected = rebuilt(change);
  for (const g of groupings) expectNear(result.groupings[g]!, expected[g]!);
};
const age = (row: Row): number => Math.min(27, Math.max(18, row['age'] as number));

describe('groups and levels of a question', () => {
  it('that are numbers may be written in any way', () => {
    const mix = { kind: 'mix', group: { county: '2.0' }, like: { county: '1e0' } } as const;
    const set = { kind: 'set', covariate: 'kids', level: '0', group: { county: '+10' } } as const;
    expect(withKnownGroups([kept], { people: [mix, set] }).people).toEqual([
      { ...mix, group: { county: '2' }, like: { county: '1' } }, { ...set, group: { county: '10' } },
    ]);
    expect(withKnownGroups([kept], { people: [{ ...set, group: { county: '99.0' } }] }).people).toEqual([{ ...set, group: { county: '99.0' } }]);
    expectRebuilt(changed({ kind: 'set', covariate: 'kids', level: '2.0' }), (row) => ({ ...row, kids: 2 }));
  });
});

describe('changed people with the coefficients kept', () => {
  it('have a level set, in its interactions too', () => {
    expectRebuilt(changed({ kind: 'set', covariate: 'flag', level: '0' }), (row) => ({ ...row, flag: false }));
    expectRebuilt(changed({ kind: 'set', covariate: 'cohort', level: 'c' }, { kind: 'set', covariate: 'kids', level: '3' }), (row) => ({ ...row, cohort: 'c', kids: 3 }));
  });

  it('are shifted by levels, those at the end staying there', () => {
    expectRebuilt(changed({ kind: 'shift', covariate: 'kids', by: 2 }), (row) => ({ ...row, kids: Math.min(4, (row['kids'] as number) + 2) }));
    expectRebuilt(changed({ kind: 'shift', covariate: 'age', by: -10 }), (row) => ({ ...row, age: Math.max(18, age(row) - 10) }));
  });

  it('are changed in the order given', () => {
    const raise = { kind: 'shift', covariate: 'kids', by: 1 } as const;
    const none = { kind: 'set', covariate: 'kids', level: '0', group: { county: '2' } } as const;
    expectRebuilt(changed(none, raise), (row) => ({ ...row, kids: row['county'] === 2 ? 1 : Math.min(4, (row['kids'] as number) + 1) }), [0, 1, 2]);
    expectRebuilt(changed(raise, none), (row) => ({ ...row, kids: row['county'] === 2 ? 0 : Math.min(4, (row['kids'] as number) + 1) }), [0, 1, 2]);
  });

  it('of one group change the whole by that much, and breakdowns that do not know the group are not told', () => {
    const result = changed({ kind: 'set', covariate: 'flag', level: '1', group: { county: '10' } });
    expectRebuilt(result, (row) => (row['county'] === 10 ? { ...row, flag: true } : row), [0, 1, 2]);
    expect(result.groupings[3]!.expected.every(Number.isNaN)).toBe(true);
    expect(noteTexts(result.notes)[0]).toMatch(/^region: which of its groups/);
    const fine = changed({ kind: 'set', covariate: 'flag', level: '1', group: { county: '10', sex: 'f' } });
    expectRebuilt(fine, (row) => (row['county'] === 10 && row['sex'] === 'f' ? { ...row, flag: true } : row), [0, 1, 2]);
  });

  it('are given the mix of another group, month by month, in their own number', () => {
    const before = fit.groupings[1]!;
    const result = changed({ kind: 'mix', group: { county: '1' }, like: { county: '10' } });
    const { expected, n } = result.groupings[1]!;
    for (let t = 0; t < before.months; t++) {
      const mean = before.expected[3 * t + 2]! / n[3 * t + 2]!;
      expect(expected[3 * t]! / n[3 * t]!).toBeCloseTo(mean, 12);
      expect(expected[3 * t + 1]).toBe(before.expected[3 * t + 1]);
      const whole = fit.groupings[0]!.expected[t]! - before.expected[3 * t]! + n[3 * t]! * mean;
      expect(result.groupings[0]!.expected[t]).toBeCloseTo(whole, 9);
    }
    expect(result.groupings[1]!.outcome).toEqual(before.outcome);
  });

  it('predict as the fit does where nobody moves', () => {
    const result = changed({ kind: 'set', covariate: 'flag', level: '1', group: { county: '1' } });
    const other = [1, 2].flatMap((g) => Array.from({ length: kept.groupings[1]!.months }, (_, t) => 3 * t + g));
    for (const cell of other) expect(result.groupings[1]!.expected[cell]).toBe(fit.groupings[1]!.expected[cell]);
  });

  it('are refused levels that nobody has, and changes that say nothing', () => {
    const refused = (change: PeopleChange, message: RegExp): void => {
      expect(() => changed(change)).toThrow(expect.objectContaining({ name: 'EngineError', kind: 'spec', message: expect.stringMatching(message) }));
    };
    refused({ kind: 'set', covariate: 'age', level: '25' }, /Nobody in the estimation sample has age 25/);
    refused({ kind: 'shift', covariate: 'age', by: 1 }, /Nobody in the estimation sample has age 25/);
    refused({ kind: 'set', covariate: 'cohort', level: 'd' }, /cohort has no level d, so nobody has it/);
    refused({ kind: 'set', covariate: 'kid', level: '1' }, /kid is not kept; did you mean "kids"/);
    refused({ kind: 'shift', covariate: 'kids', by: 0.5 }, /whole number/);
    refused({ kind: 'set', covariate: 'flag', level: '1', group: { county: '4' } }, /Nobody is in the group county 4/);
    refused({ kind: 'set', covariate: 'flag', level: '1', group: { office: '4' } }, /No breakdown by office is kept; kept are county, county × sex, region/);
    refused({ kind: 'mix', group: { county: '1' }, like: { sex: 'f' } }, /same columns/);
    const smaller = { ...prediction, factors: prediction.factors.slice(1) };
    expect(() => peopleChange(kept, 0, { people: keptPeople(kept, smaller, math), changes: [{ kind: 'set', covariate: 'age', level: '20' }] })).toThrow(/age is not in the model/);
  });
});

describe('a prediction from the coefficient table', () => {
  it('is the one of the estimate', () => {
    const fromTable = fittedPrediction(kept, { outcome: 'hours3', family: 'gaussian', coefficients: fit.coefficients });
    expect(fromTable.coefficients).toEqual(prediction.coefficients);
    expect(fromTable.unestimated).toEqual(prediction.unestimated);
    expect(fromTable.factors).toEqual(prediction.factors);
    expect(fromTable.months).toEqual(prediction.months);
    expect(covariates.length + interactions.length).toBe(9);
  });

  it('knows the fit about which a probit is linear', () => {
    const separated = fit.coefficients.map((coefficient, k) => (k === 3 ? { ...coefficient, estimate: null, status: 'separated' as const } : coefficient));
    const { fitted, coefficients } = fittedPrediction({ ...kept, outcomes: [{ ...kept.outcomes[0]!, name: 'job3', family: 'probit' }] }, { outcome: 'job3', family: 'probit', coefficients: separated });
    expect(fitted!.coefficients).toBe(coefficients);
    expect([fitted!.outcome, fitted!.aside.map((a) => kept.frame.columns[a]!.level)]).toEqual([0, [separated[3]!.level]]);
  });
});
