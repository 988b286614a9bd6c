/** Where the footer of a Parquet file lies, and whether it may be believed. */

import { EngineError } from '../errors.ts';
import type { ByteSource } from './bytes.ts';
import { foreignTable } from './foreign-file.ts';
import { readParquetFooter, type ColumnChunk, type ParquetFooter } from './parquet-metadata.ts';
import { DamagedThrift } from './thrift.ts';

const magic = 'PAR1';
const encryptedMagic = 'PARE';

/** With the place where it begins. Throws EngineError 'data'. */
export async function footerOfFile(file: string, source: ByteSource): Promise<{ footer: ParquetFooter; end: number }> {
  const damaged = (detail: string): EngineError => new EngineError('data.parquet-damaged', { file, detail });
  const wordAt = async (at: number): Promise<string> => String.fromCharCode(...(await source.slice(at, at + 4)));
  const heads = source.size < 12 ? [] : [await wordAt(0), await wordAt(source.size - 4)];
  if (heads.includes(encryptedMagic)) throw new EngineError('data.parquet-encrypted', { file, columns: [] });
  if (heads[0] !== magic) {
    const kind = foreignTable(await source.slice(0, Math.min(source.size, 4096)));
    if (kind !== null && kind !== 'parquet')
      throw new EngineError('data.foreign-table', { file, format: 'Parquet', kind });
    throw damaged('it does not begin as Parquet');
  }
  if (heads[1] !== magic) throw damaged('it is cut off, its footer is missing');
  const word = await source.slice(source.size - 8, source.size - 4);
  const length = new DataView(word.buffer, word.byteOffset).getUint32(0, true);
  const end = source.size - 8 - length;
  if (end < 4) throw damaged(`its footer is said to have ${length} bytes`);
  try {
    return { footer: readParquetFooter(await source.slice(end, source.size - 8)), end };
  } catch (error) {
    if (error instanceof DamagedThrift) throw damaged(error.message);
    throw error;
  }
}

/** Bytes that two chunks take for theirs are those of one of them at most. */
export function refuseOverlap(file: string, { groups }: ParquetFooter): void {
  let end = 0;
  const placed = groups.flatMap(({ rows, chunks }, group) =>
    (rows === 0 ? [] : chunks).map(({ column, start, length, isElsewhere }) => ({
      column,
      start,
      length: isElsewhere ? 0 : length,
      group,
    })),
  );
  for (const { column, start, length, group } of placed
    .filter((chunk) => chunk.length > 0)
    .sort((a, b) => a.start - b.start)) {
    if (start < end)
      throw new EngineError('data.parquet-page', {
        file,
        column,
        group: group + 1,
        detail: 'its bytes are those of another column too',
      });
    end = start + length;
  }
}

export function refuseEncrypted(file: string, chunks: readonly ColumnChunk[], columns: readonly string[]): void {
  const encrypted = chunks.filter(
    ({ column, isEncrypted }) => isEncrypted && (column === '' || columns.includes(column)),
  );
  if (encrypted.length > 0)
    throw new EngineError('data.parquet-encrypted', {
      file,
      columns: encrypted.map(({ column }) => column).filter(Boolean),
    });
}
