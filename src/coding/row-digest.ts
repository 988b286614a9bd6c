import type { CodedRows } from './coded-rows.ts';

/** Rows hashed together, so that their running hashes stay in the nearest cache. */
const blockRows = 2048;

/**
 * Order-free digest of rows: two 32-bit sums, mod 2³², of a hash of each row's person, month, outcomes and columns.
 * The same rows give the same sums however they are split, ordered or spread over workers.
 */
export class RowDigest {
  private readonly sums = new Uint32Array(2);
  // Two running hashes a row: identity, outcomes and numbers go into both, levels and labels into the first.
  private readonly a = new Uint32Array(blockRows);
  private readonly b = new Uint32Array(blockRows);
  private readonly one = new Float64Array(1);
  private readonly bits = new Uint32Array(this.one.buffer);

  add(rows: CodedRows): void {
    const columns = [...rows.inputs, ...rows.groups, ...(rows.population ? [rows.population] : [])];
    const hashes = columns.map(({ labels }) => (labels ? Uint32Array.from(labels, hashText) : null));
    for (let from = 0; from < rows.rows; from += blockRows) {
      const to = Math.min(from + blockRows, rows.rows);
      this.a.fill(0x9747b28c);
      this.b.fill(0x3c6ef372);
      this.mixPersons(rows, from, to);
      for (const values of rows.outcomes) this.mixNumbers(values.subarray(from, to));
      columns.forEach(({ levels, numbers, codes }, c) => {
        if (numbers) this.mixNumbers(numbers.subarray(from, to));
        else if (levels instanceof Uint8Array) this.mixBytes(levels.subarray(from, to));
        else if (levels) this.mixWords(levels.subarray(from, to));
        else this.mixLabels(codes!.subarray(from, to), hashes[c]!);
      });
      this.addBlock(to - from);
    }
  }

  private mixPersons({ persons, months }: CodedRows, from: number, to: number): void {
    const { a, b } = this;
    for (let i = 0, row = from; row < to; i++, row++) {
      for (let word = 0; word < 4; word++) mixBoth(a, b, i, persons[4 * row + word]!);
      mixBoth(a, b, i, months[row]!);
    }
  }

  private mixNumbers(values: Float64Array): void {
    const { a, b, one, bits } = this;
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      one[0] = x === x ? x + 0 : 0;
      mixBoth(a, b, i, x === x ? bits[0]! : 1);
      mixBoth(a, b, i, x === x ? bits[1]! : 0x7ff80000);
    }
  }

  private mixBytes(levels: Uint8Array): void {
    for (let i = 0; i < levels.length; i++) mix(this.a, i, levels[i]!);
  }

  private mixWords(levels: Uint16Array): void {
    for (let i = 0; i < levels.length; i++) mix(this.a, i, levels[i]!);
  }

  private mixLabels(codes: Uint32Array, hashes: Uint32Array): void {
    for (let i = 0; i < codes.length; i++) mix(this.a, i, hashes[codes[i]!]!);
  }

  private addBlock(rows: number): void {
    for (let i = 0; i < rows; i++) {
      this.sums[0]! += avalanche(this.a[i]! ^ (this.b[i]! >>> 15));
      this.sums[1]! += avalanche(this.b[i]! ^ Math.imul(this.a[i]!, 0x9e3779b1));
    }
  }

  /** The two sums; add those of several workers word by word, mod 2³². */
  words(): Uint32Array {
    return this.sums.slice();
  }
}

function mix(a: Uint32Array, i: number, word: number): void {
  const h = Math.imul(a[i]! ^ word, 0x85ebca6b);
  a[i] = h ^ (h >>> 15);
}

function mixBoth(a: Uint32Array, b: Uint32Array, i: number, word: number): void {
  mix(a, i, word);
  b[i] = Math.imul(b[i]! + word, 0xc2b2ae35) ^ (a[i]! >>> 11);
}

function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return avalanche(h);
}

function avalanche(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
