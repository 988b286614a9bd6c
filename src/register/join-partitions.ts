/** Small partitions, of several files, as one. */

import { rowNumbersOf } from './kept-rows.ts';
import { createLabelBuilder, labelColumn } from './labels.ts';
import type { Column, LabelColumn, MonthColumn, NumberArray, NumberColumn, Partition, PersonColumn } from './partition.ts';

/** A partition whose rows are numbered from beyond `offset` in what it is joined to. */
export interface PlacedPartition {
  readonly partition: Partition;
  readonly offset: number;
}

/** Whether labels read in one way: a text with a comma may be a number in one file and none in another. */
export function canJoin(a: Partition, b: Partition): boolean {
  return [...a.columns].every(([key, column]) => column.kind !== 'label' || column.decimalComma === (b.columns.get(key) as LabelColumn).decimalComma);
}

/** The rows in order; all have the same columns and can be joined. */
export function joinPartitions(parts: readonly PlacedPartition[]): Partition {
  const [{ partition: first, offset }] = parts as [PlacedPartition, ...PlacedPartition[]];
  if (parts.length === 1 && offset === 0) return first;
  const rows = parts.reduce((sum, { partition }) => sum + partition.rows, 0);
  const rowNumbers = new Uint32Array(rows);
  const answers = (of: 'condition' | 'shown'): Uint8Array | null => (first[of] ?? null) && joined(parts.map(({ partition }) => partition[of]!), new Uint8Array(rows));
  let at = 0;
  for (const part of parts) {
    const numbers = rowNumbersOf(part.partition);
    for (let i = 0; i < numbers.length; i++) rowNumbers[at + i] = part.offset + numbers[i]!;
    at += numbers.length;
  }
  const columns = [...first.columns.keys()].map((key) => [key, joinColumns(parts.map(({ partition }) => partition.columns.get(key)!), rows)] as const);
  return { file: first.file, firstRow: offset + first.firstRow, rows, rowNumbers, columns: new Map(columns), condition: answers('condition'), shown: answers('shown') };
}

function joinColumns(columns: readonly Column[], rows: number): Column {
  switch (columns[0]!.kind) {
    case 'number':
      return joinNumbers(columns as readonly NumberColumn[], rows);
    case 'label':
      return joinLabels(columns as readonly LabelColumn[], rows);
    case 'month':
      return { kind: 'month', values: joined((columns as readonly MonthColumn[]).map(({ values }) => values), new Int32Array(rows)) };
    case 'person':
      return { kind: 'person', words: joined((columns as readonly PersonColumn[]).map(({ words }) => words), new Uint32Array(4 * rows)) };
  }
}

function joined<T extends NumberArray | Int32Array | Uint32Array>(parts: readonly T[], to: T): T {
  let at = 0;
  for (const part of parts) {
    to.set(part, at);
    at += part.length;
  }
  return to;
}

/** In the type that all are of, or in double precision. */
function joinNumbers(columns: readonly NumberColumn[], rows: number): NumberColumn {
  const type = columns[0]!.values.constructor as Float64ArrayConstructor;
  const isOfOne = columns.every(({ values }) => values.constructor === type);
  const values = joined<NumberArray>(columns.map((column) => column.values), new (isOfOne ? type : Float64Array)(rows));
  return { kind: 'number', values, isComplete: columns.every(({ isComplete }) => isComplete) };
}

function joinLabels(columns: readonly LabelColumn[], rows: number): LabelColumn {
  const builder = createLabelBuilder(rows);
  let at = 0;
  for (const { codes, labels } of columns) {
    const own = labels.map(builder.codeOf);
    for (let i = 0; i < codes.length; i++) builder.codes[at + i] = own[codes[i]!]!;
    at += codes.length;
  }
  return labelColumn(builder, columns[0]!.decimalComma);
}
