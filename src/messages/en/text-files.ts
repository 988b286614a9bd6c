import { counted } from '../words.ts';

const kinds: Readonly<Record<string, string>> = {
  excel: 'an Excel workbook',
  'old-excel': 'an Excel workbook of the old format',
  ods: 'a LibreOffice workbook',
  zip: 'a zip archive',
  gzip: 'a gzip file',
  bzip2: 'a bzip2 file',
  xz: 'an xz file',
  '7z': 'a 7-Zip archive',
  lz4: 'an LZ4 file',
  rar: 'a RAR archive',
  zstd: 'a Zstandard file',
  spss: 'an SPSS file',
  stata: 'a Stata file',
  sas: 'a SAS file',
  parquet: 'a Parquet file',
  arrow: 'an Arrow file',
  feather: 'a Feather file',
  orc: 'an ORC file',
  avro: 'an Avro file',
  sqlite: 'an SQLite database',
  pdf: 'a PDF',
  rtf: 'rich text',
  json: 'JSON',
  'web-page': 'a web page or XML',
  rdata: 'an R data file',
  text: 'text',
  empty: 'empty',
  binary: 'no text: it holds zero bytes',
};

const todo: Readonly<Record<string, string>> = {
  excel: 'Save the sheet as CSV UTF-8.',
  'old-excel': 'Save the sheet as CSV UTF-8.',
  ods: 'Save the sheet as CSV UTF-8.',
  gzip: 'End its name in .csv.gz, or unpack it.',
  parquet: 'End its name in .parquet.',
  arrow: 'End its name in .arrow.',
  text: 'End its name in .csv if it is a table.',
  empty: 'Fetch or write it again.',
  other: 'Write the table as CSV, Parquet or Arrow.',
};

/** A value as it was written. */
export interface NotedValue {
  readonly column: string;
  readonly file: string;
  readonly row: number;
  readonly value: string;
}

/** Of files that should be text. */
export const textFiles = {
  'data.foreign-file': ({ file, kind }: { file: string; kind: string }) =>
    `${file} is named as a table of text, and is ${kinds[kind] ?? kind}. ${todo[kind] ?? todo['other']!}`,
  'data.foreign-table': ({ file, format, kind }: { file: string; format: 'Parquet' | 'Arrow'; kind: string }) =>
    `${file} is named as a table of ${format}, and is ${kinds[kind] ?? kind}. ${todo[kind === 'gzip' ? 'other' : kind] ?? todo['other']!}`,
  'data.mixed-decimals': ({ comma, point }: { comma: NotedValue; point: NotedValue }) =>
    `${comma.file}, column ${comma.column}: row ${comma.row} has a decimal comma ("${comma.value}"), and row ${point.row} of ${point.file}, column ${point.column}, a point ("${point.value}"), which may separate thousands. Write decimals in one way, and thousands without a sign.`,
  'data.folder-twice': ({ file, column, values }: { file: string; column: string; values: readonly string[] }) =>
    `${file}: the folders it lies in give ${column} more than one value: ${values.join(', ')}. Name each folder once.`,
  'data.not-gzip': ({ file }: { file: string }) =>
    `${file} is not packed by gzip, as its name says. End it in .csv.`,
  'data.gzip-damaged': ({ file, reason }: { file: string; reason: string }) =>
    `${file} is no whole gzip file (${reason}). Pack it again.`,
  'data.not-in-encoding': ({ file, encoding }: { file: string; encoding: string }) =>
    `${file} is not text in ${encoding}. Give the encoding it has with --encoding, or save it as UTF-8.`,
  'usage.encoding': ({ encoding }: { encoding: string }) =>
    `No encoding is called ${encoding}. Give a name such as windows-1252, iso-8859-1 or utf-16le.`,
  'data.title-above-header': ({ file, line, fields }: { file: string; line: number; fields: number }) =>
    `${file}: line 1 has one field and line ${line} has ${fields}. Take away the lines above the header.`,
  'data.file-shrank': ({ file, bytes, size }: { file: string; bytes: number; size: number }) =>
    `${file} has become shorter while it was read: ${counted(bytes, 'byte', 'bytes')}, and ${size} before. Run again when nobody writes it.`,
  'data.no-plain-file': ({ path }: { path: string }) =>
    `${path} is neither a file nor a folder, but a pipe, socket or device. Give a file, or its content on standard input as -.`,
  'data.linked-folder': ({ path }: { path: string }) =>
    `${path} is a link to a folder, and those within a folder are not followed. Give the folder it leads to beside the others.`,
  'usage.nothing-on-stdin': (_: object) =>
    'Standard input is the terminal. Pipe the table into the command, or give a file.',
};
