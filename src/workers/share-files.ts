import { EngineError } from '../errors.ts';
import { mergeFaults } from '../register/faults.ts';
import type { FilePart, RegisterFile } from '../register/partition.ts';
import type { Pool } from './pool.ts';
import type { PieceReport, RegisterSource, SourcePiece } from './protocol.ts';

/** Files that are smaller are not worth dividing. */
const leastBytes = 4 << 20;
/** Parts of the whole for each worker, so that none waits long for the last. */
const partsPerWorker = 4;

/** The source with its large files divided by row groups or record batches, where files are too few to keep all workers busy. */
export async function shareFiles(source: RegisterSource, pool: Pool, signal?: AbortSignal): Promise<RegisterSource> {
  if (!('files' in source) || pool.size === 1) return source;
  const total = source.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const isLarge = ({ bytes, format }: RegisterFile): boolean => format !== 'csv' && bytes >= leastBytes && bytes > total / (partsPerWorker * pool.size);
  const large = source.files.filter(isLarge);
  if (large.length === 0) return source;
  const shares = await pool.all((worker, w) => worker.fileUnits(large.filter((_, k) => k % pool.size === w)), signal);
  const units = new Map(large.map((file, k) => [file, shares[k % pool.size]![Math.floor(k / pool.size)]!]));
  return { files: source.files.flatMap((file) => {
    const parts = partsOf(units.get(file) ?? [], Math.ceil((partsPerWorker * pool.size * file.bytes) / total));
    return parts.length < 2 ? [file] : parts.map((part) => ({ ...file, bytes: Math.round(file.bytes / parts.length), part }));
  }) };
}

/** Consecutive units as parts of about the same number of rows, at most `most`. */
export function partsOf(units: readonly number[], most: number): FilePart[] {
  const rows = units.reduce((sum, count) => sum + count, 0);
  const parts: FilePart[] = [];
  let [from, firstRow, held, end] = [0, 1, 0, 0];
  units.forEach((count, unit) => {
    held += count;
    end += count;
    if (unit + 1 < units.length && end * most < rows * (parts.length + 1)) return;
    parts.push({ from, to: unit + 1, firstRow, rows: held });
    [from, firstRow, held] = [unit + 1, end + 1, 0];
  });
  return parts;
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
