import type { Progress } from '../run-result.ts';
import { callable, type FarWorker, type Pool } from './pool.ts';
import type { Warning } from '../messages/catalogue.ts';
import { EngineError } from '../errors.ts';
import { mergeNotes, type DecimalCode, type FoundNote, type NoteCode } from '../register/faults.ts';
import { placeOf } from '../register/read-together.ts';
import type { RegisterFile } from '../register/partition.ts';
import type { PieceReport, RegisterSource, SourcePiece } from './protocol.ts';
import type { Tick } from './row-worker.ts';

/** Rows of a synthetic population in one piece: enough for the parts to be many, few enough to keep memory flat. */
const syntheticPartRows = 30_000;

/** Files up to this size are read together, so many bytes and files at most, and no fewer pieces than this for each worker. */
const smallBytes = 256 << 10;
const togetherBytes = 8 << 20;
const togetherFiles = 1024;
const piecesPerWorker = 4;

export function sourcePieces(source: RegisterSource, workers: number): SourcePiece[] {
  if ('files' in source) return filePieces(source.files, workers);
  const parts = Math.max(1, Math.ceil(source.synthetic.rows / syntheticPartRows));
  return Array.from({ length: parts }, (_, part) => ({ synthetic: source.synthetic, part, parts }));
}

/** In the order of the files. */
function filePieces(files: readonly RegisterFile[], workers: number): SourcePiece[] {
  const mostFiles = Math.min(togetherFiles, Math.ceil(files.length / (piecesPerWorker * workers)));
  const pieces: RegisterFile[][] = [];
  let bytes = Infinity;
  for (const file of files) {
    const isSmall = file.bytes <= smallBytes && file.part === undefined;
    if (isSmall && bytes + file.bytes <= togetherBytes && pieces.at(-1)!.length < mostFiles) {
      pieces.at(-1)!.push(file);
      bytes += file.bytes;
    } else {
      pieces.push([file]);
      bytes = isSmall ? file.bytes : Infinity;
    }
  }
  return pieces.map((together) => ({ files: together }));
}

const bytesOf = (piece: SourcePiece): number => ('files' in piece ? piece.files.reduce((sum, { bytes }) => sum + bytes, 0) : 0);

/** File and row of row `row` of piece `piece`. */
export type Places = (piece: number, row: number) => { readonly file: string; readonly row: number };

export function placesIn(pieces: readonly SourcePiece[], reports: readonly PieceReport[]): Places {
  const offsets = new Map(reports.map((report) => [report.piece, report.offsets]));
  return (number, row) => {
    const piece = pieces[number]!;
    if (!('files' in piece)) return { file: `synthetic part ${piece.part + 1}`, row };
    const place = placeOf(offsets.get(number)!, row);
    return { file: piece.files[place.file]!.name, row: place.row };
  };
}

/** Pieces that a worker has in hand: while one waits for its bytes or for another worker, it goes on with the other. */
const filesInHand = 2;

/** What is odd with the rows of all pieces, each kind once, with the first file and row. */
export function noteWarnings(reports: readonly PieceReport[]): Warning[] {
  const inOrder = [...reports].sort((a, b) => a.piece - b.piece);
  const all = mergeNotes(inOrder.map(({ notes }) => notes));
  refuseMixedDecimals(all);
  const merged = all.filter(
    (note): note is FoundNote & { readonly code: OddCode } => !note.code.startsWith('decimal.'),
  );
  // In an order that does not hang on which part of a file was read first.
  const sorted = [...merged].sort((a, b) => (`${a.code}:${a.column}` < `${b.code}:${b.column}` ? -1 : 1));
  return sorted.map(({ code, column, value, ...args }): Warning =>
    code === 'warning.scientific-ids' ? { code, args: { ...args, column: column!, value: value! } } : { code, args });
}

type OddCode = Exclude<NoteCode, DecimalCode>;

/**
 * A point among decimal commas may separate thousands: 12.500 would be 12.5. Throws EngineError 'data' for a table with
 * both.
 */
function refuseMixedDecimals(notes: readonly FoundNote[]): void {
  const first = (sought: DecimalCode) => notes.find(({ code }) => code === sought);
  const [comma, point] = [first('decimal.comma'), first('decimal.point')];
  if (comma !== undefined && point !== undefined)
    throw new EngineError('data.mixed-decimals', { comma: placeIn(comma), point: placeIn(point) });
}

const placeIn = ({ column, file, row, value }: FoundNote) => ({ column: column!, file, row, value: value! });

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
      bytesDone += bytesOf(piece);
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
