import type { ChartLine } from './chart-lines.ts';
import { pickedStyles } from './chart-lines.ts';
import { groupLabel } from './column-labels.ts';
import { compareText } from './format.ts';
import { intervalBand } from './interval.ts';
import type { IntervalLevel } from './interval.ts';
import { plotted } from './monthly-series.ts';
import type { MonthlySeries } from './monthly-series.ts';

/** Picked groups with the style each one holds until it is let go. */
export type Picks = ReadonlyMap<string, number>;

export const maxPicks = pickedStyles.length;

/** With more bands than this they hide each other. */
const maxBands = 3;

export const groupName = (by: readonly string[], group: string): string =>
  by.length === 1 ? groupLabel(by[0]!, group) : group;

/** All groups where they are few, else the three largest. */
export function defaultPicks(series: readonly MonthlySeries[]): Picks {
  const rows = ({ n }: MonthlySeries): number => n.reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0);
  const chosen = series.length <= 3 ? series : [...series].sort((a, b) => rows(b) - rows(a)).slice(0, 3);
  return new Map(chosen.map(({ group }, style) => [group, style]));
}

/** Lets a picked group go, or picks another one in the first style that is free; nothing happens when all are taken. */
export function togglePick(picks: Picks, group: string): Picks {
  const next = new Map(picks);
  if (next.delete(group)) return next;
  const taken = new Set(next.values());
  const free = pickedStyles.findIndex((_, style) => !taken.has(style));
  if (free >= 0) next.set(group, free);
  return next;
}

/** One line a group, by name; the picked ones last, so that they are drawn on top. */
export function breakdownLines(
  series: readonly MonthlySeries[],
  options: { by: readonly string[]; quantity: 'indicator' | 'actual' | 'expected'; picks: Picks; level: IntervalLevel; factor: number },
): ChartLine[] {
  const { by, quantity, picks, level, factor } = options;
  const line = (one: MonthlySeries): ChartLine => {
    const style = picks.get(one.group);
    const values = plotted(one[quantity], factor);
    const base = { key: one.group, label: groupName(by, one.group), values };
    if (style === undefined) return { ...base, role: 'context', colour: '--series-context', dash: [], marker: null };
    const banded = quantity === 'indicator' && picks.size <= maxBands;
    const band = banded ? intervalBand(values, plotted(one.standardError, factor), level, one.freedom) : {};
    return { ...base, ...band, role: 'line', ...pickedStyles[style]! };
  };
  const order = (a: ChartLine, b: ChartLine): number =>
    Number(a.role === 'line') - Number(b.role === 'line') || compareText(a.label, b.label);
  return series.map(line).sort(order);
}
