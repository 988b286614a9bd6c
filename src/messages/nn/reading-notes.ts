import type { Catalogue } from '../catalogue.ts';
import type { labelNotes as englishLabels, readingNotes as english, ReadByOne, sharingNotes as englishSharing } from '../en/reading-notes.ts';
import { counted } from '../words.ts';

export const readingNotes: Pick<Catalogue, keyof typeof english> = {
  'warning.scientific-ids': ({ column, count, file, row, value }) =>
    `kolonne ${column}: ${counted(count, 'id er', 'id-ar er')} skriven med tiarpotens, den første "${value}" i rad ${row} i ${file}. Slik kortar rekneark av lange id-ar, og fleire personar kan ha vorte til éin: eksporter kolonnen som tekst.`,
  'warning.last-line-open': ({ count, file, row }) =>
    `${count === 1 ? `siste linja i ${file} manglar` : `siste linja i ${count} filer manglar`} linjeslutt${count === 1 ? '' : `, den første i ${file}`} (rad ${row}). Er fila kutta der, manglar det rader, og den siste verdien kan vere for kort: hald henne opp mot kjelda.`,
  'warning.quoted-lines': ({ count, file, row }) =>
    `${counted(count, 'rad', 'rader')} har ein verdi i hermeteikn over fleire linjer med like mange skiljeteikn som ei rad, den første i rad ${row} i ${file}. Står det eit hermeteikn for mykje der, er rader lesne som tekst: sjå på rada.`,
};

export const labelNotes: Pick<Catalogue, keyof typeof englishLabels> = {
  'warning.look-alike-labels': ({ column, labels, groups, rows, file, row }) =>
    `kolonne ${column}: "${labels[0]}" og "${labels[1]}" skil seg berre ved mellomrom eller Unicode-forma til bokstavane, og er to grupper${groups > 1 ? `; det gjeld ${groups - 1} til` : ''}.${rows === null || file === null ? '' : ` ${counted(rows, 'rad', 'rader')} har den andre skrivemåten, den første er rad ${row} i ${file}.`} Skriv dei på éin måte om dei er éi.`,
  'warning.scientific-labels': ({ column, labels, label }) =>
    `kolonne ${column}: ${counted(labels, 'verdi er', 'verdiar er')} skriven med tiarpotens, som "${label}". Slik kortar rekneark av lange tal, og fleire grupper kan ha vorte til éi: eksporter kolonnen som tekst.`,
};

const wholeReasons: Readonly<Record<ReadByOne['reason'], string>> = {
  packed: 'ho er pakka som ein heilskap. Pakk henne ut, eller skriv Parquet',
  encoding: 'teksten er ikkje UTF-8. Lagre henne som UTF-8',
  returns: 'linjene sluttar med berre vognretur. Lagre henne med linjeskift',
  'long-row': 'ei rad er lengre enn 16 MiB. Står det eit hermeteikn for mykje der, ta det bort',
  stream: 'ho er ein Arrow-straum utan sluttmerke. Skriv henne på nytt',
  'one-group': 'ho har éi radgruppe. Skriv fleire',
  'one-batch': 'ho har éin bolk med rader. Skriv fleire',
};

export const sharingNotes: Pick<Catalogue, keyof typeof englishSharing> = {
  'warning.read-by-one': ({ count, file, mebibytes, reason }) =>
    `${file} (${mebibytes} MiB)${count > 1 ? ` og ${counted(count - 1, 'fil', 'filer')} til av same slag` : ''} blir lesen av éin arbeidar medan andre ventar: ${wholeReasons[reason]}, så blir arbeidet delt.`,
};
