import type { IndicatorTable } from '../indicator/table.ts';
import type { RunResult } from '../run-result.ts';
import { sha256Hex } from '../spec/digest.ts';
import { coefficientColumns, effectColumns, indicatorColumns, type ResultColumn } from './columns.ts';
import { csvText } from './csv.ts';
import { fitJson } from './fit-json.ts';
import { readingTables } from './reading-columns.ts';
import { tableName } from './table-name.ts';

export type ResultFiles = ReadonlyMap<string, string | Uint8Array>;

export const manifestName = 'manifest.json';

/** Name of an indicator table's file, without extension. */
export const indicatorTableName = ({ by }: Pick<IndicatorTable, 'by'>): string => tableName('indicator', by);

/** The result tables by file name without extension. */
export function resultTables(result: RunResult): Map<string, ResultColumn[]> {
  const tables = new Map([['coefficients', coefficientColumns(result.fits)]]);
  for (const table of result.tables) tables.set(indicatorTableName(table), indicatorColumns(table));
  if (result.effects.length > 0) tables.set('effects', effectColumns(result.effects));
  return new Map([...tables, ...readingTables(result)]);
}

/** Every result file but the manifest: the tables as CSV, and `fit.json`. */
export function resultFiles(result: RunResult): Map<string, string> {
  const files = new Map([['fit.json', fitJson(result.fits)]]);
  for (const [name, columns] of resultTables(result)) files.set(`${name}.csv`, csvText(columns));
  return files;
}

/** SHA-256, in hex, of the files' bytes one after the other in the order of their names; a manifest is left out. */
export async function resultDigest(files: ResultFiles): Promise<string> {
  const encoder = new TextEncoder();
  const names = [...files.keys()].filter((name) => name !== manifestName).sort();
  const parts = names.map((name) => {
    const content = files.get(name)!;
    return typeof content === 'string' ? encoder.encode(content) : content;
  });
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256Hex(bytes);
}
