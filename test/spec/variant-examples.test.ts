import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/spec/built-in.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';

const folder = new URL('../../examples/variants/', import.meta.url);
const without = (...names: string[]): readonly Covariate[] => main.covariates.filter(({ name }) => !names.includes(name));

/** What each example changes in `main`. */
const changes: Readonly<Record<string, Partial<ModelSpec>>> = {
  'v1-without-pandemic': { sample: { excludeMonths: ['2020-03/2022-02'] } },
  'v2-calendar-months': { covariates: [...main.covariates, { name: 'calendar_month', column: 'month', coding: 'values', reference: '2017-12' }] },
  'v3-by-main-group': {
    derived: {
      model_group:
        "CASE WHEN main_group = 'Nedsatt arbeidsevne' THEN 'reduced work capacity' WHEN main_group IN ('Helt ledige', 'Delvis ledige', 'Arbeidssøkere på tiltak') THEN 'jobseekers' ELSE 'others' END",
    },
    separateBy: {
      column: 'model_group',
      groups: [{ label: 'jobseekers' }, { label: 'reduced work capacity', covariates: without('laid_off') }, { label: 'others', covariates: without('laid_off') }],
    },
  },
  'v4-linear-probability': { outcomes: main.outcomes.slice(2).map((outcome) => ({ ...outcome, family: 'gaussian' })) },
  'v5-entry-cohorts': { covariates: without('duration'), separateBy: { column: 'duration_months', groups: ['0', '6', '12', '24', '60'].map((label) => ({ label })) } },
  'v6-without-hours': { covariates: without('hours_at_measurement') },
};

describe('examples/variants', () => {
  it('are these', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(changes).map((name) => `${name}.json`));
  });

  it.each(Object.entries(changes))('%s is main with its one change', (name, change) => {
    expect(parseModelSpec(readFileSync(new URL(`${name}.json`, folder), 'utf8'))).toEqual({ ...main, ...change, name });
  });
});
