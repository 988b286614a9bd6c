/** The footer of a Parquet file (parquet-format, parquet.thrift), as far as rows need it, and footers of our own. */

import { DamagedThrift, readStruct, writeStruct, type ThriftStruct, type ThriftValue } from './thrift.ts';

/** Bytes of one column of a row group. */
export interface ColumnChunk {
  /** Name of the column at the top of the schema. */
  readonly column: string;
  readonly isFlat: boolean;
  /** Its type by the number of parquet.thrift; null where none is said. */
  readonly type: number | null;
  /** Bytes of a value where all have as many. */
  readonly width: number | null;
  /** Its rows may be null. */
  readonly isOptional: boolean;
  /** Rows that are null, by its statistics; null where there are none. */
  readonly nulls: number | null;
  readonly values: number;
  readonly start: number;
  readonly length: number;
  /** Bytes of its pages with their headers, decompressed; null where the footer does not say. */
  readonly uncompressed: number | null;
  /** Where the first page of data begins, from `start`. */
  readonly firstData: number;
  readonly isEncrypted: boolean;
  readonly isElsewhere: boolean;
}

export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

export interface ParquetFooter {
  readonly rows: number;
  readonly groups: readonly RowGroup[];
  /** Columns at the top of the schema. */
  readonly columns: readonly string[];
  /** Columns of moments, by the types of Parquet: it has no zones. */
  readonly instants: readonly string[];
  /** The schema that Arrow wrote into the file, in base64; null where none is there. */
  readonly arrowSchema: string | null;
  readonly struct: ThriftStruct;
}

/** Fields by the numbers of parquet.thrift. */
const field = {
  file: { schema: 2, rows: 3, groups: 4, keyValues: 5, columnOrders: 7, encryption: 8, signingKey: 9 },
  element: { type: 1, width: 2, repetition: 3, name: 4, children: 5, convertedType: 6, logicalType: 10 },
  group: { columns: 1, rows: 3, sorting: 4, offset: 5 },
  chunk: { path: 1, offset: 2, metadata: 3, offsetIndex: 4, offsetIndexLength: 5, columnIndex: 6, columnIndexLength: 7, crypto: 8 },
  column: { type: 1, path: 3, values: 5, uncompressed: 6, compressed: 7, dataPage: 9, indexPage: 10, dictionaryPage: 11, statistics: 12, bloom: 14, bloomLength: 15 },
  statistics: { nulls: 3 },
} as const;

export function readParquetFooter(bytes: Uint8Array): ParquetFooter {
  const { struct } = readStruct(bytes);
  const elements = structsOf(struct, field.file.schema);
  if (elements.length === 0) throw new DamagedThrift('it has no schema');
  const top = topLevel(elements).map(([element]) => element!);
  const byName = new Map(top.map((element) => [nameOf(element), element]));
  const groups = structsOf(struct, field.file.groups).map((group) => rowGroup(group, byName));
  const paths = leafPaths(elements);
  for (const group of structsOf(struct, field.file.groups)) checkOrder(structsOf(group, field.group.columns), paths);
  const rows = numberOf(struct, field.file.rows) ?? 0;
  const counted = groups.reduce((sum, group) => sum + group.rows, 0);
  if (counted !== rows) throw new DamagedThrift(`its row groups have ${counted} rows, and its footer says ${rows}`);
  const hint = structsOf(struct, field.file.keyValues).find((entry) => textOf(entry, 1) === arrowSchemaKey);
  return { rows, groups, columns: top.map(nameOf), instants: top.filter(isInstant).map(nameOf), arrowSchema: hint === undefined ? null : textOf(hint, 2), struct };
}

const arrowSchemaKey = 'ARROW:schema';

const nameOf = (element: ThriftStruct): string => textOf(element, field.element.name);

