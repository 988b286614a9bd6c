import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { main, table4 } from '../../src/spec/built-in.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Fault } from '../../src/spec/fault.ts';
import { specFaults } from '../../src/messages/en/spec-faults.ts';
import { nested } from '../../src/messages/words.ts';

const age = { name: 'age', coding: 'values', min: 18, max: 67, reference: 40 };
const hours = { name: 'hours', coding: 'intervals', breaks: [0, 8, 16], reference: 0 };
const atid3 = { name: 'atid3', family: 'gaussian', horizon: 3 };
const plain = { name: 'example', person: 'id', month: 'month', outcomes: [atid3], covariates: [age, hours] };

function faultsOf(json: unknown): readonly Fault[] {
  try {
    parseModelSpec(json);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    const { kind, message, args } = error as EngineError;
    expect(kind).toBe('spec');
    const faults = args['faults'] as readonly Fault[];
    for (const fault of faults.slice(0, 20)) expect(message).toContain(nested(specFaults, fault));
    return faults;
  }
  return [];
}

const withCovariate = (covariate: unknown): unknown => ({ ...plain, covariates: [age, covariate] });

/** What is wrong, where it is said to be, and words of the message. */
const refused: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['a number', 3, '', /must be an object, not 3/],
  ['an empty object', {}, 'outcomes', /is missing/],
  ['null for a text', { ...plain, person: null }, 'person', /must be string, not null/],
  ['a misspelt key', { ...plain, outcome: [] }, 'outcome', /not a key.*did you mean "outcomes"/],
  ['a misspelt key of a covariate', withCovariate({ ...hours, brakes: [1] }), 'covariates[1].brakes', /did you mean "breaks"/],
  ['a key of another coding', withCovariate({ ...hours, groups: 3 }), 'covariates[1].groups', /not a key/],
  ['a coding that does not exist', withCovariate({ name: 'x', coding: 'deciles' }), 'covariates[1].coding', /"values" or "intervals".*not "deciles"/],
  ['a family that does not exist', { ...plain, outcomes: [{ ...atid3, family: 'logit' }] }, 'outcomes[0].family', /"gaussian" or "probit", not "logit"/],
  ['text in the place of a number', withCovariate({ ...age, name: 'x', min: '18' }), 'covariates[1].min', /must be number, not "18"/],
  ['a horizon that is no whole number', { ...plain, outcomes: [{ ...atid3, horizon: 1.5 }] }, 'outcomes[0].horizon', /whole number/],
  ['no outcomes', { ...plain, outcomes: [] }, 'outcomes', /at least one/],
  ['two outcomes of one name', { ...plain, outcomes: [atid3, atid3] }, 'outcomes[1].name', /"atid3" like outcomes\[0\]\.name/],
  ['a range for a probit', { ...plain, outcomes: [{ ...atid3, family: 'probit', range: [0, 1] }] }, 'outcomes[0].range', /left out/],
  ['a range from large to small', { ...plain, outcomes: [{ ...atid3, range: [1, 0] }] }, 'outcomes[0].range', /smallest first/],
  ['one column for person and month', { ...plain, month: 'id' }, 'month', /column of person/],
  ['a covariate called constant', withCovariate({ ...hours, name: 'constant' }), 'covariates[1].name', /intercept/],
  ['a colon in a name', withCovariate({ ...hours, name: 'a:b' }), 'covariates[1].name', /interaction/],
  ['a placeholder in a name', withCovariate({ ...hours, name: 'a_{horizon}' }), 'covariates[1].name', /belongs in column/],
  ['an unknown placeholder', withCovariate({ ...hours, column: 'a_{horison}' }), 'covariates[1].column', /\{horison\}.*only \{horizon\}/],
  ['breaks out of order', withCovariate({ ...hours, breaks: [0, 8, 8] }), 'covariates[1].breaks[2]', /larger than the one before \(8\), is 8/],
  ['quantile breaks out of order', withCovariate({ name: 'w', coding: 'quantiles', groups: 3, breaks: [2, 1] }), 'covariates[1].breaks[1]', /not be smaller/],
  ['too few breaks', withCovariate({ name: 'w', coding: 'equal-width', groups: 4, breaks: [1, 2] }), 'covariates[1].breaks', /3 breaks for 4 groups, holds 2/],
  ['no breaks', withCovariate({ ...hours, breaks: [] }), 'covariates[1].breaks', /at least one break/],
  ['groups: 0', withCovariate({ name: 'w', coding: 'quantiles', groups: 0 }), 'covariates[1].groups', /at least 1/],
  ['min alone', withCovariate({ name: 'x', coding: 'values', min: 1 }), 'covariates[1].max', /missing: give min and max/],
  ['max below min', withCovariate({ name: 'x', coding: 'values', min: 1, max: 0 }), 'covariates[1].max', /smaller than min/],
  ['too many levels', withCovariate({ name: 'x', coding: 'values', min: 0, max: 1e12 }), 'covariates[1]', /at most 4096/],
  ['a reference that is no level', withCovariate({ ...hours, reference: 4 }), 'covariates[1].reference', /names no level: "4"/],
  ['a misspelt reference', withCovariate({ ...hours, labels: ['none', 'few', 'half', 'many'], reference: 'nonne' }), 'covariates[1].reference', /did you mean "none"/],
  ['too few labels', withCovariate({ ...hours, labels: ['a', 'b', 'c'], reference: 'a' }), 'covariates[1].labels', /must name 4 levels, names 3/],
  ['a label twice', withCovariate({ ...hours, labels: ['a', 'b', 'b', 'c'], reference: 'a' }), 'covariates[1].labels[2]', /"b" for the second time/],
  ['a label missing beside the level missing', withCovariate({ ...hours, labels: ['missing', 'b', 'c', 'd'], reference: 'b', missing: 'level' }), 'covariates[1].labels[0]', /label of the level/],
  ['missing on present', withCovariate({ name: 'x', coding: 'present', missing: 'level' }), 'covariates[1].missing', /not a key/],
  ['a level for missing numbers', withCovariate({ name: 'x', coding: 'numeric', missing: 'level' }), 'covariates[1].missing', /"error" or "drop"/],
  ['a shared name with a shared label', withCovariate({ ...hours, name: 'age', breaks: [20], labels: ['a', '18'], reference: 'a' }), 'covariates[1].name', /both have a level "18"/],
  ['a shared name without labels', withCovariate({ name: 'age', coding: 'values' }), 'covariates[1].name', /labels are given/],
  ['an interaction with nothing', { ...plain, interactions: [['age', 'hour']] }, 'interactions[0][1]', /no covariate.*did you mean "hours"/],
  ['an interaction with itself', { ...plain, interactions: [['age', 'age']] }, 'interactions[0]', /itself/],
  ['an interaction twice', { ...plain, interactions: [['age', 'hours'], ['hours', 'age']] }, 'interactions[1]', /same two covariates as interactions\[0\]/],
  ['an interaction of three', { ...plain, interactions: [['age', 'hours', 'age']] }, 'interactions[0][2]', /must be/],
  ['an interaction with a number', { ...plain, covariates: [age, { name: 'w', coding: 'numeric' }], interactions: [['age', 'w']] }, 'interactions[0][1]', /numeric/],
  ['an interaction with a shared name', { ...main, interactions: [['age', 'pension_income_before']] }, 'interactions[0][1]', /2 covariates/],
  ['a month that does not parse', { ...plain, sample: { months: ['2018-13'] } }, 'sample.months[0]', /"2018-13"; must be a month/],
  ['a range that runs backwards', { ...plain, sample: { excludeMonths: ['2018-01', '2019-01/2018-01'] } }, 'sample.excludeMonths[1]', /earliest first/],
  ['an empty expression', { ...plain, derived: { young: '' } }, 'derived.young', /empty/],
  ['an expression that is a number', { ...plain, derived: { young: 1 } }, 'derived.young', /must be string, not 1/],
  ['a derived column without a name', { ...plain, derived: { '': 'age < 30' } }, 'derived[""]', /must have a name/],
  ['a placeholder in a derived column', { ...plain, derived: { 'inflow_{horizon}': 'age' } }, 'derived["inflow_{horizon}"]', /brace.*\{horizon\} belongs in the column of a covariate/],
  ['derived columns that SQL takes for one', { ...plain, derived: { young: 'age < 30', Young: 'age < 25' } }, 'derived.Young', /differs from "young" only in upper and lower case/],
  ['an empty condition', { ...plain, sample: { where: '' } }, 'sample.where', /empty/],
  ['seasonal months of no horizon', { ...plain, seasonal: { reference: { '12': ['2018-01'] } } }, 'seasonal.reference["12"]', /no outcome; there are 3/],
  ['a seasonal month that does not parse', { ...plain, seasonal: { reference: { '3': ['2018'] } } }, 'seasonal.reference["3"][0]', /"2018"/],
  ['no groups', { ...plain, separateBy: { column: 'g', groups: [] } }, 'separateBy.groups', /at least one group/],
  ['a group twice', { ...plain, separateBy: { column: 'g', groups: [{ label: 'a' }, { label: 'a' }] } }, 'separateBy.groups[1].label', /unique/],
  ['a fault within a group', { ...plain, separateBy: { column: 'g', groups: [{ label: 'a', covariates: [{ ...hours, breaks: [2, 1] }] }] } }, 'separateBy.groups[0].covariates[0].breaks[1]', /larger/],
  ['a group without an interacted covariate', { ...plain, interactions: [['age', 'hours']], separateBy: { column: 'g', groups: [{ label: 'a', covariates: [age] }] } }, 'interactions[0][1]', /no covariate: "hours" among separateBy\.groups\[0\]\.covariates/],
  ['a misspelt key within a group', { ...plain, separateBy: { column: 'g', groups: [{ label: 'a', covariate: [] }] } }, 'separateBy.groups[0].covariate', /did you mean "covariates"/],
  ['a number to separate by', { ...plain, separateBy: 3 }, 'separateBy', /must be string or Object, not 3/],
];

