/** Fields of the metadata of Parquet by the numbers of parquet.thrift, and values of them that may not be there. */

import type { ThriftStruct } from './thrift.ts';

export const field = {
  file: { version: 1, schema: 2, rows: 3, groups: 4, keyValues: 5 },
  element: { type: 1, width: 2, repetition: 3, name: 4, children: 5, convertedType: 6, logicalType: 10 },
  group: { columns: 1, bytes: 2, rows: 3 },
  chunk: { path: 1, offset: 2, metadata: 3, crypto: 8 },
  column: {
    type: 1,
    encodings: 2,
    path: 3,
    codec: 4,
    values: 5,
    uncompressed: 6,
    compressed: 7,
    dataPage: 9,
    dictionaryPage: 11,
    statistics: 12,
  },
  statistics: { nulls: 3 },
} as const;

const decoder = new TextDecoder();
const decode = (bytes: Uint8Array): string => decoder.decode(bytes);

export function structsOf(struct: ThriftStruct, key: number): ThriftStruct[] {
  const list = struct.get(key);
  return list?.type === 9 ? list.value.flatMap((item) => (item.type === 12 ? [item.value] : [])) : [];
}

export function numberOf(struct: ThriftStruct, key: number): number | null {
  const item = struct.get(key);
  return item !== undefined && typeof item.value === 'number' ? item.value : null;
}

export function textOf(struct: ThriftStruct, key: number): string {
  const item = struct.get(key);
  return item?.type === 8 ? decode(item.value) : '';
}

export function textsOf(struct: ThriftStruct, key: number): string[] {
  const list = struct.get(key);
  return list?.type === 9 ? list.value.map((name) => (name.type === 8 ? decode(name.value) : '')) : [];
}
