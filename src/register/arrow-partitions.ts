/** Record batches to partitions of an even size: small batches are gathered, large ones cut. */

import { toColumn } from './arrow-columns.ts';
import type { ArrowBatch } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { checkType } from './arrow-types.ts';
import type { Chunk } from './arrow-values.ts';
import { checkPresent } from './check-columns.ts';
import type { FaultLog } from './faults.ts';
import { columnKey } from './partition.ts';
import type { Column, ColumnRequest, Partition } from './partition.ts';

/** A partition has at least this many rows (the last one excepted) and at most four times as many. */
const fewestRows = 65536;

interface Piece {
  readonly batch: ArrowBatch;
  readonly start: number;
  readonly count: number;
}

/** Rows of a file on their way to a partition. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  readonly count: number;
  readonly firstRow: number;
}

export async function* gather(batches: AsyncIterable<ArrowBatch>, beginsAt = 1): AsyncGenerator<Pieces> {
  let pieces: Piece[] = [];
  let count = 0;
  let firstRow = beginsAt;
  for await (const batch of batches) {
    let start = 0;
    while (start < batch.rows) {
      const taken = Math.min(batch.rows - start, 4 * fewestRows - count);
      pieces.push({ batch, start, count: taken });
      count += taken;
      start += taken;
      if (count >= fewestRows) {
        yield { pieces, count, firstRow };
        firstRow += count;
        pieces = [];
        count = 0;
      }
    }
  }
  if (count > 0) yield { pieces, count, firstRow };
}

/** Throws where a column is not there or has a type that its role cannot have. */
export function checkSchema(file: string, fields: readonly ArrowField[], requests: readonly ColumnRequest[]): void {
  checkPresent(file, requests.map(({ column }) => column), fields.map(({ name }) => name));
  for (const request of requests) checkType(file, request, fields.find(({ name }) => name === request.column)!);
}

export function toPartition(
  { pieces, count, firstRow }: Pieces,
  requests: readonly ColumnRequest[],
  { file, timeZone, faults }: { file: string; timeZone: string | undefined; faults: FaultLog },
): Partition {
  const columns = new Map<string, Column>();
  for (const request of requests) {
    const chunks = columnChunks(pieces, request.column);
    columns.set(columnKey(request), toColumn({ chunks, count, firstRow }, request, { file, timeZone, faults }));
  }
  return { file, firstRow, rows: count, rowNumbers: null, columns, condition: null };
}

export function columnChunks(pieces: readonly Piece[], column: string): Chunk[] {
  return pieces.map(({ batch, start, count }) => ({ data: batch.columns.get(column)!, start, count }));
}
