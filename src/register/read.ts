/** A register file to partitions. */

import type { Schema } from 'apache-arrow';
import { openArrow } from './arrow.ts';
import type { ArrowBatches } from './arrow.ts';
import { checkSchema, columnChunks, gather, toPartition } from './arrow-partitions.ts';
import { openBytes } from './bytes.ts';
import type { ByteSource } from './bytes.ts';
import { prepareCondition } from './condition.ts';
import { chunksData, columnData, sqlType } from './condition-table.ts';
import { csvPartitions, openCsv } from './csv.ts';
import type { CsvText } from './csv.ts';
import { guessTypes } from './csv-types.ts';
import { createFaultLog } from './faults.ts';
import type { FaultLog } from './faults.ts';
import { openParquet } from './parquet.ts';
import { columnKey } from './partition.ts';
import type { ColumnRequest, FileFormat, Partition, RegisterFile } from './partition.ts';
import { unreadable } from './unreadable.ts';

export interface ReadRequest {
  readonly columns: readonly ColumnRequest[];
  /** An SQL condition on the columns of the file, or null. */
  readonly where: string | null;
}

/**
 * The rows of a file in order, in partitions of about 65 thousand to 260 thousand rows. Throws EngineError 'data': at
 * once for columns that are missing or of a wrong type, after the last partition for values that cannot be used, so
 * that the error counts them all. Rows with such values have been handed out by then; nothing may be made of them.
 * Throws 'spec' for a condition that is not one.
 */
export async function* readPartitions(file: RegisterFile, request: ReadRequest): AsyncGenerator<Partition> {
  const faults = createFaultLog(file.name);
  try {
    const source = await openBytes(file);
    try {
      yield* readers[file.format](file.name, source, { ...request, columns: distinct(request.columns) }, faults);
    } finally {
      await source.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  faults.finish();
}

const distinct = (columns: readonly ColumnRequest[]): ColumnRequest[] =>
  [...new Map(columns.map((request) => [columnKey(request), request])).values()];

type Reader = (file: string, source: ByteSource, request: ReadRequest, faults: FaultLog) => AsyncGenerator<Partition>;

const readers: Readonly<Record<FileFormat, Reader>> = {
  async *arrow(file, source, request, faults) {
    const { schema, batches } = await openArrow(source);
    yield* arrowPartitions(file, { schema, batches: () => batches }, request, faults);
  },
  async *parquet(file, source, request, faults) {
    const parquet = await openParquet(source);
    try {
      yield* arrowPartitions(file, parquet, request, faults);
    } finally {
      parquet.close();
    }
  },
  async *csv(file, source, { columns, where }, faults) {
    const text = await openCsv(file, source);
    try {
      if (where === null) yield* csvPartitions(text, columns, faults);
      else yield* csvWhere(text, { columns, where }, faults);
    } finally {
      await text.reader.close();
    }
  },
};

interface Table {
  readonly schema: Schema;
  batches(columns: readonly string[]): ArrowBatches['batches'];
}

async function* arrowPartitions(file: string, { schema, batches }: Table, { columns, where }: ReadRequest, faults: FaultLog): AsyncGenerator<Partition> {
  checkSchema(file, schema, columns);
  const condition = where === null ? null : await prepareCondition(file, where, sqlColumns(schema));
  try {
    const names = [...columns.map(({ column }) => column), ...(condition?.columns ?? [])];
    for await (const pieces of gather(batches([...new Set(names)]))) {
      const data = condition?.columns.map((name) => [name, chunksData(columnChunks(pieces.pieces, name), pieces.count)] as const);
      const holds = condition === null ? null : await condition.holds(new Map(data), pieces.count);
      yield toPartition(pieces, columns, { file, condition: holds, faults });
    }
  } finally {
    condition?.close();
  }
}

const sqlColumns = (schema: Schema): Map<string, string> =>
  new Map(schema.fields.flatMap(({ name, type }) => (sqlType(type) === null ? [] : [[name, sqlType(type)!] as const])));

/** The columns of the condition are read beside those asked for. */
async function* csvWhere(text: CsvText, { columns, where }: ReadRequest & { where: string }, faults: FaultLog): AsyncGenerator<Partition> {
  const types = guessTypes(text);
  const sqlTypes = { number: 'DOUBLE', boolean: 'BOOLEAN', text: 'VARCHAR' };
  const condition = await prepareCondition(text.file, where, new Map([...types].map(([name, type]) => [name, sqlTypes[type]])));
  try {
    const used = condition.columns.map((column) => ({ column, as: types.get(column) === 'text' ? 'label' : 'number' }) as const);
    for await (const partition of csvPartitions(text, distinct([...columns, ...used]), faults)) {
      const data = used.map((request) => {
        const column = partition.columns.get(columnKey(request))!;
        return [request.column, columnData(column, types.get(request.column) === 'boolean')] as const;
      });
      yield { ...partition, condition: await condition.holds(new Map(data), partition.rows) };
    }
  } finally {
    condition.close();
  }
}
