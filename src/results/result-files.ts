import type { ComparedResult } from '../comparison/compare-result.ts';
import { EngineError } from '../errors.ts';
import type { IndicatorTable } from '../indicator/table.ts';
import type { RunResult } from '../run-result.ts';
import { sha256Hex } from '../spec/digest.ts';
import { coefficientColumns, effectColumns, indicatorColumns, type ResultColumn } from './columns.ts';
import { comparisonJson } from './comparison-json.ts';
import { csvText } from './csv.ts';
import { fitJson } from './fit-json.ts';
import { readingTables } from './reading-columns.ts';
import { tableName } from './table-name.ts';
import { unitTables } from './unit-tables.ts';

export type ResultFiles = ReadonlyMap<string, string | Uint8Array>;

export const manifestName = 'manifest.json';

/** Name of an indicator table's file, without extension. */
export const indicatorTableName = ({ by }: Pick<IndicatorTable, 'by'>): string => tableName('indicator', by);

/** The result tables by file name without extension; with `compared`, those of the comparison too. */
export function resultTables(result: RunResult, compared: ComparedResult | null = null): Map<string, ResultColumn[]> {
  const tables = new Map([['coefficients', coefficientColumns(result.fits)]]);
  for (const table of result.tables) tables.set(indicatorTableName(table), indicatorColumns(table));
  if (result.effects.length > 0) tables.set('effects', effectColumns(result.effects));
  for (const [name, columns] of [...readingTables(result), ...(compared ? unitTables(compared, result.changes) : [])]) {
    if (tables.has(name)) throw new EngineError('usage.table-name-twice', { name });
    tables.set(name, columns);
  }
  return tables;
}

/** What a result has besides tables and manifest. */
export function resultNotes(result: RunResult, compared: ComparedResult | null = null): Map<string, string> {
  const notes = new Map([['fit.json', fitJson(result.fits)]]);
  if (compared) notes.set('comparison.json', comparisonJson(compared, { spec: result.spec, cluster: result.options.cluster ?? 'row', zeroMeans: result.zeroMeans }));
  return notes;
}

/** Every result file but the manifest: the tables as CSV, and the notes. */
export function resultFiles(result: RunResult, compared: ComparedResult | null = null): Map<string, string> {
  const files = resultNotes(result, compared);
  for (const [name, columns] of resultTables(result, compared)) files.set(`${name}.csv`, csvText(columns));
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
