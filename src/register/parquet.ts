/** Parquet files to Arrow record batches, a row group at a time. Footer and pages are checked before they are decoded. */

import { EngineError } from '../errors.ts';
import { openArrowBytes, type ArrowBatch } from './arrow.ts';
import { readHint, type ArrowHint } from './arrow-hint.ts';
import { zonedColumns, zonedFields, type Zones } from './arrow-zones.ts';
import type { ArrowField } from './arrow-layout.ts';
import { registerAssets } from './assets.ts';
import type { ByteSource } from './bytes.ts';
import { footerOf, readParquetFooter, type ColumnChunk, type ParquetFooter } from './parquet-metadata.ts';
import type { FilePart } from './partition.ts';
import { checkPages, DamagedPage } from './parquet-pages.ts';
import { DamagedThrift } from './thrift.ts';
import { instantZone } from './time-zone.ts';

const batchRows = 122880;

export interface ParquetBatches {
  readonly fields: readonly ArrowField[];
  readonly rows: number;
  /** Rows of each row group. */
  readonly groups: readonly number[];
  /** The record batches with these columns alone. */
  batches(columns: readonly string[]): AsyncGenerator<ArrowBatch>;
}

type Reader = typeof import('parquet-wasm/esm');

let started: Promise<Reader> | null = null;

const start = (): Promise<Reader> => (started ??= load());

async function load(): Promise<Reader> {
  const [reader, module] = await Promise.all([import('parquet-wasm/esm'), registerAssets().parquetModule()]);
  await reader.default({ module_or_path: module });
  return reader;
}

/** Throws EngineError 'data' for files that are encrypted or contradict themselves, here or at the row group where it shows. */
export async function openParquet(file: string, source: ByteSource, part?: FilePart): Promise<ParquetBatches> {
  const reader = await start();
  const { footer, end } = await footerOfFile(file, source);
  const hint = footer.arrowSchema === null ? null : readHint(footer.arrowSchema);
  // Without the writer's word, moments are moments of no zone.
  const zones: Zones = new Map(footer.instants.map((column) => [column, hint === null ? instantZone : (hint.zones.get(column) ?? null)]));
  const schema = wholeFile([], footerOf(footer.struct, { columns: footer.columns, arrowSchema: hint && footer.arrowSchema, group: null }));
  const { fields } = await openArrowBytes(file, decoded(file, () => reader.readSchema(schema).intoIPCStream()));
  return {
    fields: zonedFields(fields, zones),
    rows: footer.rows,
    groups: footer.groups.map((group) => group.rows),
    async *batches(columns) {
      for (let group = part?.from ?? 0; group < (part?.to ?? footer.groups.length); group++) {
        const bytes = await groupBytes(file, source, { footer, hint, group, columns, end });
        yield* groupBatches(reader, { file, bytes, columns, zones, rows: footer.groups[group]!.rows });
      }
    },
  };
}

const magic = 'PAR1';
const encryptedMagic = 'PARE';

