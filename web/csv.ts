import { neutralised } from '../src/results/spreadsheet-text.ts';
import { offerDownload } from './download.ts';
import { currentLocale } from './locale.ts';

export type Cell = string | number | null;

function textCell(text: string, separator: string): string {
  const safe = neutralised(text);
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A table as a file for spreadsheets: semicolons and decimal commas in Norwegian, commas and decimal points in English.
 * Missing is an empty cell; numbers are written in full.
 */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const norwegian = currentLocale() !== 'en';
  const separator = norwegian ? ';' : ',';
  const cell = (value: Cell): string => {
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
    if (typeof value === 'number') return norwegian ? String(value).replace('.', ',') : String(value);
    return textCell(value, separator);
  };
  return [header, ...rows].map((row) => `${row.map(cell).join(separator)}\n`).join('');
}

/** Hands a text to the browser's download; the byte order mark tells spreadsheets that it is UTF-8. */
export const download = (name: string, text: string): void => offerDownload(name, new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
