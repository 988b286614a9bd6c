/**
 * Footers of our own: some columns of a Parquet file, and row groups of theirs. What the decoder has no need of is left
 * out.
 */

import { joined } from './bytes.ts';
import { field, numberOf } from './parquet-fields.ts';
import { arrowSchemaKey, chunkPlace, type ColumnChunk, type ParquetFooter } from './parquet-metadata.ts';
import { selectedElements, type ParquetSchema } from './parquet-schema.ts';
import type { ThriftStruct, ThriftValue } from './thrift.ts';
import { writeStruct, writtenList } from './thrift-write.ts';

const magic = new TextEncoder().encode('PAR1');
/** Where the first chunk of a file begins. */
export const firstChunkAt = magic.length;

/** A file of the bytes of chunks and a footer. */
export function wholeFile(parts: readonly Uint8Array[], footer: Uint8Array): Uint8Array {
  return joined([magic, ...parts, footer, new Uint8Array(Uint32Array.of(footer.length).buffer), magic]);
}

/** A chunk, and where it begins. */
export interface PlacedChunk {
  readonly chunk: ColumnChunk;
  readonly at: number;
}

export interface OwnFooter {
  readonly columns: readonly string[];
  readonly arrowSchema: string | null;
  readonly groups: readonly { readonly rows: number; readonly chunks: readonly PlacedChunk[] }[];
}

export const footerOf = (
  { schema }: Pick<ParquetFooter, 'schema'>,
  { columns, arrowSchema, groups }: OwnFooter,
): Uint8Array =>
  fileFooter(schema, {
    columns,
    arrowSchema,
    groups: groups.map(({ rows, chunks }) => ({ rows, chunks: chunks.map(movedChunk) })),
  });

/** A chunk of our own: a dictionary, and a page of data. */
export interface EntriesPlace {
  readonly chunk: ColumnChunk;
  readonly at: number;
  readonly dataAt: number;
  readonly length: number;
}

/** The same with chunks of our own. */
export function footerOfEntries(
  { schema }: Pick<ParquetFooter, 'schema'>,
  { rows, chunks }: { rows: number; chunks: readonly EntriesPlace[] },
): Uint8Array {
  const columns = chunks.map(({ chunk }) => chunk.column);
  return fileFooter(schema, {
    columns,
    arrowSchema: null,
    groups: [{ rows, chunks: chunks.map((chunk) => entriesChunk(chunk, rows)) }],
  });
}

interface FileFooter {
  readonly columns: readonly string[];
  readonly arrowSchema: string | null;
  readonly groups: readonly WrittenGroup[];
}

interface WrittenGroup {
  readonly rows: number;
  readonly chunks: readonly WrittenChunk[];
}

interface WrittenChunk {
  readonly struct: ThriftStruct;
  /** Bytes of its pages, decompressed. */
  readonly size: number;
}

function fileFooter(schema: ParquetSchema, { columns, arrowSchema, groups }: FileFooter): Uint8Array {
  const { version, schema: elements, rows, groups: list, keyValues } = field.file;
  return writeStruct(new Map([
    [version, { type: 5, value: 2 }],
    [elements, schemaList(schema, columns)],
    [rows, integer(groups.reduce((sum, group) => sum + group.rows, 0))],
    [list, structs(groups.map(groupStruct))],
    ...(arrowSchema === null ? [] : [[keyValues, arrowList(arrowSchema)] as const]),
  ]));
}

function groupStruct({ rows, chunks }: WrittenGroup): ThriftStruct {
  const { columns, bytes, rows: count } = field.group;
  const size = chunks.reduce((sum, { size }) => sum + size, 0);
  return new Map([
    [columns, structs(chunks.map(({ struct }) => struct))],
    [bytes, integer(size)],
    [count, integer(rows)],
  ]);
}

function movedChunk({ chunk: { own, uncompressed }, at }: PlacedChunk): WrittenChunk {
  const { dataPage, dictionaryPage } = field.column;
  const { start } = chunkPlace(own);
  const metadata = new Map(own);
  for (const key of [dataPage, dictionaryPage]) {
    const place = numberOf(own, key);
    if (place !== null) metadata.set(key, integer(place - start + at));
  }
  return chunkStruct(metadata, uncompressed ?? 0);
}

function entriesChunk({ chunk, at, dataAt, length }: EntriesPlace, rows: number): WrittenChunk {
  const { values, uncompressed, compressed, dataPage, dictionaryPage } = field.column;
  const own: [number, ThriftValue][] = [
    [values, integer(rows)],
    [uncompressed, integer(length)],
    [compressed, integer(length)],
    [dataPage, integer(at + dataAt)],
    [dictionaryPage, integer(at)],
  ];
  return chunkStruct(new Map([...chunk.own, ...own]), length);
}

/** Decoders want no more of a chunk: its statistics, indexes and filters are not looked at. */
function chunkStruct(metadata: Map<number, ThriftValue>, size: number): WrittenChunk {
  metadata.delete(field.column.statistics);
  return {
    struct: new Map([
      [field.chunk.offset, integer(0)],
      [field.chunk.metadata, { type: 12, value: metadata }],
    ]),
    size,
  };
}

const integer = (value: number): ThriftValue => ({ type: 6, value });
const structs = (all: readonly ThriftStruct[]): ThriftValue & { type: 9 } => ({
  type: 9,
  of: 12,
  value: all.map((value) => ({ type: 12, value })),
});

const mostLists = 16;

/** What was written of late: of the files of a table the same is asked. */
const schemaLists = new WeakMap<ParquetSchema, Map<string, ThriftValue>>();
const arrowLists = new Map<string, ThriftValue>();

function remembered(lists: Map<string, ThriftValue>, key: string, make: () => readonly ThriftStruct[]): ThriftValue {
  let list = lists.get(key);
  if (list === undefined) {
    if (lists.size === mostLists) lists.clear();
    lists.set(key, (list = writtenList(structs(make()))));
  }
  return list;
}

function schemaList(schema: ParquetSchema, columns: readonly string[]): ThriftValue {
  const lists = schemaLists.get(schema) ?? new Map<string, ThriftValue>();
  schemaLists.set(schema, lists);
  return remembered(lists, JSON.stringify(columns), () => selectedElements(schema, columns));
}

function arrowList(schema: string): ThriftValue {
  const text = (content: string): ThriftValue => ({ type: 8, value: new TextEncoder().encode(content) });
  return remembered(arrowLists, schema, () => [new Map([[1, text(arrowSchemaKey)], [2, text(schema)]])]);
}
