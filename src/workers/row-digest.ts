import type { CodedRows } from '../coding/coded-rows.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Scratch } from './scratch.ts';

/**
 * Order-free digest of rows: a sum, mod 2⁶⁴, of a hash of each row's person, month, outcomes and columns. The same rows give
 * the same sum however they are split, ordered or spread over workers, and from whatever format they come.
 */
export class RowDigest {
  private readonly kernels: Kernels;
  private total = 0n;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  add(rows: CodedRows, scratch: Scratch): void {
    const { kernels } = this;
    const n = rows.rows;
    const sums = scratch.room(8 * n);
    let k = 0;
    kernels.hashPersons(scratch.put(rows.persons), n, sums);
    kernels.hashIntegers(scratch.integers(rows.months), n, k++, sums);
    for (const y of rows.outcomes) {
      if (y instanceof Uint8Array) kernels.hashIntegers(scratch.integers(y), n, k++, sums);
      else kernels.hashNumbers(scratch.numbers(y), n, k++, sums);
    }
    for (const { levels, numbers, codes, labels } of [...rows.inputs, ...rows.groups, ...(rows.population ? [rows.population] : [])]) {
      if (levels) kernels.hashIntegers(scratch.integers(levels), n, k++, sums);
      else if (numbers) kernels.hashNumbers(scratch.numbers(numbers), n, k++, sums);
      else kernels.hashThrough(scratch.integers(codes!), n, scratch.put(Uint32Array.from(labels!, hashText)), k++, sums);
    }
    this.total = BigInt.asUintN(64, this.total + kernels.sumRowHashes(sums, n));
  }

  /** Add those of several workers, mod 2⁶⁴. */
  get sum(): bigint {
    return this.total;
  }
}

/** FNV-1a over UTF-16 code units, mixed by the last step of MurmurHash3. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
