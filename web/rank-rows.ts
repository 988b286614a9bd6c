import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import type { UnitRank } from '../src/comparison/ranks.ts';
import { formatCount, formatNumber } from './format.ts';
import { LocalizedElement } from './localized-element.ts';
import type { OutcomeDisplay } from './outcomes.ts';
import { sharedStyles } from './shared-styles.ts';

/** Units from the highest indicator down; a rank is never without its interval, drawn and in numbers. */
@customElement('arbeid-rank-rows')
export class RankRows extends LocalizedElement {
  static override styles = [
    sharedStyles,
    css`
      .scroll {
        overflow: auto;
        max-height: 40rem;
      }
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        font-variant-numeric: tabular-nums;
      }
      caption {
        padding-bottom: var(--space-2);
        text-align: left;
        font-size: 1.125rem;
        font-weight: 600;
      }
      th,
      td {
        padding: 0.25rem 0 0.25rem 1rem;
        border-bottom: 1px solid var(--line);
        text-align: right;
        font-weight: 400;
        white-space: nowrap;
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
        white-space: normal;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--page);
        font-size: 0.875rem;
        font-weight: 600;
        vertical-align: bottom;
      }
      .drawing {
        width: 34%;
        min-width: 7rem;
        padding-block: 0;
      }
      .drawing svg {
        display: block;
        width: 100%;
        height: 1.75rem;
        overflow: visible;
      }
      .middle {
        stroke: var(--line-strong);
      }
      .interval {
        stroke: var(--series-indicator);
        stroke-width: 5;
        opacity: 0.45;
      }
      .rank {
        fill: var(--series-indicator);
      }
      .marked {
        font-weight: 600;
      }
      @media (max-width: 40rem) {
        .drawing {
          min-width: 4.5rem;
        }
        th,
        td {
          padding-left: 0.5rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) units!: ComparedUnits;
  @property({ attribute: false }) nameOf: (label: string) => string = (label) => label;
  @property({ attribute: false }) display!: OutcomeDisplay;

  override render() {
    const { ranks, funnel } = this.units;
    const caption = msg(str`Plass med ${String(ranks.level)} %-intervall`, { id: 'ranks.caption' });
    const side = new Map(funnel.points.map((point) => [point.label, point.side]));
    const rows = [...ranks.units].sort((a, b) => a.rank - b.rank);
    return html`
      <div class="scroll" role="region" tabindex="0" aria-label=${caption}>
        <table>
          <caption>${caption}</caption>
          <thead>
            <tr>
              <th scope="col">${msg('Enhet', { id: 'ranks.unit' })}</th>
              <th scope="col">${msg('Indikator', { id: 'indicator' })}</th>
              <th scope="col" class="drawing"><span class="visually-hidden">${msg('Intervallet tegnet', { id: 'ranks.drawn' })}</span></th>
              <th scope="col">${msg('Plass', { id: 'ranks.rank' })}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((unit) => this.renderRow(unit, side.get(unit.label) ?? 'inside', rows.length))}
          </tbody>
        </table>
      </div>
    `;
  }

  private renderRow(unit: UnitRank, side: 'below' | 'inside' | 'above', units: number) {
    const { factor, difference } = this.display;
    return html`
      <tr>
        <th scope="row" class=${side === 'inside' ? '' : 'marked'}>
          ${this.nameOf(unit.label)}${side === 'inside' ? nothing : html` <span class="visually-hidden">${side === 'above' ? msg('(over grensen)', { id: 'ranks.above' }) : msg('(under grensen)', { id: 'ranks.below' })}</span>`}
        </th>
        <td class=${side === 'inside' ? '' : 'marked'}>${difference(unit.estimate * factor)}</td>
        <td class="drawing">${drawing(unit, units)}</td>
        <td>${rankText(unit.rank)} <span class="soft">(${rankText(unit.rankLow)}–${rankText(unit.rankHigh)})</span></td>
      </tr>
    `;
  }
}

/** Units that tie share the mean of their places. */
const rankText = (rank: number): string => (Number.isInteger(rank) ? formatCount(rank) : formatNumber(rank, { digits: 1 }));

function drawing({ rank, rankLow, rankHigh }: UnitRank, units: number) {
  const at = (place: number): string => `${units === 1 ? 50 : 2 + (96 * (place - 1)) / (units - 1)}%`;
  return html`<svg aria-hidden="true">
    <line class="middle" x1="50%" x2="50%" y1="0" y2="100%"></line>
    <line class="interval" x1=${at(rankLow)} x2=${at(rankHigh)} y1="50%" y2="50%"></line>
    <circle class="rank" cx=${at(rank)} cy="50%" r="4.5"></circle>
  </svg>`;
}
