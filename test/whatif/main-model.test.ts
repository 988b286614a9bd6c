import { beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import type { RunResult } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../../src/whatif/answer.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import { open } from '../kernels/open.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { noteTexts } from '../support/note-texts.ts';

// The main model over 20,000 generated rows: what the workers keep, against runs over the rows with the same breaks.
const options = { ...defaultOptions, by: [['county'], ['support_group']] };
const spec: ModelSpec = { ...main, outcomes: main.outcomes.filter(({ family }) => family === 'gaussian') };
const run = async (changed: Partial<ModelSpec>, keep = false): Promise<RunResult> => {
  const pool = await openBuiltPool(2);
  try {
    return await runBuiltModel({ spec: { ...spec, ...changed }, source: { synthetic: { rows: 20_000, seed: 1, effects: 'on' } }, options, pool, keep });
  } finally {
    await pool.close();
  }
};

let base: RunResult;
let whatIf: (request: WhatIfRequest) => WhatIfAnswer;
beforeAll(async () => {
  base = await run({}, true);
  whatIf = openWhatIf(base, estimationMath(await open()));
});

/** The covariates with the breaks that the fit of this horizon found. */
const frozen = (fit: RunResult['fits'][number]): Covariate[] => {
  const breaks = [...fit.breaks];
  return main.covariates.map((covariate) => ((covariate.coding === 'quantiles' || covariate.coding === 'equal-width') ? { ...covariate, breaks: breaks.shift()!.breaks } : covariate));
};

function expectSame(answer: WhatIfAnswer, result: RunResult): void {
  const near = (a: number | null, b: number | null, scale: number): void => {
    if (a === null || b === null || Number.isNaN(a)) expect(a).toBe(b);
    else if (!(Math.abs(a - b) <= 1e-10 * Math.max(1, scale))) expect(a).toBe(b);
  };
  for (const model of answer.models) {
    const fit = result.fits.find(({ outcome }) => outcome === model.outcome)!;
    expect([model.n, model.rank]).toEqual([fit.n, fit.rank]);
    expect(model.coefficients.map(({ term, level, status, n }) => [term, level, status, n])).toEqual(fit.coefficients.map(({ term, level, status, n }) => [term, level, status, n]));
    model.coefficients.forEach((coefficient, k) => {
      for (const key of ['estimate', 'standardError'] as const) near(coefficient[key], fit.coefficients[k]![key], Math.abs(fit.coefficients[k]!.estimate ?? 0));
    });
  }
  answer.tables.forEach((table, t) => {
    const rows = [...result.tables[t]!.outcome.keys()].filter((row) => answer.models.some(({ outcome }) => outcome === result.tables[t]!.outcome[row]));
    expect(table.outcome.length).toBe(rows.length);
    for (const key of ['n', 'actual', 'expected', 'indicator', 'standardError', 'indicatorSeasonallyAdjusted', 'relativePercent'] as const) {
      rows.forEach((row, k) => near(table[key][k]!, result.tables[t]![key][row]!, Math.abs(result.tables[t]!.actual[row]!) * (key === 'relativePercent' ? 100 : 1)));
    }
  });
}

describe('what-if on the main model', () => {
  it('is the run itself where the model is said again', () => {
    expect(base.kept.length).toBe(2);
    expectSame(whatIf({ model: {} }), base);
  });

  it('leaves out covariates and the interaction as a run over the rows does', async () => {
    const answer = whatIf({ model: { drop: ['hours_at_measurement', 'pension_income_before'], dropInteractions: [['country_group', 'residence_time']] } });
    expect(answer.tables.length).toBe(3);
    expectSame(answer, await run({ covariates: main.covariates.filter(({ name }) => !['hours_at_measurement', 'pension_income_before'].includes(name)), interactions: [] }));
  });

  it('leaves out months as a run over the rows with the same breaks does', async () => {
    const [fit] = base.fits;
    const answer = whatIf({ outcomes: [fit!.outcome], model: { dropMonths: ['2020-03/2022-02'], dropInteractions: [['country_group', 'residence_time']] } });
    // With every level among the rows that are left, no cell is without an expected value.
    expect(noteTexts(answer.notes).filter((note) => note.includes('cells'))).toEqual([]);
    expect(answer.breaks).toBe('frozen');
    expectSame(answer, await run({ outcomes: spec.outcomes.slice(0, 1), covariates: frozen(fit!), interactions: [], sample: { excludeMonths: ['2020-03/2022-02'] } }));
  });
});
