import { counted } from '../words.ts';

const ordinal = (n: number): string => {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? 'th' : n % 10 === 1 ? 'st' : n % 10 === 2 ? 'nd' : n % 10 === 3 ? 'rd' : 'th';
  return `${n}${ending}`;
};

/** Of units held against each other, and of one unit over time. */
export const comparison = {
  'spec.difference-needs-covariance': ({ estimates }: { estimates: number }) =>
    `A difference of two of these ${counted(estimates, 'estimate', 'estimates')} needs how they vary together, and their standard errors say nothing of that; take analytic intervals, which come with it.`,
  'spec.xmr-overlap': ({ horizon, close, steps, from, to }: { horizon: number; close: number; steps: number; from: string; to: string }) =>
    `XmR limits need points whose outcome windows do not overlap: an outcome ${counted(horizon, 'month', 'months')} ahead allows every ${ordinal(horizon)} month, in order, and ${close} of ${counted(steps, 'step is', 'steps are')} shorter (first from ${from} to ${to}); take every ${ordinal(horizon)} month.`,
  'spec.xmr-not-a-month': ({ text, example }: { text: string; example: string }) =>
    `XmR limits are for months such as ${example}, and "${text}" is none; a longer period overlaps with the next one's outcomes.`,
  'spec.xmr-rebase': ({ unknown, points }: { unknown: readonly string[]; points: number }) =>
    `XmR limits can be rebased from a month of the series: ${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} not among its ${counted(points, 'point', 'points')}.`,
  'data.xmr-missing': ({ missing, months, first }: { missing: number; months: number; first: string }) =>
    `XmR limits need a value in every month: ${missing} of ${counted(months, 'month', 'months')} ${missing === 1 ? 'has' : 'have'} none (first ${first}); leave them out.`,
  'data.shrinkage-units': ({ units, all }: { units: number; all: number }) =>
    `Shrinkage needs at least two units with an estimate and a standard error: ${units} of ${all} ${units === 1 ? 'has' : 'have'} both; take more units.`,
  'not-estimable.shrinkage': ({ units, tau2, steps }: { units: number; tau2: number; steps: number }) =>
    `Shrinkage: tau² of ${counted(units, 'unit', 'units')} did not settle in ${counted(steps, 'step', 'steps')}; it was ${tau2}.`,
};
