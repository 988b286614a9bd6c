import { unsafeCSS } from 'lit';
import './browser-language.ts';
import uPlot from 'uplot';
import uplotStyles from 'uplot/dist/uPlot.min.css?inline';
import { valueRange } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';
import * as paint from './chart-paint.ts';

export const chartStyles = unsafeCSS(uplotStyles);

export interface ChartTick {
  readonly at: number;
  readonly label: string;
}

export interface ChartModel {
  readonly lines: readonly ChartLine[];
  /** Number of points along x. */
  readonly length: number;
  readonly ticks: readonly ChartTick[];
  /** Zero belongs to the picture and gets a line of its own. */
  readonly zero: boolean;
  readonly formatAxis: (value: number, digits: number) => string;
}

/** A point of the chart: an index along x and the line's key, either null where there is none. */
export interface ChartPoint {
  readonly index: number | null;
  readonly line: string | null;
}

const labelGap = 8;

/** Below this width, in CSS pixels, the legend alone has to name the lines. */
const narrow = 520;

/** Never drawn on. */
const measuring = document.createElement('canvas').getContext('2d')!;

/** One drawn chart inside `host`; it follows the host's size until it is destroyed. */
export class Chart {
  private readonly host: HTMLElement;
  private model: ChartModel;
  private readonly onPoint: (point: ChartPoint) => void;
  private readonly resizes: ResizeObserver;
  private plot: uPlot;
  private point: ChartPoint = { index: null, line: null };

  constructor(host: HTMLElement, model: ChartModel, onPoint: (point: ChartPoint) => void) {
    this.host = host;
    this.model = model;
    this.onPoint = onPoint;
    this.plot = this.build();
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(host);
  }

  /** Marks a point without telling `onPoint`. */
  show(point: ChartPoint): void {
    if (point.index === this.point.index && point.line === this.point.line) return;
    this.point = point;
    this.plot.redraw(false, false);
  }

  /** Shows other numbers: in the chart that there is, where nothing but they and their range differ. */
  update(model: ChartModel): void {
    const alike = sameButNumbers(this.model, model);
    this.model = model;
    if (!alike) return this.rebuild();
    this.plot.setData(this.data, false);
    this.plot.redraw(true, true);
  }

  /** Builds the chart again, with the theme's present colours and the host's present size. */
  rebuild(): void {
    this.plot.destroy();
    this.plot = this.build();
  }

