import type { Catalogue } from '../catalogue.ts';
import type { sheets as english } from '../en/sheets.ts';
import { counted } from '../words.ts';

export const sheets: Pick<Catalogue, keyof typeof english> = {
  'output.sheet-rows': ({ table, rows, most }) =>
    `Tabellen ${table} har ${counted(rows, 'rad', 'rader')}, og eit ark i ei arbeidsbok har plass til ${most}. Utelat xlsx frå --format, eller be om færre grupper eller periodar.`,
  'output.sheet-columns': ({ table, columns, most }) =>
    `Tabellen ${table} har ${counted(columns, 'kolonne', 'kolonnar')}, og eit ark i ei arbeidsbok har plass til ${most}. Utelat xlsx frå --format.`,
  'output.sheet-text': ({ table, cell, signs, most }) =>
    `Tabellen ${table} har ein tekst på ${signs} teikn i celle ${cell}, og ei celle i ei arbeidsbok har plass til ${most}. Utelat xlsx frå --format.`,
  'data.result-for-people': ({ folder, name }) =>
    `${folder}/${name}.csv er skriven for menneske (--csv nb) og gjev ikkje tala tilbake. Køyr på nytt med --csv plain eller --format csv,arrow.`,
};
