import { reference } from '../synthetic/draw.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

const groups = ['reduced_work_capacity', 'fully_unemployed', 'partly_unemployed', 'jobseekers_on_measures', 'others'];

/** Whether a number printed to so many decimals can be this one. */
const printedAs = (value: number, printed: number, decimals: number): boolean => Math.abs(value - printed) <= 0.5 * 10 ** -decimals + 1e-9;

/** Claims that the descriptive tables of Appendix A decide. */
export function tableClaims(): Judgements {
  const outcomes = reference('outcomes_by_user_group');
  const covariates = reference('covariates_by_user_group');
  const printed = (rows: Record<string, string>[], group: string, measure: string): number => Number(rows.find((row) => row['group'] === group && row['measure'] === measure)!['value']);
  const count = (group: string): number => printed(outcomes, group, 'observations');
  const total = groups.reduce((sum, group) => sum + count(group), 0);
  const weighted = (measure: string): number => groups.reduce((sum, group) => sum + count(group) * printed(outcomes, group, measure), 0) / total;
  const differs = (measure: string, X: `X${number}`): ReturnType<typeof contradicted> => {
    const all = printed(outcomes, 'all', measure);
    return contradicted(X, { claim: printedAs(weighted(measure), all, 2), instead: weighted(measure) < all - 0.02 && printedAs(weighted('hours_mean'), printed(outcomes, 'all', 'hours_mean'), 2) });
  };
  const support = new Map(reference('outcomes_by_support_group').map((row) => [row['support_group']!, row]));
  const counties = reference('outcomes_by_county').filter((row) => row['population'] === 'all').sort((a, b) => Number(b['atid3']) - Number(a['atid3'])).map((row) => row['county']!);

  return {
    C007: () => contradicted('X1', { claim: ![...support.keys()].some((group) => group === 'not_assessed' || group === 'needs_work_capacity_assessment'), instead: support.has('not_assessed') && ![...support.keys()].some((group) => group.includes('permanent')) }),
    C008: () => holds(printed(covariates, 'all', 'disability_degree_above_0_share') > 0 && groups.some((group) => printed(covariates, group, 'disability_degree_above_0_share') > 0.05)),
    C020: () => contradicted('X2', { claim: Math.round(count('all') / 1e6) === 23, instead: Math.round(count('all') / 1e6) === 24 && Math.floor(count('all') / 1e6) === 23 }),
    C172: () => contradicted('X56', { claim: counties.slice(0, 2).sort().join() === 'more_og_romsdal,nordland', instead: counties.slice(0, 3).sort().join() === 'finnmark,more_og_romsdal,nordland' }),
    C190: () => {
      const highest = [...support].sort(([, a], [, b]) => Number(b['atid3']) - Number(a['atid3'])).map(([group]) => group);
      return contradicted('X55', { claim: highest[0] === 'standard_effort', instead: highest.slice(0, 2).join() === 'not_assessed,standard_effort' });
    },
    C239: () => holds(total === count('all') && total === 23_901_114),
    // Printed cut off after one decimal, not rounded.
    C240: () => holds(['all', ...groups].every((group) => Math.floor(count(group) / 7.9) / 10 === printed(outcomes, group, 'persons_per_month_mean'))),
    C241: () => holds(groups.every((group) => printedAs(count(group) / total, printed(outcomes, group, 'population_share'), 4))),
    C242: () => holds(printedAs(weighted('hours_mean'), printed(outcomes, 'all', 'hours_mean'), 2) && printed(covariates, 'all', 'hours_mean') === printed(outcomes, 'all', 'hours_mean')),
    C243: () => differs('hours_next_3_months_mean', 'X5'),
    C244: () => differs('hours_next_12_months_mean', 'X5'),
    C245: () => {
      const unemployed = ['fully_unemployed', 'partly_unemployed', 'jobseekers_on_measures'];
      const share = unemployed.reduce((sum, group) => sum + count(group), 0) / total;
      return holds(printedAs(share, printed(covariates, 'all', 'registered_unemployed_share'), 2) && unemployed.every((group) => printed(covariates, group, 'registered_unemployed_share') === 1) && ['reduced_work_capacity', 'others'].every((group) => printed(covariates, group, 'registered_unemployed_share') < 0.02));
    },
    C246: () => {
      const [mean, born, age] = [printed(covariates, 'all', 'residence_time_mean'), printed(covariates, 'all', 'born_country_group_0_share'), printed(covariates, 'all', 'age_mean')];
      // Those born in the country have lived there for as long as they are old.
      return contradicted('X66', { claim: mean >= born * age * 12, instead: mean >= born * age && mean <= age });
    },
    C267: () => holds(groups.some((group) => printed(outcomes, group, 'in_work_3_months_later_share') < 0.2) && [...support.values()].filter((row) => Number(row['jobb3']) < 0.2).length >= 3),
  };
}
