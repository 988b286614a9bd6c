/** The pages of a column chunk, before they are decoded: they fill it, hold as many values as it says, and their checksums hold. */

import { crc32 } from './crc32.ts';
import { numberOf, type ColumnChunk } from './parquet-metadata.ts';
import { DamagedThrift, readStruct, type ThriftStruct } from './thrift.ts';

/** A page that is not what its header says. */
export class DamagedPage extends Error {}

const pageType = { data: 0, dictionary: 2, dataV2: 3 } as const;
const header = { type: 1, uncompressed: 2, compressed: 3, crc: 4, data: 5, dataV2: 8 } as const;

/** Codecs make at most this many bytes of one (gzip 1,032, others less but for runs); small pages may be larger. */
const mostTimes = 1100;
const smallPage = 16 << 20;

export function checkPages(bytes: Uint8Array, { values }: Pick<ColumnChunk, 'values'>): void {
  let at = 0;
  let counted = 0;
  while (at < bytes.length && counted < values) {
    const { struct, end } = headerAt(bytes, at);
    const size = numberOf(struct, header.compressed) ?? -1;
    const uncompressed = numberOf(struct, header.uncompressed) ?? -1;
    if (size < 0 || end + size > bytes.length) throw new DamagedPage('a page reaches beyond its column');
    if (uncompressed < 0 || uncompressed > smallPage + mostTimes * size) {
      throw new DamagedPage(`a page of ${size} bytes is said to have ${uncompressed} when decompressed`);
    }
    const crc = numberOf(struct, header.crc);
    if (crc !== null && crc32(bytes.subarray(end, end + size)) !== crc >>> 0) throw new DamagedPage('the checksum of a page does not hold');
    counted += valuesIn(struct);
    at = end + size;
  }
  if (counted !== values) throw new DamagedPage(`its pages hold ${counted} values, and the footer says ${values}`);
}

function headerAt(bytes: Uint8Array, at: number): { struct: ThriftStruct; end: number } {
  try {
    return readStruct(bytes, at);
  } catch (error) {
    if (error instanceof DamagedThrift) throw new DamagedPage(`the header of a page cannot be read: ${error.message}`);
    throw error;
  }
}

function valuesIn(page: ThriftStruct): number {
  const type = numberOf(page, header.type);
  if (type !== pageType.data && type !== pageType.dataV2) return 0;
  const own = page.get(type === pageType.data ? header.data : header.dataV2);
  const values = own?.type === 12 ? numberOf(own.value, 1) : null;
  if (values === null || values < 0) throw new DamagedPage('a page does not say how many values it holds');
  return values;
}
