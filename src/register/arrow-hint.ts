/** The Arrow schema that writers leave in a Parquet file: it has dictionaries and zones, which the types of Parquet lack. */

import { DataType, Field, RecordBatchReader, Schema, Table, tableToIPC } from 'apache-arrow';
import { readMessage } from './arrow-metadata.ts';

export interface ArrowHint {
  /** Zones of the timestamps by column; null where one has none. */
  readonly zones: ReadonlyMap<string, string | null>;
  /** Columns that are held as indices of a dictionary. */
  readonly dictionaries: ReadonlySet<string>;
  /** The schema of some columns alone, in base64; `plain`: without dictionaries. */
  select(columns: readonly string[], plain?: boolean): string;
}

/** The last one read: files of one table have one schema, and reading it takes longer than ten rows do. */
let last: { readonly base64: string; readonly hint: ArrowHint | null } | null = null;

/** Null where it cannot be read: the types of Parquet stand without it. */
export function readHint(base64: string): ArrowHint | null {
  if (last?.base64 !== base64) last = { base64, hint: readNewHint(base64) };
  return last.hint;
}

function readNewHint(base64: string): ArrowHint | null {
  try {
    const bytes = Uint8Array.from(atob(base64.trim()), (sign) => sign.charCodeAt(0));
    const { message } = readMessage(bytes.subarray(prefixOf(bytes)));
    if (message.kind !== 'schema') return null;
    const { schema } = RecordBatchReader.from(bytes).open();
    const zones = message.schema.fields.flatMap(({ name, type }): [string, string | null][] =>
      type !== null && DataType.isTimestamp(type) ? [[name, type.timezone ?? null]] : []);
    const selected = new Map<string, string>();
    return {
      zones: new Map(zones),
      dictionaries: new Set(message.schema.fields.filter(({ dictionary }) => dictionary !== null).map(({ name }) => name)),
      select(columns, plain = false) {
        const key = JSON.stringify([plain, columns]);
        const wanted = new Set(columns);
        const fields = (): Field[] =>
          schema.fields
            .filter(({ name }) => wanted.has(name))
            .map((field) => (plain ? withoutDictionary(field) : field));
        if (!selected.has(key)) selected.set(key, encoded(new Schema(fields())));
        return selected.get(key)!;
      },
    };
  } catch {
    return null;
  }
}

/** Bytes before the metadata of a message: a mark, which old ones lack, and a length. */
const prefixOf = (bytes: Uint8Array): number => (new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true) === -1 ? 8 : 4);

const withoutDictionary = (field: Field): Field =>
  DataType.isDictionary(field.type) ? field.clone({ type: field.type.dictionary }) : field;

function encoded(schema: Schema): string {
  const stream = tableToIPC(new Table(schema), 'stream');
  const end = 8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return btoa(String.fromCharCode(...stream.subarray(0, end)));
}
