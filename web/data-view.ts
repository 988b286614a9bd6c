import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { main, table4 } from '../src/spec/built-in.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';
import './error-view.ts';
import type { FitTask } from './fit-task.ts';
import { formatCount } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { modelName } from './model-name.ts';
import './progress-view.ts';
import { sharedStyles } from './shared-styles.ts';

/** Which data and model are looked at, how far the work has come, and what went wrong. Fires `open`, `model`, `again` and `cancel`. */
@customElement('arbeid-data')
export class DataView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
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
  @property({ attribute: false }) spec: ModelSpec = main;
  @property({ type: Boolean }) synthetic = true;
  @property({ attribute: false }) fileNames: readonly string[] = [];

  override render() {
    const { status, progress, error } = this.task;
    return html`
      <div class="card">
        <div class="row">
          <div class="what">${this.renderWhat()}</div>
          <div class="tools">
            <label>
              ${msg('Modell', { id: 'file.model' })}
              <select @change=${this.onModel}>
                ${this.models.map((spec) => html`<option ?selected=${spec === this.spec}>${modelName(spec)}</option>`)}
              </select>
            </label>
            <button @click=${() => this.dispatchEvent(new Event('open'))}>${msg('Åpne egne data', { id: 'file.heading' })}</button>
          </div>
        </div>
        ${status === 'running'
          ? html`<arbeid-progress
              .progress=${progress}
              .outcomes=${this.spec.outcomes.length}
              ?synthetic=${this.synthetic}
              @cancel=${() => this.dispatchEvent(new Event('cancel'))}
            ></arbeid-progress>`
          : nothing}
        ${status === 'failed' ? html`<arbeid-error .error=${error}>${this.renderAgain()}</arbeid-error>` : nothing}
        ${status === 'cancelled'
          ? html`<div class="message" role="status">
              <p>${msg('Beregningen er avbrutt.', { id: 'data.cancelled' })}</p>
              ${this.renderAgain()}
            </div>`
          : nothing}
      </div>
    `;
  }

  private get models(): readonly ModelSpec[] {
    return [main, table4].some(({ name }) => name === this.spec.name) ? [main, table4] : [main, table4, this.spec];
  }

  private renderWhat() {
    const { result } = this.task;
    const size = result === null ? '' : msg(str`${formatCount(result.rows)} rader, ${formatCount(result.persons)} personer, ${formatCount(result.months.length)} måneder`, { id: 'data.size' });
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

  private renderAgain() {
    return html`<button class="again" @click=${() => this.dispatchEvent(new Event('again'))}>${msg('Start på nytt', { id: 'data.again' })}</button>`;
  }

  private onModel(event: Event): void {
    const spec = this.models[(event.target as HTMLSelectElement).selectedIndex];
    this.dispatchEvent(new CustomEvent('model', { detail: spec }));
  }
}
