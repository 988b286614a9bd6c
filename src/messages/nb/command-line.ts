import type { Catalogue } from '../catalogue.ts';
import type { commandLine as english } from '../en/command-line.ts';
import { ended, nestedNotes } from '../words.ts';
import { whatIf } from './what-if.ts';

export const commandLine: Pick<Catalogue, keyof typeof english> = {
  'usage.command-line': ({ reason }) => `Kommandoen kan ikke tolkes: ${reason}`,
  'usage.option-twice': ({ option }) => `${option} er gitt to ganger, men tar bare én verdi: utelat en av dem.`,
  'usage.no-destination': () => 'Si hvor svaret skal: --out gir tabeller i en mappe, --json gir alt på stdout.',
  'usage.input-in-output': ({ out, path }) => `--out ${out} og ${path}, som leses, ligger inni hverandre; hold dem fra hverandre.`,
  'usage.unknown-model': ({ asked, reason, nearest, builtIn }) =>
    `${asked} er verken innebygd eller en fil som kan leses (${reason}); ${nearest === null ? `innebygd er ${builtIn.join(', ')}` : `mente du «${nearest}»?`}`,
  'usage.no-column': ({ option, column, nearest, present }) =>
    `${option} nevner en kolonne som tabellen ikke har: ${column}${nearest === null ? '.' : `; mente du «${nearest}»?`} Tabellen har: ${present.join(', ')}.`,
  'usage.cluster-and-resample': () => '--cluster person og --resample row motsier hverandre: utelat en av dem.',
  'usage.needs-compare': ({ option }) => `${option} gjelder enheter som sammenlignes: gi --compare PERIODE i tillegg.`,
  'usage.compare-needs-by': () => '--compare sammenligner gruppene i en oppdeling: gi --by, for eksempel --by county.',
  'usage.compare-column-taken': ({ column }) => `Tabellene fra --compare har allerede en kolonne «${column}»: gi kolonnen et annet navn.`,
  'usage.flag-needs-data': ({ flag, a, b }) => `--${flag} hører sammen med --data, der to modeller kjøres; ${a} og ${b} regnes som ferdige kjøringer.`,
  'usage.limit-separate': ({ model }) => `--limit ${model} beregner grupper hver for seg (separateBy), med egne grenser; gi en modell for alle rader.`,
  'usage.bundle-unreadable': ({ path, reason }) => `Det lagrede regnestykket ${path} kan ikke leses (${reason}); lagre et med «run --bundle».`,
  'usage.person-unreadable': ({ path, reason }) => `--person ${path} er ikke en JSON-fil som kan leses: ${ended(reason)}`,
  'usage.person-shape': ({ path }) => `--person ${path} har ikke formen {"kjennetegn": "nivå", …}.`,
  'usage.group-alone': () => '--group sier hvem --set og --shift gjelder; gi en av dem.',
  'usage.no-question': () => 'Det er ikke spurt om noe: gi en endring som --drop, --merge, --set, --shift, --mix, --drop-months eller --person.',
  'spec.rows-needed': ({ notes }) => `Det finnes ikke noe svar uten radene. ${nestedNotes(whatIf, notes)}`,
  'usage.port-taken': ({ first, last }) =>
    `${first === last ? `Port ${first}` : `Portene ${first} til ${last}`} er i bruk eller ikke tillatt; gi en annen med --port, eller 0 for en hvilken som helst ledig.`,
  'internal.app-not-built': () => 'Nettappen er ikke bygd; kjør «npm run build» i pakken først.',
  'interrupted.nothing-written': () => 'Avbrutt; ingenting ble skrevet.',
  'interrupted.stopped-serving': () => 'Serveren er stoppet.',
};
