import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunResult } from '../src/run-result.ts';
import { main, table4 } from '../src/spec/built-in.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import './error-view.ts';
import type { BundleAbout } from './engine.ts';
import type { FitTask } from './fit-task.ts';
import { formatCount } from './format.ts';
import type { KeptTask } from './kept-task.ts';
import { LocalizedElement } from './localized-element.ts';
import { knownSpec, modelName } from './model-name.ts';
import './progress-view.ts';
import { sharedStyles } from './shared-styles.ts';

/** Which data and model are looked at, how far the work has come, and what went wrong. Fires `open`, `model`, `save`, `again` and `cancel`. */
@customElement('arbeid-data')
export class DataView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
        padding: var(--space-4) clamp(1rem, 0.5rem + 2vw, 1.5rem);
        border: 1px solid var(--line);
        border-radius: calc(var(--radius) * 1.5);
        background: var(--page);
        box-shadow: var(--shadow);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3) var(--space-8);
      }
      .what {
        flex: 1 1 26rem;
      }
      .what b {
        font-size: 1.125rem;
        font-weight: 600;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
      .tools,
      .tools label {
        max-width: 100%;
      }
      .tools label {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
      }
      .synthetic {
        display: inline-block;
        margin-right: 0.5rem;
        padding: 0.0625rem 0.5rem;
        border: 1px solid var(--notice-line);
        border-radius: 1rem;
        background: var(--notice);
        font-size: 0.875rem;
        font-weight: 600;
      }
      .again {
        margin-top: var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) task!: FitTask;
  /** Counts the task's changes, so that each one renders. */
  @property({ type: Number }) version = 0;
  /** Null of a bundle, which brings its model with it. */
  @property({ attribute: false }) spec: ModelSpec | null = main;
  /** The sums of the result that is shown. */
  @property({ attribute: false }) kept: KeptTask | null = null;
  @property({ type: Boolean }) synthetic = true;
  @property({ attribute: false }) fileNames: readonly string[] = [];

  override render() {
    const { status, progress, error } = this.task;
    return html`
      <div class="card">
        <div class="row">
          <div class="what">${this.renderWhat()}</div>
          <div class="tools">
            ${this.spec === null ? nothing : this.renderModels(this.spec)} ${this.renderSave()}
            <button @click=${() => this.dispatchEvent(new Event('open'))}>${msg('Åpne egne data', { id: 'file.heading' })}</button>
          </div>
        </div>
        ${status === 'running'
          ? html`<arbeid-progress
              .progress=${progress}
              .outcomes=${this.spec?.outcomes.length ?? 1}
              ?synthetic=${this.synthetic}
              @cancel=${() => this.dispatchEvent(new Event('cancel'))}
            ></arbeid-progress>`
          : nothing}
        ${status === 'failed' ? html`<arbeid-error .error=${error}>${this.renderAgain()}</arbeid-error>` : nothing}
        ${this.kept?.saving === true && this.kept.status === 'keeping'
          ? html`<arbeid-progress keeping .progress=${this.kept.progress} .outcomes=${this.task.result?.spec.outcomes.length ?? 1} @cancel=${() => this.kept?.cancel()}></arbeid-progress>`
          : nothing}
        ${(this.kept?.saveError ?? null) === null ? nothing : html`<arbeid-error .error=${this.kept!.saveError}></arbeid-error>`}
        ${status === 'cancelled'
          ? html`<div class="message" role="status">
              <p>${msg('Beregningen er avbrutt.', { id: 'data.cancelled' })}</p>
              ${this.renderAgain()}
            </div>`
          : nothing}
      </div>
    `;
  }

  private renderModels(chosen: ModelSpec) {
    const models = [main, table4].some(({ name }) => name === chosen.name) ? [main, table4] : [main, table4, chosen];
    return html`
      <label>
        ${msg('Modell', { id: 'file.model' })}
        <select @change=${(event: Event) => this.dispatchEvent(new CustomEvent('model', { detail: models[(event.target as HTMLSelectElement).selectedIndex] }))}>
          ${models.map((spec) => html`<option ?selected=${spec === chosen}>${modelName(spec)}</option>`)}
        </select>
      </label>
    `;
  }

  private renderSave() {
    const { result, about, status } = this.task;
    if (result === null || about !== null) return nothing;
    return html`<button ?disabled=${status === 'running' || this.kept?.saving === true} @click=${() => this.dispatchEvent(new Event('save'))}>
      ${msg('Lagre regnestykket (bundle)', { id: 'data.save' })}
    </button>`;
  }

  private renderWhat() {
    const { result } = this.task;
    const size = result === null ? '' : msg(str`${formatCount(result.rows)} rader, ${formatCount(result.persons)} personer, ${formatCount(result.months.length)} måneder`, { id: 'data.size' });
    const { about } = this.task;
    if (about !== null && result !== null && this.spec === null) return this.renderBundle(result, about, size);
    if (!this.synthetic) {
      return html`<p><b>${this.fileNames.join(', ')}</b></p><p class="soft numbers">${size}</p>`;
    }
    return html`
      <p>
        <span class="synthetic">${msg('Oppdiktede tall', { id: 'data.synthetic' })}</span>
        <span class="soft numbers">${size}</span>
      </p>
      <p class="small soft">
        ${msg('Befolkningen er trukket fra rapportens publiserte tabeller. Den beskriver ingen virkelige personer, kontorer eller fylker.', { id: 'data.synthetic_text' })}
      </p>
    `;
  }

  private renderBundle({ spec }: RunResult, { threshold, withheld }: BundleAbout, size: string) {
    const [least, cells, rows] = [threshold, withheld.cells, withheld.tableRows].map(formatCount);
    return html`
      <p>
        <span class="synthetic">${msg('Lagret regnestykke', { id: 'data.bundle' })}</span>
        <b>${this.fileNames.join(', ')}</b>
      </p>
      <p class="soft numbers">${modelName(knownSpec(spec))} · ${size}</p>
      <p class="small soft">
        ${msg(str`Ingen rader er på denne maskinen: Filen (bundle) har bare summer, tabeller og koeffisienter. Tall som bygger på færre enn ${least} personer, er holdt tilbake (${cells} summer, ${rows} tabellrader).`, { id: 'data.bundle_text' })}
      </p>
    `;
  }

  private renderAgain() {
    return html`<button class="again" @click=${() => this.dispatchEvent(new Event('again'))}>${msg('Start på nytt', { id: 'data.again' })}</button>`;
  }
}
