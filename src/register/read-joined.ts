/** Rows of small Parquet files that are decoded together. */

import { createFaultLog } from './faults.ts';
import { joinParquet } from './parquet-joined.ts';
import type { Partition, RegisterFile } from './partition.ts';
import type { ReadRequest } from './read-sql.ts';
import { arrowPartitions, distinctColumns } from './read.ts';
import { isUnanswered, type Unanswered } from './unanswered.ts';

export interface JoinedRows {
  /** Rows of each file. */
  readonly rows: readonly number[];
  /** In order, as if the files were one. */
  readonly partitions: readonly (Partition | Unanswered)[];
}

const most = 64;
const smallBytes = 256 << 10;

/** How many files, from one of them on, may be tried together. */
export function joinable(files: readonly RegisterFile[], from: number): number {
  const first = files[from]!;
  const isLike = (file: RegisterFile): boolean =>
    file.format === 'parquet' && file.bytes <= smallBytes && file.part === undefined && toldBy(file) === toldBy(first);
  let to = from;
  while (to < files.length && to - from < most && isLike(files[to]!)) to++;
  return to - from;
}

/** What a file is told that does not stand in it. */
const toldBy = ({ reading = {}, partition = {} }: RegisterFile): string => JSON.stringify([reading, partition]);

/** Null where any of them has to be read by itself, so that what is wrong or odd is told of its own rows. */
export async function readJoined(files: readonly RegisterFile[], request: ReadRequest): Promise<JoinedRows | null> {
  const faults = createFaultLog(files[0]!.name);
  const partitions: (Partition | Unanswered)[] = [];
  try {
    const joined = await joinParquet(files);
    for await (const rows of arrowPartitions(
      files[0]!,
      joined,
      { ...request, columns: distinctColumns(request.columns) },
      faults,
    )) {
      if (isUnanswered(rows) && !rows.query.isPlain) return null;
      partitions.push(rows);
    }
    return faults.any() || faults.notes().length > 0 ? null : { rows: joined.rows, partitions };
  } catch {
    return null;
  }
}
