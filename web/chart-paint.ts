import { markerPath, spreadLabels } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';

/** Where and how a chart paints: positions in canvas pixels, lengths in CSS pixels times `ratio`. */
export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Font of labels at 13 CSS pixels, as CSS writes it. */
  readonly font: string;
  x(index: number): number;
  y(value: number): number;
  /** Value of a custom property of the theme. */
  colour(property: string): string;
}

/** Lines that get a label at their end. */
export const labelled = (lines: readonly ChartLine[]): readonly ChartLine[] => {
  const named = lines.filter((line) => line.role === 'line' && !line.pointsOnly && line.values.some((value) => value !== null));
  return named.length < 2 ? [] : named;
};

export function paintZero({ ctx, area, ratio, y, colour }: Surface): void {
  const at = Math.round(y(0)) + 0.5;
  ctx.strokeStyle = colour('--text-soft');
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(area.left, at);
  ctx.lineTo(area.left + area.width, at);
  ctx.stroke();
}

/** The interval of a line: a band for a series, a bar for each point alone. */
export function paintInterval(surface: Surface, { low, high, role, colour, marker, pointsOnly }: ChartLine): void {
  if (low === undefined || high === undefined || role === 'context') return;
  const { ctx, x, y } = surface;
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = surface.colour(colour);
  ctx.globalAlpha = pointsOnly ? 0.75 : Number(surface.colour(marker === null ? '--band-opacity' : '--picked-band-opacity'));
  ctx.lineWidth = 2 * surface.ratio;
  // The chart library's own bands go wrong where numbers are missing, so each unbroken run has an outline of its own.
  for (const run of unbrokenRuns(low, high)) {
    ctx.beginPath();
    if (pointsOnly) {
      for (const k of run) {
        ctx.moveTo(x(k), y(low[k]!));
        ctx.lineTo(x(k), y(high[k]!));
      }
      ctx.stroke();
    } else {
      for (const k of run) ctx.lineTo(x(k), y(high[k]!));
      for (const k of run.reverse()) ctx.lineTo(x(k), y(low[k]!));
      ctx.fill();
    }
  }
  ctx.restore();
}

function unbrokenRuns(low: readonly (number | null)[], high: readonly (number | null)[]): number[][] {
  const runs: number[][] = [];
  let run: number[] | null = null;
  for (let k = 0; k < low.length; k++) {
    if (low[k] === null || high[k] === null) run = null;
    else if (run === null) runs.push((run = [k]));
    else run.push(k);
  }
  return runs;
}

/** Up to this many points each has its marker. */
const fewPoints = 30;

export function paintMarkers(surface: Surface, line: ChartLine): void {
  if (line.role === 'context' || line.marker === null) return;
  const every = line.pointsOnly || line.values.length <= fewPoints ? 1 : surface.area.width < 400 * surface.ratio ? 12 : 6;
  const last = line.values.findLastIndex((value) => value !== null);
  for (let k = 0; k <= last; k++) if (k % every === 0 || k === last) paintMarker(surface, line, k, 3.5);
}

export function paintMarker(surface: Surface, line: ChartLine, index: number, radius: number): void {
  const value = line.values[index];
  if (value === null || value === undefined) return;
  const { ctx, ratio } = surface;
  const outline = new Path2D(markerPath(line.marker ?? 'circle', surface.x(index), surface.y(value), radius * ratio));
  ctx.fillStyle = surface.colour(line.role === 'context' ? '--text-soft' : line.colour);
  ctx.strokeStyle = surface.colour('--page');
  ctx.lineWidth = 2 * ratio;
  ctx.stroke(outline);
  ctx.fill(outline);
}

export function paintCursor({ ctx, area, ratio, x, colour }: Surface, index: number): void {
  const at = Math.round(x(index)) + 0.5;
  ctx.strokeStyle = colour('--line-strong');
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(at, area.top);
  ctx.lineTo(at, area.top + area.height);
  ctx.stroke();
}

/** A grey line once more and stronger, so that one of many can be followed. */
export function paintPointedLine({ ctx, ratio, x, y, colour }: Surface, line: ChartLine): void {
  ctx.strokeStyle = colour('--text-soft');
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  let drawing = false;
  line.values.forEach((value, k) => {
    if (value === null) drawing = false;
    else if (drawing) ctx.lineTo(x(k), y(value));
    else {
      ctx.moveTo(x(k), y(value));
      drawing = true;
    }
  });
  ctx.stroke();
}

/** Room for the marker before a label. */
export const markerRoom = 14;

export function paintLabels(surface: Surface, lines: readonly ChartLine[], gap: number): void {
  const { ctx, area, ratio, font, colour } = surface;
  const named = labelled(lines);
  const wanted = named.map((line) => surface.y(line.values.findLast((value) => value !== null) ?? 0));
  const placed = spreadLabels(wanted, { gap: 16 * ratio, top: area.top, bottom: area.top + area.height });
  ctx.font = `600 ${font.replace('13px', `${13 * ratio}px`)}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const left = area.left + area.width + gap * ratio;
  // The palette is made for lines: as small text some of its colours are too faint.
  named.forEach(({ label, colour: own, marker }, k) => {
    ctx.fillStyle = colour(own);
    if (marker !== null) {
      ctx.fill(new Path2D(markerPath(marker, left + 5 * ratio, placed[k]!, 4 * ratio)));
      ctx.fillStyle = colour('--text');
    }
    ctx.fillText(label, marker === null ? left : left + markerRoom * ratio, placed[k]!);
  });
}
