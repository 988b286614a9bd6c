/** Into what a file may be divided to be read by several workers. */

import { batchesOfArrow } from './arrow.ts';
import { openBytes } from './bytes.ts';
import { openParquet } from './parquet.ts';
import type { RegisterFile } from './partition.ts';

/** Rows of each row group or record batch; null for what is read as one, text and streams. */
export async function fileUnits(file: RegisterFile): Promise<readonly number[] | null> {
  if (file.format === 'csv') return null;
  const source = await openBytes(file);
  try {
    return file.format === 'parquet' ? (await openParquet(file.name, source)).groups : await batchesOfArrow(file.name, source);
  } finally {
    await source.close();
  }
}