describe('parseModelSpec refuses', () => {
  it.each(refused)('%s', (_, json, path, words) => {
    const faults = faultsOf(json);
    expect(faults.map((fault) => fault.path)).toContain(path);
    expect(nested(specFaults, faults.find((fault) => fault.path === path)!)).toMatch(words);
  });

  it('all faults at once', () => {
    const covariates = [{ ...hours, breaks: [1, 1], reference: 9 }, { ...hours, labels: ['a'] }];
    expect(faultsOf({ ...plain, covariates, month: 'id' }).map((fault) => fault.path)).toEqual([
      'month',
      'covariates[0].breaks[1]',
      'covariates[0].reference',
      'covariates[1].labels',
      'covariates[1].reference',
    ]);
  });

  it('text that is not JSON', () => {
    expect(() => parseModelSpec('{"name": ')).toThrow(expect.objectContaining({ kind: 'spec', message: expect.stringMatching(/^The model spec is not JSON: /) }));
  });
});

describe('parseModelSpec accepts', () => {
  it('the built-in specs as they are', () => {
    expect(parseModelSpec(JSON.stringify(main))).toEqual(main);
    expect(parseModelSpec(table4)).toEqual(table4);
  });

  it('a reference that names the level of missing values', () => {
    const covariate = { ...hours, missing: 'level', reference: 'missing' };
    expect(faultsOf(withCovariate(covariate))).toEqual([]);
  });

  it('tied quantile breaks, text values, a numeric covariate, a schema address', () => {
    const covariates = [
      { name: 'w', coding: 'quantiles', groups: 3, breaks: [1, 1] },
      { name: 'sector', coding: 'values', reference: 'public' },
      { name: 'x', coding: 'numeric', missing: 'drop' },
    ];
    const spec = parseModelSpec({ $schema: 'model-spec.schema.json', ...plain, covariates });
    expect(spec).toEqual({ ...plain, covariates });
  });

  it('separateBy as a column, as groups, as null', () => {
    for (const separateBy of ['g', null, { column: 'g', groups: [{ label: '' }, { label: 'a', covariates: [age] }] }]) {
      expect(faultsOf({ ...plain, separateBy })).toEqual([]);
    }
  });
});
