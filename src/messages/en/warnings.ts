import { counted } from '../words.ts';

const of = (outcome: string, population: string): string => (population === '' ? outcome : `${outcome} (${population})`);

/** Of what a run has to say besides its tables. */
export const warnings = {
  'warning.ungrouped': ({ ungrouped, rows }: { ungrouped: number; rows: number }) =>
    `${ungrouped} of ${counted(rows, 'row', 'rows')} ${ungrouped === 1 ? 'is' : 'are'} in none of the groups that separateBy lists and ${ungrouped === 1 ? 'is' : 'are'} left out.`,
  'warning.moved-to-end-bins': ({ outcome, population, values }: { outcome: string; population: string; values: number }) =>
    `${of(outcome, population)}: ${counted(values, 'value', 'values')} of rows outside the estimation sample ${values === 1 ? 'lies' : 'lie'} beyond its range and ${values === 1 ? 'was' : 'were'} moved to the end bins.`,
  'warning.without-expected': ({ outcome, population, rows }: { outcome: string; population: string; rows: number }) =>
    `${of(outcome, population)}: ${counted(rows, 'row', 'rows')} outside the estimation sample ${rows === 1 ? 'has' : 'have'} a level without an estimate, and so no expected value: left out of the groups.`,
  'warning.replicates-unreached': ({ outcome, unreached, replicates }: { outcome: string; unreached: number; replicates: number }) =>
    `${outcome}: ${unreached} of the ${counted(replicates, 'replicate', 'replicates')} did not come to an estimate, and ${unreached === 1 ? 'is' : 'are'} left out of standard errors and intervals.`,
  'warning.replicates-without-rows': ({ outcome, cells, skipped, replicates }: { outcome: string; cells: number; skipped: number; replicates: number }) =>
    `${outcome}: ${counted(cells, 'month', 'months')} of groups had no rows in some of the ${counted(replicates, 'replicate', 'replicates')} (${skipped} in all), which are left out of their standard errors and intervals.`,
  'warning.few-clusters': ({ outcome, population, persons, rank }: { outcome: string; population: string; persons: number; rank: number }) =>
    persons < 2
      ? `${of(outcome, population)}: one person has all rows, and errors clustered by person cannot be told: coefficients have none.`
      : `${of(outcome, population)}: ${persons} persons are fewer than twice the ${rank} coefficients; errors clustered by person are too small then. Take fewer levels, or do not test by them.`,
  'warning.relative-to-unobserved': ({ outcome, month }: { outcome: string; month: string }) =>
    `${outcome}: no row of ${month} has it observed, so that its relative deviation is empty.`,
};
