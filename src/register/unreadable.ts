/** What went wrong while a file was read, told as one of our errors. */

import { EngineError } from '../errors.ts';
import type { FileFormat, RegisterFile } from './partition.ts';

const formatNames: Readonly<Record<FileFormat, string>> = { arrow: 'Arrow', parquet: 'Parquet', csv: 'CSV' };

/** Our own errors pass; anything else is a file that is broken, cannot be opened, or is too large for the memory. */
export function unreadable({ name, format }: RegisterFile, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /allocation|memory/i.test(reason)) {
    return new EngineError('memory.file', { file: name, reason }, { cause: error });
  }
  if (error instanceof Error && 'syscall' in error) {
    return new EngineError('data.file-unopened', { file: name, reason }, { cause: error });
  }
  return new EngineError('data.file-unreadable', { file: name, format: formatNames[format], reason }, { cause: error });
}
