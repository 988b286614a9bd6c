import type { Catalogue } from '../catalogue.ts';
import type { arrow as english } from '../en/arrow.ts';
import { counted } from '../words.ts';

export const arrow: Pick<Catalogue, keyof typeof english> = {
  'data.arrow-metadata': ({ file, detail }) => `${file} kan ikke leses som Arrow: ${detail}. Skriv filen på nytt.`,
  'data.arrow-lengths': ({ file, column, rows, batch }) =>
    `${file}, kolonnen ${column}: en bolk på ${counted(batch, 'rad', 'rader')} har ${rows} i denne kolonnen. Skriv filen på nytt.`,
  'data.arrow-buffer': ({ file, column, detail }) =>
    `${file}, kolonnen ${column}: bytene i en bolk er ikke det de skal være (${detail}). Skriv filen på nytt.`,
  'data.arrow-index': ({ file, column, row, index, entries }) =>
    `${file}, kolonnen ${column}, rad ${row}: ordlisteindeksen ${index} finnes ikke; ordlisten har ${counted(entries, 'verdi', 'verdier')}. Skriv filen på nytt.`,
  'data.arrow-text': ({ file, column, row }) => `${file}, kolonnen ${column}, rad ${row}: teksten ligger utenfor bytene i bolken. Skriv filen på nytt.`,
  'data.arrow-dictionary': ({ file, column }) =>
    `${file}, kolonnen ${column}: ordlisten som kolonnen viser til, er ikke i filen. Skriv filen på nytt.`,
  'data.arrow-footer': ({ file, from, to }) =>
    `${file}: innholdslisten på slutten av filen stemmer ikke med bytene ${from} til ${to}, der det kan ligge rader. Skriv filen på nytt.`,
  'data.arrow-unfinished': ({ file, rows }) =>
    `${file} er en strøm uten sluttmerke, etter ${counted(rows, 'rad', 'rader')}: rader kan mangle. Skriv den på nytt, eller bruk --allow-unfinished.`,
  'data.arrow-trailing': ({ file, bytes }) => `${file} har ${bytes} byte etter sluttmerket for strømmen. Skriv én strøm per fil.`,
  'data.arrow-feather': ({ file }) => `${file} er Feather versjon 1. Skriv den som Feather versjon 2, som er Arrow IPC.`,
  'data.time-zone': ({ zone }) => `Tidssonen ${zone} er ukjent. Bruk et navn som Europe/Oslo, eller en forskyvning som +01:00.`,
};
