import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { EngineError, type ErrorKind } from '../src/errors.ts';
import { LocalizedElement } from './localized-element.ts';
import { inPageWords } from './page-words.ts';
import { sharedStyles } from './shared-styles.ts';

/** An error in full, in the page's language: what kind it is, then the sentence of its code. What only the browser says stands as it is. */
@customElement('arbeid-error')
export class ErrorView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .own {
        margin-top: var(--space-2);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      ::slotted(*) {
        margin-top: var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) error: unknown = null;

  override render() {
    if (this.error === null || this.error === undefined) return nothing;
    const { error } = this;
    return html`
      <div class="message error" role="alert">
        <h3>${heading(error instanceof EngineError ? error.kind : 'internal')}</h3>
        ${error instanceof EngineError
          ? html`<p class="own">${inPageWords(error.told)}</p>`
          : html`<p class="own" lang="en">${error instanceof Error ? error.message : String(error)}</p>`}
        <slot></slot>
      </div>
    `;
  }
}

function heading(kind: ErrorKind): string {
  switch (kind) {
    case 'spec':
    case 'usage':
      return msg('Modellen eller valgene passer ikke', { id: 'error.spec' });
    case 'data':
      return msg('Det er noe galt i dataene', { id: 'error.data' });
    case 'not-estimable':
      return msg('Modellen lar seg ikke beregne på disse dataene', { id: 'error.not_estimable' });
    case 'memory':
      return msg('Det er ikke nok minne', { id: 'error.memory' });
    default:
      return msg('Noe gikk galt under beregningen', { id: 'error.internal' });
  }
}
