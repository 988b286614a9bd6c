import { describe, expect, it } from 'vitest';
import { designMatrix } from '../../src/coding/design-matrix.ts';
import { applyModelChange, baseModel, type ModelChange } from '../../src/whatif/model-change.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { panelSpec } from '../support/run-rows.ts';
import { covariates, interactions } from './panel.ts';
import { plainKeptSums } from './plain-kept-sums.ts';

const rows = randomPanel(2, { persons: 40 }).map((row) => (row['age'] === 25 ? { ...row, age: 24 } : row));
const kept = plainKeptSums({ spec: panelSpec(covariates, { interactions, sample: { excludeMonths: ['2018-04'] } }), rows, outcomes: ['hours3'] });
const everything = kept.frame.columns.map(({ term, level }) => ({ term, level }));
const base = baseModel(kept, everything);
const changed = (change: ModelChange) => applyModelChange(kept, base, change);

describe('a changed model', () => {
  it('has the columns of a design matrix laid out from its terms, each a sum of columns of the frame', () => {
    const model = changed({ merge: [{ covariate: 'kids', levels: ['1', '3'] }, { covariate: 'cohort', levels: ['a', 'c'] }], reference: [{ covariate: 'kids', level: '2' }], drop: ['wage'] });
    expect(model.terms.factors.find(({ name }) => name === 'kids')).toEqual({ name: 'kids', labels: ['0', '1 + 3', '2', '4'], reference: 2 });
    expect(model.columns).toEqual(designMatrix(model.terms).columns);
    const names = (term: string, level: string): string[] => {
      const j = model.columns.findIndex((column) => column.term === term && column.level === level);
      return [...model.members.subarray(model.start[j]!, model.start[j + 1]!)].map((a) => kept.frame.columns[a]!.level).sort();
    };
    expect(names('kids', '1 + 3')).toEqual(['1', '3']);
    expect(names('cohort:kids', 'b:1 + 3')).toEqual(['b:1', 'b:3']);
  });

  it('starts from the terms of the fit: what stands in its coefficient table, with its references', () => {
    expect(base.factors.map(({ name, reference }) => [name, reference])).toEqual([['age', 4], ['kids', 0], ['flag', 0], ['cohort', 0], ['hours', 0], ['wage', 0], ['inflow', 0]]);
    expect(base.interactions).toEqual([[3, 1], [2, 4]]);
    const smaller = baseModel(kept, everything.filter(({ term }) => !/age|flag:/.test(term)));
    expect(smaller.factors.map(({ name }) => name)).toEqual(['kids', 'flag', 'cohort', 'hours', 'inflow']);
    expect(smaller.interactions).toEqual([[2, 0]]);
  });

  it('moves months in and out of the sample', () => {
    expect(base.factors.length).toBe(7);
    const first = 12 * 2018;
    expect(changed({}).months).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10].map((t) => first + t));
    expect(changed({ addMonths: ['2018-04'], dropMonths: ['2018-06/2019-12'] }).months).toEqual([0, 1, 2, 3, 4].map((t) => first + t));
    expect(changed({ months: ['2018-03/2018-05', '2018-08'], dropMonths: ['2018-05'] }).months).toEqual([2, 3, 7].map((t) => first + t));
  });

  it.each<[ModelChange, RegExp]>([
    [{ drop: ['ages'] }, /ages is not kept; did you mean "age"\? Kept are age, kids/],
    [{ by: 'county' }, /the groups of county apart are not kept; run over the rows with a spec that has "separateBy": "county"/],
    [{ drop: ['age', 'age'] }, /age is not in the model/],
    [{ add: ['age'] }, /age is in the model already/],
    [{ drop: ['kids'] }, /cohort × kids needs both of its covariates/],
    [{ dropInteractions: [['age', 'kids']] }, /age × kids is not kept; run it over the rows/],
    [{ addInteractions: [['kids', 'cohort']] }, /kids × cohort is in the model already/],
    [{ dropInteractions: [['kids', 'cohort'], ['cohort', 'kids']] }, /not in the model/],
    [{ merge: [{ covariate: 'cohort', levels: ['a', 'd'] }] }, /cohort has no level d, so nobody has it\. Its levels are a, b, c/],
    [{ merge: [{ covariate: 'cohort', levels: ['a'] }] }, /at least two/],
    [{ merge: [{ covariate: 'cohort', levels: ['a', 'b', 'c'] }] }, /leave it out/],
    [{ merge: [{ covariate: 'kids', levels: ['0', '1'], label: '3' }] }, /has a level 3 already/],
    [{ drop: ['wage'], merge: [{ covariate: 'wage', levels: ['1', '2'] }] }, /wage is not in the model; bring it in first/],
    [{ reference: [{ covariate: 'hours', level: '0-8' }] }, /hours has no level 0-8, so nobody has it; did you mean "0_8"/],
    [{ reference: [{ covariate: 'age', level: '25' }] }, /Nobody has age 25 in the estimation sample/],
    [{ dropMonths: ['2018-04'] }, /No month of 2018-04 is in the estimation sample/],
    [{ addMonths: ['2018-05'] }, /2018-05 is in the estimation sample already/],
    [{ addMonths: ['2018-12/2019-02'] }, /2018-12, 2019-01, 2019-02 are not kept/],
    [{ months: ['2018-10/2018-12'] }, /2018-12 is not kept/],
    [{ addMonths: ['2018-04'], dropMonths: ['2018-04/2018-05'] }, /2018-04 is asked in and out at once/],
    [{ months: ['2018-05', '2018-06'], dropMonths: ['2018-05'] }, /2018-05 is asked in and out at once/],
    [{ drop: ['wage'], add: ['wage'] }, /wage: asked in and out of the model at once/],
    [{ reference: [{ covariate: 'age', level: '20' }, { covariate: 'age', level: '21' }] }, /age is given two references, 20 and 21/],
    [{ merge: [{ covariate: 'age', levels: ['20', '21'] }, { covariate: 'age', levels: ['21', '22'] }] }, /age 21 is merged into 20 \+ 21 already/],
    [{ dropMonths: ['2018-13'] }, /2018-13 is not a month/],
    [{ dropMonths: ['2018-01/2019-12'] }, /No month is left/],
  ])('is refused where %j asks for what is not there', (change, message) => {
    expect(() => changed(change)).toThrow(expect.objectContaining({ name: 'EngineError', kind: 'spec', message: expect.stringMatching(message) }));
  });
});
