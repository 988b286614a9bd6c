/** CSV bytes as the texts that stand in them. */

import { EngineError } from '../errors.ts';
import { readDialect } from './csv-dialect.ts';
import { createFields, splitRows } from './csv-fields.ts';

/**
 * Every field by column, as it stands: `NA` and `true` are text like any other. For tables of which every column is known.
 * The bytes are changed where they hold doubled quotes. Throws `EngineError('data')` for rows of another width
 * and for what is not UTF-8.
 */
export function csvTexts(file: string, bytes: Uint8Array): Map<string, string[]> {
  const dialect = readDialect(file, bytes, true)!;
  const { names, separator } = dialect;
  const columns = names.map((): string[] => []);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (field: Uint8Array, row: number): string => {
    try {
      return decoder.decode(field);
    } catch (cause) {
      throw new EngineError('data.row-not-text', { file, row }, { cause });
    }
  };
  const fields = createFields(names.length, 2048);
  const options = { separator, places: Int32Array.from(names, (_, k) => k), mostRows: 2048, isLast: true };
  for (let at = dialect.firstByte; at < bytes.length; ) {
    at = splitRows(bytes, at, fields, options);
    const [malformed] = fields.malformed;
    if (malformed !== undefined) {
      const row = columns[0]!.length + malformed + 1;
      throw new EngineError('data.row-width', { file, row, fields: names.length });
    }
    for (let row = 0; row < fields.rows; row++) {
      columns.forEach((column, k) => {
        const field = 2 * (row * names.length + k);
        column.push(decoded(bytes.subarray(fields.bounds[field]!, fields.bounds[field + 1]!), column.length + 1));
      });
    }
  }
  return new Map(names.map((name, k) => [name, columns[k]!]));
}
