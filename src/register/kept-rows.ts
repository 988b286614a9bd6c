/** The rows of a partition that a filter keeps. */

import { createLabelBuilder, labelColumn } from './labels.ts';
import type { Column, LabelColumn, Partition } from './partition.ts';
import { wordsPerPerson } from './person.ts';

/** Numbers in the file of the rows of a partition. */
export function rowNumbersOf({ rows, firstRow, rowNumbers }: Partition): Uint32Array {
  if (rowNumbers !== null) return rowNumbers;
  const numbers = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) numbers[i] = firstRow + i;
  return numbers;
}

/** The rows whose byte in `kept` is 1, without the labels that only other rows have. The condition is left as it is. */
export function keepRows(partition: Partition, kept: Uint8Array): Partition {
  const picked = new Uint32Array(kept.reduce((sum, bit) => sum + bit, 0));
  let count = 0;
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) picked[count++] = i;
  if (count === partition.rows) return partition;
  const numbers = rowNumbersOf(partition);
  return {
    ...partition,
    rows: count,
    rowNumbers: picked.map((row) => numbers[row]!),
    columns: new Map([...partition.columns].map(([key, column]) => [key, pickColumn(column, picked)])),
  };
}

function pickColumn(column: Column, picked: Uint32Array): Column {
  switch (column.kind) {
    case 'number': {
      const values = new (column.values.constructor as Float64ArrayConstructor)(picked.length);
      for (let i = 0; i < values.length; i++) values[i] = column.values[picked[i]!]!;
      return { kind: 'number', values, isComplete: column.isComplete };
    }
    case 'month': {
      const values = new Int32Array(picked.length);
      for (let i = 0; i < values.length; i++) values[i] = column.values[picked[i]!]!;
      return { kind: 'month', values };
    }
    case 'person':
      return { kind: 'person', words: pickWords(column.words, picked) };
    case 'label':
      return pickLabels(column, picked);
  }
}

function pickWords(words: Uint32Array, picked: Uint32Array): Uint32Array {
  const to = new Uint32Array(wordsPerPerson * picked.length);
  for (let i = 0; i < picked.length; i++) {
    const from = wordsPerPerson * picked[i]!;
    for (let word = 0; word < wordsPerPerson; word++) to[wordsPerPerson * i + word] = words[from + word]!;
  }
  return to;
}

function pickLabels({ codes, labels, decimalComma }: LabelColumn, picked: Uint32Array): LabelColumn {
  const builder = createLabelBuilder(picked.length);
  const newCodes = new Int32Array(labels.length).fill(-1);
  for (let i = 0; i < picked.length; i++) {
    const code = codes[picked[i]!]!;
    if (newCodes[code]! < 0) newCodes[code] = builder.codeOf(labels[code]!);
    builder.codes[i] = newCodes[code]!;
  }
  return labelColumn(builder, decimalComma);
}
