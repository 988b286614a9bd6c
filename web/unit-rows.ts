import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import type { Adjustment } from '../src/comparison/multiplicity.ts';
import type { OutcomeDisplay } from './outcomes.ts';
import { PacedElement } from './paced-element.ts';
import { rowStyles } from './row-styles.ts';
import { sharedStyles } from './shared-styles.ts';
import { unitColumns } from './unit-columns.ts';
import type { UnitColumn } from './unit-columns.ts';
import { unitDrawing } from './unit-drawing.ts';
import type { UnitDrawing } from './unit-drawing.ts';
import { unitFigures } from './unit-figures.ts';
import type { UnitAspect, UnitFigures } from './unit-figures.ts';
import { unitNote } from './unit-notes.ts';

/** Rows put in at a time: what is far down is not drawn before the first screen. */
const rowsAtATime = 50;

/** Units from the highest indicator down, one aspect of them at a time, drawn and in numbers; a rank is never without its interval. */
@customElement('arbeid-unit-rows')
export class UnitRows extends PacedElement {
  static override styles = [
    sharedStyles,
    rowStyles,
    css`
      .note {
        max-width: 46rem;
        margin-bottom: var(--space-4);
        color: var(--text-soft);
        text-wrap: pretty;
      }
      .scroll {
        overflow: auto;
        max-height: 40rem;
      }
      td {
        white-space: nowrap;
      }
      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--page);
      }
      .drawing {
        width: 34%;
        min-width: 9rem;
      }
      .range {
        display: inline-block;
        min-width: 8.5rem;
      }
      .thick {
        stroke-width: 5;
      }
      .hollow {
        fill: var(--page);
        stroke: var(--series-actual);
        stroke-width: 2;
      }
      .shrunken {
        fill: var(--series-published);
      }
      .pull,
      .simultaneous {
        stroke: var(--series-actual);
        stroke-width: 1.5;
      }
      .pull {
        stroke: var(--line-strong);
        stroke-dasharray: 2 2;
      }
      .marked {
        font-weight: 600;
      }
      .marked .range {
        font-weight: 400;
      }
      @media (max-width: 40rem) {
        th[scope='row'] {
          min-width: 5rem;
        }
        .drawing {
          min-width: 4.5rem;
        }
        .loose {
          white-space: normal;
        }
        .range {
          display: block;
          min-width: 0;
          font-size: 0.8125rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) units!: ComparedUnits;
  @property({ attribute: false }) nameOf: (label: string) => string = (label) => label;
  @property({ attribute: false }) display!: OutcomeDisplay;
  @property() aspect: UnitAspect = 'rank';
  @property() adjustment: Adjustment = 'BH';
  @state() private shown = rowsAtATime;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('units') || changed.has('aspect')) this.shown = rowsAtATime;
  }

  protected override updated(): void {
    if (this.shown < this.units.ranks.units.length) this.shown += rowsAtATime;
  }

  override render() {
    const { aspect, units, display, adjustment } = this;
    const figures = unitFigures(units, adjustment);
    const { before, after } = unitColumns(aspect, display);
    const draw = unitDrawing(aspect, figures.units, units);
    const header = ({ header: text, wide }: UnitColumn) => html`<th scope="col" class=${wide ? 'wide' : ''}>${text}</th>`;
    const caption = this.caption;
    return html`
      <p class="note">${unitNote(aspect, units, { figures, adjustment, display })}</p>
      ${aspect === 'shrunken' || aspect === 'difference' ? this.renderKey() : nothing}
      <div class="scroll" role="region" tabindex="0" aria-label=${caption}>
        <table>
          <caption>${caption}</caption>
          <thead>
            <tr>
              <th scope="col">${msg('Enhet', { id: 'ranks.unit' })}</th>
              ${before.map(header)}
              <th scope="col" class="drawing"><span class="visually-hidden">${msg('Tegnet', { id: 'units.drawn' })}</span></th>
              ${after.map(header)}
            </tr>
          </thead>
          <tbody>
            ${figures.units.slice(0, this.shown).map((unit) => this.renderRow(unit, before, after, draw))}
          </tbody>
        </table>
      </div>
    `;
  }

  private get caption(): string {
    const level = String(this.units.ranks.level);
    const unit = this.display.differenceUnit;
    switch (this.aspect) {
      case 'rank':
        return msg(str`Plass med ${level} %-intervall`, { id: 'ranks.caption' });
      case 'difference':
        return msg(str`Forskjell fra landet med ${level} %-intervall (${unit})`, { id: 'units.difference_caption' });
      case 'shrunken':
        return msg(str`Krympede verdier (${unit})`, { id: 'units.shrunken_caption' });
      case 'band':
        return msg(str`${level} %-intervall, hvert for seg og samtidig (${unit})`, { id: 'units.band_caption' });
    }
  }

  /** What the two kinds of dots are, where there are two. */
  private renderKey() {
    const kinds = this.aspect === 'shrunken'
      ? { hollow: msg('Indikator', { id: 'indicator' }), shrunken: msg('Krympet', { id: 'units.shrunken' }) }
      : { estimate: msg('Står seg', { id: 'units.stands' }), hollow: msg('Står seg ikke', { id: 'units.stands_not' }) };
    return html`
      <div class="key" aria-hidden="true">
        ${Object.entries(kinds).map(([name, text]) => html`<span><svg width="14" height="14"><circle class=${name} cx="7" cy="7" r="4.5"></circle></svg>${text}</span>`)}
      </div>
    `;
  }

  private renderRow(unit: UnitFigures, before: readonly UnitColumn[], after: readonly UnitColumn[], draw: UnitDrawing) {
    const marked = unit.side === 'inside' ? '' : 'marked';
    const cell = (weight: string) => (column: UnitColumn) => html`<td class="${weight} ${column.wide ? 'wide' : ''} ${column.loose ? 'loose' : ''}">${column.cell(unit)}</td>`;
    const side = unit.side === 'above' ? msg('(over grensen)', { id: 'ranks.above' }) : msg('(under grensen)', { id: 'ranks.below' });
    return html`
      <tr>
        <th scope="row" class=${marked}>${this.nameOf(unit.label)}${marked === '' ? nothing : html` <span class="visually-hidden">${side}</span>`}</th>
        ${before.map(cell(marked))}
        <td class="drawing">${draw(unit)}</td>
        ${after.map(cell(''))}
      </tr>
    `;
  }
}
