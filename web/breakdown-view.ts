import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { IndicatorTable } from '../src/indicator/table.ts';
import { readingsOf } from '../src/guards/reading.ts';
import type { RunResult } from '../src/run-result.ts';
import { breakdownLines, defaultPicks, groupName, maxPicks, togglePick } from './breakdown-lines.ts';
import type { Picks } from './breakdown-lines.ts';
import { breakdownName, breakdownSelect } from './breakdown-select.ts';
import './chart-view.ts';
import './choice-group.ts';
import { controlStyles } from './control-styles.ts';
import { formatMonthLong, formatMonthShort } from './format.ts';
import './group-picker.ts';
import { tableAsShown } from './interval.ts';
import { lastOf } from './last-of.ts';
import { monthlySeries, yearTicks } from './monthly-series.ts';
import type { MonthlySeries } from './monthly-series.ts';
import { outcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import { periodGrid } from './period-grid.ts';
import { columnNotices, noticeList } from './reading-view.ts';
import { sharedStyles } from './shared-styles.ts';
import type { ViewOptions } from './view-options.ts';

export type Quantity = 'indicator' | 'actual' | 'expected';

/** One breakdown: every group grey, up to five picked out, with what may be read from it. */
@customElement('arbeid-breakdown')
export class BreakdownView extends PacedElement {
  static override styles = [
    sharedStyles,
    controlStyles,
    css`
      .layout {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 19rem;
        gap: var(--space-8);
        margin-top: var(--space-6);
        --chart-height: 26rem;
      }
      arbeid-reading {
        display: block;
        margin-top: var(--space-4);
      }
      @media (max-width: 60rem) {
        .layout {
          grid-template-columns: minmax(0, 1fr);
          --chart-height: 20rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;
  @state() private chosen = 0;
  @state() private quantity: Quantity = 'indicator';
  @state() private picks: Picks = new Map();

  private get tables(): readonly IndicatorTable[] {
    return this.result.tables.slice(1);
  }

  private get months(): string[] {
    return periodGrid(this.result);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('result') && this.chosen >= this.tables.length) this.chosen = 0;
    if (changed.has('result') || changed.has('chosen')) this.picks = defaultPicks(this.series);
  }

  private get series(): readonly MonthlySeries[] {
    const table = this.tables[this.chosen];
    return table === undefined ? [] : this.seriesOf(table, this.view.outcome.name, this.view.seasonal);
  }

  private readonly seriesOf = lastOf((table: IndicatorTable, outcome: string, seasonal: boolean) => monthlySeries(table, { outcome, months: this.months, seasonal }));

  private readonly readingOf = lastOf((table: IndicatorTable, view: ViewOptions, { spec, options: { threshold }, zeroMeans }: RunResult) =>
    readingsOf(tableAsShown(table, view), { spec, threshold, zeroMeans }).find(({ outcome }) => outcome === view.outcome.name));

  override render() {
    const table = this.tables[this.chosen];
    if (table === undefined) return nothing;
    const reading = this.readingOf(table, this.view, this.result);
    return html`
      <div class="controls">
        ${breakdownSelect({ id: 'by', label: msg('Fordel på', { id: 'breakdown.by' }), breakdowns: this.tables.map(({ by }) => by), chosen: this.chosen, choose: (chosen) => (this.chosen = chosen) })}
        <arbeid-choice
          .label=${msg('Vis', { id: 'breakdown.show' })}
          .value=${this.quantity}
          .options=${[
            { value: 'indicator', label: msg('Indikator', { id: 'indicator' }) },
            { value: 'actual', label: msg('Faktisk', { id: 'actual' }) },
            { value: 'expected', label: msg('Forventet', { id: 'expected' }) },
          ]}
          @choose=${(event: CustomEvent<Quantity>) => (this.quantity = event.detail)}
        ></arbeid-choice>
      </div>
      ${reading === undefined ? nothing : noticeList(columnNotices(reading, this.view.outcome.horizon))} ${this.renderChart(table.by)}
      ${reading === undefined ? nothing : html`<arbeid-reading .reading=${reading} .view=${this.view}></arbeid-reading>`}
    `;
  }

  private renderChart(by: readonly string[]) {
    const { outcome, level } = this.view;
    const { series, months, quantity, picks } = this;
    const display = outcomeDisplay(outcome);
    const lines = breakdownLines(series, { by, quantity, picks, level, factor: display.factor });
    const difference = quantity === 'indicator';
    const format = difference ? display.difference : display.level;
    const unit = difference ? display.differenceUnit : display.unit;
    const names = [...picks.keys()].map((group) => groupName(by, group)).join(', ');
    const title = breakdownName(by);
    return html`
      <div class="layout">
        <arbeid-chart
          .heading=${`${display.title} – ${title.toLocaleLowerCase()}`}
          .unit=${difference && picks.size <= 3 ? msg(str`${unit}, skravert: ${String(level)} %-intervall`, { id: 'national.indicator_unit' }) : unit}
          .summary=${msg(str`Linjediagram med ${String(series.length)} grupper fra ${formatMonthLong(months[0] ?? '')} til ${formatMonthLong(months.at(-1) ?? '')}. Framhevet: ${names}.`, { id: 'breakdown.summary' })}
          .labels=${months.map(formatMonthShort)}
          .xTitle=${msg('Måned', { id: 'month' })}
          .ticks=${yearTicks(months)}
          .lines=${lines}
          .formatValue=${format}
          .fileName=${`${quantity}-${outcome.name}-${by.join('+')}`}
          ?zero=${difference}
          @pick=${(event: CustomEvent<string>) => this.pick(event.detail)}
        ></arbeid-chart>
        <arbeid-group-picker
          .heading=${title}
          .lines=${lines}
          .picked=${picks}
          .most=${maxPicks}
          .formatValue=${format}
          @pick=${(event: CustomEvent<string>) => this.pick(event.detail)}
        ></arbeid-group-picker>
      </div>
    `;
  }

  private pick(group: string): void {
    this.picks = togglePick(this.picks, group);
  }
}
