import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import type { Adjustment } from '../src/comparison/multiplicity.ts';
import { columnReading } from '../src/guards/column-reading.ts';
import type { RunResult } from '../src/run-result.ts';
import type { Outcome } from '../src/spec/model-spec.ts';
import { groupName } from './breakdown-lines.ts';
import { breakdownName, breakdownSelect } from './breakdown-select.ts';
import './choice-group.ts';
import { chanceSentence, comparisonNotes } from './comparison-notes.ts';
import { comparisonPeriods } from './comparison-periods.ts';
import { controlStyles } from './control-styles.ts';
import type { Comparison, Engine } from './engine.ts';
import './error-view.ts';
import './funnel-chart.ts';
import { lastOf } from './last-of.ts';
import { LatestAnswer } from './latest-answer.ts';
import { currentLocale } from './locale.ts';
import type { Locale } from './locale.ts';
import { outcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import './pair-view.ts';
import { columnNotices, noticeList } from './reading-view.ts';
import { sharedStyles } from './shared-styles.ts';
import { switchStyles } from './switch-styles.ts';
import type { UnitAspect } from './unit-figures.ts';
import './unit-rows.ts';
import type { ViewOptions } from './view-options.ts';

/** With what was asked: the controls may be ahead of it. */
interface Answer {
  readonly result: RunResult;
  readonly comparison: Comparison;
  readonly compared: ComparedBreakdown;
}

/** Groups of one breakdown against the country and each other over a period: a funnel, what chance would do, a table of one aspect at a time, any two. */
@customElement('arbeid-comparison')
export class ComparisonView extends PacedElement {
  static override styles = [
    sharedStyles,
    controlStyles,
    switchStyles,
    css`
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
        grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr);
        gap: var(--space-8) var(--space-12);
        margin-top: var(--space-6);
        --chart-height: 25rem;
      }
      arbeid-unit-rows {
        min-height: 20rem;
      }
      arbeid-pair {
        margin-top: var(--space-8);
      }
      @media (max-width: 66rem) {
        .layout {
          grid-template-columns: minmax(0, 1fr);
          --chart-height: 22rem;
        }
      }
      h4 {
        margin: 0;
        font-size: 0.9375rem;
        font-weight: 600;
      }
      .notes {
        margin: var(--space-2) 0 0;
        padding-left: 1.25rem;
        list-style: disc;
        max-width: 60rem;
      }
      .notes li + li {
        margin-top: var(--space-1);
      }
    `,
  ];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;
  /** A run is under way: its rows take the place of those compared. */
  @property({ type: Boolean }) busy = false;
  @state() private breakdown = 0;
  @state() private period = 'all';
  @state() private overdispersion = false;
  @state() private aspect: UnitAspect = 'rank';
  @state() private adjustment: Adjustment = 'BH';
  /** The same function as long as the names are the same: what takes it does not draw again for nothing. */
  private readonly naming = lastOf((by: readonly string[], groups: ComparedBreakdown['groups'], _: Locale) => (label: string): string => groupName(by, groups[Number(label)]!.join(', ')));
  private readonly displayed = lastOf((outcome: Outcome, _: Locale) => outcomeDisplay(outcome));
  private readonly held = new LatestAnswer<Answer>(this);

  private get comparison(): Comparison {
    const { breakdown, period, overdispersion } = this;
    return { outcome: this.view.outcome.name, breakdown, period, level: this.view.level, overdispersion };
  }

  protected override willUpdate(): void {
    const { result, view } = this;
    if (this.breakdown >= result.options.by.length) this.breakdown = 0;
    const { years, tertials } = comparisonPeriods(result.tables[0]!, view.outcome.name);
    if (![...years, ...tertials].includes(this.period)) this.period = 'all';
    const { comparison } = this;
    if (this.busy) this.held.drop();
    else this.held.ask([result, ...Object.values(comparison)], async (signal) => ({ result, comparison, compared: await this.engine.compare(result, comparison, signal) }));
  }

  override render() {
    const { result, view } = this;
    const { answer, error, pending } = this.held;
    const by = result.options.by[this.breakdown]!;
    const { years, tertials } = comparisonPeriods(result.tables[0]!, view.outcome.name);
    const choice = (period: string) => html`<option value=${period} .selected=${period === this.period}>${period}</option>`;
    const notices = columnNotices({ by, ...columnReading(by, view.outcome, result.spec, result.zeroMeans) }, view.outcome.horizon);
    return html`
      <div class="controls">
        ${breakdownSelect({ id: 'units', label: msg('Sammenlign', { id: 'comparison.units' }), breakdowns: result.options.by, chosen: this.breakdown, choose: (chosen) => (this.breakdown = chosen) })}
        <div class="field">
          <label for="period">${msg('Periode', { id: 'comparison.period' })}</label>
          <select id="period" @change=${(event: Event) => (this.period = (event.target as HTMLSelectElement).value)}>
            <option value="all" .selected=${this.period === 'all'}>${msg('Hele perioden', { id: 'comparison.all' })}</option>
            ${years.length === 0 ? nothing : html`<optgroup label=${msg('År', { id: 'comparison.years' })}>${years.map(choice)}</optgroup>`}
            ${tertials.length === 0 ? nothing : html`<optgroup label=${msg('Tertial', { id: 'comparison.tertials' })}>${tertials.map(choice)}</optgroup>`}
          </select>
        </div>
        <label class="switch">
          <input type="checkbox" role="switch" .checked=${this.overdispersion} @change=${() => (this.overdispersion = !this.overdispersion)} />
          ${msg('Utvid grensene for over-dispersjon', { id: 'comparison.overdispersion' })}
        </label>
      </div>
      ${noticeList(notices)} ${error === null ? nothing : html`<arbeid-error .error=${error}></arbeid-error>`}
      <div aria-busy=${pending} class=${pending ? 'stale' : ''}>${answer === null ? nothing : this.renderAnswer(answer)}</div>
    `;
  }

  private renderAnswer(answer: Answer) {
    const { units, reason } = answer.compared;
    if (units === null) {
      const text = reason === 'held-at-zero'
        ? msg('Modellen setter snittet til null i hver gruppe over denne perioden. Da er det ingen nivåer å sammenligne.', { id: 'comparison.held' })
        : msg('Målet er ikke observert i alle månedene i denne perioden.', { id: 'comparison.not_observed' });
      return html`<p class="message notice sentence">${text}</p>`;
    }
    return this.renderUnits(units, answer);
  }

  private renderUnits(units: ComparedUnits, { result, comparison, compared: { by, groups } }: Answer) {
    const outcome = result.spec.outcomes.find(({ name }) => name === comparison.outcome)!;
    const display = this.displayed(outcome, currentLocale());
    const nameOf = this.naming(by, groups, currentLocale());
    const sentence = chanceSentence(units);
    return html`
      <p class="sentence">${sentence}</p>
      <div class="layout">
        <arbeid-funnel
          .funnel=${units.funnel}
          .nameOf=${nameOf}
          .display=${display}
          .heading=${`${display.title} – ${breakdownName(by).toLocaleLowerCase()}`}
          .summary=${msg(str`Traktdiagram: ${String(units.funnel.points.length)} enheter etter hvor sikkert tallet er, mot ${display.difference(units.centre * display.factor)} ${display.differenceUnit} for alle. ${sentence}`, { id: 'funnel.summary' })}
        ></arbeid-funnel>
        <div>
          <h4>${msg('Slik kan tallene leses', { id: 'reading.heading' })}</h4>
          <ul class="notes small">
            ${comparisonNotes(units, { display, names: (places) => places.map((place) => nameOf(String(place))).join(', '), threshold: units.options.threshold }).map((line) => html`<li>${line}</li>`)}
          </ul>
        </div>
      </div>
      ${this.renderChoices()}
      <arbeid-unit-rows .units=${units} .nameOf=${nameOf} .display=${display} .aspect=${this.aspect} .adjustment=${this.adjustment}></arbeid-unit-rows>
      <arbeid-pair .engine=${this.engine} .result=${result} .units=${units} .comparison=${comparison} .nameOf=${nameOf} .display=${display}></arbeid-pair>
    `;
  }

  private renderChoices() {
    return html`
      <div class="controls">
        <arbeid-choice
          class="aspect"
          .label=${msg('Vis i tabellen', { id: 'units.aspect' })}
          .value=${this.aspect}
          .options=${[
            { value: 'rank', label: msg('Plass', { id: 'ranks.rank' }) },
            { value: 'difference', label: msg('Forskjell', { id: 'units.difference_short' }) },
            { value: 'shrunken', label: msg('Krympet', { id: 'units.shrunken' }) },
            { value: 'band', label: msg('Samtidig bånd', { id: 'units.band' }) },
          ]}
          @choose=${(event: CustomEvent<UnitAspect>) => (this.aspect = event.detail)}
        ></arbeid-choice>
        ${this.aspect !== 'difference'
          ? nothing
          : html`<arbeid-choice
              class="adjustment"
              .label=${msg('Justert for at de er mange', { id: 'units.adjustment' })}
              .value=${this.adjustment}
              .options=${[
                { value: 'BH', label: 'BH', hint: msg('uavhengige eller samvarierende', { id: 'units.bh' }) },
                { value: 'BY', label: 'BY', hint: msg('enhver avhengighet', { id: 'units.by' }) },
              ]}
              @choose=${(event: CustomEvent<Adjustment>) => (this.adjustment = event.detail)}
            ></arbeid-choice>`}
      </div>
    `;
  }
}
