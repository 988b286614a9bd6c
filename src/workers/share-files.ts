import type { Warning } from '../messages/catalogue.ts';
import { mostRead, rowRanges, type Cutting, type CutText } from '../register/csv-ranges.ts';
import type { LineState, ScannedBytes } from '../register/csv-scan.ts';
import type { FileUnits, WholeFile } from '../register/file-units.ts';
import type { FilePart, RegisterFile } from '../register/partition.ts';
import type { Pool } from './pool.ts';
import type { RegisterSource } from './protocol.ts';

/** Files that are smaller are not worth dividing. */
const leastBytes = 4 << 20;
/** Files that one worker reads while others wait are told of from this size on. */
const toldBytes = 64 << 20;
/** Parts of the whole for each worker, so that none waits long for the last. */
const partsPerWorker = 4;

export interface Sharing {
  readonly pool: Pool;
  readonly signal?: AbortSignal | undefined;
  /** SQL will be asked about the rows. */
  readonly withSql: boolean;
  /** CSV is looked through before it is read; otherwise bytes after a line feed are taken to begin with a row. */
  readonly toScan: boolean;
}

export interface SharedSource {
  readonly source: RegisterSource;
  /** Of large files that are read as one. */
  readonly warnings: readonly Warning[];
  /** Some parts are taken to begin with a row. */
  readonly isGuess: boolean;
}

/**
 * The source with its large files divided, where files are too few to keep all workers busy: Parquet by row groups, Arrow by record
 * batches, CSV by ranges of whole rows.
 */
export async function shareFiles(
  source: RegisterSource,
  { pool, signal, withSql, toScan }: Sharing,
): Promise<SharedSource> {
  const asOne = { source, warnings: [], isGuess: false };
  if (!('files' in source) || pool.size === 1) return asOne;
  const total = source.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = ({ bytes }: RegisterFile): number => Math.ceil((partsPerWorker * pool.size * bytes) / total);
  const large = source.files.filter(
    (file) => file.bytes >= leastBytes && file.bytes > total / (partsPerWorker * pool.size),
  );
  if (large.length === 0) return asOne;
  const divided = await divideFiles(
    large,
    { pool, signal, cutting: { ranges: partsPerWorker * pool.size, withTypes: withSql, toScan } },
    most,
  );
  const whole = large.flatMap((file) => {
    const reason = divided.get(file)!;
    return typeof reason === 'string' && file.bytes >= toldBytes ? [{ file, reason }] : [];
  });
  const files = source.files.flatMap((file) => {
    const parts = divided.get(file);
    return parts === undefined || parts === null || typeof parts === 'string'
      ? [file]
      : parts.map((part) => ({ ...file, bytes: Math.round(file.bytes / parts.length), part }));
  });
  return { source: { files }, warnings: wholeWarnings(whole), isGuess: files.some(({ part }) => part?.rows === null) };
}

/** For each reason how many files, and the first. */
function wholeWarnings(whole: readonly { readonly file: RegisterFile; readonly reason: WholeFile }[]): Warning[] {
  return [...new Set(whole.map(({ reason }) => reason))].map((reason) => {
    const files = whole.filter((one) => one.reason === reason);
    const [{ file: { name, bytes } }] = files as [typeof files[number]];
    return { code: 'warning.read-by-one', args: { count: files.length, file: name, mebibytes: bytes >> 20, reason } };
  });
}

interface Dividing {
  readonly pool: Pool;
  readonly signal: AbortSignal | undefined;
  readonly cutting: Cutting;
}

/** Parts, or why there are none; null where reading will tell of the file. */
type Divided = readonly FilePart[] | WholeFile | null;

async function divideFiles(files: readonly RegisterFile[], dividing: Dividing, most: (file: RegisterFile) => number): Promise<Map<RegisterFile, Divided>> {
  const { pool, signal, cutting } = dividing;
  const shares = await pool.all((worker, w) => worker.fileUnits(files.filter((_, k) => k % pool.size === w), cutting), signal);
  const divided = new Map<RegisterFile, Divided>();
  for (const [k, file] of files.entries()) {
    const units = shares[k % pool.size]![Math.floor(k / pool.size)]! as FileUnits | null;
    divided.set(
      file,
      units === null || typeof units === 'string'
        ? units
        : 'rows' in units
          ? partsOf(units.rows, most(file))
          : await textParts(file, units, dividing, Math.max(most(file), Math.ceil(file.bytes / mostRead))),
    );
  }
  return divided;
}

async function textParts(
  file: RegisterFile,
  { head, places }: CutText,
  { pool, signal, cutting }: Dividing,
  most: number,
): Promise<Divided> {
  const ranges = places.slice(1).map((to, k) => ({ from: places[k]!, to }));
  if (!cutting.toScan) return ranges.map((range) => ({ ...range, firstRow: 1, rows: null, head }));
  const scan = async (begin: LineState): Promise<readonly ScannedBytes[]> => {
    const request = { separator: head.dialect.separator, begin };
    const shares = await pool.all(
      (worker, w) => worker.scanFile(file, { ...request, ranges: ranges.filter((_, k) => k % pool.size === w) }),
      signal,
    );
    return ranges.map((_, k) => shares[k % pool.size]![Math.floor(k / pool.size)]!);
  };
  const settled = await rowRanges(places, scan);
  if (typeof settled === 'string') return settled;
  return partsOf(
    settled.map(({ rows }) => rows),
    most,
  ).map((part) => ({ ...part, from: settled[part.from]!.from, to: settled[part.to - 1]!.to, head }));
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
