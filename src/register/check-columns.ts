/** Are the columns there that were asked for? */

import { EngineError } from '../errors.ts';

/** Throws one error that names every column asked for that is not there, or there twice. */
export function checkPresent(file: string, columns: readonly string[], present: readonly string[]): void {
  const missing = [...new Set(columns)].filter((column) => !present.includes(column));
  if (missing.length > 0) {
    const count = missing.length === 1 ? 'column is' : 'columns are';
    throw new EngineError(
      'data',
      `${file}: ${missing.length} ${count} missing: ${missing.join(', ')}. The file has: ${present.join(', ')}. Add ${missing.length === 1 ? 'it' : 'them'} or name other columns in the model spec.`,
      { file, missing, present },
    );
  }
  const twice = columns.filter((column) => present.indexOf(column) !== present.lastIndexOf(column));
  if (twice.length > 0) {
    throw new EngineError('data', `${file}: the column name ${twice[0]} occurs more than once. Rename all but one.`, { file, column: twice[0] });
  }
}
