import { counted } from '../words.ts';

/** Of Arrow files that contradict themselves. */
export const arrow = {
  'data.arrow-metadata': ({ file, detail }: { file: string; detail: string }) =>
    `${file} cannot be read as Arrow: ${detail}. Write the file again.`,
  'data.arrow-lengths': ({ file, column, rows, batch }: { file: string; column: string; rows: number; batch: number }) =>
    `${file}, column ${column}: a record batch of ${counted(batch, 'row', 'rows')} has ${rows} in this column. Write the file again.`,
  'data.arrow-buffer': ({ file, column, detail }: { file: string; column: string; detail: string }) =>
    `${file}, column ${column}: the bytes of a record batch do not hold what it says (${detail}). Write the file again.`,
  'data.arrow-index': ({ file, column, row, index, entries }: { file: string; column: string; row: number; index: string; entries: number }) =>
    `${file}, column ${column}, row ${row}: the dictionary index ${index} is out of range; its dictionary has ${counted(entries, 'entry', 'entries')}. ` +
    'Write the file again.',
  'data.arrow-text': ({ file, column, row }: { file: string; column: string; row: number }) =>
    `${file}, column ${column}, row ${row}: the text lies outside the bytes of its record batch. Write the file again.`,
  'data.arrow-dictionary': ({ file, column }: { file: string; column: string }) =>
    `${file}, column ${column}: the dictionary that the column refers to is not in the file. Write the file again.`,
  'data.arrow-footer': ({ file, from, to }: { file: string; from: number; to: number }) =>
    `${file}: its footer does not agree with the bytes ${from} to ${to} of the file, where rows may lie. Write the file again.`,
  'data.arrow-unfinished': ({ file, rows }: { file: string; rows: number }) =>
    `${file} is a stream without its end mark, after ${counted(rows, 'row', 'rows')}: rows may be missing. Write it again, or give --allow-unfinished.`,
  'data.arrow-trailing': ({ file, bytes }: { file: string; bytes: number }) =>
    `${file} has ${counted(bytes, 'byte', 'bytes')} after the end mark of its stream. Write one stream a file.`,
  'data.arrow-feather': ({ file }: { file: string }) => `${file} is of Feather version 1. Write it as Feather version 2, which is Arrow IPC.`,
  'data.time-zone': ({ zone }: { zone: string }) =>
    `The time zone ${zone} is not known. Use a name such as Europe/Oslo, or an offset such as +01:00.`,
};
