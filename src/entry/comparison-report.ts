import type { ComparedRun } from '../compare-runs/compared-run.ts';
import type { Comparison } from '../compare-runs/compare-runs.ts';

type Runs = readonly [a: ComparedRun, b: ComparedRun];

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** `compare.json`: what was compared and how it came out, without the tables. */
export function comparisonSummary(comparison: Comparison, runs: Runs): object {
  const [a, b] = runs.map(({ name, model, engineVersion, specDigest, data, options }) => ({ name, model, engineVersion, specDigest, data, options }));
  return {
    command: 'compare', a, b,
    data: comparison.data,
    notes: comparison.notes,
    referenceChanges: comparison.referenceChanges,
    summary: comparison.tables.flatMap(({ summary }) => summary).map((row) => ({
      ...row,
      meanShift: orNull(row.meanShift),
      largestShift: orNull(row.largestShift),
      rootMeanSquareShift: orNull(row.rootMeanSquareShift),
      rankCorrelation: orNull(row.rankCorrelation),
    })),
  };
}

const shown = (value: number | null, digits: number): string => (value === null || !Number.isFinite(value) ? 'none' : value.toFixed(digits));

/** Lines for people: what to know first, then fit and shifts. */
export function comparisonReport(comparison: Comparison, [a, b]: Runs): string {
  const fits = comparison.fits
    .filter(({ measure }) => measure === 'r_squared' || measure === 'pseudo_r_squared')
    .filter((row) => row.a !== null || row.b !== null)
    .map(({ outcome, population, measure, a: before, b: after }) => `  ${population === '' ? outcome : `${outcome} (${population})`}: ${measure === 'r_squared' ? 'R²' : 'pseudo-R²'} ${shown(before, 4)} in A, ${shown(after, 4)} in B`);
  const shifts = comparison.tables.flatMap(({ summary }) => summary.filter(({ points }) => points > 0)).map((row) => {
    const where = row.by.length === 0 ? '' : ` by ${row.by.join('+')}`;
    const order = Number.isFinite(row.rankCorrelation) ? `, rank correlation of ${row.units} units ${shown(row.rankCorrelation, 3)}` : '';
    return `  ${row.outcome}${where}: shift of ${row.points} points ${shown(row.meanShift, 4)} in the mean, ${shown(row.rootMeanSquareShift, 4)} root mean square, ${shown(row.largestShift, 4)} at most (${row.largestAt})${order}`;
  });
  const isLoud = comparison.data === 'different';
  const notes = comparison.notes.map((note, k) => `${isLoud && k === 0 ? 'warning' : 'note'}: ${note}`);
  return [...notes, `A ${a.name} (${a.model}), B ${b.name} (${b.model})`, ...fits, ...shifts].map((line) => `${line}\n`).join('');
}
