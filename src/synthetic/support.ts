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

/**
 * Nav's own judgement: the further from work a person is expected to be, the more support. `hours` is expected Atid3 in the first
 * month, `doubt` a number in −1 … 1 and u one in 0 … 1.
 */
export const supportGroup = (group: number, hours: number, doubt: number, u: number): number => {
  const judged = hours + 6 * doubt;
  if (group === reducedCapacity) return u < 0.13 ? 5 : u < 0.2 ? 2 : judged < 13.5 ? 0 : 1;
  if (group === others) return hours < 3.5 ? 6 : u < 0.35 ? 2 : u < 0.6 ? 0 : judged > 14 ? 4 : 1;
  if (judged < 4) return u < 0.35 ? 2 : u < 0.5 ? 0 : 1;
  if (judged < 8) return u < 0.12 ? 2 : u < 0.75 ? 1 : 3;
  if (judged < 16) return u < 0.5 ? 1 : u < 0.9 ? 3 : 4;
  return u < 0.35 ? 1 : u < 0.68 ? 3 : 4;
};
