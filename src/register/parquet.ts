/** Parquet files to Arrow record batches, a row group at a time. Footer and pages are checked before they are decoded. */

import { EngineError } from '../errors.ts';
import { openArrowBytes, type ArrowBatch } from './arrow.ts';
import { readHint, type ArrowHint } from './arrow-hint.ts';
import { zonedColumns, zonedFields, type Zones } from './arrow-zones.ts';
import type { ArrowField } from './arrow-layout.ts';
import { registerAssets } from './assets.ts';
import type { ByteSource } from './bytes.ts';
import { footerOf, footerOfEntries, readParquetFooter, type ColumnChunk, type ParquetFooter } from './parquet-metadata.ts';
import type { FilePart } from './partition.ts';
import { entriesChunk, longestEntry, textDictionary, type TextDictionary } from './parquet-dictionaries.ts';
import { checkPages, DamagedPage } from './parquet-pages.ts';
import { checkRowCount } from './row-limit.ts';
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
  checkRowCount(file, footer.rows, source.size);
  refuseOverlap(file, footer);
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
        const { rows, chunks } = footer.groups[group]!;
        const { bytes, nulls } = await groupBytes(reader, { file, source, footer, hint, group, columns, end });
        // Groups without rows cost as much as others, and a footer may have any number of them.
        if (rows > 0) yield* groupBatches(reader, { file, bytes, columns, zones, rows, chunks, group, nulls });
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
  readonly file: string;
  readonly source: ByteSource;
  readonly footer: ParquetFooter;
  readonly hint: ArrowHint | null;
  readonly group: number;
  readonly columns: readonly string[];
  /** Where the footer begins. */
  readonly end: number;
}

/** A file of one row group: the bytes of the columns that are wanted, and a footer that tells where they lie. */
async function groupBytes(reader: Reader, { file, source, footer, hint, group, columns, end }: WantedGroup): Promise<{ bytes: Uint8Array; nulls: Map<string, number> }> {
  const { rows, chunks } = footer.groups[group]!;
  refuseEncrypted(file, chunks, columns);
  const parts: Uint8Array[] = [];
  const nulls = new Map<string, number>();
  const dictionaries = new Map<number, TextDictionary>();
  let decodedBytes = 0;
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
      const totals = checkPages(bytes, chunk);
      decodedBytes += totals.size;
      if (chunk.isFlat && totals.nulls !== null) nulls.set(chunk.column, totals.nulls);
      const dictionary = textDictionary(bytes, chunk);
      if (dictionary !== null) dictionaries.set(k, dictionary);
    } catch (error) {
      throw error instanceof DamagedPage ? page(error.message) : error;
    }
    places.set(k, at);
    parts.push(bytes);
    at += bytes.length;
  }
  const longest = await longestEntries(reader, { file, footer, group, dictionaries });
  for (const [column, bytes] of longest) if (!hint?.dictionaries.has(column)) decodedBytes += rows * bytes;
  const most = alwaysDecoded + decodedTimes * source.size;
  if (decodedBytes > most) {
    const detail = `row group ${group + 1} may have ${decodedBytes} bytes when decoded, and a file of ${source.size} bytes is read to ${most}; smaller row groups have less`;
    throw new EngineError('data.parquet-damaged', { file, detail });
  }
  const arrowSchema = hint && hint.select(columns);
  return { bytes: wholeFile(parts, footerOf(footer.struct, { columns, arrowSchema, group: { number: group, places } })), nulls };
}

/** What a row group of a file may come to in memory: any that is small, and as many times the file's bytes. */
const alwaysDecoded = 256 << 20;
const decodedTimes = 64;

interface AskedDictionaries {
  readonly file: string;
  readonly footer: ParquetFooter;
  readonly group: number;
  /** By the number of the chunk in its row group. */
  readonly dictionaries: ReadonlyMap<number, TextDictionary>;
}

/** Bytes of the longest text of each dictionary, by column; those of other types are left out. */
async function longestEntries(reader: Reader, { file, footer, group, dictionaries }: AskedDictionaries): Promise<Map<string, number>> {
  const longest = new Map<string, number>();
  const asked = [...dictionaries].filter(([, { entries }]) => entries > 0);
  if (asked.length === 0) return longest;
  const rows = asked.reduce((most, [, { entries }]) => Math.max(most, entries), 0);
  const parts: Uint8Array[] = [];
  const chunks = new Map<number, { at: number; dataAt: number; length: number }>();
  let at = magic.length;
  for (const [k, dictionary] of asked) {
    const { bytes, dataAt } = entriesChunk(dictionary, rows);
    chunks.set(k, { at, dataAt, length: bytes.length });
    parts.push(bytes);
    at += bytes.length;
  }
  const table = decoded(file, () => reader.readParquet(wholeFile(parts, footerOfEntries(footer.struct, { group, rows, chunks })), { batchSize: rows }));
  try {
    const stream = decoded(file, () => table.recordBatches()[0]!.intoIPCStream());
    for await (const { columns } of (await openArrowBytes(file, stream)).batches(null)) {
      for (const [, dictionary] of asked) {
        const { column } = dictionary.chunk;
        const offsets = columns.get(column)?.valueOffsets;
        if (offsets instanceof Int32Array) longest.set(column, longestIn(dictionary, offsets, { file, column, group }));
      }
    }
  } finally {
    table.free();
  }
  return longest;
}

function longestIn(dictionary: TextDictionary, offsets: Int32Array, { file, column, group }: { file: string; column: string; group: number }): number {
  try {
    return longestEntry(dictionary, offsets);
  } catch (error) {
    throw error instanceof DamagedPage ? new EngineError('data.parquet-page', { file, column, group: group + 1, detail: error.message }) : error;
  }
}

/** Bytes that two chunks take for theirs are those of one of them at most. */
function refuseOverlap(file: string, { groups }: ParquetFooter): void {
  let end = 0;
  const placed = groups.flatMap(({ chunks }, group) => chunks.map(({ column, start, length, isElsewhere }) => ({ column, start, length: isElsewhere ? 0 : length, group })));
  for (const { column, start, length, group } of placed.filter((chunk) => chunk.length > 0).sort((a, b) => a.start - b.start)) {
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
  readonly chunks: readonly ColumnChunk[];
  readonly group: number;
  /** By column, as the pages say. */
  readonly nulls: ReadonlyMap<string, number>;
}

async function* groupBatches(reader: Reader, { file, bytes, columns, zones, rows, chunks, group, nulls }: DecodedGroup): AsyncGenerator<ArrowBatch> {
  const table = decoded(file, () => reader.readParquet(bytes, { batchSize: batchRows }));
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
