import { counted } from '../words.ts';

/** Where something odd was first: a row of a file, from 1 without the header. */
export interface Noted {
  readonly count: number;
  readonly file: string;
  readonly row: number;
}

/** What is odd with values or lines of the files, and stops nothing. */
export const readingNotes = {
  'warning.scientific-ids': ({ column, count, file, row, value }: Noted & { readonly column: string; readonly value: string }) =>
    `column ${column}: ${counted(count, 'id is', 'ids are')} written with a power of ten, the first "${value}" in row ${row} of ${file}. A spreadsheet shortens long ids so, and several persons may have become one: export the column as text.`,
  'warning.last-line-open': ({ count, file, row }: Noted) =>
    `${count === 1 ? `the last line of ${file} has` : `the last lines of ${count} files have`} no end${count === 1 ? '' : `, the first of them ${file}`} (row ${row}). If the file was cut off there, rows are missing and the last value may be too short: hold it against its source.`,
  'warning.quoted-lines': ({ count, file, row }: Noted) =>
    `${counted(count, 'row has', 'rows have')} a quoted value of several lines that holds as many separators as a row, the first in row ${row} of ${file}. If a quote too many stands there, rows have been taken for text: look at the row.`,
};

/** Labels of a column that look the same. */
export const labelNotes = {
  'warning.look-alike-labels': ({ column, labels, groups, rows, file, row }: { column: string; labels: readonly [string, string]; groups: number; rows: number | null; file: string | null; row: number | null }) =>
    `column ${column}: "${labels[0]}" and "${labels[1]}" differ only by blanks or by the Unicode form of their letters, and are two groups${groups > 1 ? `; so are ${groups - 1} more` : ''}.${rows === null || file === null ? '' : ` ${counted(rows, 'row has', 'rows have')} the other spelling, the first row ${row} of ${file}.`} Write them in one way if they are one.`,
  'warning.scientific-labels': ({ column, labels, label }: { column: string; labels: number; label: string }) =>
    `column ${column}: ${counted(labels, 'label is', 'labels are')} written with a power of ten, as "${label}". A spreadsheet shortens long numbers so, and several groups may have become one: export the column as text.`,
};

/** Why a large file is read by one worker, and what would let others help. */
export interface ReadByOne {
  readonly count: number;
  readonly file: string;
  readonly mebibytes: number;
  readonly reason: 'packed' | 'encoding' | 'returns' | 'long-row' | 'stream' | 'one-group' | 'one-batch';
}

const wholeReasons: Readonly<Record<ReadByOne['reason'], string>> = {
  packed: 'it is packed as a whole. Unpack it, or write Parquet',
  encoding: 'its text is not UTF-8. Save it as UTF-8',
  returns: 'its lines end with carriage returns alone. Save it with line feeds',
  'long-row': 'a row of it is longer than 16 MiB. If a quote too many stands there, take it out',
  stream: 'it is an Arrow stream without its end mark. Write it anew',
  'one-group': 'it has one row group. Write several',
  'one-batch': 'it has one record batch. Write several',
};

export const sharingNotes = {
  'warning.read-by-one': ({ count, file, mebibytes, reason }: ReadByOne) =>
    `${file} (${mebibytes} MiB)${count > 1 ? ` and ${counted(count - 1, 'other file', 'other files')} like it` : ''} is read by one worker while others wait: ${wholeReasons[reason]}, and the work is shared.`,
};
