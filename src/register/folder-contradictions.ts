/** Values of a file's own columns that its folders' names contradict. */

import { notANumber, parseNumber } from './csv-number.ts';
import type { FaultLog } from './faults.ts';
import { monthFromText } from './month.ts';
import { columnKey, type Column, type ColumnRequest, type Partition, type PersonColumn } from './partition.ts';
import { constantColumn, type FolderColumns } from './partition-columns.ts';
import { wordsPerPerson } from './person.ts';
import { formatMonth } from '../spec/months.ts';

/**
 * What is found is a fault of its row. A name that is no value of the column's kind, as `month=3`, says something else
 * and nothing is held to it.
 */
export function faultContradictions(
  partition: Partition,
  asked: readonly ColumnRequest[],
  held: FolderColumns,
  faults: FaultLog,
): void {
  for (const request of asked.filter(({ column }) => held.has(column))) {
    const { column } = request;
    const folder = held.get(column)!;
    const isOther = contradiction(partition.columns.get(columnKey(request))!, request, { folder, faults });
    if (isOther === null) continue;
    for (let i = 0; i < partition.rows; i++) {
      const value = isOther(i);
      if (value !== null)
        faults.add('fault.not-of-folder', column, partition.firstRow + i, value, { folder: `${column}=${folder}` });
    }
  }
}

const numberIn = (text: string): number => {
  const bytes = new TextEncoder().encode(text);
  return parseNumber(bytes, 0, bytes.length, false);
};

/**
 * The value of a row that is another, as text; null for the others. Null as a whole where the folder says nothing of
 * the column.
 */
function contradiction(
  found: Column,
  request: ColumnRequest,
  { folder, faults }: { folder: string; faults: FaultLog },
): ((row: number) => string | null) | null {
  switch (found.kind) {
    case 'label': {
      const number = numberIn(folder);
      const others = found.labels.map(
        (label) => label !== folder && !(Number.isFinite(number) && numberIn(label) === number),
      );
      return others.includes(true) ? (i) => (others[found.codes[i]!]! ? found.labels[found.codes[i]!]! : null) : null;
    }
    case 'number': {
      const number = numberIn(folder);
      if (number === notANumber || number === -Infinity) return null;
      return (i) => (Object.is(found.values[i]! + 0, number + 0) ? null : String(found.values[i]));
    }
    case 'month': {
      const month = monthFromText(folder);
      return month < 0
        ? null
        : (i) => (found.values[i] === month || found.values[i]! < 0 ? null : formatMonth(found.values[i]!));
    }
    case 'person': {
      const { words } = constantColumn(request, folder, { rows: 1, firstRow: 1 }, faults) as PersonColumn;
      return (i) => (words.every((word, k) => found.words[wordsPerPerson * i + k] === word) ? null : '');
    }
  }
}