/** Elements of the schema right below its root, each with those below it. */
function topLevel(elements: readonly ThriftStruct[]): ThriftStruct[][] {
  const top: ThriftStruct[][] = [];
  for (let at = 1; at < elements.length; ) {
    const next = after(elements, at, 0);
    top.push(elements.slice(at, next));
    at = next;
  }
  return top;
}

function after(elements: readonly ThriftStruct[], at: number, depth: number): number {
  const children = numberOf(elements[at]!, field.element.children) ?? 0;
  let next = at + 1;
  for (let k = 0; k < children; k++) {
    if (next >= elements.length || depth > 64) throw new DamagedThrift('its schema ends within a group');
    next = after(elements, next, depth + 1);
  }
  return next;
}

/** Columns of values in the order of the schema, by their names from the top. */
function leafPaths(elements: readonly ThriftStruct[]): string[] {
  const paths: string[] = [];
  const walk = (at: number, above: readonly string[]): number => {
    const path = [...above, nameOf(elements[at]!)];
    const children = numberOf(elements[at]!, field.element.children) ?? 0;
    if (children <= 0) paths.push(JSON.stringify(path));
    let next = at + 1;
    for (let k = 0; k < children; k++) next = walk(next, path);
    return next;
  };
  for (let at = 1; at < elements.length; ) at = walk(at, []);
  return paths;
}

/** Chunks stand in the order of the schema, by which they are decoded; encrypted ones do not say what they are of. */
function checkOrder(chunks: readonly ThriftStruct[], paths: readonly string[]): void {
  if (chunks.length > paths.length) throw new DamagedThrift(`a row group has ${chunks.length} columns, and its schema ${paths.length}`);
  chunks.forEach((chunk, k) => {
    const own = chunk.get(field.chunk.metadata);
    if (own?.type === 12 && JSON.stringify(pathOf(own.value)) !== paths[k]) throw new DamagedThrift('the columns of a row group are in another order than in its schema');
  });
}

function pathOf(own: ThriftStruct): string[] {
  const path = own.get(field.column.path);
  return path?.type === 9 ? path.value.map((name) => (name.type === 8 ? decode(name.value) : '')) : [];
}

const int96 = 3;
const timestampConverted: readonly (number | null)[] = [9, 10];
const timestampLogical = 8;

/** Old timestamps of 96 bits and those adjusted to UTC are moments: which month they are in depends on the zone. */
function isInstant(element: ThriftStruct): boolean {
  if (numberOf(element, field.element.type) === int96) return true;
  const logical = element.get(field.element.logicalType);
  const timestamp = logical?.type === 12 ? logical.value.get(timestampLogical) : undefined;
  if (timestamp?.type === 12) {
    const adjusted = timestamp.value.get(1);
    return adjusted?.type === 1 && adjusted.value;
  }
  return logical === undefined && timestampConverted.includes(numberOf(element, field.element.convertedType));
}

type Elements = ReadonlyMap<string, ThriftStruct>;

function rowGroup(group: ThriftStruct, elements: Elements): RowGroup {
  const rows = numberOf(group, field.group.rows) ?? -1;
  if (rows < 0) throw new DamagedThrift(`a row group has ${rows} rows`);
  return { rows, chunks: structsOf(group, field.group.columns).map((chunk) => columnChunk(chunk, elements)) };
}

/** Bytes of the values of types that all have as many; a fixed-length one says its own. */
const widths: readonly (number | null)[] = [null, 4, 8, 12, 4, 8];
const fixedLength = 7;

const unknownChunk: ColumnChunk = {
  column: '', isFlat: false, type: null, width: null, isOptional: false, nulls: null, values: 0, start: 0, length: 0, uncompressed: null, firstData: 0, isEncrypted: true,
  isElsewhere: false,
};

/** Where a chunk begins, and its first page of data from there. */
function chunkPlace(own: ThriftStruct): { readonly start: number; readonly firstData: number } {
  const data = numberOf(own, field.column.dataPage) ?? 0;
  const dictionary = numberOf(own, field.column.dictionaryPage) ?? 0;
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return { start, firstData: data - start };
}

