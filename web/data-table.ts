import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import { sharedStyles } from './shared-styles.ts';

const pageSizes = [25, 100, Infinity] as const;

/** A real table in pages: the first column names the row, the others hold numbers as text. */
@customElement('arbeid-table')
export class DataTable extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .scroll {
        overflow: auto;
        max-height: var(--table-height, 32rem);
        border: 1px solid var(--line);
        border-radius: var(--radius);
      }
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        font-size: 0.9375rem;
        font-variant-numeric: tabular-nums;
      }
      caption {
        padding: var(--space-2) var(--space-3);
        text-align: left;
        font-weight: 600;
      }
      th,
      td {
        padding: 0.375rem var(--space-3);
        border-bottom: 1px solid var(--line);
        text-align: right;
        white-space: nowrap;
      }
      tr > :first-child {
        position: sticky;
        left: 0;
        text-align: left;
        background: var(--page);
        font-weight: 400;
      }
      thead th {
        position: sticky;
        top: 0;
        min-width: 4.5rem;
        background: var(--raised);
        font-weight: 600;
        line-height: 1.3;
        white-space: normal;
        vertical-align: bottom;
      }
      thead th:first-child {
        z-index: 1;
        background: var(--raised);
        font-weight: 600;
      }
      tbody tr:last-child > * {
        border-bottom: 0;
      }
      .pages {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        margin-top: var(--space-2);
      }
      .pages select,
      .pages button {
        min-height: 2rem;
        padding-block: 0.125rem;
      }
    `,
  ];

  @property() caption = '';
  @property({ attribute: false }) header: readonly string[] = [];
  @property({ attribute: false }) rows: readonly (readonly string[])[] = [];
  @state() private page = 0;
  @state() private size: number = pageSizes[0];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rows') && this.page >= this.pages) this.page = 0;
  }

  private get pages(): number {
    return Math.max(1, Math.ceil(this.rows.length / this.size));
  }

  override render() {
    const first = this.page * (this.size === Infinity ? 0 : this.size);
    const shown = this.rows.slice(first, first + this.size);
    return html`
      <div class="scroll" role="region" tabindex="0" aria-label=${this.caption}>
        <table>
          <caption>${this.caption}</caption>
          <thead>
            <tr>${this.header.map((text) => html`<th scope="col">${text}</th>`)}</tr>
          </thead>
          <tbody>
            ${shown.map(
              ([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.rows.length <= pageSizes[0] ? nothing : this.renderPages(first, shown.length)}
    `;
  }

  private renderPages(first: number, count: number) {
    const [from, to, all] = [first + 1, first + count, this.rows.length].map(formatCount);
    return html`
      <div class="pages small">
        <span aria-live="polite">${msg(str`Rad ${from} til ${to} av ${all}`, { id: 'table.rows' })}</span>
        <button ?disabled=${this.page === 0} @click=${() => this.page--}>${msg('Forrige', { id: 'table.previous' })}</button>
        <button ?disabled=${this.page >= this.pages - 1} @click=${() => this.page++}>${msg('Neste', { id: 'table.next' })}</button>
        <label>
          ${msg('Rader per side', { id: 'table.size' })}
          <select @change=${this.resize}>
            ${pageSizes.map(
              (size) => html`
                <option .value=${String(size)} ?selected=${size === this.size}>
                  ${size === Infinity ? msg('Alle', { id: 'table.all' }) : formatCount(size)}
                </option>
              `,
            )}
          </select>
        </label>
      </div>
    `;
  }

  private resize(event: Event): void {
    this.size = Number((event.target as HTMLSelectElement).value);
    this.page = 0;
  }
}
