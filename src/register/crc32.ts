/** CRC-32 (ISO 3309), as Parquet and gzip take it; eight bytes a step. */

const tables: readonly Uint32Array[] = makeTables();

function makeTables(): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let word = byte;
    for (let k = 0; k < 8; k++) word = word & 1 ? 0xedb88320 ^ (word >>> 1) : word >>> 1;
    return word;
  });
  const all = [first];
  for (let k = 1; k < 8; k++) all.push(all[k - 1]!.map((word) => first[word & 255]! ^ (word >>> 8)));
  return all;
}

export function crc32(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [Uint32Array, ...Uint32Array[]] as Uint32Array[] & { length: 8 };
  let crc = 0xffffffff;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = t7![crc & 255]! ^ t6![(crc >>> 8) & 255]! ^ t5![(crc >>> 16) & 255]! ^ t4![crc >>> 24]!
      ^ t3![bytes[at + 4]!]! ^ t2![bytes[at + 5]!]! ^ t1![bytes[at + 6]!]! ^ t0![bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = t0![(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
