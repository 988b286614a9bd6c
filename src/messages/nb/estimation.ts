import type { Catalogue } from '../catalogue.ts';
import type { estimation as english } from '../en/estimation.ts';
import { counted } from '../words.ts';

const named = (places: readonly { readonly term: string; readonly level: string }[]): string =>
  `${places.slice(0, 8).map(({ term, level }) => `${term} ${level}`).join(', ')}${places.length > 8 ? ` og ${places.length - 8} til` : ''}`;

const notConverged = {
  steps: 'steget er fortsatt for stort',
  likelihood: 'ingen steg øker loglikelihooden',
  hessian: 'hessematrisen er singulær der X′X ikke er det',
};

export const estimation: Pick<Catalogue, keyof typeof english> = {
  'not-estimable.one-outcome': ({ outcome, limit, rows }) =>
    `${outcome}: alle har utfallet ${limit} (${counted(rows, 'rad', 'rader')}), slik at en probit ikke har noe estimat. Ta utfallet ut, eller estimer på flere rader.`,
  'not-estimable.one-outcome-left': ({ outcome, limit, rows, setAside, rounds, levels }) =>
    `${outcome}: ${counted(setAside, 'rad', 'rader')} er på nivåer der alle har samme utfall og settes til side, i ${counted(rounds, 'runde', 'runder')}: ${named(levels)}. ${rows === 0 ? 'Ingen rad er igjen' : `Alle som er igjen, har utfallet ${limit} (${counted(rows, 'rad', 'rader')})`}, slik at en probit ikke har noe estimat. Slå sammen nivåer, ta ut et kjennetegn, eller estimer på flere rader.`,
  'not-estimable.separation-too-deep': ({ outcome }) =>
    `${outcome}: å sette til side nivåer der alle har samme utfall, tar flere runder enn det går an å skille mellom. Slå sammen nivåer, eller ta ut et kjennetegn.`,
  'not-estimable.separated': ({ outcome, levels }) =>
    `${outcome}: utfallet er separert av en kombinasjon av nivåer, slik at probiten ikke har noe endelig estimat: ${levels.join(', ')}. Ta ut et av dem, slå sammen nivåer, eller estimer på flere rader.`,
  'usage.intervals-of-far-values': ({ outcome, covariates }) =>
    `${outcome}: en verdi av ${covariates.join(', ')} ligger tusen ganger lenger ute enn de fleste, slik at summer over rader ville miste sifrene til intervaller som tar med estimatene. Velg --ci outcome eller residual, eller kod ${covariates.join(', ')} i nivåer eller på en annen skala.`,
  'not-estimable.no-row': ({ outcome }) => `${outcome}: ingen rad i estimeringsutvalget har dette utfallet observert.`,
  'not-estimable.not-converged': ({ outcome, iterations, why }) =>
    `${outcome}: probiten konvergerte ikke etter ${counted(iterations, 'iterasjon', 'iterasjoner')}: ${notConverged[why]}. Ta ut et kjennetegn, slå sammen nivåer, eller estimer på flere rader.`,
};
