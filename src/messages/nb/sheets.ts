import type { Catalogue } from '../catalogue.ts';
import type { sheets as english } from '../en/sheets.ts';
import { counted } from '../words.ts';

export const sheets: Pick<Catalogue, keyof typeof english> = {
  'output.sheet-rows': ({ table, rows, most }) =>
    `Tabellen ${table} har ${counted(rows, 'rad', 'rader')}, og et ark i en arbeidsbok har plass til ${most}. Utelat xlsx fra --format, eller be om færre grupper eller perioder.`,
  'output.sheet-columns': ({ table, columns, most }) =>
    `Tabellen ${table} har ${counted(columns, 'kolonne', 'kolonner')}, og et ark i en arbeidsbok har plass til ${most}. Utelat xlsx fra --format.`,
  'output.sheet-text': ({ table, cell, signs, most }) =>
    `Tabellen ${table} har en tekst på ${signs} tegn i celle ${cell}, og en celle i en arbeidsbok har plass til ${most}. Utelat xlsx fra --format.`,
  'data.result-for-people': ({ folder, name }) =>
    `${folder}/${name}.csv er skrevet for mennesker (--csv nb) og gir ikke tallene tilbake. Kjør på nytt med --csv plain eller --format csv,arrow.`,
};
