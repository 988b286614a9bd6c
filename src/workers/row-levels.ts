import type { FactorSource, Grouping } from '../coding/sample-plan.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { HeldArray, Piece, RowStore } from './row-store.ts';
import type { Scratch } from './scratch.ts';

/** Adds `stride` times the level of each row of a piece to the u16 at `out`. */
export type AddLevels = (piece: Piece, scratch: Scratch, out: number) => void;

interface LevelsOf {
  readonly store: RowStore;
  readonly source: FactorSource;
  readonly levels: number;
  readonly stride: number;
}

/** For one factor. */
export function levelAdder(kernels: Kernels, { store, source, levels, stride }: LevelsOf): AddLevels {
  const { input, missingLevel } = source;
  if (source.breaks) return intervalAdder(kernels, source, source.breaks, stride);
  const known = source.missingHasLevel ? levels - 1 : levels;
  const table = source.labels
    ? Uint16Array.from(store.inputLabels(input), (label) => stride * (label === '' ? missingLevel : source.labels!.indexOf(label)))
    : Uint16Array.from({ length: known + 1 }, (_, code) => stride * (code === known ? missingLevel : code));
  return (piece, scratch, out) => kernels.addThrough(scratch.integers(codesOf(piece.inputs[input]!)), piece.rows, scratch.put(table), out);
}

function intervalAdder(kernels: Kernels, { input, missingLevel, zeroSeparate = false }: FactorSource, breaks: readonly number[], stride: number): AddLevels {
  let size = 1;
  while (size <= breaks.length) size *= 2;
  const padded = new Float64Array(size - 1).fill(Infinity);
  padded.set(breaks);
  const table = new Uint16Array(size + 2);
  for (let below = 0; below <= breaks.length; below++) table[below] = stride * (below + (zeroSeparate ? 1 : 0));
  table[size + 1] = stride * missingLevel;
  const zero = zeroSeparate ? 0 : -Infinity;
  return (piece, scratch, out) => {
    const intervals = { breaks: scratch.put(padded), size, zero, table: scratch.put(table) };
    kernels.addIntervals(scratch.numbers(piece.inputs[input] as Float32Array | Float64Array), piece.rows, intervals, out);
  };
}

const codesOf = (held: HeldArray): Uint8Array | Uint16Array | Uint32Array => held as Uint8Array | Uint16Array | Uint32Array;

/** Groups of the rows of a piece in one breakdown. */
export type ReadGroups = (piece: Piece) => Uint32Array;

export function groupReader(store: RowStore, { columns, groups }: Grouping): ReadGroups {
  const index = new Map(groups.map((labels, g) => [labels.join('\u0000'), g]));
  const labels = columns.map((c) => store.groupLabels(c));
  if (columns.length === 1) {
    const table = Uint32Array.from(labels[0]!, (label) => index.get(label)!);
    return (piece) => {
      const codes = piece.groups[columns[0]!]!;
      const out = new Uint32Array(piece.rows);
      for (let i = 0; i < out.length; i++) out[i] = table[codes[i]!]!;
      return out;
    };
  }
  const known = new Map<number, number>();
  return (piece) => {
    const codes = columns.map((c) => piece.groups[c]!);
    return Uint32Array.from({ length: piece.rows }, (_, i) => {
      let key = 0;
      for (let c = 0; c < columns.length; c++) key = key * labels[c]!.length + codes[c]![i]!;
      let group = known.get(key);
      if (group === undefined) known.set(key, (group = index.get(columns.map((_, c) => labels[c]![codes[c]![i]!]!).join('\u0000'))!));
      return group;
    });
  };
}
