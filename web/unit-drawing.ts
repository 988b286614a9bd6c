import { html, nothing, svg } from 'lit';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import { rowScale } from './row-scale.ts';
import type { RowScale } from './row-scale.ts';
import type { UnitAspect, UnitFigures } from './unit-figures.ts';

export type UnitDrawing = (unit: UnitFigures) => unknown;

const line = (at: RowScale, name: string, from: number, to: number) => (Number.isFinite(from) ? svg`<line class=${name} x1=${at(from)} x2=${at(to)} y1="50%" y2="50%"></line>` : nothing);
const dot = (at: RowScale, name: string, value: number) => (Number.isFinite(value) ? svg`<circle class=${name} cx=${at(value)} cy="50%" r="4.5"></circle>` : nothing);

/** Draws one aspect of a unit on the scale that all of them share, beside the line that they are held against. */
export function unitDrawing(aspect: UnitAspect, units: readonly UnitFigures[], { centre, shrinkage }: ComparedUnits): UnitDrawing {
  const drawing = (reference: number, values: readonly number[], draw: (at: RowScale, unit: UnitFigures) => unknown): UnitDrawing => {
    const at = rowScale([reference, ...values]);
    return (unit) => html`<svg aria-hidden="true">${svg`<line class="zero" x1=${at(reference)} x2=${at(reference)} y1="0" y2="100%"></line>`}${draw(at, unit)}</svg>`;
  };
  switch (aspect) {
    case 'rank':
      return drawing((1 + units.length) / 2, [1, units.length], (at, { rank }) => [line(at, 'interval thick', rank.rankLow, rank.rankHigh), dot(at, 'estimate', rank.rank)]);
    case 'difference':
      return drawing(0, units.flatMap(({ difference }) => [difference.confLow, difference.confHigh]), (at, { difference, stands }) => [
        line(at, 'interval thick', difference.confLow, difference.confHigh),
        dot(at, stands ? 'estimate' : 'hollow', difference.estimate),
      ]);
    case 'shrunken':
      return drawing(shrinkage?.mean ?? centre, units.flatMap(({ band, shrunken }) => [band.estimate, shrunken?.shrunken ?? NaN]), (at, { band, shrunken }) => [
        line(at, 'pull', band.estimate, shrunken?.shrunken ?? NaN),
        dot(at, 'hollow', band.estimate),
        dot(at, 'shrunken', shrunken?.shrunken ?? NaN),
      ]);
    case 'band':
      return drawing(centre, units.flatMap(({ band }) => [band.simultaneousLow, band.simultaneousHigh]), (at, { band }) => [
        line(at, 'simultaneous', band.simultaneousLow, band.simultaneousHigh),
        line(at, 'interval thick', band.pointwiseLow, band.pointwiseHigh),
        dot(at, 'estimate', band.estimate),
      ]);
  }
}
