import type { ChartPoint } from './chart.ts';
import type { ChartLine } from './chart-lines.ts';

/** Where a key takes the cursor of a chart; null for keys that mean nothing here. Points without a number are passed over. */
export function chartKey(
  key: string,
  { point, lines, stride }: { point: ChartPoint; lines: readonly ChartLine[]; stride: number },
): ChartPoint | null {
  if (lines.length === 0) return null;
  const at = Math.max(0, lines.findIndex((line) => line.key === point.line));
  const current = lines[at]!;
  const places = indicesOf(current);
  const last = places.length - 1;
  const here = point.index === null ? last : nearest(places, point.index);
  const place = (k: number): ChartPoint => ({ index: places[Math.min(last, Math.max(0, k))] ?? null, line: current.key });
  const line = (k: number): ChartPoint => {
    const to = lines[(k + lines.length) % lines.length]!;
    const reachable = indicesOf(to);
    return { index: reachable[nearest(reachable, places[here] ?? 0)] ?? null, line: to.key };
  };
  switch (key) {
    case 'ArrowLeft':
      return place(point.index === null ? here : here - 1);
    case 'ArrowRight':
      return place(point.index === null ? here : here + 1);
    case 'PageUp':
      return place(here - stride);
    case 'PageDown':
      return place(here + stride);
    case 'Home':
      return place(0);
    case 'End':
      return place(last);
    case 'ArrowUp':
      return point.line === null ? place(here) : line(at - 1);
    case 'ArrowDown':
      return point.line === null ? place(here) : line(at + 1);
    case 'Escape':
      return point.index === null ? null : { index: null, line: null };
    default:
      return null;
  }
}

const indicesOf = (line: ChartLine): number[] =>
  line.values.map((value, k) => (value === null ? -1 : k)).filter((k) => k >= 0);

/** Position in `places` of the one closest to `index`. */
function nearest(places: readonly number[], index: number): number {
  let best = 0;
  places.forEach((place, k) => {
    if (Math.abs(place - index) < Math.abs(places[best]! - index)) best = k;
  });
  return best;
}
