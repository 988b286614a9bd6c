import { intervalLevel } from '../coding/breaks.ts';
import type { FactorSource, Grouping } from '../coding/sample-plan.ts';
import type { HeldArray, Piece, RowStore } from './row-store.ts';

/** Level of each row of a piece, for one factor. */
export function levelReader(store: RowStore, source: FactorSource, levelCount: number): (piece: Piece) => Uint16Array {
  const { input, missingLevel } = source;
  if (source.breaks) {
    const breaks = Float64Array.from(source.breaks);
    return (piece) => breakLevels(piece.inputs[input]!, { breaks, missingLevel, zeroSeparate: source.zeroSeparate ?? false });
  }
  const table = source.labels
    ? Uint16Array.from(store.inputLabels(input), (label) => (label === '' ? missingLevel : source.labels!.indexOf(label)))
    : Uint16Array.from({ length: levelCount + 1 }, (_, code) => (code === knownLevels(source, levelCount) ? missingLevel : code));
  return (piece) => tableLevels(piece.inputs[input]!, table);
}

/** The code of a missing value among codes known before the data: the number of levels without the one for missing. */
function knownLevels(source: FactorSource, levelCount: number): number {
  return source.missingHasLevel ? levelCount - 1 : levelCount;
}

interface BreakLevels {
  readonly breaks: Float64Array;
  readonly zeroSeparate: boolean;
  readonly missingLevel: number;
}

function breakLevels(values: HeldArray, { breaks, zeroSeparate, missingLevel }: BreakLevels): Uint16Array {
  const levels = new Uint16Array(values.length);
  const first = zeroSeparate ? 1 : 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (x !== x) levels[i] = missingLevel;
    else levels[i] = zeroSeparate && x <= 0 ? 0 : intervalLevel(breaks, x) + first;
  }
  return levels;
}

function tableLevels(codes: HeldArray, table: Uint16Array): Uint16Array {
  const levels = new Uint16Array(codes.length);
  for (let i = 0; i < codes.length; i++) levels[i] = table[codes[i]!]!;
  return levels;
}

/** Group of each row of a piece in one breakdown; null where there is one group. */
export function groupReader(store: RowStore, { columns, groups }: Grouping): (piece: Piece) => Uint32Array | null {
  if (columns.length === 0) return () => null;
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
