import { counted, ended } from '../words.ts';

const wanted = {
  person: 'as a person id it must be an integer, text or a UUID',
  month: 'as a month it must be text (YYYY-MM), a date, a timestamp or an integer (YYYYMM)',
  number: 'as a number it must be an integer, a float, a decimal or a boolean',
  label: 'as a label it must be text, an integer, a float, a decimal, a boolean, a date or a UUID',
};

/** Of files and folders with the rows. */
export const register = {
  'data.path-unreadable': ({ path, reason }: { path: string; reason: string | null }) =>
    `${path} cannot be read: ${reason === null ? 'there is no such file or folder.' : ended(reason)}`,
  'data.unknown-ending': ({ file, endings }: { file: string; endings: readonly string[] }) =>
    `${file} does not end like a table: the endings read are ${endings.join(' ')}. Rename it, move it away, or begin its name with _.`,
  'data.no-files': ({ paths }: { paths: readonly string[] }) => `No files to read in ${paths.join(', ')}.`,
  'data.mixed-formats': ({ a, b, formatOfA, formatOfB }: { a: string; b: string; formatOfA: string; formatOfB: string }) =>
    `Mixed formats: ${a} is ${formatOfA} and ${b} is ${formatOfB}. One table has one format.`,
  'data.parts-differ': ({ file, first, missing, added, retyped }: { file: string; first: string; missing: readonly string[]; added: readonly string[]; retyped: readonly { column: string; type: string; expected: string }[] }) =>
    `${file} and ${first} are not parts of one table: ${[
      ...(missing.length > 0 ? [`it lacks ${missing.join(', ')}`] : []),
      ...(added.length > 0 ? [`it has ${added.join(', ')} besides`] : []),
      ...retyped.map(({ column, type, expected }) => `its column ${column} has the type ${type}, not ${expected}`),
    ].join('; ')}. Give all files the same columns and types.`,
  'data.file-unopened': ({ file, reason }: { file: string; reason: string }) => `${file} cannot be opened: ${ended(reason)}`,
  'data.file-unreadable': ({ file, format, reason }: { file: string; format: string; reason: string }) =>
    `${file} cannot be read as ${format}: ${ended(reason)} Write the file again.`,
  'memory.file': ({ file, reason }: { file: string; reason: string }) => `${file} does not fit in memory (${reason}). Split it into smaller files.`,
  'data.missing-columns': ({ file, missing, present }: { file: string; missing: readonly string[]; present: readonly string[] }) =>
    `${file}: ${counted(missing.length, 'column is', 'columns are')} missing: ${missing.join(', ')}. The file has: ${present.join(', ')}. Add ${missing.length === 1 ? 'it' : 'them'} or name other columns in the model spec.`,
  'data.column-twice': ({ file, column }: { file: string; column: string }) => `${file}: the column name ${column} occurs more than once. Rename all but one.`,
  'data.column-type': ({ file, column, type, role }: { file: string; column: string; type: string; role: 'person' | 'month' | 'number' | 'label' }) =>
    `${file}: column ${column} has the type ${type}; ${wanted[role]}. Convert the column.`,
  'data.repeated-months': ({ repeats, first }: { repeats: number; first: readonly { file: string; row: number; month: string }[] }) =>
    `A person has more than one row in the same month: ${counted(repeats, 'row repeats', 'rows repeat')} an earlier one: ${first.map(({ file, row, month }) => `${file} row ${row}, month ${month}`).join('; ')}${repeats > first.length ? '; …' : ''}. Keep one row a person and month.`,
};

/** Of CSV text. */
export const csv = {
  'data.no-header': ({ file }: { file: string }) => `${file} has no header. The first line names the columns.`,
  'data.header-not-utf8': ({ file }: { file: string }) => `${file}: the header is not UTF-8 text. Save the file as UTF-8, or name what it is, as in --encoding windows-1252.`,
  'data.rows-beyond-bytes': ({ file, rows, bytes, most }: { file: string; rows: number; bytes: number; most: number }) =>
    `${file} is said to have ${counted(rows, 'row', 'rows')} in ${counted(bytes, 'byte', 'bytes')}: no more than ${most} are read from as many. It is damaged, or its rows are nearly all alike; ` +
    'then write it in parts of at most a million rows.',
  'data.row-not-text': ({ file, row }: { file: string; row: number }) => `${file}: row ${row} is not UTF-8 text.`,
  'data.row-width': ({ file, row, fields }: { file: string; row: number; fields: number }) =>
    `${file}: row ${row} has not the ${counted(fields, 'field', 'fields')} of the header.`,
  'data.header-unclosed': ({ file, mebibytes }: { file: string; mebibytes: number }) => `${file}: the header does not end within ${mebibytes} MiB. Close its quotes.`,
  'data.row-unclosed': ({ file, row, mebibytes }: { file: string; row: number; mebibytes: number }) =>
    `${file}: row ${row} does not end within ${mebibytes} MiB. Close its quotes.`,
};

/** Of SQL about the rows. */
export const sql = {
  'spec.condition-refused': ({ condition, file, reason, columns }: { condition: string; file: string; reason: string; columns: readonly string[] }) =>
    `The condition "${condition}" does not work on ${file}: ${ended(reason)} The columns are: ${columns.join(', ')}.`,
  'spec.derived-refused': ({ derived, expression, file, reason, columns }: { derived: string; expression: string; file: string; reason: string; columns: readonly string[] }) =>
    `The derived column ${derived} ("${expression}") does not work on ${file}: ${ended(reason)} The columns are: ${columns.join(', ')}.`,
  'data.condition-not-computed': ({ condition, file, reason }: { condition: string; file: string; reason: string }) =>
    `${file}: the condition "${condition}" cannot be computed: ${ended(reason)}`,
  'data.derived-not-computed': ({ derived, expression, file, reason }: { derived: string; expression: string; file: string; reason: string }) =>
    `${file}: the derived column ${derived} ("${expression}") cannot be computed: ${ended(reason)}`,
  'data.derived-name-taken': ({ file, taken }: { file: string; taken: readonly { derived: string; column: string }[] }) =>
    `${file}: ${taken.length === 1 ? '1 derived column has the name of a column' : `${taken.length} derived columns have names of columns`} that the file has already: ${taken.map(({ derived, column }) => (derived === column ? derived : `${derived} (the column is ${column})`)).join(', ')}. Derive under another name in the model spec.`,
};
