import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Outcome } from '../src/spec/model-spec.ts';
import './choice-group.ts';
import { intervalLevels } from './interval.ts';
import type { IntervalLevel } from './interval.ts';
import { LocalizedElement } from './localized-element.ts';
import { outcomeShort } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import type { ViewOptions } from './view-options.ts';

/** What to look at: outcome, interval, seasonal adjustment. Fires `change` with the new `ViewOptions`. */
@customElement('arbeid-view-bar')
export class ViewBar extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-3) var(--space-8);
      }
      .switch {
        display: inline-flex;
        align-items: center;
        gap: 0.625rem;
        min-height: 2.5rem;
        cursor: pointer;
      }
      .switch input {
        appearance: none;
        position: relative;
        flex: none;
        width: 2.75rem;
        height: 1.5rem;
        margin: 0;
        border: 1px solid var(--line-strong);
        border-radius: 1rem;
        background: var(--page);
        cursor: pointer;
      }
      .switch input::before {
        content: '';
        position: absolute;
        top: 3px;
        left: 3px;
        width: 1rem;
        height: 1rem;
        border-radius: 50%;
        background: var(--line-strong);
      }
      .switch input:checked {
        border-color: var(--accent);
        background: var(--accent);
      }
      .switch input:checked::before {
        left: calc(100% - 1rem - 3px);
        background: var(--on-accent);
      }
      @media (forced-colors: active) {
        .switch input::before {
          background: ButtonText;
        }
        .switch input:checked {
          background: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) outcomes: readonly Outcome[] = [];
  @property({ attribute: false }) view!: ViewOptions;

  override render() {
    const { outcome, level, seasonal } = this.view;
    return html`
      <div class="bar">
        <arbeid-choice
          .label=${msg('Mål', { id: 'view.outcome' })}
          .value=${outcome.name}
          .options=${this.outcomes.map(({ name }) => ({ value: name, label: outcomeShort(name) }))}
          @choose=${(event: CustomEvent<string>) => this.change({ outcome: this.outcomes.find(({ name }) => name === event.detail) ?? outcome })}
        ></arbeid-choice>
        <arbeid-choice
          .label=${msg('Intervall', { id: 'view.interval' })}
          .value=${String(level)}
          .options=${intervalLevels.map((value) => ({ value: String(value), label: `${value} %` }))}
          @choose=${(event: CustomEvent<string>) => this.change({ level: Number(event.detail) as IntervalLevel })}
        ></arbeid-choice>
        <label class="switch">
          <input type="checkbox" role="switch" .checked=${seasonal} @change=${() => this.change({ seasonal: !seasonal })} />
          ${msg('Sesongjustert', { id: 'view.seasonal' })}
        </label>
      </div>
    `;
  }

  private change(change: Partial<ViewOptions>): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { ...this.view, ...change } }));
  }
}
