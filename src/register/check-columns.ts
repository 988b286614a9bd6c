/** Are the columns there that were asked for? */

import { EngineError } from '../errors.ts';

/** Throws one error that names every column asked for that is not there, or there twice. */
export function checkPresent(file: string, columns: readonly string[], present: readonly string[]): void {
  const missing = [...new Set(columns)].filter((column) => !present.includes(column));
  if (missing.length > 0) {
    throw new EngineError('data.missing-columns', { file, missing, present });
  }
  const twice = columns.filter((column) => present.indexOf(column) !== present.lastIndexOf(column));
  if (twice.length > 0) {
    throw new EngineError('data.column-twice', { file, column: twice[0]! });
  }
}
