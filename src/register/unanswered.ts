/** Rows about which SQL is still to be asked: those of several files at once. */

import type { Data } from 'apache-arrow';
import type { Chunk } from './arrow-values.ts';
import { chunksData, columnData } from './condition-table.ts';
import { createFaultLog, type FaultLog } from './faults.ts';
import { canJoin, joinPartitions, type PlacedPartition } from './join-partitions.ts';
import type { ColumnRequest, Partition } from './partition.ts';
import { withAnswers } from './read-sql.ts';
import type { RowQuery } from './row-query.ts';

/** A column that SQL asks about: as the file has it, or as it was read. */
export type AskedColumn = { readonly chunks: readonly Chunk[] } | { readonly key: string; readonly isBoolean: boolean };

export interface Unanswered {
  /** With the columns of other keys that SQL asks about. */
  readonly partition: Partition;
  readonly asked: ReadonlyMap<string, AskedColumn>;
  /** The keys of the columns that were asked for. */
  readonly own: readonly string[];
  readonly query: RowQuery;
  readonly derived: readonly ColumnRequest[];
}

export interface PlacedRows {
  readonly rows: Unanswered;
  readonly offset: number;
}

export const isUnanswered = (rows: Unanswered | Partition): rows is Unanswered => 'query' in rows;

/** Whether rows of two files can be asked about together. */
export function canAskTogether(a: Unanswered, b: Unanswered): boolean {
  return a.query.key === b.query.key && [...a.asked].every(([name, column]) => isAlike(column, b.asked.get(name)!)) && canJoin(a.partition, b.partition);
}

function isAlike(a: AskedColumn, b: AskedColumn): boolean {
  if ('key' in a || 'key' in b) return 'key' in a && 'key' in b && a.key === b.key && a.isBoolean === b.isBoolean;
  return String(a.chunks[0]!.data.type) === String(b.chunks[0]!.data.type);
}

/** The rows in order with what SQL says about them, told in `faults` by their number among all. */
export async function answerTogether(parts: readonly PlacedRows[], faults: FaultLog): Promise<Partition> {
  try {
    return await answered(joined(parts), faults);
  } catch (error) {
    // It is told of the file that it is in.
    if (parts.length > 1) for (const { rows } of parts) await answered(rows, createFaultLog(rows.partition.file));
    throw error;
  }
}

function joined(parts: readonly PlacedRows[]): Unanswered {
  const [first] = parts as [PlacedRows, ...PlacedRows[]];
  const chunksOf = (name: string): readonly Chunk[] => parts.flatMap(({ rows }) => (rows.asked.get(name) as { readonly chunks: readonly Chunk[] }).chunks);
  const asked = new Map([...first.rows.asked].map(([name, column]) => [name, 'chunks' in column ? { chunks: chunksOf(name) } : column] as const));
  const placed = parts.map(({ rows, offset }): PlacedPartition => ({ partition: rows.partition, offset }));
  return { ...first.rows, partition: joinPartitions(placed), asked };
}

async function answered({ partition, asked, own, query, derived }: Unanswered, faults: FaultLog): Promise<Partition> {
  const data = [...asked].map(([name, column]): [string, Data] =>
    [name, 'chunks' in column ? chunksData(column.chunks, partition.rows) : columnData(partition.columns.get(column.key)!, column.isBoolean)]);
  const answers = await query.answer(new Map(data), partition.rows);
  return withAnswers({ ...partition, columns: new Map(own.map((key) => [key, partition.columns.get(key)!])) }, answers, derived, faults);
}
