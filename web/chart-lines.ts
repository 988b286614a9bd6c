export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

/** One line of a chart. Numbers are in the unit shown, null where there is none. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** `context` lines are thin, grey and without a label of their own. */
  readonly role: 'line' | 'context';
  /** Name of a custom property of the theme. */
  readonly colour: string;
  readonly dash: readonly number[];
  readonly marker: Marker | null;
  /** Markers alone, for numbers that are no series. */
  readonly pointsOnly?: boolean;
}

export interface LineStyle {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly marker: Marker;
}

/**
 * Styles of picked-out lines. The colours keep 3 : 1 against both backgrounds and differ from each other under every
 * colour-vision deficiency; dash and marker tell them apart without colour.
 */
export const pickedStyles: readonly LineStyle[] = [
  { colour: '--series-1', dash: [], marker: 'circle' },
  { colour: '--series-2', dash: [8, 4], marker: 'square' },
  { colour: '--series-3', dash: [2, 3], marker: 'triangle' },
  { colour: '--series-4', dash: [10, 3, 2, 3], marker: 'diamond' },
  { colour: '--series-5', dash: [5, 3], marker: 'cross' },
];

/** Traces the outline of a marker of radius `r` around (x, y), for a canvas or for an SVG path alike. */
export function markerPath(marker: Marker, x: number, y: number, r: number): string {
  switch (marker) {
    case 'circle':
      return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
    case 'square':
      return `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
    case 'triangle':
      return `M${x},${y - r * 1.2}L${x + r * 1.1},${y + r * 0.9}L${x - r * 1.1},${y + r * 0.9}z`;
    case 'diamond':
      return `M${x},${y - r * 1.3}L${x + r * 1.3},${y}L${x},${y + r * 1.3}L${x - r * 1.3},${y}z`;
    case 'cross': {
      const a = r * 0.4;
      return (
        `M${x - a},${y - r}h${2 * a}v${r - a}h${r - a}v${2 * a}h${a - r}v${r - a}h${-2 * a}v${a - r}h${a - r}` +
        `v${-2 * a}h${r - a}z`
      );
    }
  }
}

/** Smallest and largest number that the lines and their intervals reach, with some air; null where there is none. */
export function valueRange(lines: readonly ChartLine[], includeZero: boolean): readonly [number, number] | null {
  let low = includeZero ? 0 : Infinity;
  let high = includeZero ? 0 : -Infinity;
  for (const line of lines) {
    for (const values of [line.values, line.low ?? [], line.high ?? []]) {
      for (const value of values) {
        if (value === null) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (low > high) return null;
  const air = (high - low || Math.abs(high) || 1) * 0.07;
  return [low - air, high + air];
}

/** Vertical positions of labels, in order, pushed apart to at least `gap` and kept between `top` and `bottom`. */
export function spreadLabels(
  wanted: readonly number[],
  { gap, top, bottom }: { gap: number; top: number; bottom: number },
): number[] {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let last = top - gap;
  for (const k of order) last = placed[k] = Math.max(wanted[k]!, last + gap);
  let next = bottom + gap;
  for (const k of order.reverse()) next = placed[k] = Math.min(placed[k]!, next - gap);
  return placed;
}
