import type { Catalogue } from '../catalogue.ts';
import type { commandLine as english } from '../en/command-line.ts';
import { ended, nestedNotes } from '../words.ts';
import { whatIf } from './what-if.ts';

export const commandLine: Pick<Catalogue, keyof typeof english> = {
  'usage.command-line': ({ reason }) => `Kommandoen kan ikkje tolkast: ${reason}`,
  'usage.option-twice': ({ option }) => `${option} er gitt to gonger, men tek berre éin verdi: utelat ein av dei.`,
  'usage.no-destination': () => 'Sei kvar svaret skal: --out gir tabellar i ei mappe, --json gir alt på stdout.',
  'usage.input-in-output': ({ out, path }) => `--out ${out} og ${path}, som blir lesen, ligg inni kvarandre; hald dei frå kvarandre.`,
  'usage.unknown-model': ({ asked, reason, nearest, builtIn }) =>
    `${asked} er verken innebygd eller ei fil som kan lesast (${reason}); ${nearest === null ? `innebygde er ${builtIn.join(', ')}` : `meinte du «${nearest}»?`}`,
  'usage.no-column': ({ option, column, nearest, present }) =>
    `${option} nemner ein kolonne som tabellen ikkje har: ${column}${nearest === null ? '.' : `; meinte du «${nearest}»?`} Tabellen har: ${present.join(', ')}.`,
  'usage.cluster-and-resample': () => '--cluster person og --resample row seier kvarandre imot: utelat ein av dei.',
  'usage.needs-compare': ({ option }) => `${option} gjeld einingar som blir samanlikna: gi --compare PERIODE i tillegg.`,
  'usage.compare-needs-by': () => '--compare samanliknar gruppene i ei oppdeling: gi --by, til dømes --by county.',
  'usage.compare-column-taken': ({ column }) => `Tabellane frå --compare har alt ein kolonne «${column}»: gi kolonnen eit anna namn.`,
  'usage.flag-needs-data': ({ flag, a, b }) => `--${flag} høyrer saman med --data, der to modellar blir køyrde; ${a} og ${b} blir rekna som ferdige køyringar.`,
  'usage.limit-separate': ({ model }) => `--limit ${model} bereknar grupper kvar for seg (separateBy), med eigne grenser; gi ein modell for alle rader.`,
  'usage.bundle-unreadable': ({ path, reason }) => `Det lagra reknestykket ${path} kan ikkje lesast (${reason}); lagre eit med «run --bundle».`,
  'usage.person-unreadable': ({ path, reason }) => `--person ${path} er ikkje ei JSON-fil som kan lesast: ${ended(reason)}`,
  'usage.person-shape': ({ path }) => `--person ${path} har ikkje forma {"kjenneteikn": "nivå", …}.`,
  'usage.group-alone': () => '--group seier kven --set og --shift gjeld; gi ein av dei.',
  'usage.no-question': () => 'Det er ikkje spurt om noko: gi ei endring som --drop, --merge, --set, --shift, --mix, --drop-months eller --person.',
  'spec.rows-needed': ({ notes }) => `Det finst ikkje noko svar utan radene. ${nestedNotes(whatIf, notes)}`,
  'usage.port-taken': ({ first, last }) =>
    `${first === last ? `Port ${first}` : `Portane ${first} til ${last}`} er i bruk eller ikkje tillatne; gi ein annan med --port, eller 0 for ein kva som helst ledig.`,
  'internal.app-not-built': () => 'Nettappen er ikkje bygd; køyr «npm run build» i pakken først.',
  'interrupted.nothing-written': () => 'Avbrote; ingenting vart skrive.',
  'interrupted.stopped-serving': () => 'Tenaren er stoppa.',
};
