import type { Catalogue } from '../catalogue.ts';
import type { estimation as english } from '../en/estimation.ts';
import { counted } from '../words.ts';

const named = (places: readonly { readonly term: string; readonly level: string }[]): string =>
  `${places.slice(0, 8).map(({ term, level }) => `${term} ${level}`).join(', ')}${places.length > 8 ? ` og ${places.length - 8} til` : ''}`;

const notConverged = {
  steps: 'steget er framleis for stort',
  likelihood: 'ingen steg aukar loglikelihooden',
  hessian: 'hessematrisa er singulær der X′X ikkje er det',
};

export const estimation: Pick<Catalogue, keyof typeof english> = {
  'not-estimable.one-outcome': ({ outcome, limit, rows }) =>
    `${outcome}: alle har utfallet ${limit} (${counted(rows, 'rad', 'rader')}), slik at ein probit ikkje har noko estimat. Ta utfallet ut, eller estimer på fleire rader.`,
  'not-estimable.one-outcome-left': ({ outcome, limit, rows, setAside, rounds, levels }) =>
    `${outcome}: ${counted(setAside, 'rad', 'rader')} er på nivå der alle har same utfall og blir ${setAside === 1 ? 'sett' : 'sette'} til side, i ${counted(rounds, 'runde', 'rundar')}: ${named(levels)}. ${rows === 0 ? 'Inga rad er att' : `Alle som er att, har utfallet ${limit} (${counted(rows, 'rad', 'rader')})`}, slik at ein probit ikkje har noko estimat. Slå saman nivå, ta ut eit kjenneteikn, eller estimer på fleire rader.`,
  'not-estimable.separation-too-deep': ({ outcome }) =>
    `${outcome}: å setje til side nivå der alle har same utfall, tek fleire rundar enn det går an å skilje mellom. Slå saman nivå, eller ta ut eit kjenneteikn.`,
  'not-estimable.separated': ({ outcome, levels }) =>
    `${outcome}: utfallet er separert av ein kombinasjon av nivå, slik at probiten ikkje har noko endeleg estimat: ${levels.join(', ')}. Ta ut eitt av dei, slå saman nivå, eller estimer på fleire rader.`,
  'usage.intervals-of-far-values': ({ outcome, covariates }) =>
    `${outcome}: ein verdi av ${covariates.join(', ')} ligg tusen gonger lenger ute enn dei fleste, slik at summar over rader ville miste sifra til intervall som tek med estimata. Vel --ci outcome eller residual, eller kod ${covariates.join(', ')} i nivå eller på ein annan skala.`,
  'not-estimable.no-row': ({ outcome }) => `${outcome}: inga rad i estimeringsutvalet har dette utfallet observert.`,
  'not-estimable.not-converged': ({ outcome, iterations, why }) =>
    `${outcome}: probiten konvergerte ikkje etter ${counted(iterations, 'iterasjon', 'iterasjonar')}: ${notConverged[why]}. Ta ut eit kjenneteikn, slå saman nivå, eller estimer på fleire rader.`,
};
