import { msg } from '@lit/localize';
import type { Coefficient } from '../src/estimate/fit.ts';
import type { ChartLine } from './chart-lines.ts';
import { intervalBand } from './interval.ts';
import type { IntervalLevel } from './interval.ts';
import type { Published } from './table4-published.ts';

/** A term of many numbered levels: the estimates as a line with their interval, the printed ones as points. */
export function termChartLines(
  rows: readonly Coefficient[],
  { outcome, level, published }: { outcome: string; level: IntervalLevel; published: Published },
): ChartLine[] {
  const orZero = ({ status }: Coefficient, value: number | null): number | null => (status === 'reference' ? 0 : value);
  const values = rows.map((row) => orZero(row, row.estimate));
  const printed = rows.map((row) => published(row.term, row.level, outcome));
  const estimated: ChartLine = {
    key: 'estimate',
    label: msg('Beregnet', { id: 'coefficients.estimated' }),
    values,
    ...intervalBand(values, rows.map((row) => orZero(row, row.standardError)), level),
    role: 'line',
    colour: '--series-actual',
    dash: [],
    marker: null,
  };
  if (printed.every((value) => value === null)) return [estimated];
  const points: ChartLine = {
    key: 'published',
    label: msg('Rapportens tabell 4', { id: 'coefficients.published' }),
    values: printed,
    role: 'line',
    colour: '--series-published',
    dash: [],
    marker: 'diamond',
    pointsOnly: true,
  };
  return [estimated, points];
}
