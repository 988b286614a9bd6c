import type { Row, Value } from '../reference/table.ts';
import { tableOf } from '../synthetic/draw.ts';

/** Rows of a synthetic population as plain records. */
export function drawnRows({ rows, seed }: { readonly rows: number; readonly seed: number }): Row[] {
  const out = Array.from({ length: rows }, (): Record<string, Value> => ({}));
  for (const [name, column] of tableOf({ rows, seed, effects: 'on' })) {
    const { values } = column;
    const value = (row: number): Value => {
      if (column.kind === 'label') return column.labels[values[row]!]!;
      return column.missing?.[row] ? null : values[row]!;
    };
    out.forEach((record, row) => (record[name] = value(row)));
  }
  return out;
}
