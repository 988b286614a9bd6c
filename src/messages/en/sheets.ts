import { counted } from '../words.ts';

/** Of tables that no spreadsheet holds. */
export const sheets = {
  'output.sheet-rows': ({ table, rows, most }: { table: string; rows: number; most: number }) =>
    `The table ${table} has ${counted(rows, 'row', 'rows')}, and a sheet of a workbook holds ${most}. Leave xlsx out of --format, or ask for fewer groups or periods.`,
  'output.sheet-columns': ({ table, columns, most }: { table: string; columns: number; most: number }) =>
    `The table ${table} has ${counted(columns, 'column', 'columns')}, and a sheet of a workbook holds ${most}. Leave xlsx out of --format.`,
  'output.sheet-text': ({ table, cell, signs, most }: { table: string; cell: string; signs: number; most: number }) =>
    `The table ${table} has a text of ${signs} signs in cell ${cell}, and a cell of a workbook holds ${most}. Leave xlsx out of --format.`,
  'data.result-for-people': ({ folder, name }: { folder: string; name: string }) =>
    `${folder}/${name}.csv is written for people (--csv nb), and does not give its numbers back. Run it again with --csv plain or --format csv,arrow.`,
};
