import type { Catalogue } from '../catalogue.ts';
import type { whatIfRefusals as english } from '../en/what-if-refusals.ts';
import { counted, firstOf } from '../words.ts';

const near = (nearest: string | null): string => (nearest === null ? '.' : `; mente du «${nearest}»?`);
const why = {
  empty: 'ingen i estimeringsutvalget har det',
  collinear: 'tidligere nivåer sier det allerede, så det er ikke beregnet for seg',
  separated: 'alle som har det, hadde samme utfall',
  absent: 'modellen har det ikke',
};
const same = { outcomes: 'utfallene', population: 'befolkningen', levels: 'nivåene', breaks: 'grensene', breakdowns: 'oppdelingene' };

const shown = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` og ${names.length - 8} til` : ''}`;

export const whatIfRefusals: Pick<Catalogue, keyof typeof english> = {
  'spec.what-if-outcome': ({ outcome, nearest, outcomes }) => `${outcome} er ikke et utfall her${near(nearest)} Det finnes ${outcomes.join(', ')}.`,
  'spec.what-if-not-kept': ({ covariate, nearest, kept }) => `${covariate} er det ikke tatt vare på${near(nearest)} Det er tatt vare på ${kept.join(', ')}.`,
  'spec.what-if-no-level': ({ covariate, level, nearest, levels }) =>
    `${covariate} har ikke nivået ${level}, så ingen har det${near(nearest)} Nivåene er ${firstOf(levels)}.`,
  'spec.what-if-separate': ({ by }) =>
    `Det er ikke tatt vare på summer som beregner gruppene i ${by} hver for seg; kjør over radene med en modell som har "separateBy": "${by}".`,
  'spec.what-if-empty-reference': ({ covariate, level }) => `Ingen i estimeringsutvalget har ${covariate} ${level}, så det kan ikke være referanse.`,
  'spec.what-if-other-levels': ({ covariate }) => `${covariate} i modellen er ikke tatt vare på med de samme nivåene.`,
  'spec.what-if-interaction-not-in': ({ interaction }) => `Samspillet ${interaction} er ikke med i modellen, så det kan ikke utelates.`,
  'spec.what-if-interaction-in': ({ interaction }) => `Samspillet ${interaction} er allerede med i modellen.`,
  'spec.what-if-interaction-alone': ({ interaction }) => `Samspillet ${interaction} trenger begge kjennetegnene sine; utelat samspillet også.`,
  'spec.what-if-interaction-not-kept': ({ interaction }) =>
    `Samspillet ${interaction} er det ikke tatt vare på; kjør over radene med en modell som har det.`,
  'spec.what-if-covariate-not-in': ({ covariate }) => `${covariate} er ikke med i modellen, så det kan ikke utelates.`,
  'spec.what-if-covariate-in': ({ covariate }) => `${covariate} er allerede med i modellen.`,
  'spec.what-if-bring-in-first': ({ covariate }) => `${covariate} er ikke med i modellen; ta det med først.`,
  'spec.what-if-merge-one': ({ covariate }) => `Å slå sammen nivåer av ${covariate} krever minst to forskjellige.`,
  'spec.what-if-merge-label': ({ covariate, label }) => `${covariate} har allerede et nivå ${label}; gi det sammenslåtte et annet navn.`,
  'spec.what-if-merge-all': ({ covariate }) => `Når alle nivåene av ${covariate} slås sammen, er det ingenting igjen; utelat det heller.`,
  'spec.what-if-columns-differ': () => 'En gruppe kan bare få sammensetningen til en gruppe med de samme kolonnene.',
  'spec.what-if-changes-nothing': ({ covariate }) => `${covariate} er ikke med i modellen: Å endre det endrer ingen forventet verdi.`,
  'spec.what-if-no-breakdown': ({ columns, kept }) =>
    `Oppdelingen etter ${columns.join(' × ')} er det ikke tatt vare på; ${kept.length === 0 ? 'det gjelder alle oppdelinger' : `det er tatt vare på ${kept.join(', ')}`}.`,
  'spec.what-if-nobody': ({ group }) => `Ingen er i gruppen ${group}.`,
  'spec.what-if-shift-several': ({ covariate }) =>
    `Flere kjennetegn heter ${covariate}, så det er ikke klart hvilke nivåer som skal flyttes; sett nivåene deres i stedet.`,
  'spec.what-if-shift-by': ({ covariate, by }) => `${covariate} kan flyttes et helt antall nivåer, ikke 0, og ikke ${by}.`,
  'spec.what-if-empty-level': ({ covariate, level }) =>
    `Ingen i estimeringsutvalget har ${covariate} ${level}, så det har ikke noe estimat og kan ikke gis til noen.`,
  'spec.what-if-separated-level': ({ covariate, level }) =>
    `Alle i estimeringsutvalget som har ${covariate} ${level}, har samme utfall; å endre hvem som har det, krever radene.`,
  'spec.what-if-no-estimate': ({ outcome, term, level, status }) => `${outcome}: ${term} ${level} har ikke noe estimat: ${why[status]}.`,
  'spec.what-if-not-in-model': ({ covariate, nearest, covariates }) => `${covariate} er ikke med i modellen${near(nearest)} Den har ${covariates.join(', ')}.`,
  'spec.what-if-person-lacks': ({ missing }) => `En person må ha et nivå av hvert kjennetegn; det mangler ${missing.length}: ${missing.join(', ')}.`,
  'spec.what-if-person-levels': ({ covariate, sharing, levels, given }) =>
    `${sharing > 1 ? `${counted(sharing, 'kjennetegn', 'kjennetegn')} heter ${covariate}: gi en liste med ett nivå av hvert` : `${covariate} tar ett nivå`}; av ${firstOf(levels)} er det gitt ${given}.`,
  'spec.what-if-person-number': ({ covariate, given }) => `${covariate} tar ett tall, ikke ${given}.`,
  'spec.kept-months-absent': ({ months, kept }) => `${months.join(', ')} er ikke blant de ${kept} som det er tatt vare på.`,
  'spec.kept-no-month-left': () => 'Det ville ikke være noen måned igjen.',
  'spec.kept-months-twice': ({ months }) => `${months.join(', ')} er det allerede tatt vare på; ${months.length === 1 ? 'erstatt måneden for å rette den' : 'erstatt månedene for å rette dem'}.`,
  'spec.kept-coding-differs': ({ differs }) =>
    `Månedene er ikke summert med ${same[differs]} som det er tatt vare på; summer dem med modellen, grensene og oppdelingene der.`,
  'not-estimable.no-row-in-months': ({ outcome }) => `${outcome}: ingen rad i de valgte månedene har dette utfallet observert.`,
  'spec.what-if-no-month': ({ text }) => `${text} er ikke en måned; skriv 2018-03, eller 2018-03/2018-05.`,
  'spec.what-if-months-together': ({ months }) =>
    `Summene for ${shown(months)} er holdt samlet, siden én av dem for seg ville røpe personer som er holdt tilbake: ta med alle eller ingen, eller spør med --data.`,
  'spec.what-if-months-not-kept': ({ months }) =>
    `Det er ikke tatt vare på ${shown(months)}: ingen rad har da et utfall som det kan beregnes på. Ta ${months.length === 1 ? 'måneden' : 'månedene'} ut av spørsmålet.`,
  'spec.what-if-months-withheld': ({ months }) =>
    `Det er ikke tatt vare på summene for ${shown(months)}, siden de ville røpe personer som er holdt tilbake: ta ${months.length === 1 ? 'måneden' : 'månedene'} ut av spørsmålet, eller spør med --data.`,
  'spec.what-if-months-not-in': ({ text }) => `Ingen måned i ${text} er i estimeringsutvalget, og ingen kan derfor tas ut.`,
  'spec.what-if-months-in': ({ text }) => `${text} er allerede i estimeringsutvalget.`,
  'spec.what-if-months-in-and-out': ({ months }) => `${shown(months)} er bedt både inn og ut; be om én av delene.`,
  'spec.what-if-set-twice': ({ covariate, levels }) => `${covariate} er satt to ganger for de samme menneskene, til ${levels.join(' og til ')}; sett det én gang.`,
  'spec.what-if-mixed-twice': ({ group, like }) => `${group} får to sammensetninger, fra ${like.join(' og fra ')}; gi én.`,
  'spec.what-if-referred-twice': ({ covariate, levels }) => `${covariate} får to referanser, ${levels.join(' og ')}; gi én.`,
  'spec.what-if-merged-already': ({ covariate, level, into }) => `${covariate} ${level} er allerede slått sammen til ${into}; nevn hvert nivå i én sammenslåing.`,
  'spec.what-if-in-and-out': ({ names }) => `${shown(names)}: bedt både inn i og ut av modellen; be om én av delene.`,
  'spec.what-if-no-month-left': () => 'Ingen måned er igjen å beregne på.',
};
