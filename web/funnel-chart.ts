import { msg, str } from '@lit/localize';
import { css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { funnelCurve } from '../src/comparison/funnel-curve.ts';
import type { Funnel, FunnelPoint } from '../src/comparison/funnel.ts';
import { markerPath } from './chart-lines.ts';
import { formatNumber } from './format.ts';
import { axisTicks, placeLabels, reach } from './funnel-layout.ts';
import type { OutcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import { sharedStyles } from './shared-styles.ts';

/** Below this width, in CSS pixels, the axis's title takes all of it. */
const narrow = 420;

const margin = { top: 12, right: 16, bottom: 44, left: 52 };

/** Units against their precision, with the country's value and the limits around it; those outside are named. */
@customElement('arbeid-funnel')
export class FunnelChart extends PacedElement {
  static override styles = [
    sharedStyles,
    css`
      .plot {
        height: var(--chart-height, 24rem);
      }
      svg {
        display: block;
        width: 100%;
        height: 100%;
        overflow: visible;
        font-size: 13px;
      }
      text {
        fill: var(--text-soft);
      }
      .grid {
        stroke: var(--line);
      }
      .axis,
      .centre {
        stroke: var(--line-strong);
      }
      .limit {
        fill: none;
        stroke: var(--text-soft);
        stroke-width: 1.5;
      }
      .near {
        stroke-dasharray: 6 4;
      }
      .inside {
        fill: var(--series-expected);
      }
      .outside {
        fill: var(--series-indicator);
      }
      .name {
        fill: var(--text);
        font-weight: 600;
        paint-order: stroke;
        stroke: var(--page);
        stroke-width: 3px;
      }
      text.small {
        font-size: 12px;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        margin-block: var(--space-2);
        font-size: 0.9375rem;
      }
      .key span {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
      }
      .key svg {
        flex: none;
        width: 28px;
        height: 14px;
      }
    `,
  ];

  @property({ attribute: false }) funnel!: Funnel;
  /** Name of a unit by its label. */
  @property({ attribute: false }) nameOf: (label: string) => string = (label) => label;
  @property({ attribute: false }) display!: OutcomeDisplay;
  @property() heading = '';
  @property() summary = '';
  @state() private size = { width: 600, height: 380 };
  private readonly resizes = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    if (width > 0 && height > 0) this.size = { width, height };
  });

  protected override firstUpdated(): void {
    this.resizes.observe(this.renderRoot.querySelector('.plot')!);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  override render() {
    return html`
      <figure aria-labelledby="heading">
        <figcaption>
          <h3 id="heading">${this.heading}</h3>
          <p class="small soft">${this.display.differenceUnit}</p>
        </figcaption>
        ${this.renderKey()}
        <div class="plot">${this.renderPlot()}</div>
      </figure>
    `;
  }

  private renderKey() {
    const line = (name: string) => html`<svg aria-hidden="true"><path class=${name} d="M0 7H28"></path></svg>`;
    const dot = (name: string, marker: 'circle' | 'diamond') => html`<svg aria-hidden="true"><path class=${name} d=${markerPath(marker, 14, 7, 4.5)}></path></svg>`;
    return html`
      <div class="key">
        <span>${line('limit near')}${msg('95 %-grense', { id: 'funnel.near' })}</span>
        <span>${line('limit')}${msg('99,8 %-grense', { id: 'funnel.far' })}</span>
        <span>${dot('inside', 'circle')}${msg('innenfor', { id: 'funnel.inside' })}</span>
        <span>${dot('outside', 'diamond')}${msg('utenfor', { id: 'funnel.outside' })}</span>
      </div>
    `;
  }

  private renderPlot() {
    const { funnel, size, display } = this;
    const curve = funnelCurve(funnel, 'precision');
    const [lowest, highest] = reach([...funnel.points.map(({ estimate }) => estimate), funnel.centre, ...curve.low[0]!, ...curve.high[0]!]);
    const [least, most] = reach(funnel.points.map(({ precision }) => precision));
    const x = (precision: number): number => margin.left + ((precision - least) / (most - least)) * (size.width - margin.left - margin.right);
    const y = (value: number): number => margin.top + ((highest - value) / (highest - lowest)) * (size.height - margin.top - margin.bottom);
    const path = (values: Float64Array): string => Array.from(values, (value, k) => `${k === 0 ? 'M' : 'L'}${x(curve.x[k]!).toFixed(1)},${y(value).toFixed(1)}`).join('');
    const [right, bottom] = [size.width - margin.right, size.height - margin.bottom];
    const rows = axisTicks(lowest * display.factor, highest * display.factor, 5);
    return html`
      <svg role="img" aria-label=${this.summary}>
        <defs><clipPath id="area"><rect x=${margin.left} y=${margin.top} width=${right - margin.left} height=${bottom - margin.top}></rect></clipPath></defs>
        ${rows.values.map((value) => {
          const at = y(value / display.factor);
          return svg`<line class="grid" x1=${margin.left} x2=${right} y1=${at} y2=${at}></line>
            <text x=${margin.left - 8} y=${at} text-anchor="end" dominant-baseline="middle">${formatNumber(value, { digits: rows.digits, signed: true })}</text>`;
        })}
        <line class="axis" x1=${margin.left} x2=${right} y1=${bottom} y2=${bottom}></line>
        ${this.renderErrors(x, { least, most, bottom })}
        <g clip-path="url(#area)">
          <line class="centre" x1=${margin.left} x2=${right} y1=${y(funnel.centre)} y2=${y(funnel.centre)}></line>
          ${funnel.limits.map((_, k) => [curve.low[k]!, curve.high[k]!].map((values) => svg`<path class=${k === 0 ? 'limit near' : 'limit'} d=${path(values)}></path>`))}
        </g>
        ${funnel.points.map((point) => this.renderPoint(point, x(point.precision), y(point.estimate)))}
        ${this.renderNames(x, y)}
      </svg>
    `;
  }

  /** The axis of precisions, with the standard errors that they are of. */
  private renderErrors(x: (precision: number) => number, { least, most, bottom }: { least: number; most: number; bottom: number }) {
    const { factor } = this.display;
    const steps = Array.from({ length: 5 }, (_, k) => factor / (least + ((k + 0.5) / 5) * (most - least)));
    // Two digits of each, which are then where the axis has them.
    const rounded = [...new Set(steps.map((error) => Number(error.toPrecision(2))))].filter((error) => error > 0 && factor / error >= least && factor / error <= most);
    const shown = rounded.map((error) => ({ error, digits: Math.max(0, 1 - Math.floor(Math.log10(error))) }));
    return svg`
      ${shown.map(({ error, digits }) => svg`<text x=${x(factor / error)} y=${bottom + 18} text-anchor="middle">${formatNumber(error, { digits })}</text>`)}
      <text class=${this.size.width < narrow ? 'small' : ''} x=${this.size.width < narrow ? 0 : margin.left} y=${bottom + 38}>${msg('Standardfeil: usikre til venstre, sikre til høyre', { id: 'funnel.axis' })}</text>`;
  }

  private renderPoint(point: FunnelPoint, x: number, y: number) {
    const outside = point.outside > 0;
    const title = msg(str`${this.nameOf(point.label)}: ${this.display.difference(point.estimate * this.display.factor)}`, { id: 'funnel.point' });
    return svg`<path class=${outside ? 'outside' : 'inside'} d=${markerPath(outside ? 'diamond' : 'circle', x, y, outside ? 5.5 : 4)}><title>${title}</title></path>`;
  }

  private renderNames(x: (precision: number) => number, y: (value: number) => number) {
    const outside = this.funnel.points.filter(({ side }) => side !== 'inside').sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
    const wanted = outside.map((point) => ({ name: this.nameOf(point.label), x: x(point.precision), y: y(point.estimate) }));
    const placed = placeLabels(wanted, this.size.width);
    return placed.length === 0 ? nothing : placed.map(({ name, x: at, y: height, anchor }) => svg`<text class="name" x=${at} y=${height} text-anchor=${anchor} dominant-baseline="middle" aria-hidden="true">${name}</text>`);
  }
}
