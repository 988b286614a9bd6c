import { Option } from 'commander';
import type { Command } from 'commander';
import { arrowBytes } from '../results/arrow-bytes.ts';
import type { ResultColumn } from '../results/columns.ts';
import { csvText, norwegianCsv, plainCsv } from '../results/csv.ts';
import { xlsxBytes } from '../results/xlsx.ts';
import { tableFormats } from './option-parsers.ts';
import { parquetBytes } from './parquet-bytes.ts';

export type TableFormat = 'csv' | 'arrow' | 'parquet' | 'xlsx';

/** How tables are written; the flags of the commands that write them. */
export interface TableFlags {
  readonly format: readonly TableFormat[];
  /** `nb`: as spreadsheets set up in Norwegian open it. */
  readonly csv: 'plain' | 'nb';
}

/** All tables as sheets of one workbook. */
export const workbookName = 'tables.xlsx';

/** Tables as files by name. */
export function tableFiles(tables: ReadonlyMap<string, readonly ResultColumn[]>, { format, csv }: TableFlags): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const [name, columns] of tables) {
    if (format.includes('csv')) files.set(`${name}.csv`, csvText(columns, csv === 'nb' ? norwegianCsv : plainCsv));
    if (format.includes('arrow')) files.set(`${name}.arrow`, arrowBytes(columns));
    if (format.includes('parquet')) files.set(`${name}.parquet`, parquetBytes(columns));
  }
  return format.includes('xlsx') ? files.set(workbookName, xlsxBytes(tables)) : files;
}

export const addTableOptions = (command: Command): Command =>
  command
    .option('--format <formats>', 'of the tables: some of csv, arrow, parquet and xlsx, or both for csv,arrow', tableFormats, ['csv'])
    .addOption(new Option('--csv <dialect>', 'plain for programs; nb for people: semicolons, decimal commas, nothing that a spreadsheet computes')
      .choices(['plain', 'nb']).default('plain'));
