import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunResult } from '../src/run-result.ts';
import './choice-group.ts';
import './error-view.ts';
import type { KeptTask } from './kept-task.ts';
import { LocalizedElement } from './localized-element.ts';
import './progress-view.ts';
import { sharedStyles } from './shared-styles.ts';
import type { ViewOptions } from './view-options.ts';
import './what-if-model.ts';
import './what-if-people.ts';
import './what-if-person.ts';
import type { KeptOutcome } from './what-if-question.ts';

type Aspect = 'model' | 'people' | 'person';

/** What if the model, the people or one person were another: opened on demand, since the sums it asks take a pass over the rows. */
@customElement('arbeid-what-if')
export class WhatIfView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .start {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3) var(--space-6);
        margin-top: var(--space-4);
      }
      arbeid-choice,
      arbeid-error,
      arbeid-progress {
        display: block;
        margin-top: var(--space-6);
      }
      .message {
        margin-top: var(--space-4);
      }
      .again {
        margin-top: var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) task!: KeptTask;
  @property({ attribute: false }) result!: RunResult;
  @property({ attribute: false }) view!: ViewOptions;
  /** The sums are in a bundle: nothing has to be computed to open. */
  @property({ type: Boolean }) ready = false;
  @state() private opened = false;
  @state() private aspect: Aspect = 'model';
  private readonly onTask = (): void => this.requestUpdate();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('task')) return;
    changed.get('task')?.removeEventListener('change', this.onTask);
    this.task.addEventListener('change', this.onTask);
    if (this.ready || this.opened) this.open();
  }

  private open(): void {
    this.opened = true;
    void this.task.keep();
  }

  private cancel(): void {
    this.opened = false;
    this.task.cancel();
  }

  override render() {
    const { status, base, progress, error } = this.task;
    if (!this.opened) return this.renderStart();
    if (status === 'failed') {
      return html`<arbeid-error .error=${error}>
        <button class="again" @click=${() => this.open()}>${msg('Start på nytt', { id: 'data.again' })}</button>
      </arbeid-error>`;
    }
    if (status !== 'kept' || base === null) {
      return html`<arbeid-progress keeping .progress=${progress} .outcomes=${this.result.spec.outcomes.length} @cancel=${() => this.cancel()}></arbeid-progress>`;
    }
    const kept = base.outcomes.find(({ outcome }) => outcome === this.view.outcome.name);
    return kept === undefined ? this.renderNotKept() : this.renderKept(kept);
  }

  private renderStart() {
    return html`
      <div class="start">
        <button class="primary" @click=${() => this.open()}>${msg('Spør hva om', { id: 'what_if.open' })}</button>
        <span class="small soft">${msg('Første gang lages summene som svarene bygger på, av radene som ligger klare.', { id: 'what_if.first_time' })}</span>
      </div>
    `;
  }

  private renderNotKept() {
    return html`<p class="message notice">
      ${msg('Det er ikke tatt vare på summer for dette målet. Det går bare når alle kjennetegn har nivåer; et kjennetegn som går inn som et tall, trenger radene.', { id: 'what_if.not_kept' })}
    </p>`;
  }

  private renderKept(kept: KeptOutcome) {
    const { task, result, view, aspect } = this;
    return html`
      <arbeid-choice
        .label=${msg('Hva er annerledes?', { id: 'what_if.part' })}
        .value=${aspect}
        .options=${[
          { value: 'model', label: msg('Modellen', { id: 'what_if.model' }) },
          { value: 'people', label: msg('Menneskene', { id: 'what_if.people' }) },
          { value: 'person', label: msg('Én person', { id: 'what_if.person' }) },
        ]}
        @choose=${(event: CustomEvent<Aspect>) => (this.aspect = event.detail)}
      ></arbeid-choice>
      ${aspect === 'model' ? html`<arbeid-what-if-model .task=${task} .kept=${kept} .result=${result} .view=${view}></arbeid-what-if-model>` : nothing}
      ${aspect === 'people' ? html`<arbeid-what-if-people .task=${task} .kept=${kept} .result=${result} .view=${view}></arbeid-what-if-people>` : nothing}
      ${aspect === 'person' ? html`<arbeid-what-if-person .task=${task} .kept=${kept} .result=${result} .view=${view}></arbeid-what-if-person>` : nothing}
    `;
  }
}
