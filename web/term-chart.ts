import { msg } from '@lit/localize';
import type { Coefficient } from '../src/estimate/fit.ts';
import type { ChartLine } from './chart-lines.ts';
import { publishedCoefficient } from './table4-published.ts';

/** A term of many numbered levels: the estimates as a line with their interval, the printed ones as points. */
export function termChartLines(rows: readonly Coefficient[], outcome: string): ChartLine[] {
  const reference = ({ status }: Coefficient): boolean => status === 'reference';
  const end = (row: Coefficient, value: number | null): number | null => (reference(row) ? 0 : value);
  const published = rows.map(({ term, level }) => publishedCoefficient(term, level, outcome));
  const estimated: ChartLine = {
    key: 'estimate',
    label: msg('Beregnet', { id: 'coefficients.estimated' }),
    values: rows.map((row) => end(row, row.estimate)),
    low: rows.map((row) => end(row, row.confLow)),
    high: rows.map((row) => end(row, row.confHigh)),
    role: 'line',
    colour: '--series-actual',
    dash: [],
    marker: null,
  };
  if (published.every((value) => value === null)) return [estimated];
  const printed: ChartLine = {
    key: 'published',
    label: msg('Rapportens tabell 4', { id: 'coefficients.published' }),
    values: published,
    role: 'line',
    colour: '--series-published',
    dash: [],
    marker: 'diamond',
    pointsOnly: true,
  };
  return [estimated, printed];
}
