import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ErrorKind } from '../src/errors.ts';
import { LocalizedElement } from './localized-element.ts';
import { sharedStyles } from './shared-styles.ts';

/** An error in full: what kind it is in the page's language, then the engine's own words. */
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
    const own = this.error instanceof Error ? this.error.message : String(this.error);
    return html`
      <div class="message error" role="alert">
        <h3>${heading(kindOf(this.error))}</h3>
        <p class="own" lang="en">${own}</p>
        <slot></slot>
      </div>
    `;
  }
}

const kindOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'kind' in error ? String(error.kind) : undefined;

function heading(kind: ErrorKind | string | undefined): string {
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
