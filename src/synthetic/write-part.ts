import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Compression, Table, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm/node';
import type { FileFormat } from '../register/partition.ts';
import { arrowFile, arrowStream } from './arrow.ts';
import { csvPieces } from './csv.ts';
import { blockRows, type Draws } from './draws.ts';
import { ExpectedSums, type ExpectedCells } from './expected-sums.ts';
import { blocksOf, drawBlocks, type Population } from './population.ts';
import { analysisTable, type TableColumn } from './table.ts';

/** Blocks of a file: 131,072 rows, persons never split. */
const partBlocks = 16;

export const partsOf = (rows: number): number => Math.ceil(blocksOf(rows) / partBlocks);
export const rowsOfPart = (rows: number, part: number): number =>
  Math.min((part + 1) * partBlocks * blockRows, rows) - part * partBlocks * blockRows;

type AnalysisTable = ReadonlyMap<string, TableColumn>;

const writeParquetFile = (path: string, table: AnalysisTable, rows: number): void => {
  const properties = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).setMaxRowGroupSize(partBlocks * blockRows).build();
  writeFileSync(path, writeParquet(Table.fromIPCStream(arrowStream(table, rows)), properties));
};

const writeCsvFile = (path: string, table: AnalysisTable, rows: number): void => {
  const file = openSync(path, 'w');
  try {
    for (const piece of csvPieces(table, rows)) {
      for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
    }
  } finally {
    closeSync(file);
  }
};

export interface PartRequest extends Population {
  readonly folder: string;
  readonly format: FileFormat;
}

/** Draws part `part` and writes it as `part-0000.arrow`, `.parquet` (snappy) or `.csv` into the folder. Returns what was to be expected of its rows. */
export const writePart = (request: PartRequest, draws: Draws, part: number): ExpectedCells => {
  const from = part * partBlocks;
  const expected = new ExpectedSums();
  const columns = drawBlocks(request, draws, { from, to: Math.min(from + partBlocks, blocksOf(request.rows)), expected });
  const table = analysisTable(columns);
  const path = join(request.folder, `part-${String(part).padStart(4, '0')}.${request.format}`);
  if (request.format === 'arrow') writeFileSync(path, arrowFile(table, columns.rows));
  else if (request.format === 'parquet') writeParquetFile(path, table, columns.rows);
  else writeCsvFile(path, table, columns.rows);
  return expected.cells();
};
