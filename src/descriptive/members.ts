import { columnKey, type CodeArray, type LabelColumn, type NumberColumn, type Partition } from '../register/partition.ts';
import type { Condition, DescribedPopulation, DescribedVariable } from './report-tables.ts';

/** NaN where missing. */
export const numbersOf = (partition: Partition, column: string): Float64Array => {
  const { values } = partition.columns.get(columnKey({ column, as: 'number' })) as NumberColumn;
  return values instanceof Float64Array ? values : new Float64Array(values);
};
const labelsOf = (partition: Partition, column: string): LabelColumn =>
  partition.columns.get(columnKey({ column, as: 'label' })) as LabelColumn;

/** One byte a row, 1 where the row is of the population. */
export function membersOf({ conditions }: DescribedPopulation, partition: Partition): Uint8Array {
  const members = new Uint8Array(partition.rows).fill(1);
  for (const condition of conditions) {
    const holds = rowTest(condition, partition);
    for (let i = 0; i < members.length; i++) if (!holds(i)) members[i] = 0;
  }
  return members;
}

function rowTest(condition: Condition, partition: Partition): (row: number) => boolean {
  if ('among' in condition) {
    const { codes, labels } = labelsOf(partition, condition.column);
    const among = labels.map((label) => condition.among.includes(label));
    return (row) => among[codes[row]!]!;
  }
  const values = numbersOf(partition, condition.column);
  if ('below' in condition) return (row) => values[row]! < condition.below;
  return (row) => values[row]! === condition.equals;
}

/** The rows' groups: a code a row into the labels of the columns together. */
export interface RowGroups {
  readonly codes: CodeArray;
  readonly labels: readonly (readonly string[])[];
}

export function groupsOf(by: readonly string[], partition: Partition): RowGroups {
  if (by.length === 0) return { codes: new Uint32Array(partition.rows), labels: [[]] };
  const columns = by.map((column) => labelsOf(partition, column));
  if (columns.length === 1) return { codes: columns[0]!.codes, labels: columns[0]!.labels.map((label) => [label]) };
  const codes = new Uint32Array(partition.rows);
  const labels: string[][] = [];
  const found = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    let key = 0;
    for (const column of columns) key = key * column.labels.length + column.codes[i]!;
    let code = found.get(key);
    if (code === undefined) {
      found.set(key, (code = labels.length));
      labels.push(columns.map((column) => column.labels[column.codes[i]!]!));
    }
    codes[i] = code;
  }
  return { codes, labels };
}

/** The variable of each row: the column's value, or 1 and 0 for a share; NaN where the column is missing. */
export function valuesOf({ column, share }: DescribedVariable, partition: Partition): Float64Array {
  const values = numbersOf(partition, column);
  if (share === undefined) return values;
  const holds = 'above' in share ? (x: number): boolean => x > share.above : (x: number): boolean => x === share.equals;
  return values.map((x) => (x !== x ? NaN : holds(x) ? 1 : 0));
}

/** Numbers groups in the order in which they are met. */
export class GroupIndex {
  readonly labels: (readonly string[])[] = [];
  private readonly known = new Map<string, number>();

  /** Number here of each of the groups of a partition. */
  number(labels: RowGroups['labels']): Uint32Array {
    return Uint32Array.from(labels, (group) => {
      const key = JSON.stringify(group);
      let number = this.known.get(key);
      if (number === undefined) {
        this.known.set(key, (number = this.labels.length));
        this.labels.push(group);
      }
      return number;
    });
  }
}
