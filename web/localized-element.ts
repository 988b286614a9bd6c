import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement } from 'lit';
import './locale.ts';

/** A Lit element that renders again when the language changes. */
export class LocalizedElement extends LitElement {
  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** Says a text to screen readers through the page's one live region. */
  protected announce(text: string): void {
    this.dispatchEvent(new CustomEvent('announce', { detail: text, bubbles: true, composed: true }));
  }
}
