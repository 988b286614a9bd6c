import { counted, firstOf } from '../words.ts';

const near = (nearest: string | null): string => (nearest === null ? '.' : `; did you mean "${nearest}"?`);
const why = {
  empty: 'nobody in the estimation sample has it',
  collinear: 'earlier levels tell it already, so that it is not estimated on its own',
  separated: 'everybody who has it had the same outcome',
  absent: 'the fit does not have it',
};

/** The first eight names, and how many more there are. */
const shown = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;

/** Of what-if questions that have no answer. */
export const whatIfRefusals = {
  'spec.what-if-outcome': ({ outcome, nearest, outcomes }: { outcome: string; nearest: string | null; outcomes: readonly string[] }) =>
    `${outcome} is not an outcome here${near(nearest)} There are ${outcomes.join(', ')}.`,
  'spec.what-if-not-kept': ({ covariate, nearest, kept }: { covariate: string; nearest: string | null; kept: readonly string[] }) =>
    `${covariate} is not kept${near(nearest)} Kept are ${kept.join(', ')}.`,
  'spec.what-if-no-level': ({ covariate, level, nearest, levels }: { covariate: string; level: string; nearest: string | null; levels: readonly string[] }) =>
    `${covariate} has no level ${level}, so nobody has it${near(nearest)} Its levels are ${firstOf(levels)}.`,
  'spec.what-if-separate': ({ by }: { by: string }) =>
    `Sums that estimate the groups of ${by} apart are not kept; run over the rows with a spec that has "separateBy": "${by}".`,
  'spec.what-if-empty-reference': ({ covariate, level }: { covariate: string; level: string }) =>
    `Nobody has ${covariate} ${level} in the estimation sample, so that it cannot be the reference.`,
  'spec.what-if-other-levels': ({ covariate }: { covariate: string }) => `${covariate} of the model is not kept with the same levels.`,
  'spec.what-if-interaction-not-in': ({ interaction }: { interaction: string }) =>
    `The interaction ${interaction} is not in the model, so that it cannot be left out.`,
  'spec.what-if-interaction-in': ({ interaction }: { interaction: string }) => `The interaction ${interaction} is in the model already.`,
  'spec.what-if-interaction-alone': ({ interaction }: { interaction: string }) =>
    `The interaction ${interaction} needs both of its covariates; leave it out too.`,
  'spec.what-if-interaction-not-kept': ({ interaction }: { interaction: string }) =>
    `The interaction ${interaction} is not kept; run it over the rows with a spec that has it.`,
  'spec.what-if-covariate-not-in': ({ covariate }: { covariate: string }) => `${covariate} is not in the model, so that it cannot be left out.`,
  'spec.what-if-covariate-in': ({ covariate }: { covariate: string }) => `${covariate} is in the model already.`,
  'spec.what-if-bring-in-first': ({ covariate }: { covariate: string }) => `${covariate} is not in the model; bring it in first.`,
  'spec.what-if-merge-one': ({ covariate }: { covariate: string }) => `Merging levels of ${covariate} takes at least two different ones.`,
  'spec.what-if-merge-label': ({ covariate, label }: { covariate: string; label: string }) =>
    `${covariate} has a level ${label} already; give the merged one another label.`,
  'spec.what-if-merge-all': ({ covariate }: { covariate: string }) => `Merging all levels of ${covariate} leaves nothing of it; leave it out.`,
  'spec.what-if-columns-differ': (_: object) => 'A group can be given the mix of a group of the same columns alone.',
  'spec.what-if-changes-nothing': ({ covariate }: { covariate: string }) => `${covariate} is not in the model: changing it changes no expected value.`,
  'spec.what-if-no-breakdown': ({ columns, kept }: { columns: readonly string[]; kept: readonly string[] }) =>
    `No breakdown by ${columns.join(' × ')} is kept; ${kept.length === 0 ? 'none is' : `kept are ${kept.join(', ')}`}.`,
  'spec.what-if-nobody': ({ group }: { group: string }) => `Nobody is in the group ${group}.`,
  'spec.what-if-shift-several': ({ covariate }: { covariate: string }) =>
    `Several covariates are called ${covariate}, so that it is not clear which levels to shift; set their levels.`,
  'spec.what-if-shift-by': ({ covariate, by }: { covariate: string; by: number }) =>
    `${covariate} can be shifted by a whole number of levels other than 0, not by ${by}.`,
  'spec.what-if-empty-level': ({ covariate, level }: { covariate: string; level: string }) =>
    `Nobody in the estimation sample has ${covariate} ${level}, so that it has no estimate and nobody can be given it.`,
  'spec.what-if-separated-level': ({ covariate, level }: { covariate: string; level: string }) =>
    `Everybody in the estimation sample who has ${covariate} ${level} has the same outcome, so that changing who has it needs the rows.`,
  'spec.what-if-no-estimate': ({ outcome, term, level, status }: { outcome: string; term: string; level: string; status: 'empty' | 'collinear' | 'separated' | 'absent' }) =>
    `${outcome}: ${term} ${level} has no estimate: ${why[status]}.`,
  'spec.what-if-not-in-model': ({ covariate, nearest, covariates }: { covariate: string; nearest: string | null; covariates: readonly string[] }) =>
    `${covariate} is not in the model${near(nearest)} It has ${covariates.join(', ')}.`,
  'spec.what-if-person-lacks': ({ missing }: { missing: readonly string[] }) =>
    `A person needs a level of every covariate; ${missing.length} ${missing.length === 1 ? 'is' : 'are'} missing: ${missing.join(', ')}.`,
  'spec.what-if-person-levels': ({ covariate, sharing, levels, given }: { covariate: string; sharing: number; levels: readonly string[]; given: number }) =>
    `${sharing > 1 ? `${counted(sharing, 'covariate is', 'covariates are')} called ${covariate}: give a list with one level of each` : `${covariate} takes one level`}; ${given} of ${firstOf(levels)} ${given === 1 ? 'was' : 'were'} given.`,
  'spec.what-if-person-number': ({ covariate, given }: { covariate: string; given: string }) => `${covariate} takes one number, not ${given}.`,
  'spec.kept-months-absent': ({ months, kept }: { months: readonly string[]; kept: number }) =>
    `${months.join(', ')} ${months.length === 1 ? 'is' : 'are'} not among the ${counted(kept, 'month that is', 'months that are')} kept.`,
  'spec.kept-no-month-left': (_: object) => 'No month would be left.',
  'spec.kept-months-twice': ({ months }: { months: readonly string[] }) =>
    `${months.join(', ')} ${months.length === 1 ? 'is kept already; replace it to revise it' : 'are kept already; replace them to revise them'}.`,
  'spec.kept-coding-differs': ({ differs }: { differs: 'outcomes' | 'population' | 'levels' | 'breaks' | 'breakdowns' }) =>
    `The months were not summed with the same ${differs}; sum them with the spec, the breaks and the breakdowns of what is kept.`,
  'not-estimable.no-row-in-months': ({ outcome }: { outcome: string }) => `${outcome}: no row of the chosen months has this outcome observed.`,
  'spec.what-if-no-month': ({ text }: { text: string }) =>
    `${text} is not a month; write 2018-03, or 2018-03/2018-05.`,
  'spec.what-if-months-together': ({ months }: { months: readonly string[] }) =>
    `The sums of ${shown(months)} are kept together, since one of them by itself would tell of people who are withheld: take all of them or none, or ask with --data.`,
  'spec.what-if-months-not-kept': ({ months }: { months: readonly string[] }) =>
    `${shown(months)} ${months.length === 1 ? 'is' : 'are'} not kept: no row has an outcome to be estimated on then. Leave ${months.length === 1 ? 'it' : 'them'} out of the question.`,
  'spec.what-if-months-withheld': ({ months }: { months: readonly string[] }) =>
    `The sums of ${shown(months)} are not kept, since they would tell of people who are withheld: leave ${months.length === 1 ? 'the month' : 'these months'} out of the question, or ask with --data.`,
  'spec.what-if-months-not-in': ({ text }: { text: string }) => `No month of ${text} is in the estimation sample, so that none can be left out.`,
  'spec.what-if-months-in': ({ text }: { text: string }) => `${text} is in the estimation sample already.`,
  'spec.what-if-months-in-and-out': ({ months }: { months: readonly string[] }) =>
    `${shown(months)} ${months.length === 1 ? 'is' : 'are'} asked in and out at once; ask one of them.`,
  'spec.what-if-set-twice': ({ covariate, levels }: { covariate: string; levels: readonly string[] }) =>
    `${covariate} is set twice for the same people, to ${levels.join(' and to ')}; set it once.`,
  'spec.what-if-mixed-twice': ({ group, like }: { group: string; like: readonly string[] }) => `${group} is given two mixes, of ${like.join(' and of ')}; give it one.`,
  'spec.what-if-referred-twice': ({ covariate, levels }: { covariate: string; levels: readonly string[] }) =>
    `${covariate} is given two references, ${levels.join(' and ')}; give it one.`,
  'spec.what-if-merged-already': ({ covariate, level, into }: { covariate: string; level: string; into: string }) =>
    `${covariate} ${level} is merged into ${into} already; name each level in one merge.`,
  'spec.what-if-in-and-out': ({ names }: { names: readonly string[] }) => `${shown(names)}: asked in and out of the model at once; ask one of them.`,
  'spec.what-if-no-month-left': (_: object) => 'No month is left to estimate on.',
};
