/**
 * Dictionaries of texts, before the pages that point into them: the decoder takes a count that is not theirs, and writes an entry out
 * as often as it is pointed to. One that is not compressed is gone through as it is; others are decoded once by
 * themselves, with a page of our own that points to every entry.
 */

import { joined } from './bytes.ts';
import { field, numberOf } from './parquet-fields.ts';
import type { ColumnChunk } from './parquet-metadata.ts';
import { DamagedPage } from './parquet-pages.ts';
import { readStruct, type ThriftValue } from './thrift.ts';
import { writeStruct } from './thrift-write.ts';

/** A dictionary of texts at the beginning of a chunk. */
export interface TextDictionary {
  readonly chunk: ColumnChunk;
  readonly entries: number;
  /** Bytes of its page, decompressed. */
  readonly size: number;
  /** Its page with the header. */
  readonly page: Uint8Array;
  /** Its entries, each after its length; null where they are compressed. */
  readonly plain: Uint8Array | null;
}

const byteArray = 6;
const page = { type: 1, uncompressed: 2, compressed: 3, dictionary: 7, dataV2: 8 } as const;
const dictionaryPage = 2;
/** Bytes of the length before a text. */
const lengthBytes = 4;

/** Null where the chunk has none, or one of another type. Throws DamagedPage where the page cannot hold its entries. */
export function textDictionary(bytes: Uint8Array, chunk: ColumnChunk): TextDictionary | null {
  if (!chunk.isFlat || chunk.type !== byteArray || bytes.length === 0) return null;
  const { struct, end } = readStruct(bytes);
  if (numberOf(struct, page.type) !== dictionaryPage) return null;
  const own = struct.get(page.dictionary);
  const entries = own?.type === 12 ? numberOf(own.value, 1) : null;
  const [size, packed] = [numberOf(struct, page.uncompressed)!, numberOf(struct, page.compressed)!];
  if (entries === null || entries < 0 || lengthBytes * entries > size) throw new DamagedPage(`a dictionary of ${size} bytes is said to have ${entries} entries`);
  const isPlain = numberOf(chunk.own, field.column.codec) === 0 && packed === size;
  return {
    chunk,
    entries,
    size,
    page: bytes.subarray(0, end + packed),
    plain: isPlain ? bytes.subarray(end, end + packed) : null,
  };
}

/** Bytes of the longest entry of a page that is not compressed. Throws DamagedPage where the entries do not fill it. */
export function longestPlain(plain: Uint8Array, { entries, size }: Pick<TextDictionary, 'entries' | 'size'>): number {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  let [at, longest] = [0, 0];
  for (let i = 0; i < entries && at <= size; i++) {
    const length = at + lengthBytes <= size ? view.getUint32(at, true) : 0;
    longest = Math.max(longest, length);
    at += lengthBytes + length;
  }
  if (at !== size) throw new DamagedPage(`a dictionary of ${entries} entries has ${at} bytes of ${size}`);
  return longest;
}

/** Bytes of the longest entry, from where each ends. Throws DamagedPage where the entries do not fill the page. */
export function longestEntry({ entries, size }: TextDictionary, offsets: ArrayLike<number>): number {
  let longest = 0;
  for (let i = 0; i < entries; i++) longest = Math.max(longest, offsets[i + 1]! - offsets[i]!);
  const used = lengthBytes * entries + (offsets[entries]! - offsets[0]!);
  if (used !== size) throw new DamagedPage(`a dictionary of ${entries} entries has ${used} bytes of ${size}`);
  return longest;
}

/** A chunk of `rows` rows: the dictionary, and a page that points to each entry in turn, over again where there are fewer. */
export function entriesChunk({ chunk, entries, page: dictionary }: TextDictionary, rows: number): { readonly bytes: Uint8Array; readonly dataAt: number } {
  const levels = chunk.isOptional ? runOfOnes(rows) : new Uint8Array(0);
  const indices = new Uint32Array(8 * Math.ceil(rows / 8)).map((_, i) => (i < rows ? i % entries : 0));
  const values = [Uint8Array.of(32), Uint8Array.from(varint(((indices.length / 8) << 1) | 1)), new Uint8Array(indices.buffer)];
  const size = levels.length + values.reduce((sum, { length }) => sum + length, 0);
  const header = writeStruct(new Map<number, ThriftValue>([
    [page.type, number(3)], [page.uncompressed, number(size)], [page.compressed, number(size)],
    [page.dataV2, { type: 12, value: new Map<number, ThriftValue>([
      [1, number(rows)], [2, number(0)], [3, number(rows)], [4, number(8)], [5, number(levels.length)], [6, number(0)], [7, { type: 1, value: false }],
    ]) }],
  ]));
  return { bytes: joined([dictionary, header, levels, ...values]), dataAt: dictionary.length };
}

const number = (value: number): ThriftValue => ({ type: 5, value });

/** Definition levels of rows none of which is null. */
const runOfOnes = (rows: number): Uint8Array => Uint8Array.from([...varint(rows << 1), 1]);

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return [...out, rest];
}
