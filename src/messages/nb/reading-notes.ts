import type { Catalogue } from '../catalogue.ts';
import type { labelNotes as englishLabels, readingNotes as english, ReadByOne, sharingNotes as englishSharing } from '../en/reading-notes.ts';
import { counted } from '../words.ts';

export const readingNotes: Pick<Catalogue, keyof typeof english> = {
  'warning.scientific-ids': ({ column, count, file, row, value }) =>
    `kolonne ${column}: ${counted(count, 'id er', 'id-er er')} skrevet med tierpotens, den første "${value}" i rad ${row} i ${file}. Slik forkorter regneark lange id-er, og flere personer kan ha blitt til én: eksporter kolonnen som tekst.`,
  'warning.last-line-open': ({ count, file, row }) =>
    `${count === 1 ? `siste linje i ${file} mangler` : `siste linje i ${count} filer mangler`} linjeslutt${count === 1 ? '' : `, den første i ${file}`} (rad ${row}). Er filen kuttet der, mangler det rader, og siste verdi kan være for kort: hold den opp mot kilden.`,
  'warning.quoted-lines': ({ count, file, row }) =>
    `${counted(count, 'rad', 'rader')} har en verdi i anførselstegn over flere linjer med like mange skilletegn som en rad, den første i rad ${row} i ${file}. Står det et anførselstegn for mye der, er rader lest som tekst: se på raden.`,
};

export const labelNotes: Pick<Catalogue, keyof typeof englishLabels> = {
  'warning.look-alike-labels': ({ column, labels, groups, rows, file, row }) =>
    `kolonne ${column}: "${labels[0]}" og "${labels[1]}" skiller seg bare ved mellomrom eller bokstavenes Unicode-form, og er to grupper${groups > 1 ? `; det gjelder ${groups - 1} til` : ''}.${rows === null || file === null ? '' : ` ${counted(rows, 'rad', 'rader')} har den andre skrivemåten, den første er rad ${row} i ${file}.`} Skriv dem på én måte hvis de er én.`,
  'warning.scientific-labels': ({ column, labels, label }) =>
    `kolonne ${column}: ${counted(labels, 'verdi er', 'verdier er')} skrevet med tierpotens, som "${label}". Slik forkorter regneark lange tall, og flere grupper kan ha blitt til én: eksporter kolonnen som tekst.`,
};

const wholeReasons: Readonly<Record<ReadByOne['reason'], string>> = {
  packed: 'den er pakket som en helhet. Pakk den ut, eller skriv Parquet',
  encoding: 'teksten er ikke UTF-8. Lagre den som UTF-8',
  returns: 'linjene slutter med bare vognretur. Lagre den med linjeskift',
  'long-row': 'en rad er lengre enn 16 MiB. Står det et anførselstegn for mye der, ta det bort',
  stream: 'den er en Arrow-strøm uten sluttmerke. Skriv den på nytt',
  'one-group': 'den har én radgruppe. Skriv flere',
  'one-batch': 'den har én bolk med rader. Skriv flere',
};

export const sharingNotes: Pick<Catalogue, keyof typeof englishSharing> = {
  'warning.read-by-one': ({ count, file, mebibytes, reason }) =>
    `${file} (${mebibytes} MiB)${count > 1 ? ` og ${counted(count - 1, 'fil', 'filer')} til av samme slag` : ''} leses av én arbeider mens andre venter: ${wholeReasons[reason]}, så deles arbeidet.`,
};
