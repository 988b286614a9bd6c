import type { Catalogue } from '../catalogue.ts';
import type { arrow as english } from '../en/arrow.ts';
import { counted } from '../words.ts';

export const arrow: Pick<Catalogue, keyof typeof english> = {
  'data.arrow-metadata': ({ file, detail }) => `${file} kan ikkje lesast som Arrow: ${detail}. Skriv fila på nytt.`,
  'data.arrow-lengths': ({ file, column, rows, batch }) =>
    `${file}, kolonnen ${column}: ein bolk på ${counted(batch, 'rad', 'rader')} har ${rows} i denne kolonnen. Skriv fila på nytt.`,
  'data.arrow-buffer': ({ file, column, detail }) =>
    `${file}, kolonnen ${column}: bytane i ein bolk er ikkje det dei skal vere (${detail}). Skriv fila på nytt.`,
  'data.arrow-index': ({ file, column, row, index, entries }) =>
    `${file}, kolonnen ${column}, rad ${row}: ordlisteindeksen ${index} finst ikkje; ordlista har ${counted(entries, 'verdi', 'verdiar')}. Skriv fila på nytt.`,
  'data.arrow-text': ({ file, column, row }) => `${file}, kolonnen ${column}, rad ${row}: teksten ligg utanfor bytane i bolken. Skriv fila på nytt.`,
  'data.arrow-dictionary': ({ file, column }) =>
    `${file}, kolonnen ${column}: ordlista som kolonnen viser til, er ikkje i fila. Skriv fila på nytt.`,
  'data.arrow-footer': ({ file, from, to }) =>
    `${file}: innhaldslista på slutten av fila stemmer ikkje med bytane ${from} til ${to}, der det kan liggje rader. Skriv fila på nytt.`,
  'data.arrow-unfinished': ({ file, rows }) =>
    `${file} er ein straum utan sluttmerke, etter ${counted(rows, 'rad', 'rader')}: rader kan mangle. Skriv den på nytt, eller bruk --allow-unfinished.`,
  'data.arrow-trailing': ({ file, bytes }) => `${file} har ${bytes} byte etter sluttmerket for straumen. Skriv éin straum per fil.`,
  'data.arrow-feather': ({ file }) => `${file} er Feather versjon 1. Skriv den som Feather versjon 2, som er Arrow IPC.`,
  'data.time-zone': ({ zone }) => `Tidssona ${zone} er ukjend. Bruk eit namn som Europe/Oslo, eller ei forskyving som +01:00.`,
};