async function footerOfFile(file: string, source: ByteSource): Promise<{ footer: ParquetFooter; end: number }> {
  const damaged = (detail: string): EngineError => new EngineError('data.parquet-damaged', { file, detail });
  const wordAt = async (at: number): Promise<string> => String.fromCharCode(...(await source.slice(at, at + 4)));
  const heads = source.size < 12 ? [] : [await wordAt(0), await wordAt(source.size - 4)];
  if (heads.includes(encryptedMagic)) throw new EngineError('data.parquet-encrypted', { file, columns: [] });
  if (heads[0] !== magic) throw damaged('it does not begin as Parquet');
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

interface WantedGroup {
  readonly footer: ParquetFooter;
  readonly hint: ArrowHint | null;
  readonly group: number;
  readonly columns: readonly string[];
  /** Where the footer begins. */
  readonly end: number;
}

/** A file of one row group: the bytes of the columns that are wanted, and a footer that tells where they lie. */
async function groupBytes(file: string, source: ByteSource, { footer, hint, group, columns, end }: WantedGroup): Promise<Uint8Array> {
  const { rows, chunks } = footer.groups[group]!;
  refuseEncrypted(file, chunks, columns);
  refuseOverlap(file, group, chunks);
  const parts: Uint8Array[] = [];
  const places = new Map<number, number>();
  let at = magic.length;
  for (const [k, chunk] of chunks.entries()) {
    if (!columns.includes(chunk.column)) continue;
    const page = (detail: string): EngineError => new EngineError('data.parquet-page', { file, column: chunk.column, group: group + 1, detail });
    if (chunk.isElsewhere) throw page('its bytes are in another file');
    if (chunk.length < 0 || chunk.start < magic.length || chunk.start + chunk.length > end) throw page('its bytes lie outside the file');
    if (chunk.isFlat && chunk.values !== rows) throw page(`it has ${chunk.values} values, and its row group ${rows} rows`);
    const bytes = await source.slice(chunk.start, chunk.start + chunk.length);
    try {
      checkPages(bytes, chunk);
    } catch (error) {
      throw error instanceof DamagedPage ? page(error.message) : error;
    }
    places.set(k, at);
    parts.push(bytes);
    at += bytes.length;
  }
  const arrowSchema = hint && hint.select(columns);
  return wholeFile(parts, footerOf(footer.struct, { columns, arrowSchema, group: { number: group, places } }));
}

/** Bytes that two columns take for theirs are those of one of them at most. */
function refuseOverlap(file: string, group: number, chunks: readonly ColumnChunk[]): void {
  let end = 0;
  for (const { column, start, length } of [...chunks].filter((chunk) => !chunk.isElsewhere && chunk.length > 0).sort((a, b) => a.start - b.start)) {
    if (start < end) throw new EngineError('data.parquet-page', { file, column, group: group + 1, detail: 'its bytes are those of another column too' });
    end = start + length;
  }
}

function refuseEncrypted(file: string, chunks: readonly ColumnChunk[], columns: readonly string[]): void {
  const encrypted = chunks.filter(({ column, isEncrypted }) => isEncrypted && (column === '' || columns.includes(column)));
  if (encrypted.length > 0) throw new EngineError('data.parquet-encrypted', { file, columns: encrypted.map(({ column }) => column).filter(Boolean) });
}

function wholeFile(parts: readonly Uint8Array[], footer: Uint8Array): Uint8Array {
  const word = new TextEncoder().encode(magic);
  const length = new Uint8Array(Uint32Array.of(footer.length).buffer);
  const all = [word, ...parts, footer, length, word];
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

interface DecodedGroup {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly columns: readonly string[];
  readonly zones: Zones;
  readonly rows: number;
}

async function* groupBatches(reader: Reader, { file, bytes, columns, zones, rows }: DecodedGroup): AsyncGenerator<ArrowBatch> {
  const table = decoded(file, () => reader.readParquet(bytes, { batchSize: batchRows }));
  let count = 0;
  try {
    // One batch at a time, so that a large row group is not held twice.
    for (const batch of table.recordBatches()) {
      const stream = decoded(file, () => batch.intoIPCStream());
      for await (const part of (await openArrowBytes(file, stream)).batches(columns)) {
        count += part.rows;
        yield zonedColumns(part, zones);
      }
    }
  } finally {
    table.free();
  }
  if (count !== rows) throw new EngineError('data.parquet-damaged', { file, detail: `a row group of ${rows} rows has ${count}` });
}

/** What the decoder refuses, or breaks down at, is damage of the file. It tells of a breakdown on the console, which is not the place. */
function decoded<T>(file: string, decode: () => T): T {
  const { error } = console;
  console.error = () => {};
  try {
    return decode();
  } catch (cause) {
    const detail = cause instanceof WebAssembly.RuntimeError ? 'its decoder broke down' : cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('data.parquet-damaged', { file, detail: detail.replace(/\.$/, '') }, { cause });
  } finally {
    console.error = error;
  }
}
