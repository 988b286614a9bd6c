/** Parquet files to Arrow record batches, a row group at a time. */

import { openArrowBytes, type ArrowBatch } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { registerAssets } from './assets.ts';
import type { ByteSource } from './bytes.ts';

const batchRows = 122880;

export interface ParquetBatches {
  readonly fields: readonly ArrowField[];
  readonly rows: number;
  /** The record batches with these columns alone. */
  batches(columns: readonly string[]): AsyncGenerator<ArrowBatch>;
  close(): void;
}

type Reader = typeof import('parquet-wasm/esm');

let started: Promise<Reader> | null = null;

const start = (): Promise<Reader> => (started ??= load());

async function load(): Promise<Reader> {
  const [reader, module] = await Promise.all([import('parquet-wasm/esm'), registerAssets().parquetModule()]);
  await reader.default({ module_or_path: module });
  return reader;
}

export async function openParquet(name: string, source: ByteSource): Promise<ParquetBatches> {
  const { ParquetFile } = await start();
  const file = await ParquetFile.fromFile(blobOf(source, 0, source.size));
  const metadata = file.metadata();
  const groups = metadata.numRowGroups();
  const { fields } = await openArrowBytes(name, file.schema().intoIPCStream());
  return {
    fields,
    rows: metadata.fileMetadata().numRows(),
    async *batches(columns) {
      for (let group = 0; group < groups; group++) {
        const table = await file.read({ rowGroups: [group], columns: [...columns], batchSize: batchRows });
        try {
          // One batch at a time, so that a large row group is not held twice.
          for (const batch of table.recordBatches()) yield* (await openArrowBytes(name, batch.intoIPCStream())).batches(columns);
        } finally {
          table.free();
        }
      }
    },
    close: () => file.free(),
  };
}

/** What the reader uses of a Blob: its size, and the bytes of a slice. */
function blobOf(source: ByteSource, begin: number, end: number): Blob {
  const size = end - begin;
  const within = (at: number): number => Math.max(0, Math.min(at < 0 ? size + at : at, size));
  const blob = {
    size,
    slice: (from = 0, to = size) => blobOf(source, begin + within(from), begin + Math.max(within(from), within(to))),
    arrayBuffer: async () => {
      const bytes = await source.slice(begin, end);
      return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
    },
  };
  return blob as Blob;
}
