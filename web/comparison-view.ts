import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import { columnReading } from '../src/guards/column-reading.ts';
import type { RunResult } from '../src/run-result.ts';
import { groupName } from './breakdown-lines.ts';
import { columnLabel } from './column-labels.ts';
import { chanceSentence, comparisonNotes } from './comparison-notes.ts';
import { comparisonPeriods } from './comparison-periods.ts';
import type { Comparison, Engine, RunRequest } from './engine.ts';
import './error-view.ts';
import './funnel-chart.ts';
import { LocalizedElement } from './localized-element.ts';
import { outcomeDisplay } from './outcomes.ts';
import './rank-rows.ts';
import { columnNotices } from './reading-view.ts';
import { sharedStyles } from './shared-styles.ts';
import { switchStyles } from './switch-styles.ts';
import type { ViewOptions } from './view-options.ts';

/** Groups of one breakdown against the country and each other over a period: a funnel, ranks with intervals, what chance would do. */
@customElement('arbeid-comparison')
export class ComparisonView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    switchStyles,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-4) var(--space-6);
        margin-block: var(--space-6) var(--space-4);
      }
      .message + .message {
        margin-top: var(--space-2);
      }
      .sentence {
        max-width: 46rem;
        margin-top: var(--space-6);
        font-size: 1.1875rem;
        font-weight: 600;
        line-height: 1.35;
        text-wrap: pretty;
      }
      .layout {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--space-8) var(--space-12);
        margin-top: var(--space-6);
        min-height: 30rem;
        --chart-height: 27rem;
      }
      .stale {
        opacity: 0.45;
      }
      @media (max-width: 66rem) {
        .layout {
          grid-template-columns: minmax(0, 1fr);
          --chart-height: 22rem;
        }
      }
      h4 {
        margin: var(--space-4) 0 0;
        font-size: 0.9375rem;
        font-weight: 600;
      }
      .notes {
        margin: var(--space-2) 0 0;
        padding-left: 1.25rem;
        list-style: disc;
        max-width: 60rem;
      }
    `,
  ];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) result!: RunResult;
  /** What the result is of. */
  @property({ attribute: false }) request!: RunRequest;
  @property({ attribute: false }) view!: ViewOptions;
  /** A run is under way: its rows take the place of those compared. */
  @property({ type: Boolean }) busy = false;
  @state() private breakdown = 0;
  @state() private period = 'all';
  @state() private overdispersion = false;
  @state() private answer: ComparedBreakdown | null = null;
  @state() private error: unknown = null;
  private asked = '';
  private answered = '';
  private controller: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.controller?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { result, view } = this;
    if (this.breakdown >= result.options.by.length) this.breakdown = 0;
    const { years, tertials } = comparisonPeriods(result.tables[0], view.outcome.name);
    if (![...years, ...tertials].includes(this.period)) this.period = 'all';
    if (changed.has('request')) this.asked = '';
    const comparison: Comparison = { outcome: view.outcome.name, breakdown: this.breakdown, period: this.period, level: view.level, overdispersion: this.overdispersion };
    const name = JSON.stringify(comparison);
    if (this.busy) {
      this.controller?.abort();
      this.asked = '';
    } else if (name !== this.asked) void this.ask(comparison, name);
  }

  private async ask(comparison: Comparison, name: string): Promise<void> {
    this.controller?.abort();
    const { signal } = (this.controller = new AbortController());
    this.asked = name;
    try {
      const answer = await this.engine.compare(this.request, comparison, signal);
      if (!signal.aborted) [this.answer, this.error, this.answered] = [answer, null, name];
    } catch (error) {
      if (!signal.aborted) [this.answer, this.error, this.answered] = [null, error, name];
    }
  }

  override render() {
    const { result, view, answer } = this;
    const by = result.options.by[this.breakdown];
    const { years, tertials } = comparisonPeriods(result.tables[0], view.outcome.name);
    const choice = (period: string) => html`<option value=${period} ?selected=${period === this.period}>${period}</option>`;
    const notices = columnNotices({ by, ...columnReading(by, view.outcome, result.spec) }, view.outcome.horizon);
    return html`
      <div class="controls">
        <div class="field">
          <label for="units">${msg('Sammenlign', { id: 'comparison.units' })}</label>
          <select id="units" @change=${(event: Event) => (this.breakdown = (event.target as HTMLSelectElement).selectedIndex)}>
            ${result.options.by.map((columns, k) => html`<option ?selected=${k === this.breakdown}>${columns.map(columnLabel).join(' × ')}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="period">${msg('Periode', { id: 'comparison.period' })}</label>
          <select id="period" @change=${(event: Event) => (this.period = (event.target as HTMLSelectElement).value)}>
            <option value="all" ?selected=${this.period === 'all'}>${msg('Hele perioden', { id: 'comparison.all' })}</option>
            ${years.length === 0 ? nothing : html`<optgroup label=${msg('År', { id: 'comparison.years' })}>${years.map(choice)}</optgroup>`}
            ${tertials.length === 0 ? nothing : html`<optgroup label=${msg('Tertial', { id: 'comparison.tertials' })}>${tertials.map(choice)}</optgroup>`}
          </select>
        </div>
        <label class="switch">
          <input type="checkbox" role="switch" .checked=${this.overdispersion} @change=${() => (this.overdispersion = !this.overdispersion)} />
          ${msg('Utvid grensene for over-dispersjon', { id: 'comparison.overdispersion' })}
        </label>
      </div>
      ${notices.map(({ text, pressing }) => html`<p class="message ${pressing ? 'notice' : ''}">${text}</p>`)}
      ${this.error === null ? nothing : html`<arbeid-error .error=${this.error}></arbeid-error>`}
      <div aria-busy=${this.answered !== this.asked} class=${this.answered === this.asked ? '' : 'stale'}>${answer === null ? nothing : this.renderAnswer(answer)}</div>
    `;
  }

  private renderAnswer(answer: ComparedBreakdown) {
    const { units, reason } = answer;
    if (units === null) {
      const text = reason === 'held-at-zero'
        ? msg('Modellen setter snittet til null i hver gruppe over denne perioden. Da er det ingen nivåer å sammenligne.', { id: 'comparison.held' })
        : msg('Målet er ikke observert i alle månedene i denne perioden.', { id: 'comparison.not_observed' });
      return html`<p class="message notice sentence">${text}</p>`;
    }
    return this.renderUnits(units, answer);
  }

  private renderUnits(units: ComparedUnits, { by, groups }: ComparedBreakdown) {
    const { outcome } = this.view;
    const display = outcomeDisplay(outcome);
    const nameOf = (label: string): string => groupName(by, groups[Number(label)].join(', '));
    const sentence = chanceSentence(units);
    const title = by.map(columnLabel).join(' × ').toLocaleLowerCase();
    return html`
      <p class="sentence">${sentence}</p>
      <div class="layout">
        <arbeid-funnel
          .funnel=${units.funnel}
          .nameOf=${nameOf}
          .display=${display}
          .heading=${`${display.title} – ${title}`}
          .summary=${msg(str`Traktdiagram: ${String(units.funnel.points.length)} enheter etter hvor sikkert tallet er, mot ${display.difference(units.centre * display.factor)} ${display.differenceUnit} for alle. ${sentence}`, { id: 'funnel.summary' })}
        ></arbeid-funnel>
        <arbeid-rank-rows .units=${units} .nameOf=${nameOf} .display=${display}></arbeid-rank-rows>
      </div>
      <h4>${msg('Slik kan tallene leses', { id: 'reading.heading' })}</h4>
      <ul class="notes small">
        ${comparisonNotes(units, { display, names: (places) => places.map((place) => nameOf(String(place))).join(', '), threshold: units.options.threshold }).map((line) => html`<li>${line}</li>`)}
      </ul>
    `;
  }
}
