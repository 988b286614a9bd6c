/**
 * Small Parquet files of one schema, decoded as the row groups of one file: what decoding costs apart from rows is paid
 * once.
 */

import { openArrowBytes, type ArrowBatch } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { eachNull } from './arrow-values.ts';
import { zonedColumns } from './arrow-zones.ts';
import { openBytes } from './bytes.ts';
import { decoded } from './parquet-decoder.ts';
import { footerOf, wholeFile, type PlacedChunk } from './parquet-footers.ts';
import { groupChunks, type GroupChunks } from './parquet-group.ts';
import { openFooter, type OpenedParquet } from './parquet-open.ts';
import type { RegisterFile } from './partition.ts';

export interface JoinedFiles {
  /** Rows of each file. */
  readonly rows: readonly number[];
  readonly fields: readonly ArrowField[];
  batches(columns: readonly string[]): AsyncGenerator<ArrowBatch>;
}

const mostRows = 65536;
const mostDecoded = 32 << 20;

/** What is wrong with one of them has to be found and told by reading it alone. */
export class NotJoined extends Error {}

/**
 * Throws NotJoined where the files are not of one schema and a row group each, and EngineError 'data' where one is
 * damaged.
 */
export async function joinParquet(files: readonly RegisterFile[]): Promise<JoinedFiles> {
  const opened: OpenedParquet[] = [];
  for (const file of files) opened.push(await openSmall(file));
  const [first] = opened as [OpenedParquet, ...OpenedParquet[]];
  const rows = opened.map(({ footer, hint }) => {
    if (footer.schema !== first.footer.schema || hint !== first.hint || footer.groups.length !== 1 || footer.rows === 0)
      throw new NotJoined();
    return footer.rows;
  });
  const count = rows.reduce((sum, one) => sum + one, 0);
  if (count > mostRows) throw new NotJoined();
  return {
    rows,
    fields: first.fields,
    async *batches(columns) {
      const groups: GroupChunks[] = [];
      for (const one of opened) groups.push(await groupChunks(one.decoder, { ...one, group: 0, columns, plain: true }));
      if (groups.reduce((sum, { decodedBytes }) => sum + decodedBytes, 0) > mostDecoded) throw new NotJoined();
      const batch = await decodedBatch(first, groups, columns);
      if (batch.rows !== count) throw new NotJoined();
      checkNulls(batch, groups);
      yield zonedColumns(batch, first.zones);
    },
  };
}

/** In memory, so that nothing has to be closed. */
async function openSmall(file: RegisterFile): Promise<OpenedParquet> {
  const source = await openBytes(file);
  try {
    return await openFooter(file.name, source);
  } finally {
    await source.close();
  }
}

async function decodedBatch(
  { file, decoder, footer, hint }: OpenedParquet,
  groups: readonly GroupChunks[],
  columns: readonly string[],
): Promise<ArrowBatch> {
  let at = 0;
  const placed = groups.map(({ rows, parts, chunks }) => {
    const moved: PlacedChunk[] = chunks.map((chunk) => ({ chunk: chunk.chunk, at: chunk.at + at }));
    at += parts.reduce((sum, { length }) => sum + length, 0);
    return { rows, chunks: moved };
  });
  const bytes = wholeFile(
    groups.flatMap(({ parts }) => parts),
    footerOf(footer, { columns, arrowSchema: hint && hint.select(columns, true), groups: placed }),
  );
  const table = decoded(file, () => decoder.readParquet(bytes, { batchSize: mostRows }));
  try {
    const batches = table.recordBatches();
    if (batches.length !== 1) throw new NotJoined();
    const stream = decoded(file, () => batches[0]!.intoIPCStream());
    for await (const batch of (await openArrowBytes(file, stream)).batches(columns)) return batch;
    throw new NotJoined();
  } finally {
    table.free();
  }
}

/** Of each file as many values are null as its pages and its footer say. */
function checkNulls({ columns }: ArrowBatch, groups: readonly GroupChunks[]): void {
  let start = 0;
  for (const { rows, chunks, nulls } of groups) {
    for (const { chunk: { column, isFlat, nulls: counted } } of chunks) {
      if (!isFlat) continue;
      let found = 0;
      eachNull({ data: columns.get(column)!, start, count: rows }, () => found++);
      if ([nulls.get(column), counted].some((said) => typeof said === 'number' && said !== found))
        throw new NotJoined();
    }
    start += rows;
  }
}
