import { others, reducedCapacity } from './groups.ts';

export const supportGroupLabels = [
  'Spesielt tilpasset innsats',
  'Situasjonsbestemt innsats',
  'Behov for arbeidsevnevurdering',
  'Standardinnsats',
  'Ikke vurdert',
  'Helserelatert arbeidsrettet oppfølging',
  'Sykmeldt uten arbeidsgiver',
] as const;
export const supportGroupKeys = [
  'specially_adapted_effort',
  'situation_determined_effort',
  'needs_work_capacity_assessment',
  'standard_effort',
  'not_assessed',
  'health_related_follow_up',
  'sick_listed_without_employer',
] as const;

export const sickListed = 6;

/**
 * Nav's own judgement at the start: the further from work a person is expected to be, the more support. `hours` is expected Atid3
 * in the first month, `doubt` a number in −1 … 1 and u one in 0 … 1. Months of others on a health benefit without work are `sickListed`.
 */
export const supportGroup = (group: number, hours: number, doubt: number, u: number): number => {
  const judged = hours + 6 * doubt;
  if (group === reducedCapacity) return u < 0.13 ? 5 : u < 0.2 ? 2 : u < 0.58 || (judged < 4 && u < 0.85) ? 0 : 1;
  if (group === others) return u < 0.35 ? 2 : u < 0.6 ? 0 : judged > 14 ? 4 : 1;
  if (judged < 4) return u < 0.35 ? 2 : u < 0.5 ? 0 : 1;
  if (judged < 8) return u < 0.12 ? 2 : u < 0.8 ? 1 : 3;
  if (judged < 16) return u < 0.52 ? 1 : u < 0.8 ? 3 : 4;
  return u < 0.32 ? 1 : u < 0.7 ? 3 : 4;
};
