import { expect, it } from 'vitest';
import { main } from '../../src/spec/built-in.ts';
import { holdBreaks } from '../../src/spec/hold-breaks.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';

const breaksOf = ({ covariates }: ModelSpec): (readonly number[] | undefined)[] => covariates.map((covariate) => ('breaks' in covariate ? covariate.breaks : undefined));

const spec: ModelSpec = {
  name: 'held', person: 'id', month: 'month',
  outcomes: [{ name: 'y3', family: 'gaussian', horizon: 3 }, { name: 'y12', family: 'gaussian', horizon: 12 }],
  covariates: [
    { name: 'income', column: 'wage', coding: 'quantiles', groups: 3, labels: ['a', 'b', 'c'] },
    { name: 'income', column: 'pension', coding: 'quantiles', groups: 3, labels: ['d', 'e', 'f'] },
    { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 2 },
    { name: 'given', coding: 'quantiles', groups: 2, breaks: [7] },
    { name: 'hours', coding: 'intervals', breaks: [0, 8] },
  ],
};

it('gives each covariate the breaks found for its column, those of the first outcome where there are several', () => {
  const found = [
    { covariate: 'income', column: 'wage', breaks: [1, 2] },
    { covariate: 'income', column: 'pension', breaks: [3, 4] },
    { covariate: 'inflow', column: 'inflow_3', breaks: [0.5] },
    { covariate: 'income', column: 'wage', breaks: [1, 5] },
    { covariate: 'inflow', column: 'inflow_12', breaks: [0.25] },
    { covariate: 'given', column: 'given', breaks: [9] },
  ];
  expect(breaksOf(holdBreaks(spec, found))).toEqual([[1, 2], [3, 4], [0.5], [7], [0, 8]]);
});

it('leaves alone what nothing was found for', () => {
  expect(holdBreaks(spec, [])).toEqual(spec);
});

it('makes a spec that is read back as it is', () => {
  const found = main.covariates.filter((covariate): covariate is Covariate & { groups: number } => 'groups' in covariate).map(({ name, column = name, groups }) => ({
    covariate: name, column: column.replace('{horizon}', '12'), breaks: Array.from({ length: groups - 1 }, (_, k) => k + 0.5),
  }));
  const held = holdBreaks(main, found);
  expect(breaksOf(held).filter((breaks) => breaks !== undefined).length).toBeGreaterThan(breaksOf(main).filter((breaks) => breaks !== undefined).length);
  expect(parseModelSpec(JSON.stringify(held))).toEqual(held);
});