function columnChunk(chunk: ThriftStruct, elements: Elements): ColumnChunk {
  const metadata = chunk.get(field.chunk.metadata);
  if (metadata?.type !== 12) return unknownChunk;
  const own = metadata.value;
  const names = pathOf(own);
  const column = names[0] ?? '';
  const element = elements.get(column);
  const type = numberOf(own, field.column.type);
  const statistics = own.get(field.column.statistics);
  return {
    column,
    isFlat: names.length === 1,
    type,
    width: type === fixedLength ? element === undefined ? null : numberOf(element, field.element.width) : widths[type ?? -1] ?? null,
    isOptional: element !== undefined && numberOf(element, field.element.repetition) === 1,
    nulls: statistics?.type === 12 ? numberOf(statistics.value, field.statistics.nulls) : null,
    values: numberOf(own, field.column.values) ?? 0,
    ...chunkPlace(own),
    length: numberOf(own, field.column.compressed) ?? 0,
    uncompressed: numberOf(own, field.column.uncompressed),
    isEncrypted: chunk.has(field.chunk.crypto),
    isElsewhere: chunk.has(field.chunk.path),
  };
}

/** What a footer of our own tells: some columns, their Arrow schema, and one row group of theirs or none. */
export interface SelectedFooter {
  readonly columns: readonly string[];
  readonly arrowSchema: string | null;
  readonly group: { readonly number: number; /** Where each chunk of the group lies. */ readonly places: ReadonlyMap<number, number> } | null;
}

export function footerOf(struct: ThriftStruct, { columns, arrowSchema, group }: SelectedFooter): Uint8Array {
  const groups = struct.get(field.file.groups);
  const one = group === null || groups?.type !== 9 ? undefined : groups.value[group.number];
  const moved = one?.type === 12 ? movedGroup(one.value, group!.places) : null;
  const rows = moved === null ? 0 : numberOf(moved, field.group.rows)!;
  return writeStruct(new Map([
    ...without(struct, [field.file.keyValues, field.file.columnOrders, field.file.encryption, field.file.signingKey]),
    [field.file.schema, structs(selectedElements(structsOf(struct, field.file.schema), columns))],
    [field.file.rows, integer(rows)],
    [field.file.groups, structs(moved === null ? [] : [moved])],
    ...(arrowSchema === null ? [] : [[field.file.keyValues, structs([keyValue(arrowSchemaKey, arrowSchema)])] as const]),
  ]));
}

const integer = (value: number): ThriftValue => ({ type: 6, value });
const structs = (all: readonly ThriftStruct[]): ThriftValue => ({ type: 9, of: 12, value: all.map((value) => ({ type: 12, value })) });

function keyValue(key: string, value: string): ThriftStruct {
  const text = (content: string): ThriftValue => ({ type: 8, value: new TextEncoder().encode(content) });
  return new Map([[1, text(key)], [2, text(value)]]);
}

function selectedElements(elements: readonly ThriftStruct[], columns: readonly string[]): ThriftStruct[] {
  const wanted = new Set(columns);
  const selected = topLevel(elements).filter(([element]) => wanted.has(nameOf(element!)));
  const root = new Map([...elements[0]!, [field.element.children, { type: 5, value: selected.length } satisfies ThriftValue]]);
  return [root, ...selected.flat()];
}

