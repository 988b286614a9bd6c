import { msg } from '@lit/localize';
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Coefficient, LevelStatus } from '../src/estimate/fit.ts';
import { formatCount, formatNumber } from './format.ts';
import { intervalBand } from './interval.ts';
import type { Band, IntervalLevel } from './interval.ts';
import { PacedElement } from './paced-element.ts';
import { rowScale } from './row-scale.ts';
import type { RowScale } from './row-scale.ts';
import { rowStyles } from './row-styles.ts';
import { sharedStyles } from './shared-styles.ts';
import type { Published } from './table4-published.ts';
import { levelLabel, termLabel } from './term-labels.ts';

/** Coefficients as a table whose rows each carry a point, its interval and the printed value on one common scale. */
@customElement('arbeid-coefficient-rows')
export class CoefficientRows extends PacedElement {
  static override styles = [
    sharedStyles,
    rowStyles,
    css`
      th[scope='row'],
      th:first-child {
        min-width: 9rem;
      }
      thead th {
        white-space: nowrap;
      }
      tbody th[scope='rowgroup'] {
        padding-top: 1rem;
        font-weight: 600;
        border-bottom-color: var(--line-strong);
      }
      .drawing {
        width: 42%;
        min-width: 9rem;
      }
      .printed {
        fill: none;
        stroke: var(--series-published);
        stroke-width: 2;
      }
      .tag {
        font-size: 0.875rem;
        color: var(--text-soft);
      }
      @media (max-width: 40rem) {
        th[scope='row'],
        th:first-child {
          min-width: 7rem;
        }
        .drawing {
          min-width: 6rem;
        }
      }
    `,
  ];

  @property() caption = '';
  @property() outcome = '';
  @property({ attribute: false }) level: IntervalLevel = 80;
  @property({ attribute: false }) rows: readonly Coefficient[] = [];
  @property({ attribute: false }) published: Published = () => null;
  /** Rows of several terms: each term gets a heading of its own. */
  @property({ type: Boolean }) grouped = false;

  override render() {
    const band = this.band(this.rows);
    const printed = this.rows.map((row) => this.published(row.term, row.level, this.outcome));
    const scale = rowScale([0, ...this.rows.map(({ estimate }) => estimate), ...band.low, ...band.high, ...printed]);
    const anyPrinted = printed.some((value) => value !== null);
    return html`
      <div class="key" aria-hidden="true">
        <span><svg width="28" height="14"><path class="interval" d="M2 7H26"></path><circle class="estimate" cx="14" cy="7" r="4.5"></circle></svg>${msg('Beregnet, med intervall', { id: 'coefficients.key' })}</span>
        ${anyPrinted ? html`<span><svg width="14" height="14"><circle class="printed" cx="7" cy="7" r="5"></circle></svg>${msg('Rapportens tabell 4', { id: 'coefficients.published' })}</span>` : nothing}
      </div>
      <div class="scroll" role="region" tabindex="0" aria-label=${this.caption}>
        <table>
          <caption>${this.caption}</caption>
          <thead>
            <tr>
              <th scope="col">${msg('Nivå', { id: 'coefficients.level' })}</th>
              <td class="drawing"></td>
              <th scope="col">${msg('Beregnet', { id: 'coefficients.estimated' })}</th>
              <th scope="col" class="wide">${msg('Standardfeil', { id: 'coefficients.error' })}</th>
              ${anyPrinted ? html`<th scope="col">${msg('Tabell 4', { id: 'coefficients.table4' })}</th>` : nothing}
              <th scope="col" class="wide">${msg('Rader', { id: 'coefficients.rows' })}</th>
            </tr>
          </thead>
          ${this.renderBodies(scale, anyPrinted)}
        </table>
      </div>
    `;
  }

  private band(rows: readonly Coefficient[]): Band {
    return intervalBand(
      rows.map(({ estimate }) => estimate),
      rows.map(({ standardError }) => standardError),
      this.level,
    );
  }

  private renderBodies(scale: RowScale, anyPrinted: boolean) {
    const terms = [...new Set(this.rows.map(({ term }) => term))];
    return terms.map((term) => {
      const rows = this.rows.filter((row) => row.term === term);
      const single = rows.filter(({ status }) => status !== 'reference').length === 1;
      const heading = this.grouped && !single;
      return html`
        <tbody>
          ${heading ? html`<tr><th scope="rowgroup" colspan=${anyPrinted ? 6 : 5}>${termLabel(term)}</th></tr>` : nothing}
          ${rows.filter((row) => !(single && row.status === 'reference')).map((row) => this.renderRow(row, scale, anyPrinted))}
        </tbody>
      `;
    });
  }

  private renderRow(row: Coefficient, scale: RowScale, anyPrinted: boolean) {
    const printed = this.published(row.term, row.level, this.outcome);
    const number = (value: number | null) => formatNumber(value, { digits: 2, signed: true });
    return html`
      <tr>
        <th scope="row">${levelLabel(row.term, row.level)}</th>
        <td class="drawing">${drawing(row, this.band([row]), { printed, at: scale })}</td>
        <td>${row.status === 'estimated' ? number(row.estimate) : html`<span class="tag">${statusLabel(row.status)}</span>`}</td>
        <td class="wide">${row.standardError === null ? '' : formatNumber(row.standardError, { digits: 3 })}</td>
        ${anyPrinted ? html`<td>${number(printed)}</td>` : nothing}
        <td class="wide">${formatCount(row.n)}</td>
      </tr>
    `;
  }
}

function statusLabel(status: LevelStatus): string {
  switch (status) {
    case 'reference':
      return msg('referanse', { id: 'status.reference' });
    case 'empty':
      return msg('ingen rader', { id: 'status.empty' });
    case 'collinear':
      return msg('kollineær', { id: 'status.collinear' });
    case 'separated':
      return msg('separert', { id: 'status.separated' });
    case 'withheld':
      return msg('holdt tilbake', { id: 'status.withheld' });
    case 'estimated':
      return '';
  }
}

function drawing({ status, estimate }: Coefficient, band: Band, { printed, at }: { printed: number | null; at: RowScale }) {
  const [low = null, high = null] = [band.low[0], band.high[0]];
  const shown = status === 'estimated' && estimate !== null;
  return html`<svg aria-hidden="true">
    ${svg`<line class="zero" x1=${at(0)} x2=${at(0)} y1="0" y2="100%"></line>`}
    ${shown && low !== null && high !== null
      ? svg`<line class="interval" x1=${at(low)} x2=${at(high)} y1="50%" y2="50%"></line>`
      : nothing}
    ${shown ? svg`<circle class="estimate" cx=${at(estimate)} cy="50%" r="4.5"></circle>` : nothing}
    ${printed === null || status === 'reference' ? nothing : svg`<circle class="printed" cx=${at(printed)} cy="50%" r="6.5"></circle>`}
  </svg>`;
}
