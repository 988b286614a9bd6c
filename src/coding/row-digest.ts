import type { CodedRows, HeldColumn } from './coded-rows.ts';

/**
 * Order-free digest of rows: two 32-bit sums, mod 2³², of a hash of each row's person, month, outcomes and columns.
 * The same rows give the same sums however they are split, ordered or spread over workers.
 */
export class RowDigest {
  private readonly sums = new Uint32Array(2);

  add(rows: CodedRows): void {
    const n = rows.rows;
    const a = new Uint32Array(n).fill(0x9747b28c);
    const b = new Uint32Array(n).fill(0x3c6ef372);
    for (let word = 0; word < 4; word++) for (let i = 0; i < n; i++) mix(a, b, i, rows.persons[4 * i + word]!);
    for (let i = 0; i < n; i++) mix(a, b, i, rows.months[i]!);
    for (const values of rows.outcomes) mixNumbers(a, b, values);
    for (const column of [...rows.inputs, ...rows.groups, ...(rows.population ? [rows.population] : [])]) mixColumn(a, b, column, n);
    for (let i = 0; i < n; i++) {
      this.sums[0]! += avalanche(a[i]! ^ (b[i]! >>> 15));
      this.sums[1]! += avalanche(b[i]! ^ (a[i]! >>> 13));
    }
  }

  /** The two sums; add those of several workers word by word, mod 2³². */
  words(): Uint32Array {
    return this.sums.slice();
  }
}

function mix(a: Uint32Array, b: Uint32Array, i: number, word: number): void {
  a[i] = Math.imul(a[i]! ^ word, 0x85ebca6b) + (b[i]! >>> 7);
  b[i] = Math.imul(b[i]! + word, 0xc2b2ae35) ^ (a[i]! >>> 11);
}

function mixNumbers(a: Uint32Array, b: Uint32Array, values: Float64Array): void {
  const one = new Float64Array(1);
  const words = new Uint32Array(one.buffer);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    one[0] = x === x ? x + 0 : 0;
    mix(a, b, i, x === x ? words[0]! : 1);
    mix(a, b, i, x === x ? words[1]! : 0x7ff80000);
  }
}

function mixColumn(a: Uint32Array, b: Uint32Array, column: HeldColumn, n: number): void {
  if (column.numbers) return mixNumbers(a, b, column.numbers);
  if (column.levels) {
    for (let i = 0; i < n; i++) mix(a, b, i, column.levels[i]!);
    return;
  }
  const hashes = column.labels!.map(hashText);
  for (let i = 0; i < n; i++) mix(a, b, i, hashes[column.codes![i]!]!);
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
