import type { Catalogue } from '../catalogue.ts';
import type { spec as englishSpec, specFaults as english } from '../en/spec-faults.ts';
import { counted, firstOf, nested } from '../words.ts';

const quote = (text: string): string => `«${text}»`;
const orNear = (nearest: string | null, otherwise: string): string => (nearest === null ? otherwise : `; mente du ${quote(nearest)}?`);
const within = (among: string | null): string => (among === null ? '' : ` blant ${among}`);

export const specFaults: Pick<Catalogue, keyof typeof english> = {
  'fault.expected': ({ expected, received }) => `må være ${expected.join(' eller ')}, ikke ${received}`,
  'fault.not-an-object': ({ received }) => `må være et objekt, ikke ${received}`,
  'fault.missing': () => 'mangler',
  'fault.key-twice': () => 'er oppgitt mer enn én gang; JSON tar stilltiende den siste',
  'fault.unknown-key': ({ nearest, keys }) => `er ikke en nøkkel her${orNear(nearest, `; det finnes ${keys.join(', ')}`)}`,
  'fault.empty': () => 'kan ikke være tom',
  'fault.not-finite-number': () => 'må være endelig',
  'fault.not-whole': () => 'må være et heltall',
  'fault.at-least': ({ least }) => `må være minst ${least}`,
  'fault.at-most': ({ most }) => `må være høyst ${most}`,
  'fault.no-break': () => 'må ha minst én grense',
  'fault.no-outcome': () => 'må nevne minst ett utfall',
  'fault.no-group': () => 'må nevne minst én gruppe',
  'fault.too-many': ({ most }) => `kan ha høyst ${most}`,
  'fault.not-a-label': () => 'må være en etikett, som tekst eller som tall',
  'fault.not-unique': ({ name, first }) => `er ${quote(name)} som ${first}; må være unik`,
  'fault.no-name': () => 'må ha et navn',
  'fault.brace': ({ placeholder }) => `har en krøllparentes i navnet; ${placeholder} hører hjemme i kolonnen til et kjennetegn`,
  'fault.same-name-in-sql': ({ other }) => `skiller seg fra ${quote(other)} bare med store og små bokstaver, som SQL regner som det samme`,
  'fault.range-of-probit': () => 'må utelates: et probitutfall er 0 eller 1',
  'fault.range-reversed': ({ from, to }) => `går fra ${from} ned til ${to}; sett den minste først`,
  'fault.no-covariate': ({ name, nearest, among }) => `nevner et kjennetegn som ikke finnes: ${quote(name)}${orNear(nearest, '')}${within(among)}`,
  'fault.several-covariates': ({ name, count, among }) =>
    `nevner ${counted(count, 'kjennetegn', 'kjennetegn')} som heter ${quote(name)}; bare ett kan ha navnet${within(among)}`,
  'fault.numeric-interaction': ({ name, among }) =>
    `nevner kjennetegnet ${quote(name)}, som går inn som et tall; bare kjennetegn med nivåer kan krysses${within(among)}`,
  'fault.crossed-with-itself': ({ name }) => `krysser ${quote(name)} med seg selv`,
  'fault.crossed-twice': ({ first }) => `krysser de samme to kjennetegnene som ${first}`,
  'fault.month-range': ({ text }) => `er ${quote(text)}; må være en måned som «2018-03» eller et tidsrom som «2018-03/2019-02», det tidligste først`,
  'fault.no-horizon': ({ horizons }) => `er ikke horisonten til noe utfall; det finnes ${horizons.join(', ')}`,
  'fault.column-of-person': ({ column }) => `er kolonnen til person, ${quote(column)}`,
  'fault.name-constant': () => 'er «constant», navnet på konstantleddet; velg et annet',
  'fault.colon-in-name': ({ name }) => `er ${quote(name)}; «:» binder sammen navnene i et samspill og kan ikke stå i et navn`,
  'fault.placeholder-in-name': ({ name, placeholder }) => `er ${quote(name)}; ${placeholder} hører hjemme i «column»`,
  'fault.unknown-placeholder': ({ found, placeholder }) => `inneholder ${quote(found)}; bare ${placeholder} blir erstattet`,
  'fault.break-not-larger': ({ before, here }) => `må være større enn den forrige (${before}), er ${here}`,
  'fault.break-smaller': ({ before, here }) => `kan ikke være mindre enn den forrige (${before}), er ${here}`,
  'fault.break-count': ({ expected, groups, held }) =>
    `må ha ${counted(expected, 'grense', 'grenser')} for ${counted(groups, 'gruppe', 'grupper')}, har ${held}`,
  'fault.min-or-max-alone': () => 'mangler: gi både min og max, eller ingen av dem',
  'fault.max-below-min': ({ min, max }) => `er ${max}, mindre enn min (${min})`,
  'fault.too-many-levels': ({ levels, most }) => `har ${counted(levels, 'nivå', 'nivåer')}; høyst ${most} er mulig`,
  'fault.label-count': ({ expected, named }) => `må navngi ${counted(expected, 'nivå', 'nivåer')}, navngir ${named}`,
  'fault.label-twice': ({ label }) => `er ${quote(label)} for andre gang`,
  'fault.label-of-missing': ({ label }) => `er ${quote(label)}, etiketten til nivået som missing: "level" legger til`,
  'fault.reference': ({ reference, nearest, levels }) =>
    `nevner et nivå som ikke finnes: ${quote(reference)}${orNear(nearest, `; det finnes ${levels.length > 12 ? `${levels[0]} til ${levels.at(-1)}` : firstOf(levels)}`)}`,
  'fault.shared-name': ({ name }) => `er ${quote(name)} for andre gang; bare kjennetegn med oppgitte etiketter kan dele navn`,
  'fault.shared-label': ({ name, labels }) => `er ${quote(name)} for andre gang, og begge har et nivå ${labels.map(quote).join(', ')}`,
};

const most = 20;

export const spec: Pick<Catalogue, keyof typeof englishSpec> = {
  'spec.not-json': ({ from, reason }) => `${from === null ? 'Modellen' : `Modellen ${from}`} er ikke JSON: ${reason}`,
  'spec.not-utf8': ({ from }) =>
    `${from === null ? 'Modellen' : `Modellen ${from}`} er ikke tekst i UTF-8. Lagre filen som UTF-8.`,
  'spec.faults': ({ from, faults }) =>
    [
      `${from === null ? '' : `${from}: `}Modellen har ${counted(faults.length, 'feil', 'feil')}:`,
      ...faults
        .slice(0, most)
        .map((fault) => `  ${fault.path === '' ? 'modellen' : fault.path}: ${nested(specFaults, fault)}`),
      ...(faults.length > most ? [`  og ${faults.length - most} til`] : []),
    ].join('\n'),
};
