import { Compression, Table, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm/node';
import { arrowStreamBytes } from '../results/arrow-bytes.ts';
import type { ResultColumn } from '../results/columns.ts';

/** A Parquet file, its pages compressed by Snappy: text, counts as int32, other numbers as float64, empty cells as nulls. */
export function parquetBytes(columns: readonly ResultColumn[]): Uint8Array {
  const properties = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).build();
  return writeParquet(Table.fromIPCStream(arrowStreamBytes(columns)), properties);
}
