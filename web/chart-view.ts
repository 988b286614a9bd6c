import { msg, str } from '@lit/localize';
import { css, html, nothing, svg } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Chart, chartStyles } from './chart.ts';
import type { ChartPoint, ChartTick } from './chart.ts';
import { markerPath } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';
import { chartKey } from './chart-keys.ts';
import { csvText, download } from './csv.ts';
import './data-table.ts';
import { formatNumber, spoken } from './format.ts';
import { PacedElement } from './paced-element.ts';
import { sharedStyles } from './shared-styles.ts';
import { themeEvent } from './theme.ts';

/**
 * A chart with what belongs to it: heading, unit, a legend that also reads off the numbers, keyboard, a table in its
 * place on demand, and download. Fires `pick` with a line's key when a line is clicked or Enter is pressed on it.
 */
@customElement('arbeid-chart')
export class ChartView extends PacedElement {
  static override styles = [
    sharedStyles,
    chartStyles,
    css`
      figcaption {
        display: grid;
        gap: 0.125rem;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.75rem;
        min-height: 2.25rem;
        margin-block: var(--space-2);
        font-size: 0.9375rem;
      }
      .when {
        min-width: 8.5em;
        font-weight: 600;
      }
      .legend button {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        min-height: 1.75rem;
        padding: 0 0.375rem;
        border-color: transparent;
        font-size: inherit;
      }
      .legend button[aria-pressed='false'] {
        color: var(--text-soft);
        text-decoration: line-through;
      }
      .legend svg {
        flex: none;
      }
      .legend .followed {
        color: var(--text-soft);
      }
      .plot {
        height: var(--chart-height, 19rem);
        border-radius: var(--radius);
      }
      .plot .uplot {
        font-family: inherit;
      }
      .plot .u-over {
        cursor: crosshair;
        touch-action: pan-y;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-2);
        margin: 0.25rem 0 0 -0.5rem;
      }
    `,
  ];