  destroy(): void {
    this.resizes.disconnect();
    this.plot.destroy();
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && (width !== this.plot.width || height !== this.plot.height)) this.rebuild();
  }

  private readonly colour = (property: string): string =>
    getComputedStyle(this.host).getPropertyValue(property).trim() || 'CanvasText';

  private get font(): string {
    return `13px ${getComputedStyle(this.host).fontFamily}`;
  }

  private build(): uPlot {
    const { lines, length } = this.model;
    const width = this.host.clientWidth || 600;
    const options: uPlot.Options = {
      width,
      height: this.host.clientHeight || 280,
      padding: [10, this.labelWidth(width), 0, 0],
      legend: { show: false },
      cursor: { x: false, y: false, points: { show: false }, drag: { x: false, y: false }, focus: { prox: 24 } },
      focus: { alpha: 1 },
      scales: { x: { time: false, range: [-0.5, length - 0.5] }, y: { range: () => [...(valueRange(this.model.lines, this.model.zero) ?? [0, 1])] } },
      axes: [this.axisX(width), this.axisY()],
      series: [{}, ...lines.map((line) => this.series(line))],
      hooks: {
        drawAxes: [(plot) => this.paintBelow(plot)],
        draw: [(plot) => this.paintAbove(plot)],
        setCursor: [({ cursor }) => this.pointed({ ...this.point, index: (cursor.left ?? -1) < 0 ? null : (cursor.idx ?? null) })],
        setSeries: [(_, index) => this.pointed({ ...this.point, line: index === null ? null : (lines[index - 1]?.key ?? null) })],
      },
    };
    const plot = new uPlot(options, this.data, this.host);
    plot.over.addEventListener('pointermove', ({ pointerType, clientX, clientY }) => {
      if (pointerType === 'mouse') return;
      const area = plot.over.getBoundingClientRect();
      plot.setCursor({ left: clientX - area.left, top: clientY - area.top });
    });
    return plot;
  }

  private get data(): uPlot.AlignedData {
    const { lines, length } = this.model;
    return [Array.from({ length }, (_, k) => k), ...lines.map((line) => [...line.values])];
  }

  private pointed(point: ChartPoint): void {
    if (point.index === this.point.index && point.line === this.point.line) return;
    this.show(point);
    this.onPoint(point);
  }

  private axisX(width: number): uPlot.Axis {
    const { ticks } = this.model;
    const every = Math.max(1, Math.ceil((ticks.length * 48) / width));
    const shown = ticks.filter((_, k) => k % every === 0);
    return {
      font: this.font,
      stroke: () => this.colour('--text-soft'),
      splits: () => shown.map((tick) => tick.at),
      values: () => shown.map((tick) => tick.label),
      grid: { show: false },
      ticks: { stroke: () => this.colour('--line-strong'), width: 1, size: 5 },
      border: { show: true, stroke: () => this.colour('--line-strong'), width: 1 },
      size: 30,
      gap: 4,
    };
  }

  private axisY(): uPlot.Axis {
    return {
      font: this.font,
      stroke: () => this.colour('--text-soft'),
      grid: { stroke: () => this.colour('--line'), width: 1 },
      ticks: { show: false },
      space: 44,
      gap: 8,
      values: (_plot, splits, _axis, _space, step) => {
        const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return splits.map((value) => this.model.formatAxis(value, digits));
      },
      size: (_plot, values) => Math.ceil(Math.max(24, ...(values ?? []).map((text) => this.textWidth(text)))) + 10,
    };
  }

  private series(line: ChartLine): uPlot.Series {
    const context = line.role === 'context';
    return {
      stroke: () => this.colour(context ? '--series-context' : line.colour),
      width: context ? 1 : 2.25,
      dash: [...line.dash],
      points: { show: false },
      ...(line.pointsOnly ? { paths: () => null } : {}),
    };
  }

  private textWidth(text: string): number {
    measuring.font = `600 ${this.font}`;
    return measuring.measureText(text).width;
  }

  /** Room at the right for the labels of the lines. */
  private labelWidth(width: number): number {
    const named = width < narrow ? [] : paint.labelled(this.model.lines);
    const widest = Math.max(0, ...named.map(({ label, marker }) => this.textWidth(label) + (marker === null ? 0 : paint.markerRoom)));
    return named.length === 0 ? 12 : Math.ceil(widest) + labelGap + 4;
  }

  private surface(plot: uPlot): paint.Surface {
    return {
      ctx: plot.ctx,
      ratio: uPlot.pxRatio,
      area: plot.bbox,
      font: this.font,
      x: (index) => plot.valToPos(index, 'x', true),
      y: (value) => plot.valToPos(value, 'y', true),
      colour: this.colour,
    };
  }

  private paintBelow(plot: uPlot): void {
    const surface = this.surface(plot);
    plot.ctx.save();
    for (const line of this.model.lines) paint.paintInterval(surface, line);
    if (this.model.zero) paint.paintZero(surface);
    plot.ctx.restore();
  }

  private paintAbove(plot: uPlot): void {
    const { lines } = this.model;
    const { index, line: key } = this.point;
    const surface = this.surface(plot);
    const pointed = lines.find((line) => line.key === key);
    plot.ctx.save();
    if (index !== null) paint.paintCursor(surface, index);
    for (const line of lines) paint.paintMarkers(surface, line);
    if (pointed?.role === 'context') paint.paintPointedLine(surface, pointed);
    for (const line of lines) {
      if (index !== null && (line.role === 'line' || line === pointed)) {
        paint.paintMarker(surface, line, index, line === pointed ? 6 : 5);
      }
    }
    if (plot.width >= narrow) paint.paintLabels(surface, lines, labelGap);
    plot.ctx.restore();
  }
}

/** Whether two models have the same lines, points along x and ticks. */
function sameButNumbers(a: ChartModel, b: ChartModel): boolean {
  const shape = ({ lines, length, ticks, zero }: ChartModel): string =>
    JSON.stringify([length, ticks, zero, lines.map(({ key, label, role, colour, dash, marker, pointsOnly = false }) => [key, label, role, colour, dash, marker, pointsOnly])]);
  return shape(a) === shape(b);
}
