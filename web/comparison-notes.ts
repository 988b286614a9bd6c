import { msg, str } from '@lit/localize';
import type { Chance } from '../src/comparison/chance.ts';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import { formatCount, formatNumber } from './format.ts';
import type { OutcomeDisplay } from './outcomes.ts';

/** How many units are outside the limits, and how many chance alone would put there. */
export function chanceSentence({ funnel }: ComparedUnits): string {
  const [near, far] = funnel.chance as readonly [Chance, Chance];
  const count = formatCount(funnel.points.length);
  const [observed, expected] = [formatCount(near.observed), formatNumber(near.expected, { digits: 1 })];
  const [observedFar, expectedFar] = [formatCount(far.observed), formatNumber(far.expected, { digits: 2 })];
  return msg(str`${observed} av ${count} er utenfor 95 %-grensen; ved tilfeldigheter alene ville en vente ${expected}. Utenfor 99,8 %-grensen er ${observedFar}; en ville vente ${expectedFar}.`, { id: 'comparison.chance' });
}

interface NoteOptions {
  readonly display: OutcomeDisplay;
  /** Names of units by place. */
  readonly names: (places: readonly number[]) => string;
  readonly threshold: number | null;
}

/** What is to be known of limits and ranks before they are read. */
export function comparisonNotes({ funnel, ranks, withoutEstimate, underThreshold, tooFew }: ComparedUnits, { display, names, threshold }: NoteOptions): string[] {
  const [near] = funnel.chance as readonly [Chance, Chance];
  const percent = near.atLeast < 0.001 ? `< ${formatNumber(0.1, { digits: 1 })}` : formatNumber(100 * near.atLeast, { digits: near.atLeast < 0.1 ? 1 : 0 });
  const [covering, all] = [formatCount(ranks.coverMiddle), formatCount(ranks.units.length)];
  const level = String(ranks.level);
  const notes = [
    // With wider limits more than chance puts units outside.
    funnel.overdispersion !== null ? '' : msg(str`Var alle enhetene like, ville minst så mange falt utenfor 95 %-grensen i ${percent} % av tilfellene.`, { id: 'comparison.at_least' }),
    msg(str`Plasser sier lite uten intervall: For ${covering} av ${all} enheter dekker ${level} %-intervallet midten av lista. Lista er ingen rangering av hvor godt noen arbeider.`, { id: 'comparison.middle' }),
    msg('Grensene og intervallene regner med at samme person er med i flere måneder, og at modellen selv er beregnet av de samme tallene. Grensene er slik modellen venter av så mange personer.', { id: 'comparison.errors' }),
  ];
  if (funnel.overdispersion !== null) {
    const extra = formatNumber(Math.sqrt(funnel.overdispersion.tau2) * display.factor, { digits: 2 });
    const { differenceUnit } = display;
    notes.push(msg(str`Grensene er utvidet med det enhetene varierer ut over sine standardfeil: τ = ${extra} ${differenceUnit} (additivt etter Spiegelhalter, 10 % trukket inn i hver ende). Enheter utenfor da skiller seg fra den vanlige variasjonen mellom enheter.`, { id: 'comparison.wider' }));
  }
  if (withoutEstimate.length > 0) {
    const left = names(withoutEstimate);
    notes.push(msg(str`Ikke med, fordi de mangler tall i perioden: ${left}.`, { id: 'comparison.without' }));
  }
  if (tooFew.length > 0) {
    const few = formatCount(tooFew.length);
    notes.push(msg(str`${few} enheter er ikke sammenlignet: De har for få personer, eller for få med eller uten jobb, til at noe kan sies.`, { id: 'comparison.too_few' }));
  }
  if (underThreshold.length > 0) {
    const [few, least] = [formatCount(underThreshold.length), formatCount(threshold ?? 0)];
    notes.push(msg(str`${few} enheter er ikke med, fordi de bygger på færre enn ${least} rader.`, { id: 'comparison.few' }));
  }
  return [...notes.filter((note) => note !== ''), msg('Ingen av tallene viser en årsakssammenheng.', { id: 'reading.causal' })];
}
