import { keyDigits, type DigitRequest } from '../coding/breaks.ts';
import type { Arena } from '../kernels/arena.ts';
import type { KeyPrefixes } from '../kernels/row-kernels.ts';
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
