import { msg, str } from '@lit/localize';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import { falseDiscoveryRate } from '../src/comparison/compare-units.ts';
import type { Adjustment } from '../src/comparison/multiplicity.ts';
import { formatCount, formatNumber } from './format.ts';
import type { OutcomeDisplay } from './outcomes.ts';
import type { AllFigures, UnitAspect } from './unit-figures.ts';

export const adjustmentName = (adjustment: Adjustment): string => ({ BH: 'Benjamini–Hochberg', BY: 'Benjamini–Yekutieli' })[adjustment];

interface Shown {
  readonly figures: AllFigures;
  readonly adjustment: Adjustment;
  readonly display: OutcomeDisplay;
}

/** What the numbers of an aspect mean, in a sentence or two. */
export function unitNote(aspect: UnitAspect, { ranks, bands, shrinkage }: ComparedUnits, { figures, adjustment, display }: Shown): string {
  const level = String(ranks.level);
  switch (aspect) {
    case 'rank':
      return msg(str`Streken er plassene som enheten kan ha med ${level} % sikkerhet, og den loddrette linja midten av lista.`, { id: 'units.rank_note' });
    case 'difference': {
      const [standing, tests, rate, name] = [formatCount(figures.standing), formatCount(figures.tests), String(falseDiscoveryRate), adjustmentName(adjustment)];
      return msg(str`${standing} av ${tests} forskjeller fra landet står seg når det regnes med at de er mange: Av dem som står seg, ventes høyst ${rate} % å være tilfeldige (${name}). Intervallene gjelder én enhet om gangen.`, { id: 'units.difference_note' });
    }
    case 'shrunken': {
      if (shrinkage === null) return msg('Krymping trenger minst to enheter.', { id: 'units.shrunken_none' });
      const tau = formatNumber(Math.sqrt(shrinkage.tau2) * display.factor, { digits: 2 });
      const { differenceUnit } = display;
      return msg(str`En krympet verdi er tallet trukket mot snittet av enhetene, mest der det er usikkert: en beste gjetning om hver enhet, til å lese, ikke til å trekke fra hverandre eller teste. Enhetene selv varierer med τ = ${tau} ${differenceUnit} (REML).`, { id: 'units.shrunken_note' });
    }
    case 'band': {
      const [count, wide, narrow] = [formatCount(bands.points.length), formatNumber(bands.critical.simultaneous, { digits: 2 }), formatNumber(bands.critical.pointwise, { digits: 2 })];
      return msg(str`De tynne båndene dekker alle ${count} enhetene på én gang med ${level} % sikkerhet, de tykke én om gangen: ± ${wide} og ± ${narrow} standardfeil.`, { id: 'units.band_note' });
    }
  }
}
