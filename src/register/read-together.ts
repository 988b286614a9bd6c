/** Files read one after the other as if they were one: small ones do not cost a partition each. */

import { createFaultLog, mergeNotes, type FaultLog, type FoundFault, type FoundNote } from './faults.ts';
import { canJoin, joinPartitions, type PlacedPartition } from './join-partitions.ts';
import type { Partition, RegisterFile } from './partition.ts';
import type { ReadRequest } from './read-sql.ts';
import { readPartitions } from './read.ts';
import { releasePartition } from './spare-arrays.ts';

/** Rows that are gathered before they are handed on. */
const fewestRows = 65536;

/** Faults that reading finds stop a file before those that coding finds are told. */
export interface PartFaults {
  readonly reading: readonly FoundFault[];
  readonly coding: readonly FoundFault[];
}

/**
 * The rows of several files, numbered on from file to file: row r of file k is row `offsets[k]` + r. Rows that a filter leaves
 * out at the end of a file have no number.
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

  /** As `readPartitions` of each, small ones joined; `pause` is called between files. */
  async *partitions(request: ReadRequest, pause: () => Promise<unknown>): AsyncGenerator<Partition> {
    let held: PlacedPartition[] = [];
    let rows = 0;
    const taken = (): Partition => {
      const partition = joinPartitions(held);
      for (const part of held) if (part.partition !== partition) releasePartition(part.partition);
      [held, rows] = [[], 0];
      return partition;
    };
    let end = 0;
    for (const file of this.files) {
      const offset = end;
      this.offsets.push(offset);
      const log = createFaultLog(file.name);
      for await (const partition of readPartitions(file, request, log)) {
        if (partition.rows === 0) continue;
        if (held.length > 0 && !canJoin(held[0]!.partition, partition)) yield taken();
        held.push({ partition, offset });
        rows += partition.rows;
        end = offset + (partition.rowNumbers?.at(-1) ?? partition.firstRow + partition.rows - 1);
        if (rows >= fewestRows) yield taken();
      }
      this.ofPart = log.list();
      this.found = mergeNotes([this.found, log.notes()]);
      await pause();
    }
    if (rows > 0) yield taken();
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
