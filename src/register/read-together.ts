/** Files read one after the other as if they were one: small ones do not cost a partition each. */

import { createFaultLog, mergeNotes, type FaultLog, type FoundFault, type FoundNote } from './faults.ts';
import { canJoin, joinPartitions } from './join-partitions.ts';
import type { Partition, RegisterFile } from './partition.ts';
import type { ReadRequest } from './read-sql.ts';
import { joinable, readJoined } from './read-joined.ts';
import { readPartitions, readRows } from './read.ts';
import { releasePartition } from './spare-arrays.ts';
import { answerTogether, canAskTogether, isUnanswered, type PlacedRows, type Unanswered } from './unanswered.ts';

/** Rows that are gathered before they are handed on. */
const fewestRows = 65536;
/** Joint readings that may come to nothing before files are read one by one. */
const mostTries = 3;

/** Faults that reading finds stop a file before those that coding finds are told. */
export interface PartFaults {
  readonly reading: readonly FoundFault[];
  readonly coding: readonly FoundFault[];
}

/**
 * The rows of several files, numbered on from file to file: row r of file k is row `offsets[k]` + r. Rows that a filter
 * leaves out at the end of a file have no number.
 */
export class FilesTogether {
  readonly offsets: number[] = [];
  /** What is wrong with rows, by their number here. */
  readonly faults: FaultLog;
  private readonly files: readonly RegisterFile[];
  private found: readonly FoundNote[] = [];
  private ofPart: readonly FoundFault[] = [];

  constructor(files: readonly RegisterFile[]) {
    this.files = files;
    this.faults = files.length === 1 ? createFaultLog(files[0]!.name) : this.logByFile();
  }

  /** As `readPartitions` of each, small ones joined, and SQL asked about several at once; `pause` is called between files. */
  async *partitions(request: ReadRequest, pause: () => Promise<unknown>): AsyncGenerator<Partition> {
    let held: HeldRows[] = [];
    let count = 0;
    const { faults } = this;
    async function* taken(): AsyncGenerator<Partition> {
      const parts = held;
      [held, count] = [[], 0];
      const partition = await together(parts, faults);
      if (partition.rows > 0) yield partition;
    }
    for await (const some of this.rows(request, pause)) {
      const { rows } = partitionOf(some.rows);
      if (rows === 0) continue;
      if (held.length > 0 && !goTogether(held[0]!.rows, some.rows)) yield* taken();
      held.push(some);
      count += rows;
      if (count >= fewestRows) yield* taken();
    }
    if (count > 0) yield* taken();
  }

  private async *rows(request: ReadRequest, pause: () => Promise<unknown>): AsyncGenerator<HeldRows> {
    let [k, end, tries] = [0, 0, mostTries];
    while (k < this.files.length) {
      const several = tries > 0 ? joinable(this.files, k) : 0;
      const joined = several > 1 ? await readJoined(this.files.slice(k, k + several), request) : null;
      if (joined !== null) {
        const offset = end;
        for (const rows of joined.rows) {
          this.offsets.push(end);
          end += rows;
        }
        for (const rows of joined.partitions) yield { rows, offset };
        k += several;
        await pause();
        continue;
      }
      if (several > 1) tries--;
      for (const last = k + Math.max(1, several); k < last; k++) {
        end = yield* this.rowsOf(this.files[k]!, { request, offset: end });
        await pause();
      }
    }
  }

  /** The number of the last row. */
  private async *rowsOf(
    file: RegisterFile,
    { request, offset }: { request: ReadRequest; offset: number },
  ): AsyncGenerator<HeldRows, number> {
    let end = offset;
    this.offsets.push(offset);
    const log = createFaultLog(file.name);
    // Of one file, what SQL finds is found by reading.
    for await (const rows of this.files.length > 1
      ? readRows(file, request, log)
      : readPartitions(file, request, log)) {
      const { rows: count, firstRow, rowNumbers } = partitionOf(rows);
      if (count > 0) end = offset + (rowNumbers?.at(-1) ?? firstRow + count - 1);
      yield { rows, offset };
    }
    this.ofPart = log.list();
    this.found = mergeNotes([this.found, log.notes()]);
    return end;
  }

  /** What is odd with the rows that were read. */
  get notes(): readonly FoundNote[] {
    return this.found;
  }

  /** What is wrong with a part of a file, to be told with the other parts; of whole files it throws. */
  finish(): PartFaults | null {
    if (this.files[0]!.part !== undefined) return { reading: this.ofPart, coding: this.faults.list() };
    this.faults.finish();
    return null;
  }

  private logByFile(): FaultLog {
    const logs = new Map<number, FaultLog>();
    const at = (place: number): { readonly log: FaultLog; readonly row: number } => {
      const { file, row } = placeOf(this.offsets, place);
      if (!logs.has(file)) logs.set(file, createFaultLog(this.files[file]!.name));
      return { log: logs.get(file)!, row };
    };
    return {
      add: (code, column, place, value, ...args) => {
        const { log, row } = at(place);
        log.add(code, column, row, value, ...args);
      },
      note: (code, column, place, value) => {
        const { log, row } = at(place);
        log.note(code, column, row, value);
      },
      notes: () => mergeNotes([...logs].sort(([a], [b]) => a - b).map(([, log]) => log.notes())),
      list: () => [...logs.values()].flatMap((log) => log.list()),
      any: () => logs.size > 0,
      finish: () => [...logs].sort(([a], [b]) => a - b)[0]?.[1].finish(),
    };
  }
}

interface HeldRows {
  readonly rows: Partition | Unanswered;
  readonly offset: number;
}

const partitionOf = (rows: HeldRows['rows']): Partition => (isUnanswered(rows) ? rows.partition : rows);

function goTogether(a: HeldRows['rows'], b: HeldRows['rows']): boolean {
  if (isUnanswered(a) || isUnanswered(b)) return isUnanswered(a) && isUnanswered(b) && canAskTogether(a, b);
  return canJoin(a, b);
}

async function together(held: readonly HeldRows[], faults: FaultLog): Promise<Partition> {
  if (isUnanswered(held[0]!.rows)) return answerTogether(held as readonly PlacedRows[], faults);
  const parts = held.map(({ rows, offset }) => ({ partition: rows as Partition, offset }));
  const joined = joinPartitions(parts);
  for (const { partition } of parts) if (partition !== joined) releasePartition(partition);
  return joined;
}

/** The file that a row of several is of, and its number there. */
export function placeOf(offsets: readonly number[], row: number): { readonly file: number; readonly row: number } {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! < row) low = middle;
    else high = middle - 1;
  }
  return { file: low, row: row - offsets[low]! };
}
