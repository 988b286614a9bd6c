import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Outcome } from '../src/spec/model-spec.ts';
import type { GroupOf, PeopleChange } from '../src/whatif/people-change.ts';
import { groupName } from './breakdown-lines.ts';
import './choice-group.ts';
import { columnLabel } from './column-labels.ts';
import './data-table.ts';
import { compareText } from './format.ts';
import { outcomeDisplay } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import { levelLabel, termLabel } from './term-labels.ts';
import { comparedChart } from './what-if-chart.ts';
import { panelStyles, WhatIfPanel } from './what-if-panel.ts';
import type { ComparedSeries, KeptCovariate, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';
import { pooledMean } from './what-if-series.ts';

type Kind = PeopleChange['kind'];

/** Other people, the coefficients as they are: levels shifted or set, or one group with another's mix. */
@customElement('arbeid-what-if-people')
export class WhatIfPeople extends WhatIfPanel {
  static override styles = [
    sharedStyles,
    panelStyles,
    css`
      arbeid-table {
        --table-height: 44rem;
      }
      input[type='number'] {
        width: 6rem;
        min-height: 2.5rem;
        padding: 0.375rem 0.75rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--page);
      }
    `,
  ];

  @state() private kind: Kind = 'shift';
  @state() private covariate = 'unemployment_inflow';
  @state() private steps = -2;
  @state() private level = '';
  /** Empty for everybody. */
  @state() private whose = '';
  @state() private like = '';

  /** Levels of a covariate whose name others share are not in one order. */
  private get covariates(): readonly KeptCovariate[] {
    return this.kept.covariates.filter(({ parts }) => this.kind === 'set' || parts.length === 1);
  }

  private get chosen(): KeptCovariate | undefined {
    return this.covariates.find(({ name }) => name === this.covariate) ?? this.covariates[0];
  }

  private get groups(): string[] {
    return (this.breakdown?.groups ?? []).map((labels) => labels.join(', '));
  }

  private get other(): string {
    return this.groups.includes(this.like) ? this.like : (this.groups.find((group) => group !== this.group) ?? '');
  }

  private groupOf(text: string): GroupOf {
    const labels = this.breakdown?.groups.find((group) => group.join(', ') === text) ?? [];
    return Object.fromEntries(this.by.map((column, c) => [column, labels[c] ?? '']));
  }

  private get change(): PeopleChange | null {
    const { kind, chosen } = this;
    if (kind === 'mix') return this.other === '' ? null : { kind, group: this.groupOf(this.group), like: this.groupOf(this.other) };
    if (chosen === undefined) return null;
    const group = this.groups.includes(this.whose) ? { group: this.groupOf(this.whose) } : {};
    if (kind === 'set') return { kind, covariate: chosen.name, level: this.levelOf(chosen), ...group };
    return this.steps === 0 ? null : { kind, covariate: chosen.name, by: this.steps, ...group };
  }

  private levelOf({ parts }: KeptCovariate): string {
    const levels = parts.flatMap((part) => part.levels);
    return levels.includes(this.level) ? this.level : (levels[0] ?? '');
  }

  protected override get question(): WhatIfQuestion {
    const { change } = this;
    return { outcome: this.view.outcome.name, by: this.by, seasonal: false, ...(change === null ? { model: {} } : { people: [change] }) };
  }

  protected override spokenAnswer({ whole }: WhatIfReply): string {
    if (whole === null) return '';
    const { level } = outcomeDisplay(this.view.outcome);
    const [before, after] = means(whole, this.view.outcome);
    return `${msg('Hele landet', { id: 'app.national' })}: ${level(before)} → ${level(after)}`;
  }

  override render() {
    return html`
      <div class="panel">
        <div class="controls">${this.renderKind()} ${this.kind === 'mix' ? this.renderMix() : this.renderLevels()}</div>
        <div class="answer">${this.renderWhere()} ${this.renderAnswer((reply, outcome) => this.renderReply(reply, outcome))}</div>
      </div>
    `;
  }

  private renderKind() {
    return html`<arbeid-choice
      .label=${msg('Endring', { id: 'what_if.change' })}
      .value=${this.kind}
      .options=${[
        { value: 'shift', label: msg('Flytt nivåer', { id: 'what_if.shift' }) },
        { value: 'set', label: msg('Sett nivå', { id: 'what_if.set' }) },
        ...(this.groups.length > 1 ? [{ value: 'mix', label: msg('Bytt folk', { id: 'what_if.mix' }) }] : []),
      ]}
      @choose=${(event: CustomEvent<Kind>) => (this.kind = event.detail)}
    ></arbeid-choice>`;
  }

  private renderLevels() {
    const { covariates, chosen } = this;
    const levels = chosen?.parts.flatMap((part) => part.levels) ?? [];
    return html`
      <div class="field">
        <label for="covariate">${msg('Kjennetegn', { id: 'coefficients.term' })}</label>
        <select id="covariate" @change=${(event: Event) => (this.covariate = covariates[(event.target as HTMLSelectElement).selectedIndex]!.name)}>
          ${covariates.map((one) => html`<option ?selected=${one === chosen}>${termLabel(one.name)}</option>`)}
        </select>
      </div>
      ${this.kind === 'shift'
        ? html`
            <div class="field">
              <label for="steps">${msg('Så mange nivåer opp (+) eller ned (−)', { id: 'what_if.steps' })}</label>
              <input id="steps" type="number" step="1" min=${1 - levels.length} max=${levels.length - 1} .value=${String(this.steps)} @input=${this.onSteps} />
            </div>
          `
        : html`
            <div class="field">
              <label for="level">${msg('Nivå', { id: 'coefficients.level' })}</label>
              <select id="level" @change=${(event: Event) => (this.level = levels[(event.target as HTMLSelectElement).selectedIndex] ?? '')}>
                ${levels.map((level) => html`<option ?selected=${chosen !== undefined && level === this.levelOf(chosen)}>${levelLabel(chosen?.name ?? '', level)}</option>`)}
              </select>
            </div>
          `}
      ${this.groups.length === 0
        ? nothing
        : html`
            <div class="field">
              <label for="whose">${msg('Hvem', { id: 'what_if.whose' })}</label>
              <select id="whose" @change=${(event: Event) => (this.whose = ['', ...this.groups][(event.target as HTMLSelectElement).selectedIndex] ?? '')}>
                <option ?selected=${!this.groups.includes(this.whose)}>${msg('Alle', { id: 'table.all' })}</option>
                ${this.groups.map((group) => html`<option ?selected=${group === this.whose}>${groupName(this.by, group)}</option>`)}
              </select>
            </div>
          `}
    `;
  }

  private renderMix() {
    return html`
      <p class="soft small">
        ${msg('Gruppen som er valgt ved figurene, får en annen gruppes sammensetning måned for måned, og beholder sitt eget antall.', { id: 'what_if.mix_lead' })}
      </p>
      <div class="field">
        <label for="like">${msg('Får folkene til', { id: 'what_if.like' })}</label>
        ${this.renderGroups('like', this.other, (group) => (this.like = group))}
      </div>
    `;
  }

  private renderReply(reply: WhatIfReply, outcome: Outcome) {
    if (reply.whole === null) return html`${this.renderUnanswered()} ${this.renderNotes(reply)}`;
    const chart = { quantity: 'expected', outcome } as const;
    const expected = msg('forventet', { id: 'what_if.expected' });
    return html`
      <div class="charts">
        ${comparedChart(reply, reply.whole, { ...chart, heading: `${msg('Hele landet', { id: 'app.national' })}, ${expected}` })}
        ${this.renderGroup(reply, (group) => comparedChart(reply, group, { ...chart, heading: `${groupName(this.by, group.group)}, ${expected}` }))}
      </div>
      ${this.renderTable(reply.whole, reply.groups, outcome)} ${this.renderNotes(reply)}
    `;
  }

  private renderTable(whole: ComparedSeries, groups: readonly ComparedSeries[], outcome: Outcome) {
    const { unit, level, difference } = outcomeDisplay(outcome);
    const row = (name: string, series: ComparedSeries): string[] => {
      const [before, after] = means(series, outcome);
      return [name, level(before), level(after), difference(after - before)];
    };
    const named = groups.map((series) => row(groupName(this.by, series.group), series)).sort(([a], [b]) => compareText(a!, b!));
    return html`<arbeid-table
      .caption=${msg(str`Forventet over alle måneder, ikke sesongjustert (${unit})`, { id: 'what_if.expected_table' })}
      .header=${[this.by.map(columnLabel).join(' × '), msg('Slik det er', { id: 'what_if.before' }), msg('Hva om', { id: 'what_if.after' }), msg('Endring', { id: 'what_if.change' })]}
      .rows=${[row(msg('Hele landet', { id: 'app.national' }), whole), ...named]}
    ></arbeid-table>`;
  }

  private onSteps(event: Event): void {
    const steps = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isInteger(steps)) this.steps = steps;
  }
}

/** Expected values over all months, in the unit shown. */
function means({ before, after }: ComparedSeries, outcome: Outcome): [number, number] {
  const { factor } = outcomeDisplay(outcome);
  return [factor * pooledMean(before.n, before.expected), factor * pooledMean(after.n, after.expected)];
}
