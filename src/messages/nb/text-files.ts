import type { Catalogue } from '../catalogue.ts';
import type { textFiles as english } from '../en/text-files.ts';

const kinds: Readonly<Record<string, string>> = {
  excel: 'en Excel-arbeidsbok',
  'old-excel': 'en Excel-arbeidsbok i gammelt format',
  ods: 'en LibreOffice-arbeidsbok',
  zip: 'et zip-arkiv',
  gzip: 'en gzip-fil',
  bzip2: 'en bzip2-fil',
  xz: 'en xz-fil',
  '7z': 'et 7-Zip-arkiv',
  lz4: 'en LZ4-fil',
  rar: 'et RAR-arkiv',
  zstd: 'en Zstandard-fil',
  spss: 'en SPSS-fil',
  stata: 'en Stata-fil',
  sas: 'en SAS-fil',
  parquet: 'en Parquet-fil',
  arrow: 'en Arrow-fil',
  feather: 'en Feather-fil',
  orc: 'en ORC-fil',
  avro: 'en Avro-fil',
  sqlite: 'en SQLite-database',
  pdf: 'en PDF',
  rtf: 'rik tekst',
  json: 'JSON',
  'web-page': 'en nettside eller XML',
  rdata: 'en R-datafil',
  text: 'tekst',
  empty: 'tom',
  binary: 'ikke tekst: den har nullbyte',
};

const todo: Readonly<Record<string, string>> = {
  excel: 'Lagre arket som CSV UTF-8.',
  'old-excel': 'Lagre arket som CSV UTF-8.',
  ods: 'Lagre arket som CSV UTF-8.',
  gzip: 'La navnet slutte på .csv.gz, eller pakk den ut.',
  parquet: 'La navnet slutte på .parquet.',
  arrow: 'La navnet slutte på .arrow.',
  text: 'La navnet slutte på .csv hvis den er en tabell.',
  empty: 'Hent eller skriv den på nytt.',
  other: 'Skriv tabellen som CSV, Parquet eller Arrow.',
};

export const textFiles: Pick<Catalogue, keyof typeof english> = {
  'data.foreign-file': ({ file, kind }) =>
    `${file} heter som en teksttabell, men er ${kinds[kind] ?? kind}. ${todo[kind] ?? todo['other']!}`,
  'data.foreign-table': ({ file, format, kind }) =>
    `${file} har navn som en ${format}-tabell, og er ${kinds[kind] ?? kind}. ${todo[kind === 'gzip' ? 'other' : kind] ?? todo['other']!}`,
  'data.mixed-decimals': ({ comma, point }) =>
    `${comma.file}, kolonnen ${comma.column}: rad ${comma.row} har desimalkomma («${comma.value}»), og rad ${point.row} i ${point.file}, kolonnen ${point.column}, har punktum («${point.value}»), som kan skille tusener. Skriv desimaler på én måte, og tusener uten tegn.`,
  'data.folder-twice': ({ file, column, values }) =>
    `${file}: mappene den ligger i gir ${column} mer enn én verdi: ${values.join(', ')}. Gi hver mappe sitt navn.`,
  'data.not-gzip': ({ file }) =>
    `${file} er ikke pakket med gzip, slik navnet sier. La det slutte på .csv.`,
  'data.gzip-damaged': ({ file, reason }) =>
    `${file} er ikke en hel gzip-fil (${reason}). Pakk den på nytt.`,
  'data.not-in-encoding': ({ file, encoding }) =>
    `${file} er ikke tekst i ${encoding}. Oppgi tegnsettet med --encoding, eller lagre filen som UTF-8.`,
  'usage.encoding': ({ encoding }) =>
    `Det finnes ikke noe tegnsett som heter ${encoding}. Oppgi et navn som windows-1252, iso-8859-1 eller utf-16le.`,
  'data.title-above-header': ({ file, line, fields }) =>
    `${file}: linje 1 har ett felt, og linje ${line} har ${fields}. Fjern linjene over overskriften.`,
  'data.file-shrank': ({ file, bytes, size }) =>
    `${file} er blitt kortere mens den ble lest: ${bytes} byte, mot ${size} før. Kjør på nytt når ingen skriver til den.`,
  'data.no-plain-file': ({ path }) =>
    `${path} er verken fil eller mappe, men et rør, en sokkel eller en enhet. Oppgi en fil, eller gi innholdet på standard inn som -.`,
  'data.linked-folder': ({ path }) =>
    `${path} er en lenke til en mappe, og slike følges ikke inne i en mappe. Oppgi mappen den fører til, ved siden av de andre.`,
  'usage.nothing-on-stdin': () =>
    'Standard inn er terminalen. Send tabellen inn i kommandoen, eller oppgi en fil.',
};
