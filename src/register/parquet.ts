/** Parquet files to Arrow record batches, a row group at a time. Footer and pages are checked before they are decoded. */

import { EngineError } from '../errors.ts';
import { openArrowBytes, type ArrowBatch } from './arrow.ts';
import { readHint } from './arrow-hint.ts';
import type { ArrowField } from './arrow-layout.ts';
import { zonedColumns, zonedFields, type Zones } from './arrow-zones.ts';
import type { ByteSource } from './bytes.ts';
import { decoded, startDecoder, type Decoder } from './parquet-decoder.ts';
import { footerOfFile, refuseOverlap } from './parquet-footer-place.ts';
import { footerOf, wholeFile } from './parquet-footers.ts';
import { groupBytes } from './parquet-group.ts';
import type { ColumnChunk } from './parquet-metadata.ts';
import type { ParquetSchema } from './parquet-schema.ts';
import type { FilePart } from './partition.ts';
import { checkRowCount } from './row-limit.ts';
import { instantZone } from './time-zone.ts';

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
  const decoder = await startDecoder();
  const { footer, end } = await footerOfFile(file, source);
  checkRowCount(file, footer.rows, source.size);
  refuseOverlap(file, footer);
  const hint = footer.arrowSchema === null ? null : readHint(footer.arrowSchema);
  // Without the writer's word, moments are moments of no zone.
  const zones: Zones = new Map(footer.schema.instants.map((column) => [column, hint === null ? instantZone : (hint.zones.get(column) ?? null)]));
  const fields = await fieldsOf(decoder, file, footer.schema, hint && footer.arrowSchema);
  return {
    fields: zonedFields(fields, zones),
    rows: footer.rows,
    groups: footer.groups.map((group) => group.rows),
    async *batches(columns) {
      for (let group = part?.from ?? 0; group < (part?.to ?? footer.groups.length); group++) {
        const { rows, chunks } = footer.groups[group]!;
        const { bytes, nulls } = await groupBytes(decoder, { file, source, footer, hint, group, columns, end });
        // Groups without rows cost as much as others, and a footer may have any number of them.
        if (rows > 0) yield* groupBatches(decoder, { file, bytes, columns, zones, rows, chunks, group, nulls });
      }
    },
  };
}

const known = new WeakMap<ParquetSchema, Map<string | null, readonly ArrowField[]>>();
const mostKnown = 16;

/** Columns as the decoder makes them; of files with one schema they are the same. */
async function fieldsOf(decoder: Decoder, file: string, schema: ParquetSchema, arrowSchema: string | null): Promise<readonly ArrowField[]> {
  const own = known.get(schema) ?? new Map<string | null, readonly ArrowField[]>();
  known.set(schema, own);
  const before = own.get(arrowSchema);
  if (before !== undefined) return before;
  const bytes = wholeFile([], footerOf({ schema }, { columns: schema.columns, arrowSchema, group: null }));
  const { fields } = await openArrowBytes(file, decoded(file, () => decoder.readSchema(bytes).intoIPCStream()));
  if (own.size === mostKnown) own.clear();
  own.set(arrowSchema, fields);
  return fields;
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

async function* groupBatches(decoder: Decoder, { file, bytes, columns, zones, rows, chunks, group, nulls }: DecodedGroup): AsyncGenerator<ArrowBatch> {
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
  if (count !== rows) throw new EngineError('data.parquet-damaged', { file, detail: `a row group of ${rows} rows has ${count}` });
  for (const { column, isFlat, nulls: counted } of chunks) {
    const said = [nulls.get(column), counted].find((number) => typeof number === 'number' && number !== found.get(column));
    if (isFlat && said !== undefined && found.has(column)) {
      throw new EngineError('data.parquet-page', { file, column, group: group + 1, detail: `${found.get(column)} values are null, and it says ${said}` });
    }
  }
}
