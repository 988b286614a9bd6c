import type { CodedRows, HeldColumn } from '../coding/coded-rows.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { withScratch } from './scratch.ts';

/** Rows hashed together, so that their running sums stay in the nearer caches. */
const blockRows = 8192;

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

  add(rows: CodedRows): void {
    const texts = columnsOf(rows).map(({ labels }) => labels && Uint32Array.from(labels, hashText));
    for (let from = 0; from < rows.rows; from += blockRows) this.addBlock(rows, from, Math.min(from + blockRows, rows.rows), texts);
  }

  private addBlock(rows: CodedRows, from: number, to: number, texts: readonly (Uint32Array | undefined)[]): void {
    const { kernels } = this;
    const n = to - from;
    withScratch(kernels.arena, (scratch) => {
      const sums = scratch.room(8 * n);
      let k = 0;
      kernels.hashPersons(scratch.put(rows.persons.subarray(4 * from, 4 * to)), n, sums);
      kernels.hashIntegers(scratch.integers(rows.months.subarray(from, to)), n, k++, sums);
      for (const outcome of rows.outcomes) {
        const y = outcome.subarray(from, to);
        if (y instanceof Uint8Array) kernels.hashIntegers(scratch.integers(y), n, k++, sums);
        else kernels.hashNumbers(scratch.numbers(y), n, k++, sums);
      }
      columnsOf(rows).forEach(({ levels, numbers, codes }, c) => {
        if (levels) kernels.hashIntegers(scratch.integers(levels.subarray(from, to)), n, k++, sums);
        else if (numbers) kernels.hashNumbers(scratch.numbers(numbers.subarray(from, to)), n, k++, sums);
        else kernels.hashThrough(scratch.integers(codes!.subarray(from, to)), n, scratch.put(texts[c]!), k++, sums);
      });
      this.total = BigInt.asUintN(64, this.total + kernels.sumRowHashes(sums, n));
    });
  }

  /** Add those of several workers, mod 2⁶⁴. */
  get sum(): bigint {
    return this.total;
  }
}

const columnsOf = ({ inputs, groups, population }: CodedRows): HeldColumn[] => [...inputs, ...groups, ...(population ? [population] : [])];

/** FNV-1a over UTF-16 code units, mixed by the last step of MurmurHash3. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
