import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparedPair } from '../src/comparison/compare-pair.ts';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import type { RunResult } from '../src/run-result.ts';
import { controlStyles } from './control-styles.ts';
import type { Engine, PairComparison } from './engine.ts';
import './error-view.ts';
import { compareText, formatNumber } from './format.ts';
import { lastOf } from './last-of.ts';
import { LatestAnswer } from './latest-answer.ts';
import { LocalizedElement } from './localized-element.ts';
import type { OutcomeDisplay } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import { pValueText, rangeText } from './unit-columns.ts';

/** With what was asked: the controls may be ahead of it. */
interface Answer {
  readonly pair: ComparedPair;
  readonly names: readonly string[];
  readonly level: number;
  readonly display: OutcomeDisplay;
}

/** Two units of the reader's choice held against each other, with what they have in common taken into account. */
@customElement('arbeid-pair')
export class PairView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    controlStyles,
    css`
      .controls {
        margin-block: var(--space-3);
      }
      .minus {
        align-self: end;
        min-height: 2.5rem;
        line-height: 2.5rem;
      }
      .sentence {
        max-width: 46rem;
        font-weight: 600;
        text-wrap: pretty;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3) var(--space-8);
        margin-block: var(--space-3);
      }
      dt {
        font-size: 0.875rem;
        color: var(--text-soft);
      }
      dd {
        font-weight: 600;
      }
      .prose {
        max-width: 46rem;
      }
      @media (max-width: 40rem) {
        .minus {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) units!: ComparedUnits;
  /** What the units were compared over. */
  @property({ attribute: false }) comparison!: Pick<PairComparison, 'outcome' | 'breakdown' | 'period' | 'level'>;
  @property({ attribute: false }) nameOf: (label: string) => string = (label) => label;
  @property({ attribute: false }) display!: OutcomeDisplay;
  @state() private of = '';
  @state() private from = '';
  private readonly held = new LatestAnswer<Answer>(this);

  private get labels(): readonly string[] {
    return this.sorted(this.units, this.nameOf);
  }

  private readonly sorted = lastOf((units: ComparedUnits, nameOf: (label: string) => string): readonly string[] =>
    units.ranks.units.map(({ label }) => label).sort((a, b) => compareText(nameOf(a), nameOf(b))));

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { units, comparison, result } = this;
    if (changed.has('units')) this.keepChoice();
    if (this.of === this.from) return;
    const { outcome, breakdown, period, level } = comparison;
    const [of, from] = [Number(this.of), Number(this.from)];
    const question = { outcome, breakdown, period, level, of, from };
    const shown = { names: [this.of, this.from].map(this.nameOf), level, display: this.display };
    this.held.ask([units, result, of, from, this.display], async (signal) => ({ ...shown, pair: await this.engine.pair(result, question, signal) }));
  }

  /** The two with most rows, unless two were chosen that are still there. */
  private keepChoice(): void {
    const { points } = this.units.funnel;
    const there = (label: string): boolean => points.some((point) => point.label === label);
    if (there(this.of) && there(this.from) && this.of !== this.from) return;
    const [first, second] = [...points].sort((a, b) => b.n - a.n);
    [this.of, this.from] = [first!.label, second?.label ?? first!.label];
  }

  override render() {
    const { answer, error, pending } = this.held;
    if (this.labels.length < 2) return nothing;
    return html`
      <h3>${msg('To enheter mot hverandre', { id: 'pair.heading' })}</h3>
      <div class="controls">
        ${this.renderUnit('of', msg('Enhet', { id: 'ranks.unit' }))}
        <span class="minus" aria-hidden="true">−</span>
        ${this.renderUnit('from', msg('Sammenlignet med', { id: 'pair.from' }))}
      </div>
      ${error === null ? nothing : html`<arbeid-error .error=${error}></arbeid-error>`}
      <div aria-live="polite" aria-busy=${pending} class=${pending ? 'stale' : ''}>${answer === null ? nothing : this.renderPair(answer)}</div>
    `;
  }

  private renderUnit(id: 'of' | 'from', label: string) {
    const { labels } = this;
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <select id=${id} @change=${(event: Event) => this.choose(id, labels[(event.target as HTMLSelectElement).selectedIndex]!)}>
          ${labels.map((one) => html`<option .selected=${one === this[id]}>${this.nameOf(one)}</option>`)}
        </select>
      </div>
    `;
  }

  /** Choosing the other one turns the two round. */
  private choose(id: 'of' | 'from', label: string): void {
    const other = id === 'of' ? 'from' : 'of';
    if (label === this[other]) this[other] = this[id];
    this[id] = label;
  }

  private renderPair({ pair: { difference, percent, base }, names: [of, from], level: ofInterval, display }: Answer) {
    const level = String(ofInterval);
    if (!Number.isFinite(difference.statistic)) {
      return html`<p class="message">${msg('Forskjellen mellom disse to har ingen usikkerhet å regne med: Modellen holder den fast, eller de er de samme personene.', { id: 'pair.none' })}</p>`;
    }
    const value = display.difference(difference.estimate * display.factor);
    const range = rangeText(difference.confLow, difference.confHigh, display);
    const fact = (name: string, text: string) => html`<div><dt>${name}</dt><dd class="numbers">${text}</dd></div>`;
    const covers = difference.confLow <= 0 && difference.confHigh >= 0;
    return html`
      <p class="sentence">
        ${msg(str`${of!} minus ${from!}: ${value} ${display.differenceUnit}.`, { id: 'pair.difference' })}
        ${covers ? msg('Intervallet dekker null: Forskjellen kan være tilfeldig.', { id: 'pair.covers' }) : msg('Intervallet dekker ikke null.', { id: 'pair.apart' })}
      </p>
      <dl>
        ${fact(msg(str`${level} %-intervall`, { id: 'pair.interval' }), range)}
        ${fact(msg('Standardfeil', { id: 'coefficients.error' }), formatNumber(difference.standardError * display.factor, { digits: 2 }))}
        ${fact(msg('p-verdi', { id: 'pair.p' }), pValueText(difference.pValue))}
        ${base.confLow > 0 ? fact(msg(str`I prosent av tallet for ${from!}`, { id: 'pair.percent' }), percentText(percent)) : nothing}
      </dl>
      <p class="small prose">
        ${msg('Det er tatt hensyn til at tallene for de to henger sammen, gjennom modellen og gjennom personer som har vært begge steder. p-verdien gjelder to som er valgt på forhånd, ikke de to som skiller seg mest.', { id: 'pair.note' })}
        ${base.confLow > 0 ? nothing : msg('Forskjellen i prosent vises bare der tallet den regnes av, er klart over null.', { id: 'pair.no_percent' })}
      </p>
    `;
  }
}

function percentText({ estimate, confLow, confHigh }: ComparedPair['percent']): string {
  const number = (value: number): string => formatNumber(value, { digits: 0, signed: true });
  const [low, high] = [number(confLow), number(confHigh)];
  return `${number(estimate)} % (${msg(str`${low} til ${high}`, { id: 'units.range' })})`;
}
