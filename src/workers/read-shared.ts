import { EngineError } from '../errors.ts';
import type { Warning } from '../messages/catalogue.ts';
import { mergeFaults } from '../register/faults.ts';
import type { PieceReport, SourcePiece } from './protocol.ts';
import { readPieces, sourcePieces, type ReadPieces } from './read-pieces.ts';
import { shareFiles } from './share-files.ts';

export interface ReadShared<T> extends Omit<ReadPieces<T>, 'pieces'> {
  /** SQL will be asked about the rows. */
  readonly withSql: boolean;
  /** Has the workers forget what they have read. */
  readonly beginAgain: () => Promise<unknown>;
}

export interface ReadFiles<T> {
  readonly pieces: readonly SourcePiece[];
  readonly reports: readonly T[];
  /** Of large files that are read as one. */
  readonly warnings: readonly Warning[];
}

/**
 * Has the workers read the source, large files in parts. Bytes of a CSV file after a line feed are taken to begin with
 * a row. Where they are in truth within quotes, the part before them ends within quotes: that is a fault. So all began
 * as taken where no part has a fault; with any, the file is looked through first and read again, and what one worker
 * would have said of it is said.
 */
export async function readShared<T extends PieceReport>(request: ReadShared<T>): Promise<ReadFiles<T>> {
  const { pool, signal, withSql, beginAgain } = request;
  // Which rows a condition leaves out says nothing of how many there are.
  const guessed = await shareFiles(request.source, { pool, signal, withSql, toScan: withSql });
  try {
    return await readOnce(request, guessed);
  } catch (error) {
    if (!guessed.isGuess || pool.isOver || signal?.aborted === true) throw error;
    await beginAgain();
    return await readOnce(request, await shareFiles(request.source, { pool, signal, withSql, toScan: true }));
  }
}

async function readOnce<T extends PieceReport>(
  request: ReadShared<T>,
  { source, warnings }: Awaited<ReturnType<typeof shareFiles>>,
): Promise<ReadFiles<T>> {
  const pieces = sourcePieces(source, request.pool.size);
  const reports = await readPieces({ ...request, pieces });
  refusePartFaults(pieces, reports);
  return { pieces, reports: numbered(pieces, reports), warnings };
}

/** With the rows of parts that nobody had counted numbered in their file. */
function numbered<T extends PieceReport>(pieces: readonly SourcePiece[], reports: readonly T[]): T[] {
  const before = new Map<number, number>();
  const rows = new Map(reports.map((report) => [report.piece, report.rows]));
  pieces.forEach((piece, k) => {
    const file = 'files' in piece ? piece.files[0]! : null;
    if (file?.part?.rows !== null) return;
    const last = k === 0 ? undefined : pieces[k - 1]!;
    const isNext =
      last !== undefined &&
      'files' in last &&
      last.files[0]!.name === file.name &&
      last.files[0]!.part?.to === file.part.from;
    before.set(k, isNext ? before.get(k - 1)! + rows.get(k - 1)! : 0);
  });
  return reports.map((report) => {
    const left = before.get(report.piece);
    return left === undefined
      ? report
      : { ...report, offsets: [-left], notes: report.notes.map((note) => ({ ...note, row: note.row + left })) };
  });
}

/** Throws what one worker would have thrown of each divided file: all its faults in one. */
export function refusePartFaults(pieces: readonly SourcePiece[], reports: readonly PieceReport[]): void {
  const byFile = new Map<string, PieceReport[]>();
  for (const report of [...reports].sort((a, b) => a.piece - b.piece)) {
    const piece = pieces[report.piece]!;
    if (report.faults === null || !('files' in piece)) continue;
    const { name } = piece.files[0]!;
    byFile.set(name, [...(byFile.get(name) ?? []), report]);
  }
  for (const [file, parts] of byFile) {
    for (const kind of ['reading', 'coding'] as const) {
      const faults = mergeFaults(parts.map((part) => part.faults![kind]));
      if (faults.length > 0) throw new EngineError('data.faulty-rows', { file, faults });
    }
  }
}
