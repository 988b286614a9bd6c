import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Outcome } from '../src/spec/model-spec.ts';
import './choice-group.ts';
import { intervalLevels } from './interval.ts';
import type { IntervalLevel } from './interval.ts';
import { LocalizedElement } from './localized-element.ts';
import { outcomeShort } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';
import { switchStyles } from './switch-styles.ts';
import type { ViewOptions } from './view-options.ts';

/** What to look at: outcome, interval, seasonal adjustment. Fires `change` with the new `ViewOptions`, `method` with another method. */
@customElement('arbeid-view-bar')
export class ViewBar extends LocalizedElement {
  static override styles = [
    sharedStyles,
    switchStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-3) var(--space-8);
      }
    `,
  ];

  @property({ attribute: false }) outcomes: readonly Outcome[] = [];
  @property({ attribute: false }) view!: ViewOptions;
  /** How intervals are made; null where there is no choice. */
  @property() method: 'outcome' | 'analytic' | null = null;

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
        ${this.method === null ? nothing : this.renderMethod(this.method)}
        <label class="switch">
          <input type="checkbox" role="switch" .checked=${seasonal} @change=${() => this.change({ seasonal: !seasonal })} />
          ${msg('Sesongjustert', { id: 'view.seasonal' })}
        </label>
      </div>
    `;
  }

  private renderMethod(method: 'outcome' | 'analytic') {
    return html`
      <arbeid-choice
        .label=${msg('Usikkerhet', { id: 'view.uncertainty' })}
        .value=${method}
        .options=${[
          { value: 'outcome', label: msg('Som i rapporten', { id: 'view.published_method' }) },
          { value: 'analytic', label: msg('Hele', { id: 'view.honest_method' }) },
        ]}
        @choose=${(event: CustomEvent<string>) => this.dispatchEvent(new CustomEvent('method', { detail: event.detail }))}
      ></arbeid-choice>
    `;
  }

  private change(change: Partial<ViewOptions>): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { ...this.view, ...change } }));
  }
}
