/** Into what a file may be divided to be read by several workers. */

import { batchesOfArrow } from './arrow.ts';
import { openBytes } from './bytes.ts';
import { cutCsv, scanRanges, type Cutting, type CutText, type ScanRequest, type WholeText } from './csv-ranges.ts';
import type { ScannedBytes } from './csv-scan.ts';
import { openParquet } from './parquet.ts';
import type { RegisterFile } from './partition.ts';

/** Why a file is read as one. */
export type WholeFile = WholeText | 'stream' | 'one-group' | 'one-batch';

/** Rows of each row group or record batch; of a CSV file places where rows may begin; or why it is read as one. */
export type FileUnits = { readonly rows: readonly number[] } | CutText | WholeFile;

export async function fileUnits(file: RegisterFile, cutting: Cutting): Promise<FileUnits> {
  const source = await openBytes(file);
  try {
    if (file.format === 'csv') return await cutCsv(file.name, source, { ...cutting, reading: file.reading });
    const rows = file.format === 'parquet' ? (await openParquet(file.name, source)).groups : await batchesOfArrow(file.name, source);
    if (rows === null) return 'stream';
    return rows.length > 1 ? { rows } : file.format === 'parquet' ? 'one-group' : 'one-batch';
  } finally {
    await source.close();
  }
}

/** Ranges of a CSV file as they would be if each began so. */
export async function scanFile(file: RegisterFile, request: ScanRequest, pause: () => Promise<unknown>): Promise<ScannedBytes[]> {
  const source = await openBytes(file);
  try {
    return await scanRanges(source, request, pause);
  } finally {
    await source.close();
  }
}
