import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatCount, formatNumber } from './format.ts';
import type { OutcomeDisplay } from './outcomes.ts';
import type { UnitAspect, UnitFigures } from './unit-figures.ts';

export interface UnitColumn {
  readonly header: string;
  /** Left out on narrow pages. */
  readonly wide?: boolean;
  /** May be broken over two lines there. */
  readonly loose?: boolean;
  cell(unit: UnitFigures): TemplateResult | string;
}

/** An interval in words. */
export const rangeText = (low: number, high: number, { factor, difference }: OutcomeDisplay): string =>
  Number.isFinite(low) ? msg(str`${difference(low * factor)} til ${difference(high * factor)}`, { id: 'units.range' }) : '–';

/** A p-value; none is written as zero. */
export const pValueText = (p: number): string => (p < 0.001 ? `< ${formatNumber(0.001, { digits: 3 })}` : formatNumber(p, { digits: 3 }));

/** Units that tie share the mean of their places. */
const rankText = (rank: number): string => (Number.isInteger(rank) ? formatCount(rank) : formatNumber(rank, { digits: 1 }));

/** The columns of an aspect, besides the unit's name and the drawing. */
export function unitColumns(aspect: UnitAspect, display: OutcomeDisplay): { readonly before: readonly UnitColumn[]; readonly after: readonly UnitColumn[] } {
  const value = (of: number): string => display.difference(of * display.factor);
  const withRange = (of: number, low: number, high: number): TemplateResult => html`${value(of)} <span class="range soft">${rangeText(low, high, display)}</span>`;
  const estimate: UnitColumn = {
    header: msg('Indikator', { id: 'indicator' }),
    cell: ({ band }) => withRange(band.estimate, band.pointwiseLow, band.pointwiseHigh),
  };
  const alone: UnitColumn = { ...estimate, cell: ({ band }) => value(band.estimate) };
  switch (aspect) {
    case 'rank':
      return {
        before: [estimate],
        after: [{
          header: msg('Plass', { id: 'ranks.rank' }),
          cell: ({ rank: { rank, rankLow, rankHigh } }) => html`${rankText(rank)} <span class="soft">(${rankText(rankLow)}–${rankText(rankHigh)})</span>`,
        }],
      };
    case 'difference':
      return {
        before: [{ ...alone, wide: true }, { header: msg('Forskjell fra landet', { id: 'units.difference' }), cell: ({ difference: { estimate: of, confLow, confHigh } }) => withRange(of, confLow, confHigh) }],
        after: [
          { header: msg('Justert p-verdi', { id: 'units.adjusted' }), wide: true, cell: ({ adjusted }) => pValueText(adjusted) },
          { header: msg('Står seg', { id: 'units.stands' }), cell: ({ stands }) => (stands ? html`<b>${msg('ja', { id: 'units.yes' })}</b>` : msg('nei', { id: 'units.no' })) },
        ],
      };
    case 'shrunken':
      return {
        before: [alone],
        after: [
          { header: msg('Krympet', { id: 'units.shrunken' }), cell: ({ shrunken }) => html`<i>${value(shrunken?.shrunken ?? NaN)}</i>` },
          { header: msg('Standardfeil', { id: 'coefficients.error' }), wide: true, cell: ({ shrunken }) => formatNumber((shrunken?.shrunkenStandardError ?? NaN) * display.factor, { digits: 2 }) },
          { header: msg('Egen vekt', { id: 'units.weight' }), cell: ({ shrunken }) => percentText(shrunken?.weight ?? NaN) },
        ],
      };
    case 'band':
      return {
        before: [estimate],
        after: [{ header: msg('Samtidig bånd', { id: 'units.band' }), loose: true, cell: ({ band }) => rangeText(band.simultaneousLow, band.simultaneousHigh, display) }],
      };
  }
}

const percentText = (share: number): string => `${formatNumber(100 * share, { digits: 0 })}\u00a0%`;
