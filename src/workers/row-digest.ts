import type { Kernels } from '../kernels/kernels.ts';
import type { HeldArray, Piece, RowStore } from './row-store.ts';
import { withScratch } from './scratch.ts';

/**
 * Order-free digest of rows: a sum, mod 2⁶⁴, of a hash of each row's person, month, outcomes and columns. The same rows give
 * the same sum however they are split, ordered or spread over workers, and from whatever format they come.
 */
export class RowDigest {
  private readonly kernels: Kernels;
  private readonly store: RowStore;
  /** Hashes of labels by code; null for columns without labels. */
  private readonly inputs: readonly (Uint32Array | null)[];
  private readonly groups: readonly Uint32Array[];
  private readonly population: Uint32Array;
  private total = 0n;

  /** Of rows whose labels are settled. */
  constructor(kernels: Kernels, store: RowStore, inputs: readonly { readonly held: string }[], groupColumns: readonly string[]) {
    const hashes = (labels: readonly string[]): Uint32Array => Uint32Array.from(labels, hashText);
    this.kernels = kernels;
    this.store = store;
    this.inputs = inputs.map(({ held }, i) => (held === 'labels' ? hashes(store.inputLabels(i)) : null));
    this.groups = groupColumns.map((_, g) => hashes(store.groupLabels(g)));
    this.population = hashes(store.populationLabels());
  }

  add(piece: Piece): void {
    const { kernels, store } = this;
    const n = piece.rows;
    withScratch(kernels.arena, (scratch) => {
      const sums = scratch.room(8 * n);
      let k = 0;
      const numbers = (column: HeldArray): void => {
        if (column instanceof Float32Array || column instanceof Float64Array) kernels.hashNumbers(scratch.numbers(column), n, k++, sums);
        else kernels.hashIntegers(scratch.integers(column), n, k++, sums);
      };
      const labels = (codes: HeldArray, hashes: Uint32Array): void =>
        kernels.hashThrough(scratch.integers(codes as Uint8Array | Uint16Array | Uint32Array), n, scratch.put(hashes), k++, sums);
      const persons = scratch.room(16 * n);
      store.persons.writeWords(piece.persons, kernels.arena.u32(persons, 4 * n));
      kernels.hashPersons(persons, n, sums);
      numbers(piece.months);
      piece.outcomes.forEach(numbers);
      piece.inputs.forEach((column, i) => (this.inputs[i] ? labels(column, this.inputs[i]) : numbers(column)));
      piece.groups.forEach((column, g) => labels(column, this.groups[g]!));
      if (piece.population) labels(piece.population, this.population);
      this.total = BigInt.asUintN(64, this.total + kernels.sumRowHashes(sums, n));
    });
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