/** A footer of columns of texts alone, with chunks of our own in one row group. */
export function footerOfEntries(struct: ThriftStruct, { group, rows, chunks }: { group: number; rows: number; chunks: ReadonlyMap<number, EntriesPlace> }): Uint8Array {
  const own = structsOf(structsOf(struct, field.file.groups)[group]!, field.group.columns);
  const columns = [...chunks].map(([k, place]): ThriftStruct => {
    const metadata = own[k]!.get(field.chunk.metadata)!;
    return new Map<number, ThriftValue>([[field.chunk.offset, integer(0)], [field.chunk.metadata, { type: 12, value: entriesColumn(metadata.value as ThriftStruct, { ...place, rows }) }]]);
  });
  const names = [...chunks.keys()].map((k) => columnChunk(own[k]!, new Map()).column);
  const bytes = [...chunks.values()].reduce((sum, { length }) => sum + length, 0);
  return writeStruct(new Map<number, ThriftValue>([
    [1, { type: 5, value: 2 }],
    [field.file.schema, structs(selectedElements(structsOf(struct, field.file.schema), names))],
    [field.file.rows, integer(rows)],
    [field.file.groups, structs([new Map<number, ThriftValue>([[field.group.columns, structs(columns)], [2, integer(bytes)], [field.group.rows, integer(rows)]])])],
  ]));
}

interface EntriesPlace {
  readonly at: number;
  readonly dataAt: number;
  readonly length: number;
}

/** The struct of a chunk of our own, from that of the chunk its dictionary is of. */
function entriesColumn(own: ThriftStruct, { at, dataAt, length, rows }: EntriesPlace & { readonly rows: number }): ThriftStruct {
  // Statistics, indexes and filters are of other pages.
  const kept = [1, 2, 3, 4].flatMap((key): [number, ThriftValue][] => (own.has(key) ? [[key, own.get(key)!]] : []));
  const { values, uncompressed, compressed, dataPage, dictionaryPage } = field.column;
  return new Map([...kept, [values, integer(rows)], [uncompressed, integer(length)], [compressed, integer(length)], [dataPage, integer(at + dataAt)], [dictionaryPage, integer(at)]]);
}

/** The chunks that have a place, there; the group's own offset and what points to indexes are left out. */
function movedGroup(group: ThriftStruct, places: ReadonlyMap<number, number>): ThriftStruct {
  const chunks = structsOf(group, field.group.columns).flatMap((chunk, k) => (places.has(k) ? [movedChunk(chunk, places.get(k)!)] : []));
  return new Map([...without(group, [field.group.offset, field.group.sorting]), [field.group.columns, structs(chunks)]]);
}

function movedChunk(chunk: ThriftStruct, place: number): ThriftStruct {
  const { offsetIndex, offsetIndexLength, columnIndex, columnIndexLength, crypto, offset, metadata } = field.chunk;
  const { dataPage, indexPage, dictionaryPage, bloom, bloomLength } = field.column;
  const own = chunk.get(metadata);
  if (own?.type !== 12) return chunk;
  const { start } = chunkPlace(own.value);
  const moved = [dataPage, dictionaryPage].flatMap((key): [number, ThriftValue][] => {
    const at = numberOf(own.value, key);
    return at === null ? [] : [[key, integer(at - start + place)]];
  });
  const columns = new Map([...without(own.value, [indexPage, bloom, bloomLength]), ...moved]);
  const plain = without(chunk, [offsetIndex, offsetIndexLength, columnIndex, columnIndexLength, crypto]);
  return new Map([...plain, [offset, integer(0)], [metadata, { type: 12, value: columns }]]);
}

const without = (struct: ThriftStruct, keys: readonly number[]): ThriftStruct => new Map([...struct].filter(([key]) => !keys.includes(key)));

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function structsOf(struct: ThriftStruct, key: number): ThriftStruct[] {
  const list = struct.get(key);
  return list?.type === 9 ? list.value.flatMap((item) => (item.type === 12 ? [item.value] : [])) : [];
}

export function numberOf(struct: ThriftStruct, key: number): number | null {
  const item = struct.get(key);
  return item !== undefined && typeof item.value === 'number' ? item.value : null;
}

function textOf(struct: ThriftStruct, key: number): string {
  const item = struct.get(key);
  return item?.type === 8 ? decode(item.value) : '';
}
