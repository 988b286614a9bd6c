import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { RunResult } from '../src/run-result.ts';
import type { Outcome } from '../src/spec/model-spec.ts';
import { groupName } from './breakdown-lines.ts';
import { breakdownSelect } from './breakdown-select.ts';
import './error-view.ts';
import type { KeptTask } from './kept-task.ts';
import { currentLocale } from './locale.ts';
import { PacedElement } from './paced-element.ts';
import type { ViewOptions } from './view-options.ts';
import './what-if-notes.ts';
import type { ComparedSeries, KeptOutcome, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

export const panelStyles = css`
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 21rem) minmax(0, 1fr);
    gap: var(--space-6) var(--space-12);
    margin-top: var(--space-6);
  }
  .controls {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--space-6);
  }
  .controls .field,
  .controls select {
    width: 100%;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--space-3);
  }
  legend {
    padding: 0;
  }
  .answer {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--space-6);
    min-width: 0;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: var(--space-6) var(--space-8);
    --chart-height: 16rem;
  }
  .where {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-6);
  }
  @media (max-width: 60rem) {
    .panel {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;

/** A part of the what-if view: makes a question of its controls, and asks it whenever it is another one. */
export abstract class WhatIfPanel extends PacedElement {
  @property({ attribute: false }) task!: KeptTask;
  @property({ attribute: false }) kept!: KeptOutcome;
  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;
  @state() protected reply: WhatIfReply | null = null;
  @state() protected error: unknown = null;
  @state() private chosenBreakdown = 0;
  @state() private chosenGroup = '';
  private asked = '';
  private askedOf: KeptTask | null = null;

  /** What the controls ask. */
  protected abstract get question(): WhatIfQuestion;
  /** What is said aloud of an answer. */
  protected abstract spokenAnswer(reply: WhatIfReply): string;

  protected override updated(): void {
    const { question, task } = this;
    const text = JSON.stringify(question);
    if (text === this.asked && task === this.askedOf) return;
    this.asked = text;
    this.askedOf = task;
    void this.ask(question, () => this.asked === text && this.askedOf === task);
  }

  private async ask(question: WhatIfQuestion, current: () => boolean): Promise<void> {
    try {
      const reply = await this.task.ask(question);
      if (reply === null || !current()) return;
      const first = this.reply === null;
      this.reply = reply;
      this.error = null;
      if (!first) this.announce(this.spokenAnswer(reply));
    } catch (error) {
      if (current()) this.error = error;
    }
  }

  protected get breakdown(): KeptOutcome['breakdowns'][number] | undefined {
    return this.kept.breakdowns[this.chosenBreakdown] ?? this.kept.breakdowns[0];
  }

  protected get by(): readonly string[] {
    return this.breakdown?.by ?? [];
  }

  /** Labels of the group that is looked at, as one text. */
  protected get group(): string {
    const groups = (this.breakdown?.groups ?? []).map((labels) => labels.join(', '));
    return groups.includes(this.chosenGroup) ? this.chosenGroup : (groups[0] ?? '');
  }

  protected renderWhere() {
    if (this.breakdown === undefined) return nothing;
    return html`
      <div class="where">
        ${breakdownSelect({ id: 'by', label: msg('Fordel på', { id: 'breakdown.by' }), breakdowns: this.kept.breakdowns.map(({ by }) => by), chosen: this.chosenBreakdown, choose: (chosen) => (this.chosenBreakdown = chosen) })}
        <div class="field">
          <label for="group">${msg('Gruppe', { id: 'what_if.group' })}</label>
          ${this.renderGroups('group', this.group, (group) => (this.chosenGroup = group))}
        </div>
      </div>
    `;
  }

  protected renderGroups(id: string, chosen: string, choose: (group: string) => void) {
    const groups = (this.breakdown?.groups ?? []).map((labels) => labels.join(', '));
    return html`
      <select id=${id} @change=${(event: Event) => choose(groups[(event.target as HTMLSelectElement).selectedIndex] ?? '')}>
        ${groups.map((group) => html`<option .selected=${group === chosen}>${groupName(this.by, group)}</option>`)}
      </select>
    `;
  }

  protected renderError() {
    return this.error === null ? nothing : html`<arbeid-error .error=${this.error}></arbeid-error>`;
  }

  /** What went wrong, or the answer, drawn anew when it is another one. Its outcome may not be the one in view yet. */
  protected renderAnswer(draw: (reply: WhatIfReply, outcome: Outcome) => TemplateResult) {
    const { reply, error } = this;
    if (error !== null || reply === null) return this.renderError();
    const outcome = this.result.spec.outcomes.find(({ name }) => name === reply.outcome) ?? this.view.outcome;
    return guard([reply, this.group, currentLocale()], () => draw(reply, outcome));
  }

  protected renderNotes(reply: WhatIfReply) {
    return html`<arbeid-what-if-notes .reply=${reply}></arbeid-what-if-notes>`;
  }

  /** The chart of the group that is looked at; said where nothing of it is shown. */
  protected renderGroup(reply: WhatIfReply, draw: (group: ComparedSeries) => TemplateResult) {
    const group = reply.groups.find((one) => one.group === this.group);
    if (group !== undefined) return draw(group);
    if (reply.whole === null || this.breakdown === undefined) return nothing;
    return html`<p class="message">${msg('Gruppen har ingen tall å vise: De er holdt tilbake, eller mangler.', { id: 'what_if.no_group' })}</p>`;
  }

  /** Said where an answer takes the rows. */
  protected renderUnanswered() {
    return html`<p class="message notice">
      ${msg('For dette målet holder ikke summene til: Svaret krever at radene leses på nytt, og det gjetter vi ikke på.', { id: 'what_if.needs_rows' })}
    </p>`;
  }
}
