import type { ResultColumn } from './columns.ts';
import { formatNumber } from './numbers.ts';

/** A field as RFC 4180 has it, quoted only where it holds a comma, a quote or a line break. */
export const csvField = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** CSV with a header, `,` between fields, lines ending in `\n`. */
export function csvText(columns: readonly ResultColumn[]): string {
  const cells = columns.map(({ kind, values }) =>
    kind === 'text' ? values.map(csvField) : Array.from(values, formatNumber),
  );
  const lines = [columns.map((column) => csvField(column.name)).join(',')];
  const rows = cells[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) lines.push(cells.map((cell) => cell[row]!).join(','));
  return `${lines.join('\n')}\n`;
}
