import type { Catalogue } from '../catalogue.ts';
import type { textFiles as english } from '../en/text-files.ts';

const kinds: Readonly<Record<string, string>> = {
  excel: 'ei Excel-arbeidsbok',
  'old-excel': 'ei Excel-arbeidsbok i gammalt format',
  ods: 'ei LibreOffice-arbeidsbok',
  zip: 'eit zip-arkiv',
  gzip: 'ei gzip-fil',
  bzip2: 'ei bzip2-fil',
  xz: 'ei xz-fil',
  '7z': 'eit 7-Zip-arkiv',
  lz4: 'ei LZ4-fil',
  rar: 'eit RAR-arkiv',
  zstd: 'ei Zstandard-fil',
  spss: 'ei SPSS-fil',
  stata: 'ei Stata-fil',
  sas: 'ei SAS-fil',
  parquet: 'ei Parquet-fil',
  arrow: 'ei Arrow-fil',
  feather: 'ei Feather-fil',
  orc: 'ei ORC-fil',
  avro: 'ei Avro-fil',
  sqlite: 'ein SQLite-database',
  pdf: 'ein PDF',
  rtf: 'rik tekst',
  json: 'JSON',
  'web-page': 'ei nettside eller XML',
  rdata: 'ei R-datafil',
  text: 'tekst',
  empty: 'tom',
  binary: 'ikkje tekst: ho har nullbyte',
};

const todo: Readonly<Record<string, string>> = {
  excel: 'Lagre arket som CSV UTF-8.',
  'old-excel': 'Lagre arket som CSV UTF-8.',
  ods: 'Lagre arket som CSV UTF-8.',
  gzip: 'Lat namnet slutte på .csv.gz, eller pakk ho ut.',
  parquet: 'Lat namnet slutte på .parquet.',
  arrow: 'Lat namnet slutte på .arrow.',
  text: 'La namnet slutte på .csv om ho er ein tabell.',
  empty: 'Hent eller skriv ho på nytt.',
  other: 'Skriv tabellen som CSV, Parquet eller Arrow.',
};

export const textFiles: Pick<Catalogue, keyof typeof english> = {
  'data.foreign-file': ({ file, kind }) =>
    `${file} heiter som ein teksttabell, men er ${kinds[kind] ?? kind}. ${todo[kind] ?? todo['other']!}`,
  'data.foreign-table': ({ file, format, kind }) =>
    `${file} har namn som ein ${format}-tabell, og er ${kinds[kind] ?? kind}. ${todo[kind === 'gzip' ? 'other' : kind] ?? todo['other']!}`,
  'data.mixed-decimals': ({ comma, point }) =>
    `${comma.file}, kolonnen ${comma.column}: rad ${comma.row} har desimalkomma («${comma.value}»), og rad ${point.row} i ${point.file}, kolonnen ${point.column}, har punktum («${point.value}»), som kan skilje tusen. Skriv desimalar på éin måte, og tusen utan teikn.`,
  'data.folder-twice': ({ file, column, values }) =>
    `${file}: mappene ho ligg i gir ${column} meir enn éin verdi: ${values.join(', ')}. Gi kvar mappe sitt namn.`,
  'data.not-gzip': ({ file }) =>
    `${file} er ikkje pakka med gzip, slik namnet seier. Lat det slutte på .csv.`,
  'data.gzip-damaged': ({ file, reason }) =>
    `${file} er ikkje ei heil gzip-fil (${reason}). Pakk ho på nytt.`,
  'data.not-in-encoding': ({ file, encoding }) =>
    `${file} er ikkje tekst i ${encoding}. Oppgje teiknsettet med --encoding, eller lagre fila som UTF-8.`,
  'usage.encoding': ({ encoding }) =>
    `Det finst ikkje noko teiknsett som heiter ${encoding}. Oppgje eit namn som windows-1252, iso-8859-1 eller utf-16le.`,
  'data.title-above-header': ({ file, line, fields }) =>
    `${file}: linje 1 har eitt felt, og linje ${line} har ${fields}. Fjern linjene over overskrifta.`,
  'data.file-shrank': ({ file, bytes, size }) =>
    `${file} er blitt kortare medan ho vart lesen: ${bytes} byte, mot ${size} før. Køyr på nytt når ingen skriv til ho.`,
  'data.no-plain-file': ({ path }) =>
    `${path} er verken fil eller mappe, men eit røyr, ein sokkel eller ei eining. Oppgje ei fil, eller gje innhaldet på standard inn som -.`,
  'data.linked-folder': ({ path }) =>
    `${path} er ei lenkje til ei mappe, og slike vert ikkje følgde inne i ei mappe. Oppgje mappa ho fører til, ved sida av dei andre.`,
  'usage.nothing-on-stdin': () =>
    'Standard inn er terminalen. Send tabellen inn i kommandoen, eller oppgje ei fil.',
};
