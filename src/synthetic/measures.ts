import { countyLabels } from './places.ts';
import { cumulative } from './distributions.ts';

/** Labour-market measures and their shares among participants; the first is none. Those with providers have contracts. */
const measures: readonly (readonly [name: string, share: number, providers: number])[] = [
  ['Oppfølging', 0.27, 3],
  ['Arbeidsforberedende trening', 0.18, 2],
  ['AMO', 0.16, 2],
  ['Midlertidig lønnstilskudd', 0.13, 0],
  ['Arbeid med støtte', 0.08, 0],
  ['IPS', 0.06, 0],
  ['Jobbklubb', 0.07, 2],
  ['Digital oppfølging', 0.05, 1],
];
export const noMeasure = 'Ingen tiltak';
export const measureLabels = [noMeasure, ...measures.map(([name]) => name)];
export const measureShares = cumulative(measures.map(([, share]) => share));

export const contractLabels = ['Ingen kontrakt'];
const firstContract = measures.map(([name, , providers]) => {
  const first = contractLabels.length;
  for (const county of countyLabels) for (let k = 1; k <= providers; k++) contractLabels.push(`${name} ${county} ${k}`);
  return first;
});

/** Contract of a participant; `measure` counts from 1. */
export const contractOf = (measure: number, county: number, u: number): number => {
  const providers = measures[measure - 1]![2];
  return providers === 0 ? 0 : firstContract[measure - 1]! + county * providers + Math.floor(u * providers);
};
