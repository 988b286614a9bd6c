import type { Catalogue } from '../catalogue.ts';
import type { whatIfRefusals as english } from '../en/what-if-refusals.ts';
import { counted, firstOf } from '../words.ts';

const near = (nearest: string | null): string => (nearest === null ? '.' : `; meinte du «${nearest}»?`);
const why = {
  empty: 'ingen i estimeringsutvalet har det',
  collinear: 'tidlegare nivå seier det alt, så det er ikkje berekna for seg',
  separated: 'alle som har det, hadde same utfall',
  absent: 'modellen har det ikkje',
};
const same = { outcomes: 'utfalla', population: 'folkesetnaden', levels: 'nivåa', breaks: 'grensene', breakdowns: 'oppdelingane' };

const shown = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` og ${names.length - 8} til` : ''}`;

export const whatIfRefusals: Pick<Catalogue, keyof typeof english> = {
  'spec.what-if-outcome': ({ outcome, nearest, outcomes }) => `${outcome} er ikkje eit utfall her${near(nearest)} Det finst ${outcomes.join(', ')}.`,
  'spec.what-if-not-kept': ({ covariate, nearest, kept }) => `${covariate} er det ikkje teke vare på${near(nearest)} Det er teke vare på ${kept.join(', ')}.`,
  'spec.what-if-no-level': ({ covariate, level, nearest, levels }) =>
    `${covariate} har ikkje nivået ${level}, så ingen har det${near(nearest)} Nivåa er ${firstOf(levels)}.`,
  'spec.what-if-separate': ({ by }) =>
    `Det er ikkje teke vare på summar som bereknar gruppene i ${by} kvar for seg; køyr over radene med ein modell som har "separateBy": "${by}".`,
  'spec.what-if-empty-reference': ({ covariate, level }) => `Ingen i estimeringsutvalet har ${covariate} ${level}, så det kan ikkje vere referanse.`,
  'spec.what-if-other-levels': ({ covariate }) => `${covariate} i modellen er ikkje teke vare på med dei same nivåa.`,
  'spec.what-if-interaction-not-in': ({ interaction }) => `Samspelet ${interaction} er ikkje med i modellen, så det kan ikkje utelatast.`,
  'spec.what-if-interaction-in': ({ interaction }) => `Samspelet ${interaction} er alt med i modellen.`,
  'spec.what-if-interaction-alone': ({ interaction }) => `Samspelet ${interaction} treng begge kjenneteikna sine; utelat samspelet òg.`,
  'spec.what-if-interaction-not-kept': ({ interaction }) =>
    `Samspelet ${interaction} er det ikkje teke vare på; køyr over radene med ein modell som har det.`,
  'spec.what-if-covariate-not-in': ({ covariate }) => `${covariate} er ikkje med i modellen, så det kan ikkje utelatast.`,
  'spec.what-if-covariate-in': ({ covariate }) => `${covariate} er alt med i modellen.`,
  'spec.what-if-bring-in-first': ({ covariate }) => `${covariate} er ikkje med i modellen; ta det med først.`,
  'spec.what-if-merge-one': ({ covariate }) => `Å slå saman nivå av ${covariate} krev minst to ulike.`,
  'spec.what-if-merge-label': ({ covariate, label }) => `${covariate} har alt eit nivå ${label}; gi det samanslåtte eit anna namn.`,
  'spec.what-if-merge-all': ({ covariate }) => `Når alle nivåa av ${covariate} blir slått saman, er det ingenting att; utelat det heller.`,
  'spec.what-if-columns-differ': () => 'Ei gruppe kan berre få samansetjinga til ei gruppe med dei same kolonnane.',
  'spec.what-if-changes-nothing': ({ covariate }) => `${covariate} er ikkje med i modellen: Å endre det endrar ingen forventa verdi.`,
  'spec.what-if-no-breakdown': ({ columns, kept }) =>
    `Oppdelinga etter ${columns.join(' × ')} er det ikkje teke vare på; ${kept.length === 0 ? 'det gjeld alle oppdelingar' : `det er teke vare på ${kept.join(', ')}`}.`,
  'spec.what-if-nobody': ({ group }) => `Ingen er i gruppa ${group}.`,
  'spec.what-if-shift-several': ({ covariate }) =>
    `Fleire kjenneteikn heiter ${covariate}, så det er ikkje klart kva nivå som skal flyttast; set nivåa deira i staden.`,
  'spec.what-if-shift-by': ({ covariate, by }) => `${covariate} kan flyttast eit heilt tal nivå, ikkje 0, og ikkje ${by}.`,
  'spec.what-if-empty-level': ({ covariate, level }) =>
    `Ingen i estimeringsutvalet har ${covariate} ${level}, så det har ikkje noko estimat og kan ikkje givast til nokon.`,
  'spec.what-if-separated-level': ({ covariate, level }) =>
    `Alle i estimeringsutvalet som har ${covariate} ${level}, har same utfall; å endre kven som har det, krev radene.`,
  'spec.what-if-no-estimate': ({ outcome, term, level, status }) => `${outcome}: ${term} ${level} har ikkje noko estimat: ${why[status]}.`,
  'spec.what-if-not-in-model': ({ covariate, nearest, covariates }) => `${covariate} er ikkje med i modellen${near(nearest)} Han har ${covariates.join(', ')}.`,
  'spec.what-if-person-lacks': ({ missing }) => `Ein person må ha eit nivå av kvart kjenneteikn; det manglar ${missing.length}: ${missing.join(', ')}.`,
  'spec.what-if-person-levels': ({ covariate, sharing, levels, given }) =>
    `${sharing > 1 ? `${counted(sharing, 'kjenneteikn', 'kjenneteikn')} heiter ${covariate}: gi ei liste med eitt nivå av kvart` : `${covariate} tek eitt nivå`}; av ${firstOf(levels)} er det gitt ${given}.`,
  'spec.what-if-person-number': ({ covariate, given }) => `${covariate} tek eitt tal, ikkje ${given}.`,
  'spec.kept-months-absent': ({ months, kept }) => `${months.join(', ')} er ikkje blant dei ${kept} som det er teke vare på.`,
  'spec.kept-no-month-left': () => 'Det ville ikkje vere nokon månad att.',
  'spec.kept-months-twice': ({ months }) => `${months.join(', ')} er det alt teke vare på; ${months.length === 1 ? 'byt ut månaden for å rette han' : 'byt ut månadene for å rette dei'}.`,
  'spec.kept-coding-differs': ({ differs }) =>
    `Månadene er ikkje summerte med ${same[differs]} som det er teke vare på; summer dei med modellen, grensene og oppdelingane der.`,
  'not-estimable.no-row-in-months': ({ outcome }) => `${outcome}: inga rad i dei valde månadene har dette utfallet observert.`,
  'spec.what-if-no-month': ({ text }) => `${text} er ikkje ein månad; skriv 2018-03, eller 2018-03/2018-05.`,
  'spec.what-if-months-together': ({ months }) =>
    `Summane for ${shown(months)} er haldne samla, sidan éin av dei for seg ville røpe personar som er haldne tilbake: ta med alle eller ingen, eller spør med --data.`,
  'spec.what-if-months-not-kept': ({ months }) =>
    `Det er ikkje teke vare på ${shown(months)}: inga rad har då eit utfall som det kan bereknast på. Ta ${months.length === 1 ? 'månaden' : 'månadene'} ut av spørsmålet.`,
  'spec.what-if-months-withheld': ({ months }) =>
    `Det er ikkje teke vare på summane for ${shown(months)}, sidan dei ville røpe personar som er haldne tilbake: ta ${months.length === 1 ? 'månaden' : 'månadene'} ut av spørsmålet, eller spør med --data.`,
  'spec.what-if-months-not-in': ({ text }) => `Ingen månad i ${text} er i estimeringsutvalet, og ingen kan difor takast ut.`,
  'spec.what-if-months-in': ({ text }) => `${text} er alt i estimeringsutvalet.`,
  'spec.what-if-months-in-and-out': ({ months }) => `${shown(months)} er beden både inn og ut; be om éin av delane.`,
  'spec.what-if-set-twice': ({ covariate, levels }) => `${covariate} er sett to gonger for dei same menneska, til ${levels.join(' og til ')}; set det éin gong.`,
  'spec.what-if-mixed-twice': ({ group, like }) => `${group} får to samansetjingar, frå ${like.join(' og frå ')}; gi éi.`,
  'spec.what-if-referred-twice': ({ covariate, levels }) => `${covariate} får to referansar, ${levels.join(' og ')}; gi éin.`,
  'spec.what-if-merged-already': ({ covariate, level, into }) => `${covariate} ${level} er alt slått saman til ${into}; nemn kvart nivå i éi samanslåing.`,
  'spec.what-if-in-and-out': ({ names }) => `${shown(names)}: beden både inn i og ut av modellen; be om éin av delane.`,
  'spec.what-if-no-month-left': () => 'Ingen månad er att å berekne på.',
};
