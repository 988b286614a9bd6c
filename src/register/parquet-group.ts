/**
 * The bytes of a row group's wanted columns as a file of its own, once its pages are checked and what they may come to
 * is known.
 */

import { EngineError } from '../errors.ts';
import { openArrowBytes } from './arrow.ts';
import type { ArrowHint } from './arrow-hint.ts';
import type { ByteSource } from './bytes.ts';
import { decoded, type Decoder } from './parquet-decoder.ts';
import {
  entriesChunk,
  longestEntry,
  longestPlain,
  textDictionary,
  type TextDictionary,
} from './parquet-dictionaries.ts';
import { refuseEncrypted } from './parquet-footer-place.ts';
import {
  firstChunkAt,
  footerOf,
  footerOfEntries,
  wholeFile,
  type EntriesPlace,
  type PlacedChunk,
} from './parquet-footers.ts';
import type { ParquetFooter } from './parquet-metadata.ts';
import { checkPages, DamagedPage } from './parquet-pages.ts';

export interface WantedGroup {
  readonly file: string;
  readonly source: ByteSource;
  readonly footer: ParquetFooter;
  readonly hint: ArrowHint | null;
  readonly group: number;
  readonly columns: readonly string[];
  /** Where the footer begins. */
  readonly end: number;
  /** To be decoded without dictionaries. */
  readonly plain?: boolean;
}

/** Chunks of a row group, that lie one after the other from the beginning of a file. */
export interface GroupChunks {
  readonly rows: number;
  readonly parts: readonly Uint8Array[];
  readonly chunks: readonly PlacedChunk[];
  /** Rows that are null by column, as far as the pages say. */
  readonly nulls: ReadonlyMap<string, number>;
  /** What they may come to in memory. */
  readonly decodedBytes: number;
}

export async function groupBytes(
  decoder: Decoder,
  wanted: WantedGroup,
): Promise<Pick<GroupChunks, 'nulls'> & { readonly bytes: Uint8Array }> {
  const { footer, hint, columns } = wanted;
  const { rows, parts, chunks, nulls } = await groupChunks(decoder, wanted);
  return {
    bytes: wholeFile(
      parts,
      footerOf(footer, { columns, arrowSchema: hint && hint.select(columns), groups: [{ rows, chunks }] }),
    ),
    nulls,
  };
}

/** Throws EngineError 'data' for pages that contradict themselves, and for what would be too much. */
export async function groupChunks(
  decoder: Decoder,
  { file, source, footer, hint, group, columns, end, plain = false }: WantedGroup,
): Promise<GroupChunks> {
  const { rows, chunks } = footer.groups[group]!;
  refuseEncrypted(file, chunks, columns);
  const parts: Uint8Array[] = [];
  const nulls = new Map<string, number>();
  const dictionaries: TextDictionary[] = [];
  let decodedBytes = 0;
  const placed: PlacedChunk[] = [];
  let at = firstChunkAt;
  for (const chunk of chunks) {
    if (!columns.includes(chunk.column)) continue;
    const page = (detail: string): EngineError =>
      new EngineError('data.parquet-page', { file, column: chunk.column, group: group + 1, detail });
    if (chunk.isElsewhere) throw page('its bytes are in another file');
    if (chunk.length < 0 || chunk.start < firstChunkAt || chunk.start + chunk.length > end)
      throw page('its bytes lie outside the file');
    if (chunk.isFlat && chunk.values !== rows)
      throw page(`it has ${chunk.values} values, and its row group ${rows} rows`);
    const bytes = await source.slice(chunk.start, chunk.start + chunk.length);
    try {
      const totals = checkPages(bytes, chunk);
      decodedBytes += totals.size;
      if (chunk.isFlat && totals.nulls !== null) nulls.set(chunk.column, totals.nulls);
      const dictionary = textDictionary(bytes, chunk);
      if (dictionary !== null && dictionary.entries > 0) dictionaries.push(dictionary);
    } catch (error) {
      throw error instanceof DamagedPage ? page(error.message) : error;
    }
    placed.push({ chunk, at });
    parts.push(bytes);
    at += bytes.length;
  }
  const longest = await longestEntries(decoder, { file, footer, group, dictionaries });
  for (const [column, bytes] of longest) if (plain || !hint?.dictionaries.has(column)) decodedBytes += rows * bytes;
  const most = alwaysDecoded + decodedTimes * source.size;
  if (decodedBytes > most) {
    const asked = `row group ${group + 1} may have ${decodedBytes} bytes when decoded`;
    const detail = `${asked}, and a file of ${source.size} bytes is read to ${most}; smaller row groups have less`;
    throw new EngineError('data.parquet-damaged', { file, detail });
  }
  return { rows, parts, chunks: placed, nulls, decodedBytes };
}

/** What a row group of a file may come to in memory: any that is small, and as many times the file's bytes. */
const alwaysDecoded = 256 << 20;
const decodedTimes = 64;

interface AskedDictionaries {
  readonly file: string;
  readonly footer: ParquetFooter;
  readonly group: number;
  readonly dictionaries: readonly TextDictionary[];
}

/**
 * Bytes of the longest text of each dictionary, by column; of those that the decoder has to decompress, texts alone.
 */
async function longestEntries(
  decoder: Decoder,
  { file, footer, group, dictionaries }: AskedDictionaries,
): Promise<Map<string, number>> {
  const longest = new Map<string, number>();
  const take = (column: string, find: () => number): void => {
    try {
      longest.set(column, find());
    } catch (error) {
      throw error instanceof DamagedPage
        ? new EngineError('data.parquet-page', { file, column, group: group + 1, detail: error.message })
        : error;
    }
  };
  for (const { plain, ...dictionary } of dictionaries)
    if (plain !== null) take(dictionary.chunk.column, () => longestPlain(plain, dictionary));
  const packed = dictionaries.filter(({ plain }) => plain === null);
  if (packed.length === 0) return longest;
  const rows = packed.reduce((most, { entries }) => Math.max(most, entries), 0);
  const parts: Uint8Array[] = [];
  const chunks: EntriesPlace[] = [];
  let at = firstChunkAt;
  for (const dictionary of packed) {
    const { bytes, dataAt } = entriesChunk(dictionary, rows);
    chunks.push({ chunk: dictionary.chunk, at, dataAt, length: bytes.length });
    parts.push(bytes);
    at += bytes.length;
  }
  const table = decoded(file, () =>
    decoder.readParquet(wholeFile(parts, footerOfEntries(footer, { rows, chunks })), { batchSize: rows }),
  );
  try {
    const stream = decoded(file, () => table.recordBatches()[0]!.intoIPCStream());
    for await (const { columns } of (await openArrowBytes(file, stream)).batches(null)) {
      for (const dictionary of packed) {
        const offsets = columns.get(dictionary.chunk.column)?.valueOffsets;
        if (offsets instanceof Int32Array) take(dictionary.chunk.column, () => longestEntry(dictionary, offsets));
      }
    }
  } finally {
    table.free();
  }
  return longest;
}
