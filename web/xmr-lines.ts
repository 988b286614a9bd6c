import { msg } from '@lit/localize';
import type { Xmr } from '../src/comparison/xmr.ts';
import type { ChartLine } from './chart-lines.ts';

/** The points, their mean and limits, and once more the points that break a rule. */
export function xmrLines({ points, segments }: Xmr, factor: number): ChartLine[] {
  const own = points.map(({ segment }) => segments[segment]!);
  const dashed = (key: string, label: string, values: readonly number[]): ChartLine => ({
    key, label, values: values.map((value) => value * factor), role: 'line', colour: '--series-expected', dash: key === 'mean' ? [] : [6, 4], marker: null,
  });
  const broken = points.map(({ value, rules }) => (rules.length > 0 ? value * factor : null));
  return [
    dashed('high', msg('Øvre grense', { id: 'xmr.high' }), own.map(({ high }) => high)),
    dashed('mean', msg('Snitt', { id: 'xmr.mean' }), own.map(({ mean }) => mean)),
    dashed('low', msg('Nedre grense', { id: 'xmr.low' }), own.map(({ low }) => low)),
    { key: 'value', label: msg('Indikator', { id: 'indicator' }), values: points.map(({ value }) => value * factor), role: 'line', colour: '--series-indicator', dash: [], marker: 'circle' },
    ...(broken.every((value) => value === null)
      ? []
      : [{ key: 'broken', label: msg('Bryter en regel', { id: 'xmr.broken' }), values: broken, role: 'line', colour: '--series-2', dash: [], marker: 'diamond', pointsOnly: true } as const]),
  ];
}

/** Moving ranges and their upper limit. */
export function rangeLines({ points, segments }: Xmr, factor: number): ChartLine[] {
  const shown = (value: number): number | null => (Number.isFinite(value) ? value * factor : null);
  return [
    { key: 'high', label: msg('Øvre grense', { id: 'xmr.high' }), values: points.map(({ segment }) => shown(segments[segment]!.rangeHigh)), role: 'line', colour: '--series-expected', dash: [6, 4], marker: null },
    { key: 'range', label: msg('Sprang', { id: 'xmr.range' }), values: points.map(({ movingRange }) => shown(movingRange)), role: 'line', colour: '--series-indicator', dash: [], marker: 'circle' },
  ];
}
