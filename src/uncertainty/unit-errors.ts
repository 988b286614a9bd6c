import type { CellState } from '../indicator/cell-state.ts';
import type { MeanError } from '../indicator/indicator.ts';
import { WeightRows } from './combinations.ts';
import type { AskedOf, GroupingErrors } from './combination-errors.ts';
import type { GroupingCells, PeriodMeans } from './influence.ts';
import { sumMeanError } from './standard-error.ts';

/** Fewer persons, or fewer degrees of freedom than an interval takes, and a unit has no limit, name, rank or test. */
export const fewestPersons = 10;

/** The mean of each group of a breakdown over a period, as a sum of its months or as one pooled period. */
export function askedMeans(grouping: GroupingCells, period: PeriodMeans): AskedOf {
  const pooled = period.mean === 'rows' ? [{ label: '', months: period.months }] : [];
  const rows = meanWeights(grouping, period).map((weights) => {
    const own = new WeightRows();
    if (weights) own.add(weights);
    return own;
  });
  return { grouping, pooled, rows };
}

/** Null for a group without a mean over the period. */
function meanWeights({ groups, cells: { n } }: GroupingCells, { months, mean, whole }: PeriodMeans): (Float64Array | null)[] {
  const span = n.length / groups;
  return Array.from({ length: groups }, (_, g) => {
    const present = months.filter((t) => n[t * groups + g]! > 0);
    if (present.length === 0 || (whole && present.length < months.length)) return null;
    const weights = new Float64Array(span + (mean === 'rows' ? 1 : 0));
    if (mean === 'rows') weights[span] = 1;
    else for (const t of present) weights[t] = 1 / present.length;
    return weights;
  });
}

export function unitErrors(grouping: GroupingCells, period: PeriodMeans, errors: GroupingErrors): MeanError[] {
  return meanWeights(grouping, period).map((weights, g) =>
    weights ? sumMeanError(errors.of(g, weights)) : { state: 'not_applicable', standardError: NaN, freedom: NaN });
}

/** A unit's error where it has too few persons, or too few with or without the outcome. */
export function limitedUnit(error: MeanError, { persons, events }: { readonly persons: number; readonly events: CellState }): MeanError {
  if (error.state !== 'ok') return error;
  if (persons < fewestPersons) return { ...error, state: 'too_few_persons' };
  return events === 'ok' ? error : { ...error, state: events };
}
