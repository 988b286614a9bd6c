import type { DigitRequest } from '../coding/breaks.ts';
import { keyDigits, type DigitCounts } from '../coding/digit-counts.ts';
import type { Arena } from '../kernels/arena.ts';
import type { DigitTable, KeyPrefixes } from '../kernels/row-kernels.ts';
import type { Scratch } from './scratch.ts';

/** The prefixes of a request as the kernels search them. */
export function putPrefixes(scratch: Scratch, arena: Arena, { digit, prefixes }: DigitRequest): KeyPrefixes {
  const keys = prefixes.map((text) => BigInt(`0x${text.padEnd(16, '0')}`));
  const ptr = scratch.room(8 * keys.length);
  new BigUint64Array(arena.i64(ptr, keys.length).buffer, ptr, keys.length).set(keys);
  const first = scratch.zeroed(4 * (keyDigits + 1));
  const starts = arena.u32(first, keyDigits + 1);
  if (digit > 0) {
    for (const key of keys) starts[Number(key >> 48n) + 1]!++;
    for (let b = 0; b < keyDigits; b++) starts[b + 1]! += starts[b]!;
  }
  return { digit, count: keys.length, prefixes: ptr, first };
}

const blockDigits = 256;

/** An empty table for a request. */
export function digitTable(scratch: Scratch, { prefixes: { length } }: DigitRequest): DigitTable {
  return { counts: scratch.room(4 * keyDigits * length), touched: scratch.zeroed((keyDigits / blockDigits) * length) };
}

/** What stands in the table of a request. */
export function countedDigits(
  arena: Arena,
  { counts, touched }: DigitTable,
  { prefixes: { length } }: DigitRequest,
): DigitCounts {
  const [table, blocks] = [
    arena.u32(counts, keyDigits * length),
    arena.u8(touched, (keyDigits / blockDigits) * length),
  ];
  const filled = (take: (cell: number) => void): void => {
    for (let block = blocks.indexOf(1); block >= 0; block = blocks.indexOf(1, block + 1)) {
      for (let cell = blockDigits * block; cell < blockDigits * (block + 1); cell++) if (table[cell]! > 0) take(cell);
    }
  };
  let n = 0;
  filled(() => n++);
  const found = { cells: new Uint32Array(n), counts: new Uint32Array(n) };
  n = 0;
  filled((cell) => {
    found.cells[n] = cell;
    found.counts[n++] = table[cell]!;
  });
  return found;
}