  @property() heading = '';
  @property() unit = '';
  /** What the chart shows, in words made from its numbers. */
  @property() summary = '';
  @property() fileName = 'arbeidsindikator';
  @property() xTitle = '';
  @property({ attribute: false }) labels: readonly string[] = [];
  @property({ attribute: false }) ticks: readonly ChartTick[] = [];
  @property({ attribute: false }) lines: readonly ChartLine[] = [];
  @property({ attribute: false }) formatValue: (value: number | null) => string = (value) => formatNumber(value, { digits: 2 });
  @property({ type: Boolean }) zero = false;
  /** Points to a year for the PageUp and PageDown keys. */
  @property({ type: Number }) stride = 12;
  @state() private asTable = false;
  @state() private point: ChartPoint = { index: null, line: null };
  @state() private switchedOff: ReadonlySet<string> = new Set();
  @query('.plot') private plotElement!: HTMLElement | null;
  private chart: Chart | null = null;
  private readonly onTheme = (): void => this.chart?.rebuild();

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener(themeEvent, this.onTheme);
    if (this.hasUpdated) this.requestUpdate('lines');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener(themeEvent, this.onTheme);
    this.dropChart();
  }

  private get shown(): readonly ChartLine[] {
    return this.lines.filter((line) => !this.switchedOff.has(line.key));
  }

  /** The month read off: the cursor's, else the last with a number. */
  private get readIndex(): number {
    if (this.point.index !== null) return this.point.index;
    return Math.max(-1, ...this.lines.map((line) => line.values.findLastIndex((value) => value !== null)));
  }

  protected override updated(changed: PropertyValues): void {
    const plot = this.plotElement;
    const redraw = ['lines', 'ticks', 'zero', 'switchedOff'].some((name) => changed.has(name));
    if (plot === null) this.dropChart();
    else if (this.chart === null) this.chart = new Chart(plot, this.model, (point) => (this.point = point));
    else if (redraw) this.chart.update(this.model);
    this.chart?.show(this.point);
  }

  private get model() {
    return {
      lines: this.shown,
      length: this.labels.length,
      ticks: this.ticks,
      zero: this.zero,
      formatAxis: (value: number, digits: number) => formatNumber(value, { digits }),
    };
  }

  private dropChart(): void {
    this.chart?.destroy();
    this.chart = null;
  }

  override render() {
    return html`
      <figure aria-labelledby="heading">
        <figcaption>
          <h3 id="heading">${this.heading}</h3>
          <p class="small soft">${this.unit}</p>
        </figcaption>
        ${this.renderLegend()} ${this.asTable ? this.renderTable() : this.renderPlot()}
        <div class="actions">
          <button class="quiet" aria-pressed=${this.asTable} @click=${() => (this.asTable = !this.asTable)}>
            ${this.asTable ? msg('Vis som figur', { id: 'chart.as_figure' }) : msg('Vis som tabell', { id: 'chart.as_table' })}
          </button>
          <button class="quiet" @click=${this.downloadCsv}>${msg('Last ned CSV', { id: 'chart.download' })}</button>
        </div>
      </figure>
    `;
  }

  private renderPlot() {
    return html`
      <div
        class="plot"
        role="application"
        tabindex="0"
        aria-roledescription=${msg('diagram', { id: 'chart.role' })}
        aria-label=${this.summary}
        aria-describedby="help"
        @keydown=${this.onKey}
        @blur=${() => this.moveTo({ index: null, line: null }, false)}
        @click=${() => this.pick()}
      ></div>
      <p id="help" class="visually-hidden">
        ${msg('Piltaster flytter mellom måneder og linjer, Home og End til første og siste, Esc går ut.', { id: 'chart.help' })}
      </p>
    `;
  }

  private renderLegend() {
    const index = this.readIndex;
    const followed = this.lines.find((line) => line.key === this.point.line && line.role === 'context');
    const named = this.lines.filter((line) => line.role === 'line');
    const value = (line: ChartLine) => (this.switchedOff.has(line.key) ? '' : this.formatValue(line.values[index] ?? null));
    return html`
      <div class="legend numbers">
        <span class="when">${this.labels[index] ?? ''}</span>
        ${named.map(
          (line) => html`
            <button aria-pressed=${!this.switchedOff.has(line.key)} @click=${() => this.toggle(line.key)}>
              ${swatch(line)}<span>${line.label}</span><b>${value(line)}</b>
            </button>
          `,
        )}
        ${followed === undefined ? nothing : html`<span class="followed">${followed.label} <b>${value(followed)}</b></span>`}
      </div>
    `;
  }

  private renderTable() {
    const { header, rows } = this.tableCells((value) => this.formatValue(value));
    return html`<arbeid-table .caption=${`${this.heading} (${this.unit})`} .header=${header} .rows=${rows}></arbeid-table>`;
  }

  /** One row a point, one column a line, and its interval's ends where it has one. */
  private tableCells<T>(cell: (value: number | null) => T) {
    const low = msg('nedre grense', { id: 'chart.low' });
    const high = msg('øvre grense', { id: 'chart.high' });
    const columns = this.lines.flatMap((line) => [
      { header: line.label, values: line.values },
      ...(line.low === undefined ? [] : [{ header: `${line.label}, ${low}`, values: line.low }]),
      ...(line.high === undefined ? [] : [{ header: `${line.label}, ${high}`, values: line.high }]),
    ]);
    return {
      header: [this.xTitle, ...columns.map((column) => column.header)],
      rows: this.labels.map((label, k) => [label, ...columns.map((column) => cell(column.values[k] ?? null))]),
    };
  }

  private downloadCsv(): void {
    const { header, rows } = this.tableCells((value) => value);
    download(`${this.fileName}.csv`, csvText(header, rows));
  }

  private toggle(key: string): void {
    const next = new Set(this.switchedOff);
    if (!next.delete(key)) next.add(key);
    this.switchedOff = next;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') return this.pick();
    const next = chartKey(event.key, { point: this.point, lines: this.shown, stride: this.stride });
    if (next === null) return;
    event.preventDefault();
    this.moveTo(next, true);
  }

  private moveTo(point: ChartPoint, aloud: boolean): void {
    this.point = point;
    if (!aloud || point.index === null) return;
    const line = this.shown.find(({ key }) => key === point.line);
    if (line !== undefined) this.announce(this.sentence(line, point.index));
  }

  /** What the cursor says: line, place, number with its unit, interval. */
  private sentence(line: ChartLine, index: number): string {
    const at = (values: readonly (number | null)[] | undefined) => spoken(this.formatValue(values?.[index] ?? null));
    const value = `${line.label}, ${this.labels[index]}: ${at(line.values)} ${this.unit}`;
    if (typeof line.low?.[index] !== 'number') return value;
    return `${value}, ${msg(str`mellom ${at(line.low)} og ${at(line.high)}`, { id: 'chart.between' })}`;
  }

  private pick(): void {
    if (this.point.line !== null) this.dispatchEvent(new CustomEvent('pick', { detail: this.point.line }));
  }
}

/** A piece of the line with its dash and marker. */
function swatch(line: ChartLine) {
  const marker = line.marker === null ? nothing : svg`<path d=${markerPath(line.marker, 14, 7, 4)} fill="var(${line.colour})"></path>`;
  const stroke = svg`<path d="M0 7H28" fill="none" stroke="var(${line.colour})" stroke-width="2.25" stroke-dasharray=${line.dash.join(' ')}></path>`;
  return html`<svg width="28" height="14" aria-hidden="true">${line.pointsOnly ? nothing : stroke}${marker}</svg>`;
}
