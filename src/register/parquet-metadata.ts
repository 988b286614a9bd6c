/** The footer of a Parquet file (parquet-format, parquet.thrift), as far as rows need it. */

import { field, numberOf, structsOf, textOf, textsOf } from './parquet-fields.ts';
import { pathText, schemaOf, type ParquetSchema } from './parquet-schema.ts';
import { DamagedThrift, readStruct, type ThriftStruct, type WantedFields } from './thrift.ts';
import { SeenValues } from './thrift-seen.ts';

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
  /** Its metadata, as far as they are read. */
  readonly own: ThriftStruct;
}

export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

export interface ParquetFooter {
  readonly rows: number;
  readonly groups: readonly RowGroup[];
  readonly schema: ParquetSchema;
  /** The schema that Arrow wrote into the file, in base64; null where none is there. */
  readonly arrowSchema: string | null;
}

const all = (...fields: readonly number[]): [number, WantedFields][] => fields.map((key) => [key, null]);
const { statistics, ...ofColumn } = field.column;

/** Of what a decoder has no need of there is much: ends of values, indexes, filters. */
const wanted: WantedFields = new Map([
  ...all(field.file.schema, field.file.rows, field.file.keyValues),
  [
    field.file.groups,
    new Map([
      ...all(field.group.rows),
      [
        field.group.columns,
        new Map([
          ...all(field.chunk.path, field.chunk.crypto),
          [
            field.chunk.metadata,
            new Map([...all(...Object.values(ofColumn)), [statistics, new Map(all(field.statistics.nulls))] as const]),
          ],
        ]),
      ],
    ]),
  ],
]);

/** Alike in the files of a table. */
const seen = new SeenValues(field.file.schema, field.file.keyValues);

export function readParquetFooter(bytes: Uint8Array): ParquetFooter {
  const { struct } = readStruct(bytes, 0, { wanted, seen });
  const schema = schemaOf(struct);
  const groups = structsOf(struct, field.file.groups).map((group) => rowGroup(group, schema));
  const rows = numberOf(struct, field.file.rows) ?? 0;
  const counted = groups.reduce((sum, group) => sum + group.rows, 0);
  if (counted !== rows) throw new DamagedThrift(`its row groups have ${counted} rows, and its footer says ${rows}`);
  return { rows, groups, schema, arrowSchema: arrowSchemaOf(struct) };
}

const arrowSchemas = new WeakMap<object, string | null>();

function arrowSchemaOf(file: ThriftStruct): string | null {
  const list = file.get(field.file.keyValues);
  if (list === undefined) return null;
  let text = arrowSchemas.get(list);
  if (text === undefined) {
    const hint = structsOf(file, field.file.keyValues).find((entry) => textOf(entry, 1) === arrowSchemaKey);
    arrowSchemas.set(list, (text = hint === undefined ? null : textOf(hint, 2)));
  }
  return text;
}

export const arrowSchemaKey = 'ARROW:schema';

/** Chunks stand in the order of the schema, by which they are decoded; encrypted ones do not say what they are of. */
function rowGroup(group: ThriftStruct, schema: ParquetSchema): RowGroup {
  const rows = numberOf(group, field.group.rows) ?? -1;
  if (rows < 0) throw new DamagedThrift(`a row group has ${rows} rows`);
  const chunks = structsOf(group, field.group.columns);
  if (chunks.length > schema.paths.length)
    throw new DamagedThrift(`a row group has ${chunks.length} columns, and its schema ${schema.paths.length}`);
  return { rows, chunks: chunks.map((chunk, k) => columnChunk(chunk, schema, k)) };
}

/** Bytes of the values of types that all have as many; a fixed-length one says its own. */
const widths: readonly (number | null)[] = [null, 4, 8, 12, 4, 8];
const fixedLength = 7;

const unknownChunk: ColumnChunk = {
  column: '', isFlat: false, type: null, width: null, isOptional: false, nulls: null, values: 0, start: 0, length: 0, uncompressed: null, firstData: 0, isEncrypted: true,
  isElsewhere: false, own: new Map(),
};

/** Where a chunk begins, and its first page of data from there. */
export function chunkPlace(own: ThriftStruct): { readonly start: number; readonly firstData: number } {
  const data = numberOf(own, field.column.dataPage) ?? 0;
  const dictionary = numberOf(own, field.column.dictionaryPage) ?? 0;
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return { start, firstData: data - start };
}

function columnChunk(chunk: ThriftStruct, { paths, byName }: ParquetSchema, k: number): ColumnChunk {
  const metadata = chunk.get(field.chunk.metadata);
  if (metadata?.type !== 12) return unknownChunk;
  const own = metadata.value;
  const names = textsOf(own, field.column.path);
  if (pathText(names) !== paths[k])
    throw new DamagedThrift('the columns of a row group are in another order than in its schema');
  const column = names[0] ?? '';
  const element = byName.get(column);
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
    own,
  };
}
