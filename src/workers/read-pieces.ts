import type { Progress } from '../run-result.ts';
import { callable, type FarWorker, type Pool } from './pool.ts';
import type { RegisterSource, SourcePiece } from './protocol.ts';
import type { Tick } from './row-worker.ts';

/** Rows of a synthetic population in one piece: enough for the parts to be many, few enough to keep memory flat. */
const syntheticPartRows = 30_000;

export function sourcePieces(source: RegisterSource): SourcePiece[] {
  if ('files' in source) return source.files.map((file) => ({ file }));
  const parts = Math.max(1, Math.ceil(source.synthetic.rows / syntheticPartRows));
  return Array.from({ length: parts }, (_, part) => ({ synthetic: source.synthetic, part, parts }));
}

export function pieceName(piece: SourcePiece): string {
  return 'file' in piece ? piece.file.name : `synthetic part ${piece.part + 1}`;
}

/** Files that a worker has in hand: while one waits for its bytes or for another worker, it goes on with the other. */
const filesInHand = 2;

export interface ReadPieces<T> {
  readonly source: RegisterSource;
  readonly pieces: readonly SourcePiece[];
  readonly pool: Pool;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
  /** Has one worker read one piece; `tick` hears of rows. */
  readonly read: (worker: FarWorker, piece: SourcePiece, number: number, tick: Tick) => Promise<T>;
}

/**
 * Each worker takes the next piece when it is done with one; what they report, in the order in which pieces came to an
 * end. Progress is in bytes of files, or synthetic rows.
 */
export async function readPieces<T extends { readonly rows: number }>({ source, pieces, pool, signal, onProgress, read }: ReadPieces<T>): Promise<T[]> {
  const files = 'files' in source;
  const total = files ? source.files.reduce((sum, file) => sum + file.bytes, 0) : source.synthetic.rows;
  const reports: T[] = [];
  let next = 0;
  let [rowsSeen, bytesDone, rowsDone] = [0, 0, 0];
  const tell = (): void => {
    // Within a file its bytes are taken to go with its rows, at the rate of the files already read.
    const estimate = rowsDone > 0 ? Math.min(total, (bytesDone / rowsDone) * rowsSeen) : bytesDone;
    onProgress(files ? { phase: 'read', detail: '', done: estimate, total, unit: 'bytes' } : { phase: 'read', detail: '', done: Math.min(rowsSeen, total), total, unit: 'rows' });
  };
  const tick = callable((rows: number) => {
    rowsSeen += rows;
    tell();
  });
  tell();
  let failure: { readonly error: unknown } | null = null;
  const readNext = async (worker: FarWorker): Promise<void> => {
    while (next < pieces.length && failure === null) {
      const number = next++;
      const piece = pieces[number]!;
      const report = await read(worker, piece, number, tick);
      reports.push(report);
      rowsDone += report.rows;
      bytesDone += 'file' in piece ? piece.file.bytes : 0;
      tell();
    }
  };
  await pool.all(async (worker) => {
    const readOn = async (): Promise<void> => {
      await readNext(worker).catch((error: unknown) => {
        failure ??= { error };
        void worker.cancel();
      });
    };
    await Promise.all(Array.from({ length: files ? filesInHand : 1 }, readOn));
    // The first failure is the one to tell; what it stopped is not.
    if (failure !== null) throw failure.error;
  }, signal);
  return reports;
}
