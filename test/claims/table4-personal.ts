import { mean } from './laboratory.ts';
import { falls, outcomes, range, rises, spread, steps, type Table4 } from './table4.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

/** Claims about persons that Table 4's printed coefficients decide. */
export function personalClaims(table: Table4): Judgements {
  const all = (claim: (of: (variable: string, level?: string | number) => number, outcome: (typeof outcomes)[number]) => boolean): boolean =>
    outcomes.every((outcome) => claim((variable, level) => table.of(outcome, variable, level), outcome));
  const ages = table.levels('age').map(Number);
  const best = outcomes.map((outcome) => ages.reduce((top, age) => (table.of(outcome, 'age', age) > table.of(outcome, 'age', top) ? age : top)));
  const background = (group: string) => table.series('atid3', 'country_group:residence_time', ['up_to_12', '13_24', '25_36', '37_48', '49_120', 'over_120'].map((time) => `${group}:${time}`)).map((crossed) => crossed + table.of('atid3', 'country_group', group));
  const historyFrom = (outcome: (typeof outcomes)[number]): number[] => table.series(outcome, 'history').slice(1);
  const weakly = (values: readonly number[]): boolean => steps(values).every((step) => step <= 0) && values.at(-1)! < values[0]!;

  return {
    C064: () => holds(JSON.stringify(ages) === JSON.stringify(range(18, 67))),
    C066: () => holds(table.isReference('age', '40') && ages.filter((age) => table.isReference('age', String(age))).length === 1),
    C067: () => contradicted('X30', { claim: best.every((age) => age >= 27 && age <= 29), instead: best[0] === 25 && best.slice(1).every((age) => age >= 27 && age <= 29) }),
    // Two decimals make single years go up and down: five years together.
    C068: () => holds(outcomes.every((outcome) => falls(range(0, 6).map((k) => mean(table.series(outcome, 'age', range(30 + 5 * k, 34 + 5 * k))))))),
    C069: () => contradicted('X30', {
      claim: outcomes.every((outcome) => range(18, 21).every((age) => table.of(outcome, 'age', age) < table.of(outcome, 'age', 40))),
      instead: table.of('atid3', 'age', 20) > 0 && table.of('atid3', 'age', 21) > 0 && outcomes.every((outcome) => [18, 19].every((age) => table.of(outcome, 'age', age) < 0)),
    }),
    C070: () => holds(table.levels('married').join() === '1'),
    C071: () => holds(all((of) => of('married') > 0)),
    C072: () => holds(table.levels('children').join() === '0,1,2,3,4' && table.isReference('children', '0')),
    C073: () => holds(all((of) => of('children', 2) > of('children', 1) && of('children', 1) > 0 && [3, 4].every((more) => of('children', more) < of('children', 2)))),
    C074: () => holds(all((of, outcome) => (outcome.endsWith('12') ? of('children', 3) > 0 : of('children', 3) < 0))),
    C075: () => holds(all((of) => of('children', 4) < 0)),
    C076: () => holds(table.levels('female').join() === '1'),
    C077: () => holds(all((of) => of('female') < 0)),
    C078: () => holds(table.isReference('country_group', '0') && table.levels('country_group').includes('unknown')),
    C079: () => holds(table.levels('residence_time').length === 6 && table.isReference('residence_time', 'over_120')),
    C080: () => {
      const crossed = table.levels('country_group:residence_time');
      const groups = table.levels('country_group').filter((group) => group !== '0');
      const times = table.levels('residence_time');
      return holds(crossed.length === groups.length * times.length && groups.every((group) => times.every((time) => crossed.includes(`${group}:${time}`) && table.isReference('country_group:residence_time', `${group}:${time}`) === (time === 'over_120'))));
    },
    C081: () => holds(all((of) => of('country_group', 1) < 0 && ['2', '3', 'unknown'].every((group) => of('country_group', group) < of('country_group', 1)))),
    C082: () => contradicted('X33', { claim: ['1', '2', '3', 'unknown'].every((group) => rises(background(group))), instead: rises(background('2')) && !rises(background('3')) }),
    C083: () => {
      const levels = table.levels('wage_income_before');
      return contradicted('X22', { claim: levels.length === 11 && !levels.some((level) => level.startsWith('decile')), instead: levels.length === 11 && levels[0] === 'none' && levels.slice(1).every((level, k) => level === `decile_${k + 1}`) });
    },
    C084: () => {
      const variables = new Set(table.rows.map((row) => row['variable']!));
      const crossed = [...variables].some((variable) => variable.includes(':') && variable.includes('income'));
      return contradicted('X23', { claim: crossed, instead: table.levels('pension_income_before').length === 11 && table.levels('pension_income_before')[0] === 'has_income' });
    },
    C087: () => holds(outcomes.every((outcome) => rises(table.series(outcome, 'wage_income_before')) && weakly(table.series(outcome, 'pension_income_before').slice(1).reverse()))),
    C089: () => contradicted('X19', { claim: table.levels('history').length === 7, instead: table.levels('history').length === 8 && table.isReference('history', 'none') }),
    C090: () => contradicted('X21', {
      claim: outcomes.every((outcome) => weakly(table.series(outcome, 'history'))),
      instead: (['atid3', 'jobb3'] as const).every((outcome) => weakly(historyFrom(outcome))) && (['atid12', 'jobb12'] as const).every((outcome) => !weakly(historyFrom(outcome))),
    }),
    C060: () => contradicted('X20', { claim: !table.levels('history').includes('over_60'), instead: outcomes.every((outcome) => table.of(outcome, 'history', 'over_60') < table.of(outcome, 'history', '37_60')) }),
    C101: () => holds(table.levels('hours_at_measurement').length === 7 && table.isReference('hours_at_measurement', '0')),
    C104: () => contradicted('X25', {
      claim: outcomes.every((outcome) => rises(table.series(outcome, 'hours_at_measurement'))),
      instead: (['atid3', 'atid12'] as const).every((outcome) => rises(table.series(outcome, 'hours_at_measurement'))) && (['jobb3', 'jobb12'] as const).every((outcome) => spread(table.series(outcome, 'hours_at_measurement').slice(4)) < 0.025),
    }),
    C099: () => contradicted('X26', { claim: all((of) => of('health_benefit') < 0 && of('work_benefit') < 0), instead: all((of) => of('health_benefit') < 0) && table.of('atid12', 'work_benefit') > 0 }),
    C100: () => holds(all((of) => of('health_benefit') < of('work_benefit') - 0.1)),
    C106: () => holds(table.levels('disability_pension').join() === '1'),
    C107: () => holds(all((of) => of('disability_pension') < 0)),
    C109: () => holds(all((of) => of('laid_off') > 0)),
    C112: () => holds(all((of) => of('recent_higher_education') > 0)),
  };
}
