import type { IndicatorTable } from '../indicator/table.ts';
import type { ComparisonMath } from './math.ts';
import { everyWindow } from './outcome-windows.ts';
import { xmr, type Xmr } from './xmr.ts';

/** Fewer points give limits that are noise: Wheeler (2000), Understanding Variation, begins at five or six. */
export const fewestPoints = 6;

/** One group's monthly series as an XmR chart, or why it has none. */
export interface XmrOfGroup {
  readonly outcome: string;
  readonly group: readonly string[];
  /** Of the seasonally adjusted indicator; else of the indicator as it is. */
  readonly seasonallyAdjusted: boolean;
  readonly points: number;
  readonly chart: Xmr | null;
  /** Null with a chart. */
  readonly refused: string | null;
}

/**
 * XmR charts of the series of a monthly table, of every horizon-th month back from the last that has a value. A series with fewer
 * than `fewestPoints` of them is refused.
 */
export function xmrOfTable(table: IndicatorTable, horizons: ReadonlyMap<string, number>, math: Pick<ComparisonMath, 'normal'>): XmrOfGroup[] {
  return [...seriesOf(table).values()].map((rows): XmrOfGroup => {
    const [first] = rows;
    const outcome = table.outcome[first!]!;
    const horizon = horizons.get(outcome)!;
    const seasonallyAdjusted = rows.some((row) => Number.isFinite(table.indicatorSeasonallyAdjusted[row]!));
    const column = seasonallyAdjusted ? table.indicatorSeasonallyAdjusted : table.indicator;
    const present = rows.filter((row) => Number.isFinite(column[row]!));
    const apart = present.length === 0 ? [] : everyWindow(present.map((row) => table.periods[row]!), horizon).map((at) => present[at]!);
    const own = { outcome, group: table.groups.map((labels) => labels[first!]!), seasonallyAdjusted, points: apart.length };
    if (apart.length < fewestPoints) {
      const refused = `${present.length} months leave ${apart.length} whose outcome windows of ${horizon} months do not overlap; limits need ${fewestPoints}`;
      return { ...own, chart: null, refused };
    }
    const series = { months: apart.map((row) => table.periods[row]!), values: apart.map((row) => column[row]!) };
    return { ...own, chart: xmr(series, { horizon }, math), refused: null };
  });
}

/** Rows of each outcome and group. */
function seriesOf(table: IndicatorTable): Map<string, number[]> {
  const found = new Map<string, number[]>();
  table.outcome.forEach((outcome, row) => {
    const key = JSON.stringify([outcome, ...table.groups.map((labels) => labels[row])]);
    const rows = found.get(key);
    if (rows) rows.push(row);
    else found.set(key, [row]);
  });
  return found;
}
