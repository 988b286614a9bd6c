import { msg } from '@lit/localize';
import { css, html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { PersonTerm } from '../src/whatif/one-person.ts';
import { formatNumber } from './format.ts';
import { outcomeDisplay } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import { levelLabel, termLabel } from './term-labels.ts';
import { panelStyles, WhatIfPanel } from './what-if-panel.ts';
import { choiceOf, personLevels, statusOf } from './what-if-person-levels.ts';
import type { LevelChoices } from './what-if-person-levels.ts';
import type { WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

/** One person: a level for every covariate, and how the expected value adds up, term by term. */
@customElement('arbeid-what-if-person')
export class WhatIfPerson extends WhatIfPanel {
  static override styles = [
    sharedStyles,
    panelStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        justify-content: space-between;
        gap: var(--space-3) var(--space-8);
        margin-block: var(--space-6) var(--space-4);
      }
      .head b {
        font-size: 1.75rem;
        line-height: 1.2;
        font-weight: 600;
        letter-spacing: -0.02em;
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
        border-top: 1px solid var(--line);
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 15rem) minmax(0, 15rem) minmax(4rem, 1fr) 4.5rem;
        align-items: center;
        gap: 0.125rem var(--space-4);
        min-height: 2.75rem;
        padding-block: 0.1875rem;
        border-bottom: 1px solid var(--line);
      }
      li.total {
        border-bottom-color: var(--line-strong);
        font-weight: 600;
      }
      select {
        width: 100%;
        min-height: 2.25rem;
        padding-block: 0.1875rem;
      }
      svg {
        display: block;
        width: 100%;
        height: 1.25rem;
        overflow: visible;
      }
      .axis {
        stroke: var(--line-strong);
      }
      .up {
        fill: var(--series-actual);
      }
      .down {
        fill: var(--series-published);
      }
      .whole {
        fill: var(--series-expected);
      }
      .numbers {
        text-align: right;
      }
      .zero {
        color: var(--text-soft);
      }
      .answer {
        gap: var(--space-4);
        margin-top: var(--space-4);
      }
      @media (max-width: 48rem) {
        li {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
          padding-block: 0.375rem;
        }
        li > .numbers {
          grid-column: 2;
          grid-row: 1;
        }
        svg {
          grid-column: 2;
          grid-row: 2;
          height: 1rem;
        }
      }
    `,
  ];

  @state() private choices: LevelChoices = new Map();
  @state() private population = '';

  protected override get question(): WhatIfQuestion {
    return { outcome: this.view.outcome.name, by: [], seasonal: false, person: personLevels(this.kept.covariates, this.choices) };
  }

  protected override spokenAnswer(reply: WhatIfReply): string {
    const { level, unit, factor } = outcomeDisplay(this.view.outcome);
    const person = this.personOf(reply);
    return person === undefined ? '' : `${level(factor * person.expected)} ${unit}`;
  }

  private personOf({ persons }: WhatIfReply): WhatIfReply['persons'][number] | undefined {
    return persons.find(({ population }) => population === this.population) ?? persons[0];
  }

  override render() {
    const { outcome } = this.view;
    const reply = this.error === null && this.reply?.outcome === outcome.name ? this.reply : null;
    const person = reply === null ? undefined : this.personOf(reply);
    const { level, unit, factor } = outcomeDisplay(outcome);
    return html`
      <div class="head">
        <p>${msg('Forventet', { id: 'expected' })}<br /><b>${person === undefined ? '–' : level(factor * person.expected)}</b> ${unit}</p>
        ${reply === null || reply.persons.length < 2 ? nothing : this.renderPopulations(reply)}
        <button ?disabled=${this.choices.size === 0} @click=${() => (this.choices = new Map())}>${msg('Tilbake til referansene', { id: 'what_if.references' })}</button>
      </div>
      ${this.renderError()} ${this.renderTerms(person?.terms ?? [], person?.linearPredictor ?? null)}
      <div class="answer">${reply === null ? nothing : this.renderNotes(reply)}</div>
    `;
  }

  private renderPopulations({ persons }: WhatIfReply) {
    return html`
      <div class="field">
        <label for="population">${msg('Befolkning', { id: 'coefficients.population' })}</label>
        <select id="population" @change=${(event: Event) => (this.population = (event.target as HTMLSelectElement).value)}>
          ${persons.map(({ population }) => html`<option ?selected=${population === this.population}>${population}</option>`)}
        </select>
      </div>
    `;
  }

  /** Constant, a row with a choice for each covariate, interactions, and the sum; bars go on from where the last ended. */
  private renderTerms(terms: readonly PersonTerm[], sum: number | null) {
    const ends = terms.reduce<number[]>((all, { contribution }) => [...all, all.at(-1)! + contribution], [0]);
    const [low, high] = [Math.min(...ends), Math.max(...ends, Number.MIN_VALUE)];
    const place = (value: number): string => `${(100 * (value - low)) / (high - low)}%`;
    const bar = (from: number, to: number, kind: string) => {
      const width = `${(100 * Math.abs(to - from)) / (high - low)}%`;
      return html`<svg aria-hidden="true">${svg`<rect class=${kind} x=${place(Math.min(from, to))} width=${width} height="100%"></rect><line class="axis" x1=${place(0)} x2=${place(0)} y2="100%"></line>`}</svg>`;
    };
    const amount = (value: number | null) => html`<span class="numbers ${value === 0 ? 'zero' : ''}">${formatNumber(value, { digits: 2, signed: true })}</span>`;
    const barOf = (at: number) => (at < 0 ? html`<svg aria-hidden="true"></svg>` : bar(ends[at]!, ends[at + 1]!, terms[at]!.contribution < 0 ? 'down' : 'up'));
    const valueOf = (at: number) => amount(terms[at]?.contribution ?? null);
    let at = terms.length > 0 ? 0 : -1;
    const next = (): number => (at < 0 ? -1 : ++at);
    return html`
      <ol>
        <li><span>${termLabel('constant')}</span><span></span>${barOf(at)}${valueOf(at)}</li>
        ${this.kept.covariates.flatMap((covariate) =>
          covariate.parts.map((_, part) => {
            const k = next();
            return html`<li>${this.renderChoice(covariate.name, part)}${barOf(k)}${valueOf(k)}</li>`;
          }),
        )}
        ${terms.slice(at + 1).map(({ term, level }) => {
          const k = next();
          return html`<li><span>${termLabel(term)}</span><span class="soft small">${levelLabel(term, level)}</span>${barOf(k)}${valueOf(k)}</li>`;
        })}
        <li class="total">
          <span>${msg('Sum', { id: 'what_if.sum' })}</span>
          <span class="soft small">${this.view.outcome.family === 'probit' ? msg('på probitmodellens skala', { id: 'coefficients.probit_unit' }) : outcomeDisplay(this.view.outcome).unit}</span>
          ${sum === null ? barOf(-1) : bar(0, sum, 'whole')}${amount(sum)}
        </li>
      </ol>
    `;
  }

  private renderChoice(name: string, part: number) {
    const covariate = this.kept.covariates.find((one) => one.name === name)!;
    const { levels } = covariate.parts[part]!;
    const chosen = choiceOf(covariate, part, this.choices);
    const id = `level-${name}-${part}`;
    const fit = this.result.fits.find(({ outcome }) => outcome === this.view.outcome.name);
    return html`
      <label for=${id}>${termLabel(name)}</label>
      <select id=${id} @change=${(event: Event) => this.choose(`${name}\n${part}`, levels[(event.target as HTMLSelectElement).selectedIndex]!)}>
        ${levels.map((level) => {
          const known = ['estimated', 'reference'].includes(statusOf(fit, name, level) ?? '');
          return html`<option ?selected=${level === chosen} ?disabled=${!known && level !== chosen}>${levelLabel(name, level)}${known ? '' : ` – ${msg('uten koeffisient', { id: 'what_if.no_estimate' })}`}</option>`;
        })}
      </select>
    `;
  }

  private choose(key: string, level: string): void {
    this.choices = new Map([...this.choices, [key, level]]);
  }
}
