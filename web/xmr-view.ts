import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { XmrOfGroup } from '../src/comparison/xmr-series.ts';
import type { Xmr } from '../src/comparison/xmr.ts';
import type { IndicatorTable } from '../src/indicator/table.ts';
import type { RunResult } from '../src/run-result.ts';
import type { Outcome } from '../src/spec/model-spec.ts';
import { groupName } from './breakdown-lines.ts';
import { breakdownSelect } from './breakdown-select.ts';
import './chart-view.ts';
import { controlStyles } from './control-styles.ts';
import type { Engine } from './engine.ts';
import './error-view.ts';
import { compareText, formatMonthShort } from './format.ts';
import { lastOf } from './last-of.ts';
import { LatestAnswer } from './latest-answer.ts';
import { currentLocale } from './locale.ts';
import { outcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import { sharedStyles } from './shared-styles.ts';
import type { ViewOptions } from './view-options.ts';
import { rangeLines, xmrLines } from './xmr-lines.ts';
import { brokenRuleTexts, outsideSentence, refusedText, xmrNotes } from './xmr-notes.ts';

/** With what was asked: the controls may be ahead of it. */
interface Answer {
  readonly outcome: Outcome;
  readonly name: string;
  readonly series: XmrOfGroup | null;
}

interface Group {
  readonly labels: readonly string[];
  readonly name: string;
}

/** One unit against its own past: an XmR chart of the points whose outcomes do not overlap, and the rules that they break. */
@customElement('arbeid-xmr')
export class XmrView extends PacedElement {
  static override styles = [
    sharedStyles,
    controlStyles,
    css`
      .sentence {
        max-width: 46rem;
        font-size: 1.1875rem;
        font-weight: 600;
        line-height: 1.35;
        text-wrap: pretty;
      }
      .rules {
        margin-top: var(--space-2);
        max-width: 46rem;
      }
      .charts {
        display: grid;
        grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr);
        gap: var(--space-8) var(--space-12);
        margin-top: var(--space-6);
        --chart-height: 20rem;
      }
      @media (max-width: 66rem) {
        .charts {
          grid-template-columns: minmax(0, 1fr);
        }
        .ranges {
          --chart-height: 12rem;
        }
      }
      .notes {
        margin-top: var(--space-4);
        padding-left: 1.25rem;
        list-style: disc;
        max-width: 60rem;
      }
    `,
  ];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;
  /** A run is under way: its numbers take the place of these. */
  @property({ type: Boolean }) busy = false;
  @state() private table = 0;
  @state() private group = '';
  private readonly held = new LatestAnswer<Answer>(this);

  /** Groups of the table in view that have the outcome, by name. */
  private get groups(): readonly Group[] {
    return this.groupsOf(this.result.tables[this.table]!, this.view.outcome, currentLocale());
  }

  private readonly groupsOf = lastOf(({ by, groups, outcome }: IndicatorTable, { name: wanted }: Outcome, _: string): readonly Group[] => {
    const found = new Map<string, number>();
    for (let row = outcome.indexOf(wanted); row >= 0 && outcome[row] === wanted; row++) found.set(groups.map((labels) => labels[row]!).join(', '), row);
    return [...found]
      .map(([text, row]) => ({ labels: groups.map((labels) => labels[row]!), name: by.length === 0 ? wholeName() : groupName(by, text) }))
      .sort((a, b) => compareText(a.name, b.name));
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { result, engine, view: { outcome } } = this;
    // The first breakdown: the whole is held near zero by the model itself.
    if (changed.has('result') && (changed.get('result') === undefined || this.table >= result.tables.length)) this.table = Math.min(1, result.tables.length - 1);
    const { groups, table } = this;
    const chosen = groups.find(({ labels }) => labels.join() === this.group) ?? groups[0];
    this.group = chosen?.labels.join() ?? '';
    if (this.busy || chosen === undefined) this.held.drop();
    else this.held.ask([result, outcome, table, this.group, currentLocale()], async (signal) => ({ outcome, name: chosen.name, series: await engine.xmr(result, { outcome: outcome.name, table, group: chosen.labels }, signal) }));
  }

  override render() {
    const { answer, error, pending } = this.held;
    const { groups } = this;
    return html`
      <div class="controls">
        ${breakdownSelect({ id: 'by', label: msg('Fordel på', { id: 'breakdown.by' }), breakdowns: this.result.tables.map(({ by }) => by), whole: wholeName(), chosen: this.table, choose: (chosen) => (this.table = chosen) })}
        <div class="field">
          <label for="unit">${msg('Enhet', { id: 'ranks.unit' })}</label>
          <select id="unit" @change=${(event: Event) => (this.group = groups[(event.target as HTMLSelectElement).selectedIndex]!.labels.join())}>
            ${groups.map(({ labels, name }) => html`<option .selected=${labels.join() === this.group}>${name}</option>`)}
          </select>
        </div>
      </div>
      ${error === null ? nothing : html`<arbeid-error .error=${error}></arbeid-error>`}
      <div aria-busy=${pending} class=${pending ? 'stale' : ''}>${answer === null ? nothing : this.shown(answer, currentLocale())}</div>
    `;
  }

  /** Made once an answer, so that its charts are not drawn again for nothing. */
  private readonly shown = lastOf((answer: Answer, _: string) => this.renderAnswer(answer));

  private renderAnswer({ outcome, name, series }: Answer) {
    if (series === null) return html`<p class="message notice">${msg('Det er ingen måneder å vise for dette målet.', { id: 'national.no_months' })}</p>`;
    if (series.chart === null) return html`<p class="message notice">${refusedText(series, outcome.horizon)}</p>`;
    const broken = brokenRuleTexts(series.chart);
    return html`
      <p class="sentence">${outsideSentence(series.chart)}</p>
      ${broken.length === 0
        ? html`<p class="rules">${msg('Ingen av reglene er brutt: Punktene svinger ikke mer enn de pleier.', { id: 'xmr.none_broken' })}</p>`
        : html`<ul class="rules">${broken.map((text) => html`<li>${text}</li>`)}</ul>`}
      ${this.renderCharts(series.chart, name, outcome)}
      <ul class="notes small">${xmrNotes(series, series.chart).map((text) => html`<li>${text}</li>`)}</ul>
    `;
  }

  private renderCharts(chart: Xmr, name: string, outcome: Outcome) {
    const display = outcomeDisplay(outcome);
    const months = chart.points.map(({ month }) => month);
    const labels = months.map(formatMonthShort);
    const year = (k: number): string => months[k]!.slice(0, 4);
    const starts = months.flatMap((_, at) => (at === 0 || year(at) !== year(at - 1) ? [{ at, label: year(at) }] : []));
    // A first year of few points has no room for its name.
    const ticks = starts.filter(({ at }, k) => k > 0 || months.length < 15 || starts[1]!.at - at > 2);
    const stride = Math.max(1, Math.round(12 / chart.horizon));
    return html`
      <div class="charts">
        <arbeid-chart
          .heading=${`${name} – ${display.title.toLocaleLowerCase()}`}
          .unit=${display.differenceUnit}
          .summary=${msg(str`XmR-diagram med ${String(months.length)} punkter fra ${labels[0]!} til ${labels.at(-1)!}. ${outsideSentence(chart)}`, { id: 'xmr.summary' })}
          .labels=${labels}
          .xTitle=${msg('Måned', { id: 'month' })}
          .ticks=${ticks}
          .lines=${xmrLines(chart, display.factor)}
          .formatValue=${display.difference}
          .fileName=${`xmr-${outcome.name}-${name}`}
          .stride=${stride}
        ></arbeid-chart>
        <arbeid-chart
          class="ranges"
          .heading=${msg('Sprang fra punktet før', { id: 'xmr.ranges' })}
          .unit=${display.differenceUnit}
          .summary=${msg(str`Sprangene fra punkt til punkt, ${String(months.length - 1)} i alt, med øvre grense.`, { id: 'xmr.ranges_summary' })}
          .labels=${labels}
          .xTitle=${msg('Måned', { id: 'month' })}
          .ticks=${ticks}
          .lines=${rangeLines(chart, display.factor)}
          .fileName=${`xmr-sprang-${outcome.name}-${name}`}
          .stride=${stride}
          zero
        ></arbeid-chart>
      </div>
    `;
  }
}

const wholeName = (): string => msg('Hele landet', { id: 'app.national' });
