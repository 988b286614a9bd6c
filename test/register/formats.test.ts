import { gzipSync } from 'node:zlib';
import { Float64, Int32, Table, Utf8, Dictionary, tableToIPC, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { LabelColumn } from '../../src/register/partition.ts';
import { readPartitions } from '../../src/register/read.ts';
import { csv, fixture, inMemory, month, number, onDisk, person, readAll, sample, sampleRequests, sampleRows, sampleValues } from './sample.ts';

const names = Object.keys(sample) as (keyof typeof sample)[];

function csvText(separator: string, missing: string, show: (value: unknown) => string): string {
  const lines = Array.from({ length: sampleRows }, (_, i) => names.map((name) => (sample[name][i] === null ? missing : show(sample[name][i]))).join(separator));
  return `${names.join(separator)}\n${lines.join('\n')}\n`;
}

const written = new Table({
  person_id: vectorFromArray(sample.person_id, new Int32()),
  month: vectorFromArray(sample.month, new Dictionary(new Utf8(), new Int32())),
  hours: vectorFromArray(sample.hours, new Float64()),
  female: vectorFromArray(sample.female),
  office: vectorFromArray(sample.office, new Utf8()),
  children: vectorFromArray(sample.children, new Int32()),
});

const plain = csvText(',', '', String);

const files = {
  ...Object.fromEntries(
    ['lz4.arrow', 'zstd.arrows', 'large-zstd.arrow', 'view-lz4.arrows', 'dictionary-lz4.arrow'].map((name) => [name, onDisk(fixture(`register/${name}`), 'arrow')]),
  ),
  ...Object.fromEntries(['snappy', 'gzip', 'zstd'].map((codec) => [`${codec}.parquet`, onDisk(fixture(`register/${codec}.parquet`), 'parquet')])),
  'file.arrow': inMemory('file.arrow', 'arrow', tableToIPC(written, 'file')),
  'stream.arrows': inMemory('stream.arrows', 'arrow', tableToIPC(written, 'stream')),
  'table.csv': csv(plain),
  'bom.csv': csv(`\ufeff${plain}`),
  'crlf.csv': csv(plain.replaceAll('\n', '\r\n').trimEnd()),
  'quoted.csv': csv(csvText(',', 'NA', (value) => `"${value}"`)),
  'semicolon.csv': csv(csvText(';', 'NA', (value) => String(value).replace('.', ','))),
  'upper.csv': csv(csvText(';', '', (value) => (typeof value === 'boolean' ? String(value).toUpperCase() : String(value)))),
  'table.csv.gz': csv(gzipSync(plain), 'table.csv.gz'),
};

describe('one table in every form', () => {
  it.each(Object.entries(files))('%s gives the same columns', async (_, file) => {
    const { values, rows } = await readAll(file, sampleRequests);
    expect(rows).toBe(sampleRows);
    for (const [key, expected] of Object.entries(sampleValues)) expect(values[key], key).toEqual(expected);
  });

  it.each(Object.entries(files))('%s numbers labels in order of first appearance', async (_, file) => {
    for await (const { columns } of readPartitions(file, { columns: sampleRequests, where: null })) {
      const column = columns.get('label:office') as LabelColumn;
      expect(column.labels).toEqual([...new Set(sampleValues['label:office'])]);
    }
  });
});

it('reads a reference case from the disk', async () => {
  const requests = [person('person_id'), month('month'), number('atid12'), number('hours_at_measurement')];
  const { values, rows } = await readAll(onDisk(fixture('reference/cases/panel/data.csv'), 'csv'), requests);
  expect(rows).toBe(9309);
  expect(values['person:person_id']![0]).toBe('106490,0,0,0');
  expect(values['month:month']![0]).toBe(12 * 2017 + 11);
  expect(values['number:atid12']![0]).toBe(22.01);
  expect(values['number:hours_at_measurement']![0]).toBe(20.6);
});
