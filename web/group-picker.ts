import { msg, str } from '@lit/localize';
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { markerPath } from './chart-lines.ts';
import type { ChartLine } from './chart-lines.ts';
import { compareText } from './format.ts';
import { PacedElement } from './paced-element.ts';
import { sharedStyles } from './shared-styles.ts';

/** All groups of a breakdown with their newest number, to pick some of them out. Fires `pick` with a line's key. */
@customElement('arbeid-group-picker')
export class GroupPicker extends PacedElement {
  static override styles = [
    sharedStyles,
    css`
      legend {
        padding: 0;
        font-weight: 600;
      }
      ul {
        max-height: 36rem;
        margin-top: var(--space-2);
        overflow-y: auto;
        border-top: 1px solid var(--line);
      }
      li {
        border-bottom: 1px solid var(--line);
      }
      label {
        display: grid;
        grid-template-columns: 1.75rem 1fr auto;
        align-items: center;
        gap: var(--space-2);
        min-height: 2rem;
        padding: 0.125rem 0.25rem;
        cursor: pointer;
      }
      label:hover {
        background: var(--raised);
      }
      label:has(:checked) {
        font-weight: 600;
      }
      label:has(:disabled) {
        color: var(--text-soft);
        cursor: not-allowed;
      }
      .mark {
        position: relative;
        display: grid;
        place-items: center;
        height: 1.5rem;
      }
      input {
        width: 1.125rem;
        height: 1.125rem;
        margin: 0;
        accent-color: var(--accent);
      }
      input:checked {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        opacity: 0;
      }
      .mark:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 1px;
        border-radius: 4px;
      }
      @media (max-width: 60rem) {
        ul {
          columns: 16rem;
          column-gap: var(--space-8);
          max-height: none;
        }
        li {
          break-inside: avoid;
        }
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) lines: readonly ChartLine[] = [];
  @property({ attribute: false }) picked: ReadonlyMap<string, number> = new Map();
  @property({ attribute: false }) formatValue: (value: number | null) => string = String;
  @property({ type: Number }) most = 5;

  override render() {
    const full = this.picked.size >= this.most;
    const byName = [...this.lines].sort((a, b) => compareText(a.label, b.label));
    return html`
      <fieldset>
        <legend>${this.heading}</legend>
        <p class="small soft">
          ${msg(str`Velg inntil ${String(this.most)} som skal framheves. Tallet er for siste måned.`, { id: 'picker.hint' })}
        </p>
        <ul>
          ${repeat(byName, (line) => line.key, (line) => this.renderLine(line, full))}
        </ul>
      </fieldset>
    `;
  }

  private renderLine(line: ChartLine, full: boolean) {
    const picked = this.picked.has(line.key);
    const newest = line.values.findLast((value) => value !== null) ?? null;
    return html`
      <li>
        <label>
          <span class="mark">
            <input
              type="checkbox"
              .checked=${picked}
              ?disabled=${full && !picked}
              @change=${() => this.dispatchEvent(new CustomEvent('pick', { detail: line.key }))}
            />
            ${picked ? mark(line) : nothing}
          </span>
          <span>${line.label}</span>
          <span class="numbers">${this.formatValue(newest)}</span>
        </label>
      </li>
    `;
  }
}

const mark = (line: ChartLine) => html`
  <svg width="28" height="16" aria-hidden="true">
    ${svg`<path d="M0 8H28" fill="none" stroke="var(${line.colour})" stroke-width="2.5" stroke-dasharray=${line.dash.join(' ')}></path>
    <path d=${markerPath(line.marker ?? 'circle', 14, 8, 4.5)} fill="var(${line.colour})"></path>`}
  </svg>
`;
