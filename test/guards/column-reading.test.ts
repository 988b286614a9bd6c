import { describe, expect, it } from 'vitest';
import { columnReading } from '../../src/guards/column-reading.ts';
import { main } from '../../src/spec/built-in.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';

const [atid3, atid12] = main.outcomes;
const reading = (by: string, spec: ModelSpec = main, outcome = atid3!) => columnReading(by === '' ? [] : by.split('+'), outcome, spec);

describe('how a breakdown may be read', () => {
  it.each([
    ['', 'movement-only', []],
    ['female', 'movement-only', ['female']],
    ['country_group+age', 'movement-only', ['country_group', 'age']],
    ['residence_months', 'movement-only', ['residence_months']],
    ['county+female', 'within', ['female']],
    ['county', 'comparable', []],
    ['office+measure', 'comparable', []],
    ['unemployment_inflow_3', 'movement-only', ['unemployment_inflow_3']],
    ['unemployment_inflow_12', 'comparable', []],
  ])('by "%s" at three months: %s', (by, level, controlled) => {
    expect(reading(by)).toMatchObject({ level, controlled });
  });

  it('follows the horizon of the outcome', () => {
    expect([reading('unemployment_inflow_12', main, atid12).level, reading('unemployment_inflow_3', main, atid12).level]).toEqual(['movement-only', 'comparable']);
    expect([reading('measure').lockIn, reading('county+contract').lockIn, reading('county').lockIn, reading('measure', main, atid12).lockIn]).toEqual([true, true, false, false]);
  });

  it('names what Nav decides: by default some columns of the analysis table, else those of the spec', () => {
    expect(reading('county+support_group+measure').decidedByNav).toEqual(['support_group', 'measure']);
    expect(['main_group', 'contract', 'office'].map((by) => reading(by).decidedByNav)).toEqual([['main_group'], ['contract'], []]);
    const own = parseModelSpec({ ...main, reading: { decidedByNav: ['office', 'course'], measures: ['course'] } });
    expect(reading('office+support_group', own)).toMatchObject({ decidedByNav: ['office'], lockIn: false });
    expect(reading('course', own)).toMatchObject({ decidedByNav: ['course'], lockIn: true });
    expect(reading('measure', parseModelSpec({ ...main, reading: { decidedByNav: [] } }))).toMatchObject({ decidedByNav: [], lockIn: true });
  });

  it('looks into derived columns', () => {
    const derived = {
      thirty: "CASE WHEN age < 30 THEN 'under 30, not in measure' ELSE '' END",
      youth: "age < 30 AND support_group IN ('Situasjonsbestemt innsats', 'it''s county')",
      quoted: '"female" = 1 AND lower("support_group") = county',
      constant: "'female'",
    };
    const spec = parseModelSpec({ ...main, derived });
    expect(reading('thirty', spec)).toMatchObject({ level: 'movement-only', decidedByNav: [] });
    expect(reading('youth', spec)).toMatchObject({ level: 'comparable', decidedByNav: ['youth'] });
    expect(reading('quoted', spec)).toMatchObject({ level: 'comparable', decidedByNav: ['quoted'] });
    expect(reading('constant', spec).level).toBe('comparable');
  });

  it('counts the column that tells models apart, and of covariates those that all of them have', () => {
    expect(reading('main_group', { ...main, separateBy: 'main_group' }).level).toBe('movement-only');
    const [age] = main.covariates;
    const groups = [{ label: 'a', covariates: [age!] }, { label: 'b' }];
    const apart: ModelSpec = { ...main, interactions: [], separateBy: { column: 'main_group', groups } };
    expect([reading('age', apart).level, reading('female', apart).level, reading('main_group', apart).level]).toEqual(['movement-only', 'comparable', 'movement-only']);
  });
});
