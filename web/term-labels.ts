import { msg, str } from '@lit/localize';
import { plainName, splitNames } from '../src/spec/level-names.ts';
import { countryGroup } from './column-labels.ts';

/** What a term of the coefficient table is called; the term's own name where it is not one of the built-in models'. */
export function termLabel(term: string): string {
  const names = splitNames(term);
  if (names.length > 1) return names.map(termLabel).join(' × ');
  switch (term) {
    case 'constant':
      return msg('Konstant', { id: 'term.constant' });
    case 'age':
      return msg('Alder', { id: 'term.age' });
    case 'children':
      return msg('Barn under 18 år', { id: 'term.children' });
    case 'recent_higher_education':
      return msg('Kommer fra høyere utdanning', { id: 'term.education' });
    case 'married':
      return msg('Er gift', { id: 'term.married' });
    case 'female':
      return msg('Er kvinne', { id: 'term.female' });
    case 'laid_off':
      return msg('Er permittert', { id: 'term.laid_off' });
    case 'health_benefit':
      return msg('Mottar helseytelse', { id: 'term.health_benefit' });
    case 'work_benefit':
      return msg('Mottar arbeidsrettet ytelse', { id: 'term.work_benefit' });
    case 'disability_pension':
      return msg('Er uføretrygdet', { id: 'term.disability' });
    case 'hours_at_measurement':
      return msg('Arbeidstid på måletidspunktet', { id: 'term.hours' });
    case 'wage_income_before':
      return msg('Lønnsinntekt før perioden', { id: 'term.wage' });
    case 'pension_income_before':
      return msg('Pensjonsgivende inntekt før perioden', { id: 'term.pension' });
    case 'country_group':
      return msg('Landgruppe', { id: 'term.country_group' });
    case 'residence_time':
      return msg('Botid i Norge', { id: 'term.residence' });
    case 'history':
      return msg('Tidligere måneder hos Nav', { id: 'term.history' });
    case 'duration':
      return msg('Varighet til nå', { id: 'term.duration' });
    case 'unemployment_inflow':
      return msg('Tilstrømning til ledighet', { id: 'term.inflow' });
    case 'expected_employment':
      return msg('Forventet sysselsetting', { id: 'term.employment' });
    default:
      return plainName(term);
  }
}

/** What a level is called, for the levels of the built-in models. */
export function levelLabel(term: string, level: string): string {
  if (level === '') return termLabel(term);
  const terms = splitNames(term);
  if (terms.length > 1) return splitNames(level).map((part, k) => levelLabel(terms[k] ?? '', part)).join(', ');
  switch (term) {
    case 'children':
      return level === '4' ? msg('4 barn eller flere', { id: 'level.children_4' }) : childCount(level);
    case 'hours_at_measurement':
      return rangeLabel(level, msg('timer', { id: 'level.hours' }));
    case 'residence_time':
    case 'history':
      return rangeLabel(level, msg('måneder', { id: 'level.months' }));
    case 'wage_income_before':
    case 'pension_income_before':
      return incomeLevel(level);
    case 'country_group':
      return countryGroup(level);
    default:
      return flagLevel(term, level);
  }
}

const childCount = (count: string): string => msg(str`${count} barn`, { id: 'level.children' });

const flags = new Set(['recent_higher_education', 'married', 'female', 'laid_off', 'health_benefit', 'work_benefit', 'disability_pension']);

function flagLevel(term: string, level: string): string {
  if (!flags.has(term)) return plainName(level);
  if (level === '1') return termLabel(term);
  return level === '0' ? msg('Nei', { id: 'level.no' }) : level;
}

/** `none`, `0_8`, `up_to_12` and `over_38`. */
function rangeLabel(level: string, unit: string): string {
  if (level === 'none' || level === '0') return msg('Ingen', { id: 'level.none' });
  const [, upTo] = /^up_to_(\d+)$/.exec(level) ?? [];
  if (upTo !== undefined) return msg(str`Inntil ${upTo} ${unit}`, { id: 'level.up_to' });
  const [, over] = /^over_(\d+)$/.exec(level) ?? [];
  if (over !== undefined) return msg(str`Over ${over} ${unit}`, { id: 'level.over' });
  const [, from, to] = /^(\d+)_(\d+)$/.exec(level) ?? [];
  return from === undefined ? level : `${from}–${to} ${unit}`;
}

function incomeLevel(level: string): string {
  const [, decile] = /^decile_(\d+)$/.exec(level) ?? [];
  if (decile !== undefined) return msg(str`Desil ${decile}`, { id: 'level.decile' });
  switch (level) {
    case 'none':
    case 'zero_or_missing':
      return msg('Ingen inntekt', { id: 'level.no_income' });
    case 'has_income':
      return msg('Kom før 2015', { id: 'level.before_2015' });
    default:
      return level;
  }
}
