import { EngineError } from '../errors.ts';
import type { Column, Partition } from '../register/partition.ts';
import { areNumbers, numberText, type FoundLabel } from '../spec/labels.ts';

/** By column: the labels as they stand in the data. */
export type DescribedLabels = ReadonlyMap<string, readonly FoundLabel[]>;

/**
 * Rows are described while they are read, and whether a column's labels are numbers is known at the end: until then labels that are the
 * same number go together, and what each stood as is kept.
 */
export class LabelsMet {
  private readonly columns = new Map<string, Map<string, FoundLabel>>();

  /** The partition with numbers for the labels that are some. */
  settle(partition: Partition): Partition {
    const columns = new Map([...partition.columns].map(([key, column]) => [key, column.kind === 'label' ? this.settled(key.slice('label:'.length), column) : column]));
    return { ...partition, columns };
  }

  get found(): DescribedLabels {
    return new Map([...this.columns].map(([column, labels]) => [column, [...labels.values()]]));
  }

  private settled(name: string, column: Column & { kind: 'label' }): Column {
    const known = this.columns.get(name) ?? new Map<string, FoundLabel>();
    this.columns.set(name, known);
    return {
      ...column,
      labels: column.labels.map((text) => {
        const number = text === '' ? null : numberText(text, column.decimalComma);
        known.set(text, { text, number });
        return number ?? text;
      }),
    };
  }
}

/** What a label is called, by column: the number, or in a column of text how it stands in the data. */
export function labelNames(workers: readonly DescribedLabels[]): (column: string, label: string) => string {
  const columns = new Map<string, Map<string, FoundLabel>>();
  for (const labels of workers) {
    for (const [column, found] of labels) {
      const all = columns.get(column) ?? new Map<string, FoundLabel>();
      columns.set(column, all);
      for (const one of found) all.set(one.text, one);
    }
  }
  const names = new Map([...columns].map(([column, found]) => [column, namesOf(column, [...found.values()])]));
  return (column, label) => names.get(column)?.get(label) ?? label;
}

function namesOf(column: string, found: readonly FoundLabel[]): Map<string, string> {
  if (areNumbers(found)) return new Map();
  const names = new Map<string, string>();
  for (const { text, number } of found) {
    if (number === null) continue;
    const other = names.get(number);
    if (other !== undefined) {
      throw new EngineError('data.numbers-apart', { column, labels: [other, text], text: found.find((one) => one.text !== '' && one.number === null)!.text });
    }
    names.set(number, text);
  }
  return names;
}
