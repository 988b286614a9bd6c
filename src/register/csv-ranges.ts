/** A CSV file in ranges of bytes that hold whole rows, each of which may be read by itself. */

import type { ByteSource } from './bytes.ts';
import { scanRows, type LineState, type ScannedBytes } from './csv-scan.ts';
import { guessTypes } from './csv-types.ts';
import { openCsv } from './csv.ts';
import type { CsvHead, ReadingOptions } from './partition.ts';
import type { Altered } from './text-window.ts';

/** Why a text is read as one. */
export type WholeText = Altered | 'long-row';

/** Places right after line feeds, from the first row on to the end of the file. */
export interface CutText {
  readonly head: CsvHead;
  readonly places: readonly number[];
}

/** Rows longer than this are for one reader to judge. */
const longestRow = 16 << 20;
/** Small enough to stay in the processor's cache while they are looked through. */
const scannedBytes = 2 << 20;
/** A part costs little of its own. */
export const mostRead = 16 << 20;
const leastRead = 4 << 20;

export interface Cutting {
  /** About so many pieces, or more where they would be large. */
  readonly ranges: number;
  /** SQL will ask for the types of columns. */
  readonly withTypes: boolean;
  /** They will be looked through before they are read. */
  readonly toScan: boolean;
}

export async function cutCsv(
  file: string,
  source: ByteSource,
  { reading, ranges, withTypes, toScan }: Cutting & { readonly reading: ReadingOptions | undefined },
): Promise<CutText | WholeText> {
  const text = await openCsv(file, source, reading);
  try {
    const { dialect, reader } = text;
    if (reader.altered !== null) return reader.altered;
    const types = withTypes ? guessTypes(text) : null;
    const rowBytes = source.size - dialect.firstByte;
    const found = [dialect.firstByte, source.size];
    for (const cut of (toScan ? evenCuts : fallingCuts)(rowBytes, ranges))
      found.push(await pastLineFeed(source, dialect.firstByte + cut));
    const places = [...new Set(found)].sort((a, b) => a - b);
    const isLong = places.some((place, k) => k > 0 && place - places[k - 1]! > mostRead + longestRow);
    return isLong ? 'long-row' : { head: { dialect, types }, places };
  } finally {
    await text.reader.close();
  }
}

function evenCuts(bytes: number, ranges: number): number[] {
  const pieces = Math.max(ranges, Math.ceil(bytes / scannedBytes));
  return Array.from({ length: pieces - 1 }, (_, k) => Math.floor(((k + 1) * bytes) / pieces));
}

/** The last are the smallest: then nobody waits long for who reads the last of them. */
function fallingCuts(bytes: number, ranges: number): number[] {
  const least = Math.min(leastRead, Math.ceil(bytes / ranges));
  const cuts: number[] = [];
  for (let at = 0; ; cuts.push(at)) {
    at += Math.max(least, Math.min(mostRead, Math.ceil((bytes - at) / ranges)));
    if (at + least / 2 >= bytes) return cuts;
  }
}

const lookedBytes = 16 << 10;

/** The place after the first line feed from the byte before `from` on, or the end. */
async function pastLineFeed(source: ByteSource, from: number): Promise<number> {
  for (let at = from - 1; at < source.size; at += lookedBytes) {
    const bytes = await source.slice(at, Math.min(source.size, at + lookedBytes));
    const feed = bytes.indexOf(10);
    if (feed >= 0) return at + feed + 1;
  }
  return source.size;
}

export interface ScanRequest {
  readonly separator: number;
  readonly begin: LineState;
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
}

/** Each range as it would be if it began so; places are those in the file. */
export async function scanRanges(source: ByteSource, { separator, begin, ranges }: ScanRequest, pause: () => Promise<unknown>): Promise<ScannedBytes[]> {
  const scanned: ScannedBytes[] = [];
  let buffer = new Uint8Array(0);
  for (const { from, to } of ranges) {
    if (buffer.length < to - from) buffer = new Uint8Array(to - from);
    const bytes = buffer.subarray(0, to - from);
    await source.fill(bytes, from);
    const found = scanRows(bytes, begin, separator);
    scanned.push({ ...found, first: found.first < 0 ? -1 : from + found.first, last: found.last < 0 ? -1 : from + found.last });
    await pause();
  }
  return scanned;
}

export interface RowRange {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/**
 * Ranges of whole rows. `scan` has all ranges between the places scanned as if each began so; that some began within quotes is
 * asked only where one that begins with a row ends within quotes.
 */
export async function rowRanges(places: readonly number[], scan: (begin: LineState) => Promise<readonly ScannedBytes[]>): Promise<RowRange[] | 'long-row'> {
  const row = await scan('row');
  return settleRanges(places, { row, quoted: row.every(({ end }) => end === 'row') ? row : await scan('quoted') });
}

/** What a range really begins with follows from the one before it. */
function settleRanges(places: readonly number[], scanned: Readonly<Record<LineState, readonly ScannedBytes[]>>): RowRange[] | 'long-row' {
  const [begin, end] = [places[0]!, places.at(-1)!];
  const starts: { from: number; rows: number }[] = [];
  let state: LineState = 'row';
  let last = begin;
  for (let k = 0; k + 1 < places.length; k++) {
    const range: ScannedBytes = scanned[state][k]!;
    state = range.end;
    if (range.rows === 0) continue;
    if (range.first - last > longestRow) return 'long-row';
    last = range.last;
    starts.push({ from: starts.length === 0 ? begin : range.first, rows: range.rows });
  }
  if (end - last > longestRow) return 'long-row';
  return starts.map(({ from, rows }, k) => ({ from, rows, to: starts[k + 1]?.from ?? end }));
}
