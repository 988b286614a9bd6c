import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Progress } from '../src/run-result.ts';
import { formatCount, formatNumber } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { outcomeShort } from './outcomes.ts';
import { ProgressMeter } from './progress-meter.ts';
import { sharedStyles } from './shared-styles.ts';

/** How far a run has come, and a way to stop it. Fires `cancel`. */
@customElement('arbeid-progress')
export class ProgressView extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-6);
      }
      progress {
        display: block;
        width: 100%;
        height: 0.5rem;
        margin-top: var(--space-3);
        border: 0;
        border-radius: 1rem;
        overflow: hidden;
        appearance: none;
        background: var(--line);
        color: var(--accent);
      }
      progress::-webkit-progress-bar {
        background: var(--line);
      }
      progress::-webkit-progress-value {
        border-radius: 1rem;
        background: var(--accent);
      }
      progress::-moz-progress-bar {
        background: var(--accent);
      }
      b {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) progress: Progress | null = null;
  /** The rows are made, not read. */
  @property({ type: Boolean }) synthetic = false;
  /** Sums are kept from rows that are there: the second half of a run alone. */
  @property({ type: Boolean }) keeping = false;
  /** How many outcomes the model has. */
  @property({ type: Number }) outcomes = 1;
  private meter = new ProgressMeter(1);
  private share = 0;
  private said = -1;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('outcomes')) this.meter = new ProgressMeter(this.outcomes);
    const share = this.progress === null ? 0 : this.meter.share(this.progress);
    this.share = this.keeping ? Math.max(0, 2 * share - 1) : share;
  }

  protected override updated(): void {
    const quarter = Math.floor(this.share * 4);
    if (quarter > this.said) this.announce(`${this.phaseName}, ${formatNumber(quarter * 25, { digits: 0 })} %`);
    this.said = quarter;
  }

  override render() {
    return html`
      <div class="row">
        <p class="numbers"><b>${this.phaseName}</b> <span class="soft">${this.amount}</span></p>
        <button @click=${() => this.dispatchEvent(new Event('cancel'))}>${msg('Avbryt', { id: 'progress.cancel' })}</button>
      </div>
      <progress max="1" .value=${this.share} aria-label=${this.phaseName}></progress>
    `;
  }

  private get phaseName(): string {
    if (this.keeping) return msg('Tar vare på summene', { id: 'progress.keep' });
    switch (this.progress?.phase) {
      case undefined:
        return msg('Gjør klar', { id: 'progress.start' });
      case 'read':
        return this.synthetic
          ? msg('Lager en oppdiktet befolkning', { id: 'progress.generate' })
          : msg('Leser filen', { id: 'progress.read' });
      case 'code':
        return msg('Koder kjennetegnene', { id: 'progress.code' });
      case 'estimate':
        return msg('Tilpasser modellen', { id: 'progress.estimate' });
      case 'indicator':
        return msg('Regner ut indikatoren', { id: 'progress.indicator' });
    }
  }

  private get amount(): string {
    if (this.progress === null) return '';
    const { done, total, unit, detail } = this.progress;
    if (unit === 'bytes') {
      const megabytes = (bytes: number) => formatNumber(bytes / 1e6, { digits: 1 });
      return msg(str`${megabytes(done)} av ${megabytes(total)} MB`, { id: 'progress.bytes' });
    }
    const amount =
      unit === 'rows'
        ? msg(str`${formatCount(done)} av ${formatCount(total)} rader`, { id: 'progress.rows' })
        : msg(str`steg ${formatCount(done)} av ${formatCount(total)}`, { id: 'progress.steps' });
    const outcomes = detail.split(', ').map(outcomeShort).filter((name) => /^(Atid|Jobb)/.test(name));
    return outcomes.length === 0 ? amount : `${outcomes.join(', ')}: ${amount}`;
  }
}
