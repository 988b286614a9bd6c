// A Parquet file in parts: footer, row groups, column chunks, pages. Taken apart and put together with the project's own Thrift.
import { readStruct } from '../../dist/engine/register/thrift.js';
import { writeStruct } from '../../dist/engine/register/thrift-write.js';
import { joined } from './bytes.mjs';

/** Fields by the numbers of parquet.thrift. */
export const field = {
  file: { schema: 2, rows: 3, groups: 4, keyValues: 5 },
  group: { columns: 1, bytes: 2, rows: 3, compressed: 6 },
  chunk: { path: 1, offset: 2, metadata: 3, offsetIndex: 4, offsetIndexLength: 5, columnIndex: 6, columnIndexLength: 7 },
  column: { type: 1, encodings: 2, path: 3, codec: 4, values: 5, uncompressed: 6, compressed: 7, dataPage: 9, indexPage: 10, dictionaryPage: 11, bloom: 14, bloomLength: 15 },
  page: { type: 1, uncompressed: 2, compressed: 3, crc: 4, data: 5, dictionary: 7, dataV2: 8 },
  data: { values: 1, encoding: 2, definition: 3, repetition: 4 },
  dataV2: { values: 1, nulls: 2, rows: 3, encoding: 4, definitionBytes: 5, repetitionBytes: 6, isCompressed: 7 },
  dictionary: { values: 1, encoding: 2 },
  element: { type: 1, length: 2, repetition: 3, name: 4, children: 5, converted: 6, scale: 7, precision: 8 },
};

/** @typedef {Map<number, any>} Struct */
/** @typedef {{ header: Struct, body: Uint8Array }} Page */
/** @typedef {{ struct: Struct, column: string, pages: Page[] }} Chunk */
/** @typedef {{ footer: Struct, groups: { struct: Struct, chunks: Chunk[] }[] }} Parts */

/** @param {Uint8Array} bytes @returns {Parts} */
export function takeApart(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 8 - view.getUint32(bytes.length - 8, true);
  const footer = mutable(readStruct(bytes.subarray(end, bytes.length - 8)).struct);
  const groups = footer.get(field.file.groups).value.map((/** @type {any} */ group) => ({
    struct: group.value,
    chunks: group.value.get(field.group.columns).value.map((/** @type {any} */ chunk) => chunkOf(bytes, chunk.value)),
  }));
  return { footer, groups };
}

/** @param {Uint8Array} bytes @param {Struct} struct @returns {Chunk} */
function chunkOf(bytes, struct) {
  const own = struct.get(field.chunk.metadata).value;
  const data = own.get(field.column.dataPage).value;
  const dictionary = own.get(field.column.dictionaryPage)?.value ?? 0;
  let at = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = at + own.get(field.column.compressed).value;
  const pages = [];
  while (at < end) {
    const { struct: header, end: bodyAt } = readStruct(bytes, at);
    const next = bodyAt + /** @type {any} */ (header.get(field.page.compressed)).value;
    pages.push({ header: mutable(header), body: bytes.slice(bodyAt, next) });
    at = next;
  }
  return { struct, column: new TextDecoder().decode(own.get(field.column.path).value[0].value), pages };
}

/** Structs and lists within a struct as maps and arrays that may be changed. @param {any} struct @returns {Struct} */
function mutable(struct) {
  const one = (/** @type {any} */ item) =>
    item.type === 12 ? { ...item, value: mutable(item.value) } : item.type === 9 ? { ...item, value: item.value.map(one) } : { ...item };
  return new Map([...struct].map(([key, item]) => [key, one(item)]));
}

/** The file again; with `places` the offsets and sizes in the footer are those of the pages, else they stay. @param {Parts} parts */
export function putTogether({ footer, groups }, { places = true } = {}) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  let at = 4;
  for (const { chunks } of groups) {
    for (const { struct, pages } of chunks) {
      const own = struct.get(field.chunk.metadata).value;
      const start = at;
      let first = null;
      for (const { header, body } of pages) {
        const head = writeStruct(header);
        if (header.get(field.page.type).value !== 2) first ??= at;
        pieces.push(head, body);
        at += head.length + body.length;
      }
      if (!places) continue;
      own.get(field.column.dataPage).value = first ?? start;
      if (own.has(field.column.dictionaryPage)) own.get(field.column.dictionaryPage).value = start;
      own.get(field.column.compressed).value = at - start;
      for (const key of [field.chunk.offsetIndex, field.chunk.offsetIndexLength, field.chunk.columnIndex, field.chunk.columnIndexLength]) struct.delete(key);
      for (const key of [field.column.bloom, field.column.bloomLength]) own.delete(key);
    }
  }
  const end = writeStruct(footer);
  return joined(['PAR1', ...pieces, end, new Uint8Array(Uint32Array.of(end.length).buffer), 'PAR1']);
}
