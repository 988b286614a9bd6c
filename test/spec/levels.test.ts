import { describe, expect, it } from 'vitest';
import { covariateColumn, outcomeColumn } from '../../src/spec/columns.ts';
import { knownLevels, staticLevels } from '../../src/spec/levels.ts';

const name = 'x';

describe('staticLevels', () => {
  it('numbers the levels of each coding from where the coding begins', () => {
    expect(staticLevels({ name, coding: 'values', min: -1, max: 3 })).toEqual(['-1', '0', '1', '2', '3']);
    expect(staticLevels({ name, coding: 'intervals', breaks: [0, 8] })).toEqual(['0', '1', '2']);
    expect(staticLevels({ name, coding: 'quantiles', groups: 3 })).toEqual(['1', '2', '3']);
    expect(staticLevels({ name, coding: 'quantiles', groups: 3, zero: 'separate' })).toEqual(['0', '1', '2', '3']);
    expect(staticLevels({ name, coding: 'equal-width', groups: 2 })).toEqual(['1', '2']);
    expect(staticLevels({ name, coding: 'present' })).toEqual(['0', '1']);
  });

  it('leaves to the data what the data decide', () => {
    expect(staticLevels({ name, coding: 'numeric' })).toBeNull();
    expect(staticLevels({ name, coding: 'values' })).toBeNull();
    expect(staticLevels({ name, coding: 'values', labels: ['no', 'yes'] })).toBeNull();
    expect(knownLevels({ name, coding: 'values', labels: ['no', 'yes'] })).toEqual(['no', 'yes']);
  });

  it('puts the level of missing values last, labels or not', () => {
    expect(staticLevels({ name, coding: 'equal-width', groups: 2, missing: 'level' })).toEqual(['1', '2', 'missing']);
    expect(staticLevels({ name, coding: 'intervals', breaks: [0], labels: ['low', 'high'], missing: 'level' })).toEqual(['low', 'high', 'missing']);
    expect(staticLevels({ name, coding: 'equal-width', groups: 2, missing: 'reference' })).toEqual(['1', '2']);
  });
});

describe('columns', () => {
  it('carry the horizon, and the name where none is given', () => {
    expect(covariateColumn({ name, column: 'inflow_{horizon}', coding: 'numeric' }, 12)).toBe('inflow_12');
    expect(covariateColumn({ name, coding: 'numeric' }, 12)).toBe('x');
    expect(outcomeColumn({ name: 'y', family: 'gaussian', horizon: 3 })).toBe('y');
    expect(outcomeColumn({ name: 'y', column: 'z', family: 'gaussian', horizon: 3 })).toBe('z');
  });
});
