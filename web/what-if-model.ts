import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Outcome } from '../src/spec/model-spec.ts';
import type { ModelChange } from '../src/whatif/model-change.ts';
import { groupName } from './breakdown-lines.ts';
import './data-table.ts';
import { formatCount, formatMonthShort, formatNumber } from './format.ts';
import { outcomeDisplay } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import { levelLabel, termLabel } from './term-labels.ts';
import { comparedChart } from './what-if-chart.ts';
import { changeOf, termsLeftOut } from './what-if-model-change.ts';
import type { ModelChoices } from './what-if-model-change.ts';
import { panelStyles, WhatIfPanel } from './what-if-panel.ts';
import type { ModelFigures, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

const unchanged: ModelChoices = { without: new Set(), references: new Map(), from: '', to: '' };

/** Another model: covariates left out, another reference, fewer months; fit and indicator beside those there are. */
@customElement('arbeid-what-if-model')
export class WhatIfModel extends WhatIfPanel {
  static override styles = [
    sharedStyles,
    panelStyles,
    css`
      .terms {
        display: grid;
        margin-top: 0.25rem;
      }
      .terms label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 1.875rem;
      }
      .terms input {
        flex: none;
        width: 1.125rem;
        height: 1.125rem;
        margin: 0;
        accent-color: var(--accent);
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-8);
      }
      dt {
        font-size: 0.875rem;
        color: var(--text-soft);
      }
      dd b {
        font-size: 1.375rem;
        font-weight: 600;
      }
      arbeid-table {
        --table-height: 22rem;
      }
      @media (max-width: 60rem) and (min-width: 30rem) {
        .terms {
          grid-template-columns: 1fr 1fr;
          column-gap: var(--space-4);
        }
      }
    `,
  ];

  @state() private choices: ModelChoices = unchanged;
  @state() private term = '';

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('task') && changed.get('task') !== undefined) this.choices = unchanged;
    if (!this.kept.covariates.some(({ name }) => name === this.term)) this.term = this.kept.covariates[0]?.name ?? '';
  }

  private get change(): ModelChange {
    return changeOf(this.kept, this.choices);
  }

  protected override get question(): WhatIfQuestion {
    const { outcome, seasonal } = this.view;
    return { outcome: outcome.name, by: this.by, seasonal, term: this.term, model: this.change };
  }

  protected override spokenAnswer({ models: [model] }: WhatIfReply): string {
    return model === undefined ? '' : `R² ${share(model.after)}`;
  }

  override render() {
    return html`
      <div class="panel">
        <div class="controls">
          ${this.renderTerms()} ${this.renderMonths()} ${this.renderReference()}
          <div><button ?disabled=${this.choices === unchanged} @click=${() => (this.choices = unchanged)}>${msg('Tilbake til modellen', { id: 'what_if.reset' })}</button></div>
        </div>
        <div class="answer">${this.renderWhere()} ${this.renderAnswer((reply, outcome) => this.renderReply(reply, outcome))}</div>
      </div>
    `;
  }

  private renderTerms() {
    const { covariates, interactions } = this.kept;
    const out = termsLeftOut(this.kept, this.choices);
    const names = [...covariates.map(({ name }) => name), ...interactions.map((pair) => pair.join(':'))];
    return html`
      <fieldset>
        <legend class="label">${msg('Kjennetegn i modellen', { id: 'what_if.terms' })}</legend>
        <div class="terms">
          ${names.map(
            (name) => html`
              <label>
                <input
                  type="checkbox"
                  .checked=${!out.has(name)}
                  ?disabled=${out.has(name) && !this.choices.without.has(name)}
                  @change=${() => this.toggle(name)}
                />${termLabel(name)}
              </label>
            `,
          )}
        </div>
      </fieldset>
    `;
  }

  private renderMonths() {
    const { months } = this.kept;
    const { from, to } = this.choices;
    const options = (chosen: string, first: string) => months.filter((month) => month >= first).map((month) => html`<option value=${month} ?selected=${month === chosen}>${formatMonthShort(month)}</option>`);
    const value = (event: Event): string => (event.target as HTMLSelectElement).value;
    return html`
      <fieldset>
        <legend class="label">${msg('Måneder som utelates', { id: 'what_if.months' })}</legend>
        <div class="pair">
          <select
            aria-label=${msg('Fra og med', { id: 'what_if.from' })}
            @change=${(event: Event) => this.choose({ from: value(event), to: value(event) === '' ? '' : later(value(event), to) })}
          >
            <option value="" ?selected=${from === ''}>${msg('Ingen', { id: 'what_if.no_months' })}</option>
            ${options(from, '')}
          </select>
          <select aria-label=${msg('Til og med', { id: 'what_if.to' })} ?disabled=${from === ''} @change=${(event: Event) => this.choose({ to: value(event) })}>
            ${from === '' ? html`<option value="">–</option>` : options(to, from)}
          </select>
        </div>
      </fieldset>
    `;
  }

  private renderReference() {
    const { covariates } = this.kept;
    const chosen = covariates.find(({ name }) => name === this.term);
    const levels = chosen?.parts.flatMap((part) => part.levels) ?? [];
    const reference = this.choices.references.get(this.term) ?? chosen?.parts[0]?.reference;
    const out = termsLeftOut(this.kept, this.choices).has(this.term);
    return html`
      <div class="field">
        <label for="term">${msg('Vis koeffisientene for', { id: 'what_if.term' })}</label>
        <select id="term" @change=${(event: Event) => (this.term = covariates[(event.target as HTMLSelectElement).selectedIndex]!.name)}>
          ${covariates.map(({ name }) => html`<option ?selected=${name === this.term}>${termLabel(name)}</option>`)}
        </select>
      </div>
      ${chosen === undefined || chosen.parts.length > 1
        ? nothing
        : html`
            <div class="field">
              <label for="reference">${msg('Referansenivå', { id: 'what_if.reference' })}</label>
              <select id="reference" ?disabled=${out} @change=${(event: Event) => this.refer(levels[(event.target as HTMLSelectElement).selectedIndex]!)}>
                ${levels.map((level) => html`<option ?selected=${level === reference}>${levelLabel(this.term, level)}</option>`)}
              </select>
            </div>
          `}
    `;
  }

  private renderReply(reply: WhatIfReply, outcome: Outcome) {
    const chart = { quantity: 'indicator', outcome } as const;
    return html`
      ${reply.whole === null ? this.renderUnanswered() : nothing} ${reply.models.map((model) => renderFigures(model, outcome))}
      <div class="charts">
        ${reply.whole === null ? nothing : comparedChart(reply, reply.whole, { ...chart, heading: msg('Hele landet', { id: 'app.national' }) })}
        ${this.renderGroup(reply, (group) => comparedChart(reply, group, { ...chart, heading: groupName(this.by, group.group) }))}
      </div>
      ${reply.coefficients.length === 0 ? nothing : this.renderCoefficients(reply, outcome)} ${this.renderNotes(reply)}
    `;
  }

  private renderCoefficients({ coefficients }: WhatIfReply, outcome: Outcome) {
    const number = (value: number | null) => formatNumber(value, { digits: 2, signed: true });
    const unit = outcome.family === 'probit' ? msg('på probitmodellens skala', { id: 'coefficients.probit_unit' }) : outcomeDisplay(outcome).differenceUnit;
    return html`<arbeid-table
      .caption=${`${termLabel(this.term)} (${unit})`}
      .header=${[msg('Nivå', { id: 'coefficients.level' }), msg('Slik det er', { id: 'what_if.before' }), msg('Hva om', { id: 'what_if.after' })]}
      .rows=${coefficients.map(({ population, level, before, after }) => [[population, levelLabel(this.term, level)].filter((text) => text !== '').join(': '), number(before), number(after)])}
    ></arbeid-table>`;
  }

  private choose(change: Partial<ModelChoices>): void {
    this.choices = { ...this.choices, ...change };
  }

  private toggle(name: string): void {
    const without = new Set(this.choices.without);
    if (!without.delete(name)) without.add(name);
    this.choose({ without });
  }

  private refer(level: string): void {
    this.choose({ references: new Map([...this.choices.references, [this.term, level]]) });
  }
}

function renderFigures({ population, before, after }: WhatIfReply['models'][number], { family }: Outcome) {
  const tile = (name: string, now: string, was: string) => html`
    <div>
      <dt>${name}</dt>
      <dd class="numbers"><b>${now}</b></dd>
      <dd class="small soft numbers">${msg(str`før: ${was}`, { id: 'what_if.was' })}</dd>
    </div>
  `;
  return html`
    ${population === '' ? nothing : html`<h3>${population}</h3>`}
    <dl>
      ${tile(family === 'probit' ? msg('Pseudo-R²', { id: 'fit.pseudo' }) : 'R²', share(after), share(before))}
      ${tile(msg('Parametre', { id: 'fit.rank' }), formatCount(after.rank), formatCount(before.rank))}
      ${tile(msg('Rader i beregningen', { id: 'fit.rows' }), formatCount(after.n), formatCount(before.n))}
    </dl>
  `;
}

const share = (figures: ModelFigures): string => formatNumber(figures.share, { digits: 4 });
const later = (a: string, b: string): string => (a > b ? a : b);
