/** The pages of a column chunk, before they are decoded: they fill it, hold as many values as it says, and their checksums hold. */

import { crc32 } from './crc32.ts';
import { numberOf } from './parquet-fields.ts';
import type { ColumnChunk } from './parquet-metadata.ts';
import { DamagedThrift, readStruct, type ThriftStruct, type WantedFields } from './thrift.ts';

/** A page that is not what its header says. */
export class DamagedPage extends Error {}

const pageType = { data: 0, dictionary: 2, dataV2: 3 } as const;
const second = { nulls: 2, rows: 3 } as const;
const header = { type: 1, uncompressed: 2, compressed: 3, crc: 4, data: 5, dictionary: 7, dataV2: 8 } as const;

const { dataV2, dictionary, data, ...plain } = header;
const ofPage: WantedFields = new Map([
  [1, null],
  ...Object.values(second).map((key): [number, WantedFields] => [key, null]),
]);
const wanted: WantedFields = new Map([
  ...Object.values(plain).map((key): [number, WantedFields] => [key, null]),
  [data, ofPage],
  [dictionary, ofPage],
  [dataV2, ofPage],
]);

/** Codecs make at most this many bytes of one (gzip 1,032, others less but for runs); small pages may be larger. */
const mostTimes = 1100;
const smallPage = 16 << 20;

/** What the headers of a chunk's pages come to. */
export interface PageTotals {
  /** Bytes decompressed, headers included. */
  readonly size: number;
  /** Rows that are null; null where a page does not say. */
  readonly nulls: number | null;
}

/** A dictionary comes first and once, the data where the footer says. */
export function checkPages(bytes: Uint8Array, { values, isFlat, width, uncompressed: said, firstData }: CheckedChunk): PageTotals {
  let at = 0;
  let [counted, size] = [0, 0];
  let nulls: number | null = 0;
  let hasData = false;
  while (at < bytes.length) {
    const { struct, end } = headerAt(bytes, at);
    const packed = numberOf(struct, header.compressed) ?? -1;
    const uncompressed = numberOf(struct, header.uncompressed) ?? -1;
    if (packed < 0 || end + packed > bytes.length) throw new DamagedPage('a page reaches beyond its column');
    if (uncompressed < 0 || uncompressed > smallPage + mostTimes * packed) {
      throw new DamagedPage(`a page of ${packed} bytes is said to have ${uncompressed} when decompressed`);
    }
    const crc = numberOf(struct, header.crc);
    if (crc !== null && crc32(bytes.subarray(end, end + packed)) !== crc >>> 0) throw new DamagedPage('the checksum of a page does not hold');
    const type = numberOf(struct, header.type);
    if (type === pageType.dictionary ? at !== 0 : !hasData && at !== firstData) throw new DamagedPage('its pages do not lie where the footer says');
    hasData ||= type !== pageType.dictionary;
    if (type === pageType.dictionary) checkDictionary(struct, uncompressed, width);
    if (type === pageType.data) nulls = null;
    if (nulls !== null) nulls += nullsIn(struct);
    counted += valuesIn(struct, isFlat);
    size += end - at + uncompressed;
    at = end + packed;
  }
  if (counted !== values) throw new DamagedPage(`its pages hold ${counted} values, and the footer says ${values}`);
  if (said !== null && size !== said) throw new DamagedPage(`its pages have ${size} bytes when decompressed, and the footer says ${said}`);
  return { size, nulls };
}

type CheckedChunk = Pick<ColumnChunk, 'values' | 'isFlat' | 'width' | 'uncompressed' | 'firstData'>;

/** Values of one width fill a dictionary. */
function checkDictionary(page: ThriftStruct, size: number, width: number | null): void {
  const own = page.get(header.dictionary);
  const entries = own?.type === 12 ? numberOf(own.value, 1) : null;
  if (entries === null || entries < 0 || (width !== null && entries * width !== size)) throw new DamagedPage(`a dictionary of ${size} bytes is said to have ${entries} entries`);
}

function nullsIn(page: ThriftStruct): number {
  const own = page.get(header.dataV2);
  return own?.type === 12 ? (numberOf(own.value, second.nulls) ?? 0) : 0;
}

function headerAt(bytes: Uint8Array, at: number): { struct: ThriftStruct; end: number } {
  try {
    return readStruct(bytes, at, { wanted });
  } catch (error) {
    if (error instanceof DamagedThrift) throw new DamagedPage(`the header of a page cannot be read: ${error.message}`);
    throw error;
  }
}

function valuesIn(page: ThriftStruct, isFlat: boolean): number {
  const type = numberOf(page, header.type);
  if (type !== pageType.data && type !== pageType.dataV2) return 0;
  const own = page.get(type === pageType.data ? header.data : header.dataV2);
  const values = own?.type === 12 ? numberOf(own.value, 1) : null;
  if (own?.type !== 12 || values === null || values < 0) throw new DamagedPage('a page does not say how many values it holds');
  if (type === pageType.dataV2) checkSecond(own.value, values, isFlat);
  return values;
}

/** Pages of version 2 say their rows and nulls too. */
function checkSecond(page: ThriftStruct, values: number, isFlat: boolean): void {
  const [nulls, rows] = [numberOf(page, second.nulls) ?? 0, numberOf(page, second.rows) ?? -1];
  if (nulls < 0 || nulls > values) throw new DamagedPage(`a page of ${values} values is said to have ${nulls} nulls`);
  if (rows < 0 || rows > values || (isFlat && rows !== values)) throw new DamagedPage(`a page of ${values} values is said to have ${rows} rows`);
}
