/** Parquet files to Arrow record batches, a row group at a time. Footer and pages are checked before they are decoded. */

import { EngineError } from '../errors.ts';
import { openArrowBytes, type ArrowBatch } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { zonedColumns, type Zones } from './arrow-zones.ts';
import type { ByteSource } from './bytes.ts';
import { decoded, type Decoder } from './parquet-decoder.ts';
import { groupBytes } from './parquet-group.ts';
import type { ColumnChunk } from './parquet-metadata.ts';
import { openFooter } from './parquet-open.ts';
import type { FilePart } from './partition.ts';

/** A row group is decoded in batches of about one size: no more rows than this, and no small one at the end. */
const mostBatchRows = 196608;

const batchRows = (rows: number): number => Math.ceil(rows / Math.max(1, Math.ceil(rows / mostBatchRows)));

export interface ParquetBatches {
  readonly fields: readonly ArrowField[];
  readonly rows: number;
  /** Rows of each row group. */
  readonly groups: readonly number[];
  /** The record batches with these columns alone. */
  batches(columns: readonly string[]): AsyncGenerator<ArrowBatch>;
}

/** Throws EngineError 'data' for files that are encrypted or contradict themselves, here or at the row group where it shows. */
export async function openParquet(file: string, source: ByteSource, part?: FilePart): Promise<ParquetBatches> {
  const opened = await openFooter(file, source);
  const { decoder, footer, zones, fields } = opened;
  return {
    fields,
    rows: footer.rows,
    groups: footer.groups.map((group) => group.rows),
    async *batches(columns) {
      for (let group = part?.from ?? 0; group < (part?.to ?? footer.groups.length); group++) {
        const { rows, chunks } = footer.groups[group]!;
        // Groups without rows have no pages, and a footer may have any number of them.
        if (rows === 0) continue;
        const { bytes, nulls } = await groupBytes(decoder, { ...opened, group, columns });
        yield* groupBatches(decoder, { file, bytes, columns, zones, rows, chunks, group, nulls });
      }
    },
  };
}

interface DecodedGroup {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly columns: readonly string[];
  readonly zones: Zones;
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
  readonly group: number;
  /** By column, as the pages say. */
  readonly nulls: ReadonlyMap<string, number>;
}

async function* groupBatches(
  decoder: Decoder,
  { file, bytes, columns, zones, rows, chunks, group, nulls }: DecodedGroup,
): AsyncGenerator<ArrowBatch> {
  const table = decoded(file, () => decoder.readParquet(bytes, { batchSize: batchRows(rows) }));
  let count = 0;
  const found = new Map(columns.map((column) => [column, 0]));
  try {
    // One batch at a time, so that a large row group is not held twice.
    for (const batch of table.recordBatches()) {
      const stream = decoded(file, () => batch.intoIPCStream());
      for await (const part of (await openArrowBytes(file, stream)).batches(columns)) {
        count += part.rows;
        for (const [column, data] of part.columns) found.set(column, found.get(column)! + data.nullCount);
        yield zonedColumns(part, zones);
      }
    }
  } finally {
    table.free();
  }
  if (count !== rows)
    throw new EngineError('data.parquet-damaged', { file, detail: `a row group of ${rows} rows has ${count}` });
  for (const { column, isFlat, nulls: counted } of chunks) {
    const said = [nulls.get(column), counted].find(
      (number) => typeof number === 'number' && number !== found.get(column),
    );
    if (isFlat && said !== undefined && found.has(column)) {
      throw new EngineError('data.parquet-page', {
        file,
        column,
        group: group + 1,
        detail: `${found.get(column)} values are null, and it says ${said}`,
      });
    }
  }
}
