import { describe, expect, test } from 'vitest';
import { changeOf, termsLeftOut } from '../../web/what-if-model-change.ts';
import { choiceOf, personLevels, statusOf } from '../../web/what-if-person-levels.ts';
import type { KeptCovariate } from '../../web/what-if-question.ts';
import { pooledMean } from '../../web/what-if-series.ts';
import { exampleResult } from '../support/run-result.ts';

const covariates: KeptCovariate[] = [
  { name: 'age', parts: [{ levels: ['18', '19', '20'], reference: '19' }] },
  { name: 'group', parts: [{ levels: ['a', 'b'], reference: 'a' }] },
  { name: 'income', parts: [{ levels: ['none', 'some'], reference: 'none' }, { levels: ['zero', 'decile_1'], reference: 'zero' }] },
];
const kept = { covariates, interactions: [['age', 'group']] as const };
const none = { without: new Set<string>(), references: new Map<string, string>(), from: '', to: '' };

describe('a changed model', () => {
  test('that is not changed asks for no change', () => expect(changeOf(kept, none)).toEqual({}));

  test('without a covariate is without its interactions', () => {
    expect([...termsLeftOut(kept, { without: new Set(['group']) })]).toEqual(['group', 'age:group']);
    expect(changeOf(kept, { ...none, without: new Set(['group']) })).toEqual({ drop: ['group'], dropInteractions: [['age', 'group']] });
    expect(changeOf(kept, { ...none, without: new Set(['age:group']) })).toEqual({ dropInteractions: [['age', 'group']] });
  });

  test('has months left out, and another reference of what is in it', () => {
    const references = new Map([['age', '20'], ['group', 'a'], ['income', 'gone']]);
    expect(changeOf(kept, { ...none, references, from: '2020-03', to: '2022-02' })).toEqual({
      reference: [{ covariate: 'age', level: '20' }], dropMonths: ['2020-03/2022-02'],
    });
    expect(changeOf(kept, { ...none, references, without: new Set(['age']) })).toEqual({ drop: ['age'], dropInteractions: [['age', 'group']] });
  });

  test('leaves out nothing that the outcome’s model does not have', () => expect(changeOf(kept, { ...none, without: new Set(['other']) })).toEqual({}));
});

describe('one person', () => {
  test('has the references at first, and a list where covariates share a name', () => {
    expect(personLevels(covariates, new Map())).toEqual({ age: '19', group: 'a', income: ['none', 'zero'] });
    expect(personLevels(covariates, new Map([['income\n1', 'decile_1'], ['age\n0', '18']]))).toEqual({ age: '18', group: 'a', income: ['none', 'decile_1'] });
  });

  test('has the reference where the outcome lacks the level', () => expect(choiceOf(covariates[0]!, 0, new Map([['age\n0', '99']]))).toBe('19'));

  test('knows which levels have a coefficient', () => {
    const fit = exampleResult().fits.find(({ outcome }) => outcome === 'atid12');
    expect([statusOf(fit, 'age', '40'), statusOf(fit, 'unemployment_inflow', '20'), statusOf(fit, 'age', '100'), statusOf(undefined, 'age', '40')]).toEqual(['reference', 'empty', undefined, undefined]);
  });
});

test('a pooled mean weighs months by their rows and leaves out those without a number', () => {
  expect(pooledMean(Float64Array.of(1, 3, 5), Float64Array.of(2, 6, NaN))).toBe(5);
  expect(pooledMean(Float64Array.of(1), Float64Array.of(NaN))).toBeNaN();
});
