import type { Catalogue } from '../catalogue.ts';
import type { csv as englishCsv, register as english, sql as englishSql } from '../en/register.ts';
import { counted, ended } from '../words.ts';

const wanted = {
  person: 'som personnøkkel må den være heltall, tekst eller UUID',
  month: 'som måned må den være tekst (ÅÅÅÅ-MM), dato, tidspunkt eller heltall (ÅÅÅÅMM)',
  number: 'som tall må den være heltall, flyttall, desimaltall eller sann/usann',
  label: 'som etikett må den være tekst, heltall, flyttall, desimaltall, sann/usann, dato eller UUID',
};

export const register: Pick<Catalogue, keyof typeof english> = {
  'data.path-unreadable': ({ path, reason }) => `${path} kan ikke leses: ${reason === null ? 'det finnes ingen slik fil eller mappe.' : ended(reason)}`,
  'data.unknown-ending': ({ file, endings }) =>
    `${file} ender ikke som en tabell: endelsene som leses, er ${endings.join(' ')}. Gi filen et nytt navn, flytt den, eller la navnet begynne med _.`,
  'data.no-files': ({ paths }) => `Det er ingen filer å lese i ${paths.join(', ')}.`,
  'data.mixed-formats': ({ a, b, formatOfA, formatOfB }) => `Blandede formater: ${a} er ${formatOfA} og ${b} er ${formatOfB}. En tabell har ett format.`,
  'data.parts-differ': ({ file, first, missing, added, retyped }) =>
    `${file} og ${first} er ikke deler av samme tabell: ${[
      ...(missing.length > 0 ? [`den mangler ${missing.join(', ')}`] : []),
      ...(added.length > 0 ? [`den har ${added.join(', ')} i tillegg`] : []),
      ...retyped.map(({ column, type, expected }) => `kolonnen ${column} har typen ${type}, ikke ${expected}`),
    ].join('; ')}. Gi alle filene de samme kolonnene og typene.`,
  'data.file-unopened': ({ file, reason }) => `${file} kan ikke åpnes: ${ended(reason)}`,
  'data.file-unreadable': ({ file, format, reason }) => `${file} kan ikke leses som ${format}: ${ended(reason)} Skriv filen på nytt.`,
  'memory.file': ({ file, reason }) => `${file} får ikke plass i minnet (${reason}). Del den i mindre filer.`,
  'data.missing-columns': ({ file, missing, present }) =>
    `${file}: det mangler ${counted(missing.length, 'kolonne', 'kolonner')}: ${missing.join(', ')}. Filen har: ${present.join(', ')}. Legg ${missing.length === 1 ? 'den' : 'dem'} til, eller nevn andre kolonner i modellen.`,
  'data.column-twice': ({ file, column }) => `${file}: kolonnenavnet ${column} forekommer mer enn én gang. Gi alle unntatt én et nytt navn.`,
  'data.column-type': ({ file, column, type, role }) => `${file}: kolonnen ${column} har typen ${type}; ${wanted[role]}. Gjør om kolonnen.`,
  'data.repeated-months': ({ repeats, first }) =>
    `En person har mer enn én rad i samme måned: ${counted(repeats, 'rad', 'rader')} gjentar en tidligere: ${first.map(({ file, row, month }) => `${file} rad ${row}, måned ${month}`).join('; ')}${repeats > first.length ? '; …' : ''}. Behold én rad per person og måned.`,
};

export const csv: Pick<Catalogue, keyof typeof englishCsv> = {
  'data.no-header': ({ file }) => `${file} har ingen overskrift. Den første linjen skal navngi kolonnene.`,
  'data.header-not-utf8': ({ file }) => `${file}: overskriften er ikke UTF-8-tekst. Lagre filen som UTF-8, eller oppgi hva den er, som i --encoding windows-1252.`,
  'data.rows-beyond-bytes': ({ file, rows, bytes, most }) =>
    `${file} sier at den har ${counted(rows, 'rad', 'rader')} på ${bytes} byte; det leses høyst ${most} fra så mange. Den er skadet, eller radene er nesten helt like: Del den i så fall i filer på høyst en million rader.`,
  'data.row-not-text': ({ file, row }) => `${file}: rad ${row} er ikke tekst i UTF-8.`,
  'data.row-width': ({ file, row, fields }) => `${file}: rad ${row} har ikke ${counted(fields, 'felt', 'felt')} slik overskriften har.`,
  'data.header-unclosed': ({ file, mebibytes }) => `${file}: overskriften slutter ikke innen ${mebibytes} MiB. Lukk anførselstegnene i den.`,
  'data.row-unclosed': ({ file, row, mebibytes }) => `${file}: rad ${row} slutter ikke innen ${mebibytes} MiB. Lukk anførselstegnene i den.`,
};

export const sql: Pick<Catalogue, keyof typeof englishSql> = {
  'spec.condition-refused': ({ condition, file, reason, columns }) =>
    `Betingelsen «${condition}» virker ikke på ${file}: ${ended(reason)} Kolonnene er: ${columns.join(', ')}.`,
  'spec.derived-refused': ({ derived, expression, file, reason, columns }) =>
    `Den avledede kolonnen ${derived} («${expression}») virker ikke på ${file}: ${ended(reason)} Kolonnene er: ${columns.join(', ')}.`,
  'data.condition-not-computed': ({ condition, file, reason }) => `${file}: betingelsen «${condition}» kan ikke regnes ut: ${ended(reason)}`,
  'data.derived-not-computed': ({ derived, expression, file, reason }) =>
    `${file}: den avledede kolonnen ${derived} («${expression}») kan ikke regnes ut: ${ended(reason)}`,
  'data.derived-name-taken': ({ file, taken }) =>
    `${file}: ${taken.length === 1 ? '1 avledet kolonne har navnet til en kolonne' : `${taken.length} avledede kolonner har navnene til kolonner`} som filen har fra før: ${taken.map(({ derived, column }) => (derived === column ? derived : `${derived} (kolonnen er ${column})`)).join(', ')}. Gi den avledede et annet navn i modellen.`,
};
