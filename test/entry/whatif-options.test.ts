import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { assignment, groupOf, interaction, list, merging, mixing, reference, setting, shifting } from '../../src/entry/whatif-options.ts';

describe('options of whatif', () => {
  it('are read', () => {
    expect(list('a, b', ['c'])).toEqual(['c', 'a', 'b']);
    expect(merging('age=30,31', [{ covariate: 'kids', levels: ['1'] }])).toEqual([{ covariate: 'kids', levels: ['1'] }, { covariate: 'age', levels: ['30', '31'] }]);
    expect(merging('age=30,31:about 30')).toEqual([{ covariate: 'age', levels: ['30', '31'], label: 'about 30' }]);
    expect(reference('age=41')).toEqual([{ covariate: 'age', level: '41' }]);
    expect(interaction('a:b', [['c', 'd']])).toEqual([['c', 'd'], ['a', 'b']]);
    expect(setting('health_benefit=0')).toEqual({ kind: 'set', covariate: 'health_benefit', level: '0' });
    expect(shifting('inflow=-2')).toEqual({ kind: 'shift', covariate: 'inflow', by: -2 });
    expect(mixing('Møre og Romsdal=Oslo')).toEqual({ kind: 'mix', group: { county: 'Møre og Romsdal' }, like: { county: 'Oslo' } });
    expect(mixing('office:1=2')).toEqual({ kind: 'mix', group: { office: '1' }, like: { office: '2' } });
    expect(groupOf('county=Oslo', { sex: 'f' })).toEqual({ sex: 'f', county: 'Oslo' });
    expect(() => groupOf('county=Oslo', { county: 'Troms' })).toThrow(/county is given twice, as Troms and as Oslo/);
    expect(assignment('level=a=b')).toEqual(['level', 'a=b']);
  });

  it.each([() => list('a,,b'), () => assignment('age'), () => assignment('=4'), () => setting('age='), () => shifting('age=0'), () => shifting('age=1.5'), () => interaction('a'), () => interaction('a:b:c')])(
    'are refused where they are not of their form: %s',
    (read) => expect(read).toThrow(InvalidArgumentError),
  );
});
