import type { ResultColumn } from './columns.ts';
import { formatNumber } from './numbers.ts';
import { neutralised } from './spreadsheet-text.ts';

/** How a CSV file is written. */
export interface CsvDialect {
  readonly separator: ',' | ';';
  readonly point: '.' | ',';
  /** For people: a byte order mark, by which a spreadsheet knows UTF-8, and no text that it would compute. */
  readonly forPeople: boolean;
}

/** For programs: exact, RFC 4180. */
export const plainCsv: CsvDialect = { separator: ',', point: '.', forPeople: false };

/** As spreadsheets set up in Norwegian open it. */
export const norwegianCsv: CsvDialect = { separator: ';', point: ',', forPeople: true };

/** A field as RFC 4180 has it, quoted only where it holds a separator, a quote or a line break. */
export const csvField = (field: string, separator = ','): string =>
  field.includes(separator) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/** CSV with a header, lines ending in `\n`. */
export function csvText(columns: readonly ResultColumn[], { separator, point, forPeople }: CsvDialect = plainCsv): string {
  const text = (field: string): string => csvField(forPeople ? neutralised(field) : field, separator);
  const number = (value: number | null): string => (point === '.' ? formatNumber(value) : formatNumber(value).replace('.', point));
  const cells = columns.map(({ kind, values }) => (kind === 'text' ? values.map(text) : Array.from(values, number)));
  const lines = [columns.map((column) => text(column.name)).join(separator)];
  const rows = cells[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) lines.push(cells.map((cell) => cell[row]!).join(separator));
  return `${forPeople ? '\ufeff' : ''}${lines.join('\n')}\n`;
}
