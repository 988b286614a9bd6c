import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OutcomeNote } from '../src/whatif/notes.ts';
import { formatNumber } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { inPageWords } from './page-words.ts';
import { sharedStyles } from './shared-styles.ts';
import type { WhatIfReply } from './what-if-question.ts';

/** What has to be known of an answer: how near it is, what the engine notes, and that no row was read for it. */
@customElement('arbeid-what-if-notes')
export class WhatIfNotes extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      ul {
        display: grid;
        gap: var(--space-1);
        max-width: var(--measure);
      }
      .message {
        margin-bottom: var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) reply!: WhatIfReply;

  override render() {
    const { notes, approximation, milliseconds } = this.reply;
    const time = formatNumber(Math.max(1, milliseconds), { digits: 0 });
    return html`
      ${approximation === null
        ? nothing
        : html`<p class="message notice small">${msg('Svaret er et førsteordens anslag rundt modellen slik den er. Nøyaktige tall krever radene.', { id: 'what_if.first_order' })}</p>`}
      <ul class="small soft">
        <li>${msg('Grensene mellom nivåene er de samme som i beregningen.', { id: 'what_if.breaks' })}</li>
        ${notes.map((note) => html`<li>${sentence(note)}</li>`)}
        <li class="numbers">${msg(str`Besvart på ${time} ms uten å lese en eneste rad.`, { id: 'what_if.time' })}</li>
      </ul>
    `;
  }
}

/** A note in the page's language, of its population where there are several. */
function sentence({ population, note }: OutcomeNote): string {
  const text = inPageWords(note);
  return population === '' ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : `${population}: ${text}`;
}
