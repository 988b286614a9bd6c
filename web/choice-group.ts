import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LocalizedElement } from './localized-element.ts';
import { sharedStyles } from './shared-styles.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** A second, smaller line. */
  readonly hint?: string;
}

/** One of a few choices, side by side. Fires `choose` with the value. */
@customElement('arbeid-choice')
export class ChoiceGroup extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .options {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 2px;
        margin-top: 0.25rem;
        padding: 2px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--page);
      }
      legend {
        padding: 0;
      }
      label {
        position: relative;
        display: grid;
        flex: 1 0 auto;
        align-content: center;
        min-width: 2.5rem;
        min-height: 2.125rem;
        padding: 0.125rem 0.75rem;
        border-radius: calc(var(--radius) - 3px);
        text-align: center;
        line-height: 1.25;
        cursor: pointer;
      }
      label:hover {
        background: var(--accent-soft);
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      label:has(input:checked) {
        background: var(--accent);
        color: var(--on-accent);
      }
      label:has(input:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 3px;
      }
      .hint {
        font-size: 0.8125rem;
      }
      @media (forced-colors: active) {
        label:has(input:checked) {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) options: readonly Choice[] = [];

  override render() {
    return html`
      <fieldset>
        <legend class="label">${this.label}</legend>
        <div class="options">
          ${this.options.map(
            (option) => html`
              <label>
                <input
                  type="radio"
                  name="choice"
                  .value=${option.value}
                  .checked=${option.value === this.value}
                  @change=${() => this.choose(option.value)}
                />
                <span>${option.label}</span>
                ${option.hint === undefined ? nothing : html`<span class="hint">${option.hint}</span>`}
              </label>
            `,
          )}
        </div>
      </fieldset>
    `;
  }

  private choose(value: string): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent('choose', { detail: value }));
  }
}
