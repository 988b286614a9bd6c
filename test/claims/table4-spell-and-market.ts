import { main, table4 as table4Spec } from '../../src/spec/built-in.ts';
import { staticLevels } from '../../src/spec/levels.ts';
import { normalCdf } from '../reference/distributions.ts';
import { reference } from '../synthetic/draw.ts';
import { outcomes, range, spread, trend, type Table4 } from './table4.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

const levelsOf = (spec: typeof main, name: string): string[] => staticLevels(spec.covariates.find((covariate) => covariate.name === name)!) ?? [];

/** Claims about spells, the labour market and the model that Table 4's printed coefficients decide. */
export function spellAndMarketClaims(table: Table4): Judgements {
  const duration = (outcome: (typeof outcomes)[number], from: number, to: number): number[] => table.series(outcome, 'duration', range(from, to));
  const inflow = (outcome: (typeof outcomes)[number]): number[] => table.series(outcome, 'unemployment_inflow', range(1, outcome.endsWith('12') ? 18 : 20));
  const variables = new Set(table.rows.map((row) => row['variable']!));
  const levels = new Set(table.rows.map((row) => row['label_en']!.toLowerCase()));

  return {
    C050: () => holds(table.of('atid3', 'constant') === 2.21 && table.of('atid12', 'constant') === 6.71),
    C057: () => holds(['support_group', 'measure', 'main_group', 'reduced_work_capacity'].every((name) => !variables.has(name) && [main, table4Spec].every((spec) => !spec.covariates.some((covariate) => covariate.name === name || covariate.column === name)))),
    C058: () => holds(['budget', 'staff', 'organi', 'office'].every((word) => [...variables, ...levels, ...main.covariates.map(({ name }) => name)].every((name) => !name.includes(word)))),
    C063: () => holds(levelsOf(main, 'country_group').map((label) => (label === 'unknown' ? '-1' : label)).join(';') === '-1;0;1;2;3' && [...table.levels('country_group')].sort().join() === [...levelsOf(main, 'country_group')].sort().join()),
    C092: () => holds(table.levels('duration').join() === range(0, 60).join() && levelsOf(table4Spec, 'duration').length === 61),
    C093: () => holds(table.isReference('duration', '0') && range(1, 60).every((month) => !table.isReference('duration', String(month)))),
    C094: () => {
      const early = duration('atid3', 0, 24);
      return holds(early.indexOf(Math.max(...early)) === 3 && early.indexOf(Math.min(...early)) === 11 && early.slice(11).indexOf(Math.max(...early.slice(11))) === 13);
    },
    // The last class, 60 and more, is open and apart: X17.
    C095: () => holds(trend(duration('atid3', 3, 11)) < 0 && outcomes.every((outcome) => spread(duration(outcome, 24, 59)) < 0.2 * spread(duration(outcome, 0, 24)))),
    C282: () => holds(levelsOf(main, 'duration').length === 20),
    C283: () => {
      const merged = [...range(0, 18), '19-59'].length;
      return contradicted('X17', { claim: merged + 1 === levelsOf(main, 'duration').length, instead: merged === levelsOf(main, 'duration').length && levelsOf(table4Spec, 'duration').includes('60') });
    },
    C284: () => contradicted('X17', {
      claim: outcomes.every((outcome) => spread(duration(outcome, 19, 60)) < 0.25),
      instead: outcomes.every((outcome) => spread(duration(outcome, 19, 59)) < 0.25) && table.of('atid12', 'duration', 60) < Math.min(...duration('atid12', 19, 59)) - 0.25,
    }),
    C114: () => contradicted('X37', {
      claim: outcomes.every((outcome) => inflow(outcome).slice(1).every((value) => value < inflow(outcome)[0]!)),
      instead: outcomes.every((outcome) => trend(inflow(outcome).slice(1)) < 0 && inflow(outcome)[1]! > inflow(outcome)[0]!),
    }),
    C116: () => holds(outcomes.every((outcome) => trend(table.series(outcome, 'expected_employment')) < 0)),
    C119: () => holds(table.levels('unemployment_inflow').join() === range(1, 20).join() && levelsOf(main, 'unemployment_inflow').length === 20),
    C123: () => holds(table.levels('expected_employment').join() === range(1, 20).join() && levelsOf(table4Spec, 'expected_employment').length === 20),
    C249: () => holds(
      (['atid12', 'jobb12'] as const).every((outcome) => [19, 20].every((level) => table.of(outcome, 'unemployment_inflow', level) === 0 && !table.isReference('unemployment_inflow', String(level)))) &&
        (['atid3', 'jobb3'] as const).every((outcome) => table.of(outcome, 'unemployment_inflow', 19) !== 0),
    ),
    C247: () => {
      const total = (measure: string): number => Number(reference('outcomes_by_user_group').find((row) => row['group'] === 'all' && row['measure'] === measure)!['value']);
      const totals = ['hours_next_3_months_mean', 'hours_next_12_months_mean', 'in_work_3_months_later_share', 'in_work_12_months_later_share'].map(total);
      return holds(outcomes.every((outcome, k) => table.of(outcome, 'dependent_variable_mean') === totals[k]));
    },
    C248: () => holds(table.of('atid3', 'constant') === 2.21 && table.of('atid12', 'constant') === 6.71 && normalCdf(table.of('jobb3', 'constant')).toFixed(4) === '0.0668' && normalCdf(table.of('jobb12', 'constant')).toFixed(4) === '0.2061'),
    C028: () => contradicted('X9', {
      // Were those under 19 hours left out, everyone left would have a job.
      claim: (['jobb3', 'jobb12'] as const).every((outcome) => table.of(outcome, 'dependent_variable_mean') === 1),
      instead: table.of('jobb3', 'dependent_variable_mean') === 0.24 && table.of('jobb12', 'dependent_variable_mean') === 0.3,
    }),
    C036: () => {
      const counties = reference('outcomes_by_county').map((row) => ({ key: `${row['population']} ${row['county']}`, pairs: [[row['atid3'], row['atid12']], [row['jobb3'], row['jobb12']]] }));
      const below = counties.filter(({ pairs }) => pairs.some(([short, long]) => Number(long) <= Number(short))).map(({ key }) => key);
      return contradicted('X57', { claim: below.length === 0, instead: below.join() === 'country_group_3 oslo' });
    },
  };
}
