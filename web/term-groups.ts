import { msg } from '@lit/localize';
import { termLabel } from './term-labels.ts';

/** Terms shown together. */
export interface TermGroup {
  readonly key: string;
  readonly label: string;
  readonly terms: readonly string[];
}

/** Terms of one level each say little alone, so the built-in models' are put together by what they are about. */
export function termGroups(terms: readonly string[]): TermGroup[] {
  const known: TermGroup[] = [
    {
      key: 'person',
      label: msg('Familie, utdanning og situasjon', { id: 'terms.person' }),
      terms: ['children', 'married', 'female', 'recent_higher_education', 'laid_off'],
    },
    {
      key: 'benefits',
      label: msg('Ytelser', { id: 'terms.benefits' }),
      terms: ['health_benefit', 'work_benefit', 'disability_pension'],
    },
    {
      key: 'income',
      label: msg('Tidligere inntekt', { id: 'terms.income' }),
      terms: ['wage_income_before', 'pension_income_before'],
    },
    {
      key: 'background',
      label: msg('Landgruppe og botid', { id: 'terms.background' }),
      terms: ['country_group', 'residence_time', 'country_group:residence_time'],
    },
  ];
  const groups: TermGroup[] = [];
  const placed = new Set<string>();
  for (const term of terms) {
    if (placed.has(term)) continue;
    const home = known.find((group) => group.terms.includes(term));
    const members = home === undefined ? [term] : home.terms.filter((member) => terms.includes(member));
    for (const member of members) placed.add(member);
    groups.push({ key: home?.key ?? term, label: home?.label ?? termLabel(term), terms: members });
  }
  return groups;
}
