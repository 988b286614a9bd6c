import type { Catalogue } from '../catalogue.ts';
import type { spec as englishSpec, specFaults as english } from '../en/spec-faults.ts';
import { counted, firstOf, nested } from '../words.ts';

const quote = (text: string): string => `«${text}»`;
const orNear = (nearest: string | null, otherwise: string): string => (nearest === null ? otherwise : `; meinte du ${quote(nearest)}?`);
const within = (among: string | null): string => (among === null ? '' : ` blant ${among}`);

export const specFaults: Pick<Catalogue, keyof typeof english> = {
  'fault.expected': ({ expected, received }) => `må vere ${expected.join(' eller ')}, ikkje ${received}`,
  'fault.not-an-object': ({ received }) => `må vere eit objekt, ikkje ${received}`,
  'fault.missing': () => 'manglar',
  'fault.key-twice': () => 'er oppgitt meir enn éin gong; JSON tek den siste utan å seie frå',
  'fault.unknown-key': ({ nearest, keys }) => `er ikkje ein nøkkel her${orNear(nearest, `; det finst ${keys.join(', ')}`)}`,
  'fault.empty': () => 'kan ikkje vere tom',
  'fault.not-finite-number': () => 'må vere endeleg',
  'fault.not-whole': () => 'må vere eit heiltal',
  'fault.at-least': ({ least }) => `må vere minst ${least}`,
  'fault.at-most': ({ most }) => `må vere høgst ${most}`,
  'fault.no-break': () => 'må ha minst éi grense',
  'fault.no-outcome': () => 'må nemne minst eitt utfall',
  'fault.no-group': () => 'må nemne minst éi gruppe',
  'fault.too-many': ({ most }) => `kan ha høgst ${most}`,
  'fault.not-a-label': () => 'må vere ein etikett, som tekst eller som tal',
  'fault.not-unique': ({ name, first }) => `er ${quote(name)} som ${first}; må vere unik`,
  'fault.no-name': () => 'må ha eit namn',
  'fault.brace': ({ placeholder }) => `har ein krøllparentes i namnet; ${placeholder} høyrer heime i kolonnen til eit kjenneteikn`,
  'fault.same-name-in-sql': ({ other }) => `skil seg frå ${quote(other)} berre med store og små bokstavar, som SQL reknar som det same`,
  'fault.range-of-probit': () => 'må utelatast: eit probitutfall er 0 eller 1',
  'fault.range-reversed': ({ from, to }) => `går frå ${from} ned til ${to}; set den minste først`,
  'fault.no-covariate': ({ name, nearest, among }) => `nemner eit kjenneteikn som ikkje finst: ${quote(name)}${orNear(nearest, '')}${within(among)}`,
  'fault.several-covariates': ({ name, count, among }) =>
    `nemner ${counted(count, 'kjenneteikn', 'kjenneteikn')} som heiter ${quote(name)}; berre eitt kan ha namnet${within(among)}`,
  'fault.numeric-interaction': ({ name, among }) =>
    `nemner kjenneteiknet ${quote(name)}, som går inn som eit tal; berre kjenneteikn med nivå kan kryssast${within(among)}`,
  'fault.crossed-with-itself': ({ name }) => `kryssar ${quote(name)} med seg sjølv`,
  'fault.crossed-twice': ({ first }) => `kryssar dei same to kjenneteikna som ${first}`,
  'fault.month-range': ({ text }) => `er ${quote(text)}; må vere ein månad som «2018-03» eller eit tidsrom som «2018-03/2019-02», det tidlegaste først`,
  'fault.no-horizon': ({ horizons }) => `er ikkje horisonten til noko utfall; det finst ${horizons.join(', ')}`,
  'fault.column-of-person': ({ column }) => `er kolonnen til person, ${quote(column)}`,
  'fault.name-constant': () => 'er «constant», namnet på konstantleddet; vel eit anna',
  'fault.colon-in-name': ({ name }) => `er ${quote(name)}; «:» bind saman namna i eit samspel og kan ikkje stå i eit namn`,
  'fault.placeholder-in-name': ({ name, placeholder }) => `er ${quote(name)}; ${placeholder} høyrer heime i «column»`,
  'fault.unknown-placeholder': ({ found, placeholder }) => `inneheld ${quote(found)}; berre ${placeholder} blir bytt ut`,
  'fault.break-not-larger': ({ before, here }) => `må vere større enn den førre (${before}), er ${here}`,
  'fault.break-smaller': ({ before, here }) => `kan ikkje vere mindre enn den førre (${before}), er ${here}`,
  'fault.break-count': ({ expected, groups, held }) =>
    `må ha ${counted(expected, 'grense', 'grenser')} for ${counted(groups, 'gruppe', 'grupper')}, har ${held}`,
  'fault.min-or-max-alone': () => 'manglar: gi både min og max, eller ingen av dei',
  'fault.max-below-min': ({ min, max }) => `er ${max}, mindre enn min (${min})`,
  'fault.too-many-levels': ({ levels, most }) => `har ${levels} nivå; høgst ${most} er mogleg`,
  'fault.label-count': ({ expected, named }) => `må namngi ${expected} nivå, namngir ${named}`,
  'fault.label-twice': ({ label }) => `er ${quote(label)} for andre gong`,
  'fault.label-of-missing': ({ label }) => `er ${quote(label)}, etiketten til nivået som missing: "level" legg til`,
  'fault.reference': ({ reference, nearest, levels }) =>
    `nemner eit nivå som ikkje finst: ${quote(reference)}${orNear(nearest, `; det finst ${levels.length > 12 ? `${levels[0]} til ${levels.at(-1)}` : firstOf(levels)}`)}`,
  'fault.shared-name': ({ name }) => `er ${quote(name)} for andre gong; berre kjenneteikn med oppgitte etikettar kan dele namn`,
  'fault.shared-label': ({ name, labels }) => `er ${quote(name)} for andre gong, og begge har eit nivå ${labels.map(quote).join(', ')}`,
};

const most = 20;

export const spec: Pick<Catalogue, keyof typeof englishSpec> = {
  'spec.not-json': ({ from, reason }) => `${from === null ? 'Modellen' : `Modellen ${from}`} er ikkje JSON: ${reason}`,
  'spec.not-utf8': ({ from }) =>
    `${from === null ? 'Modellen' : `Modellen ${from}`} er ikkje tekst i UTF-8. Lagre fila som UTF-8.`,
  'spec.faults': ({ from, faults }) =>
    [
      `${from === null ? '' : `${from}: `}Modellen har ${counted(faults.length, 'feil', 'feil')}:`,
      ...faults
        .slice(0, most)
        .map((fault) => `  ${fault.path === '' ? 'modellen' : fault.path}: ${nested(specFaults, fault)}`),
      ...(faults.length > most ? [`  og ${faults.length - most} til`] : []),
    ].join('\n'),
};
