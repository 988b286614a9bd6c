import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { readingsOf } from '../src/guards/reading.ts';
import type { RunResult } from '../src/run-result.ts';
import type { ChartLine } from './chart-lines.ts';
import './chart-view.ts';
import { formatCount, formatMonthLong, formatMonthShort } from './format.ts';
import { headline } from './headline.ts';
import { intervalBand, tableAsShown } from './interval.ts';
import type { Band } from './interval.ts';
import { monthlySeries, plotted, yearTicks } from './monthly-series.ts';
import { outcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import { periodGrid } from './period-grid.ts';
import './reading-view.ts';
import { sharedStyles } from './shared-styles.ts';
import type { ViewOptions } from './view-options.ts';

/** The whole country: the newest month in words and numbers, actual against expected, and the indicator. */
@customElement('arbeid-national')
export class NationalView extends PacedElement {
  static override styles = [
    sharedStyles,
    css`
      .headline {
        max-width: 40rem;
        font-size: clamp(1.375rem, 1.1rem + 1.2vw, 1.875rem);
        line-height: 1.25;
        font-weight: 600;
        letter-spacing: -0.015em;
        text-wrap: pretty;
      }
      .newest {
        display: grid;
        gap: var(--space-6) var(--space-12);
        margin-bottom: var(--space-8);
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-8);
      }
      @media (min-width: 70rem) {
        .newest {
          grid-template-columns: minmax(0, 1fr) auto;
          align-items: end;
        }
      }
      dt {
        font-size: 0.875rem;
        color: var(--text-soft);
      }
      dd b {
        font-size: 1.75rem;
        line-height: 1.2;
        font-weight: 600;
        letter-spacing: -0.02em;
      }
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
        gap: var(--space-8) var(--space-12);
      }
      arbeid-reading {
        display: block;
        margin-top: var(--space-4);
      }
    `,
  ];

  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;

  override render() {
    const { outcome, seasonal, level } = this.view;
    const months = periodGrid(this.result);
    const [series] = monthlySeries(this.result.tables[0]!, { outcome: outcome.name, months, seasonal });
    if (series === undefined) return nothing;
    const { factor } = outcomeDisplay(outcome);
    const indicator = plotted(series.indicator, factor);
    const band = intervalBand(indicator, plotted(series.standardError, factor), level, series.freedom);
    const newest = indicator.findLastIndex((value) => value !== null);
    if (newest < 0) return this.renderNothing();
    const { spec, options, tables } = this.result;
    const reading = readingsOf(tableAsShown(tables[0]!, this.view), { spec, threshold: options.threshold }).find((one) => one.outcome === outcome.name);
    const [actual, expected] = [plotted(series.actual, factor), plotted(series.expected, factor)];
    return html`
      <div class="newest">
        <p class="headline">
          ${headline(outcome, { month: months[newest]!, difference: indicator[newest]!, low: band.low[newest] ?? null, high: band.high[newest] ?? null })}
        </p>
        ${this.renderFigures({ actual: actual[newest] ?? null, expected: expected[newest] ?? null, n: series.n[newest]!, indicator: indicator[newest] ?? null, band, newest })}
      </div>
      <div class="charts">
        ${this.renderActual({ months, actual, expected })} ${this.renderIndicator({ months, indicator, band, newest })}
      </div>
      ${reading === undefined ? nothing : html`<arbeid-reading .reading=${reading} .view=${this.view}></arbeid-reading>`}
    `;
  }

  private renderNothing() {
    return html`<p class="message notice">
      ${this.view.seasonal
        ? msg('Serien kan ikke sesongjusteres: Hver kalendermåned trenger minst to referansemåneder med tall.', { id: 'national.no_season' })
        : msg('Det er ingen måneder å vise for dette målet.', { id: 'national.no_months' })}
    </p>`;
  }

  private renderFigures(at: { actual: number | null; expected: number | null; indicator: number | null; n: number; band: Band; newest: number }) {
    const display = outcomeDisplay(this.view.outcome);
    const level = String(this.view.level);
    const [low, high] = [display.difference(at.band.low[at.newest] ?? null), display.difference(at.band.high[at.newest] ?? null)];
    const tile = (name: string, value: string, unit: string, below: string) => html`
      <div>
        <dt>${name}</dt>
        <dd class="numbers"><b>${value}</b> ${unit}</dd>
        <dd class="small soft numbers">${below}</dd>
      </div>
    `;
    return html`
      <dl>
        ${tile(msg('Faktisk', { id: 'actual' }), display.level(at.actual), display.unit, msg(str`${formatCount(at.n)} personer`, { id: 'national.persons' }))}
        ${tile(msg('Forventet', { id: 'expected' }), display.level(at.expected), display.unit, msg('gitt hvem de er og hvor de bor', { id: 'national.given' }))}
        ${tile(msg('Indikator', { id: 'indicator' }), display.difference(at.indicator), display.differenceUnit, msg(str`${level} %-intervall: ${low} til ${high}`, { id: 'national.interval' }))}
      </dl>
    `;
  }

  private renderActual({ months, actual, expected }: { months: readonly string[]; actual: (number | null)[]; expected: (number | null)[] }) {
    const display = outcomeDisplay(this.view.outcome);
    const lines: ChartLine[] = [
      { key: 'expected', label: msg('Forventet', { id: 'expected' }), values: expected, role: 'line', colour: '--series-expected', dash: [6, 4], marker: null },
      { key: 'actual', label: msg('Faktisk', { id: 'actual' }), values: actual, role: 'line', colour: '--series-actual', dash: [], marker: null },
    ];
    return html`<arbeid-chart
      .heading=${msg('Faktisk og forventet', { id: 'national.actual_heading' })}
      .unit=${display.unit}
      .summary=${msg(str`Linjediagram. ${display.title}, faktisk og forventet, fra ${formatMonthLong(months[0]!)} til ${formatMonthLong(months.at(-1)!)}.`, { id: 'national.actual_summary' })}
      .labels=${months.map(formatMonthShort)}
      .xTitle=${msg('Måned', { id: 'month' })}
      .ticks=${yearTicks(months)}
      .lines=${lines}
      .formatValue=${display.level}
      .fileName=${`faktisk-og-forventet-${display.name}`}
    ></arbeid-chart>`;
  }

  private renderIndicator({ months, indicator, band, newest }: { months: readonly string[]; indicator: (number | null)[]; band: Band; newest: number }) {
    const display = outcomeDisplay(this.view.outcome);
    const level = String(this.view.level);
    const [highest, lowest] = [extreme(indicator, (a, b) => a > b), extreme(indicator, (a, b) => a < b)];
    const say = (k: number) => `${display.difference(indicator[k] ?? null)} (${formatMonthLong(months[k]!)})`;
    const lines: ChartLine[] = [
      { key: 'indicator', label: msg('Indikator', { id: 'indicator' }), values: indicator, ...band, role: 'line', colour: '--series-indicator', dash: [], marker: null },
    ];
    return html`<arbeid-chart
      .heading=${msg('Indikatoren: faktisk minus forventet', { id: 'national.indicator_heading' })}
      .unit=${msg(str`${display.differenceUnit}, skravert: ${level} %-intervall`, { id: 'national.indicator_unit' })}
      .summary=${msg(str`Linjediagram over indikatoren med ${level} %-intervall. Høyest ${say(highest)}, lavest ${say(lowest)}, sist ${say(newest)} ${display.differenceUnit}.`, { id: 'national.indicator_summary' })}
      .labels=${months.map(formatMonthShort)}
      .xTitle=${msg('Måned', { id: 'month' })}
      .ticks=${yearTicks(months)}
      .lines=${lines}
      .formatValue=${display.difference}
      .fileName=${`indikator-${display.name}`}
      zero
    ></arbeid-chart>`;
  }
}

/** Index of the number that beats all others. */
function extreme(values: readonly (number | null)[], beats: (a: number, b: number) => boolean): number {
  return values.reduce<number>((best, value, k) => (value !== null && (best < 0 || beats(value, values[best]!)) ? k : best), -1);
}
