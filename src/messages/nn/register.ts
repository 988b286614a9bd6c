import type { Catalogue } from '../catalogue.ts';
import type { csv as englishCsv, register as english, sql as englishSql } from '../en/register.ts';
import { counted, ended } from '../words.ts';

const wanted = {
  person: 'som personnøkkel må han vere heiltal, tekst eller UUID',
  month: 'som månad må han vere tekst (ÅÅÅÅ-MM), dato, tidspunkt eller heiltal (ÅÅÅÅMM)',
  number: 'som tal må han vere heiltal, flyttal, desimaltal eller sann/usann',
  label: 'som etikett må han vere tekst, heiltal, flyttal, desimaltal, sann/usann, dato eller UUID',
};

export const register: Pick<Catalogue, keyof typeof english> = {
  'data.path-unreadable': ({ path, reason }) => `${path} kan ikkje lesast: ${reason === null ? 'det finst inga slik fil eller mappe.' : ended(reason)}`,
  'data.unknown-ending': ({ file, endings }) =>
    `${file} endar ikkje som ein tabell: endingane som blir lesne, er ${endings.join(' ')}. Gi fila eit nytt namn, flytt henne, eller lat namnet byrje med _.`,
  'data.no-files': ({ paths }) => `Det er ingen filer å lese i ${paths.join(', ')}.`,
  'data.mixed-formats': ({ a, b, formatOfA, formatOfB }) => `Blanda format: ${a} er ${formatOfA} og ${b} er ${formatOfB}. Ein tabell har eitt format.`,
  'data.parts-differ': ({ file, first, missing, added, retyped }) =>
    `${file} og ${first} er ikkje delar av same tabell: ${[
      ...(missing.length > 0 ? [`ho manglar ${missing.join(', ')}`] : []),
      ...(added.length > 0 ? [`ho har ${added.join(', ')} i tillegg`] : []),
      ...retyped.map(({ column, type, expected }) => `kolonnen ${column} har typen ${type}, ikkje ${expected}`),
    ].join('; ')}. Gi alle filene dei same kolonnane og typane.`,
  'data.file-unopened': ({ file, reason }) => `${file} kan ikkje opnast: ${ended(reason)}`,
  'data.file-unreadable': ({ file, format, reason }) => `${file} kan ikkje lesast som ${format}: ${ended(reason)} Skriv fila på nytt.`,
  'memory.file': ({ file, reason }) => `${file} får ikkje plass i minnet (${reason}). Del henne i mindre filer.`,
  'data.missing-columns': ({ file, missing, present }) =>
    `${file}: det manglar ${counted(missing.length, 'kolonne', 'kolonnar')}: ${missing.join(', ')}. Fila har: ${present.join(', ')}. Legg ${missing.length === 1 ? 'han' : 'dei'} til, eller nemn andre kolonnar i modellen.`,
  'data.column-twice': ({ file, column }) => `${file}: kolonnenamnet ${column} finst meir enn éin gong. Gi alle så nær som éin eit nytt namn.`,
  'data.column-type': ({ file, column, type, role }) => `${file}: kolonnen ${column} har typen ${type}; ${wanted[role]}. Gjer om kolonnen.`,
  'data.repeated-months': ({ repeats, first }) =>
    `Ein person har meir enn éi rad i same månad: ${counted(repeats, 'rad', 'rader')} tek opp att ei tidlegare: ${first.map(({ file, row, month }) => `${file} rad ${row}, månad ${month}`).join('; ')}${repeats > first.length ? '; …' : ''}. Ha éi rad per person og månad.`,
};

export const csv: Pick<Catalogue, keyof typeof englishCsv> = {
  'data.no-header': ({ file }) => `${file} har inga overskrift. Den første linja skal namngi kolonnane.`,
  'data.header-not-utf8': ({ file }) => `${file}: overskrifta er ikkje UTF-8-tekst. Lagre fila som UTF-8, eller oppgje kva ho er, som i --encoding windows-1252.`,
  'data.rows-beyond-bytes': ({ file, rows, bytes, most }) =>
    `${file} seier at ho har ${counted(rows, 'rad', 'rader')} på ${bytes} byte; det blir lese høgst ${most} frå så mange. Ho er skadd, eller radene er nesten heilt like: Del ho i så fall i filer på høgst ein million rader.`,
  'data.row-not-text': ({ file, row }) => `${file}: rad ${row} er ikkje tekst i UTF-8.`,
  'data.row-width': ({ file, row, fields }) => `${file}: rad ${row} har ikkje ${counted(fields, 'felt', 'felt')} slik overskrifta har.`,
  'data.header-unclosed': ({ file, mebibytes }) => `${file}: overskrifta sluttar ikkje innan ${mebibytes} MiB. Lukk hermeteikna i henne.`,
  'data.row-unclosed': ({ file, row, mebibytes }) => `${file}: rad ${row} sluttar ikkje innan ${mebibytes} MiB. Lukk hermeteikna i henne.`,
};

export const sql: Pick<Catalogue, keyof typeof englishSql> = {
  'spec.condition-refused': ({ condition, file, reason, columns }) =>
    `Vilkåret «${condition}» verkar ikkje på ${file}: ${ended(reason)} Kolonnane er: ${columns.join(', ')}.`,
  'spec.derived-refused': ({ derived, expression, file, reason, columns }) =>
    `Den avleidde kolonnen ${derived} («${expression}») verkar ikkje på ${file}: ${ended(reason)} Kolonnane er: ${columns.join(', ')}.`,
  'data.condition-not-computed': ({ condition, file, reason }) => `${file}: vilkåret «${condition}» kan ikkje reknast ut: ${ended(reason)}`,
  'data.derived-not-computed': ({ derived, expression, file, reason }) =>
    `${file}: den avleidde kolonnen ${derived} («${expression}») kan ikkje reknast ut: ${ended(reason)}`,
  'data.derived-name-taken': ({ file, taken }) =>
    `${file}: ${taken.length === 1 ? '1 avleidd kolonne har namnet til ein kolonne' : `${taken.length} avleidde kolonnar har namna til kolonnar`} som fila har frå før: ${taken.map(({ derived, column }) => (derived === column ? derived : `${derived} (kolonnen er ${column})`)).join(', ')}. Gi den avleidde eit anna namn i modellen.`,
};
