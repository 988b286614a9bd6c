import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Float64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { Table as ParquetTable, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { planDescription } from '../../src/descriptive/plan.ts';
import type { RegisterFile } from '../../src/register/partition.ts';
import type { RunResult } from '../../src/run-result.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { DescribeRequest, DescriptiveResult } from '../../src/workers/describe-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { RegisterSource } from '../../src/workers/protocol.ts';
import type { SharedSource, Sharing } from '../../src/workers/share-files.ts';
import { built, defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';

const pools = new Map<number, Pool>();
beforeAll(async () => {
  for (const workers of [1, 2, 3]) pools.set(workers, await openBuiltPool(workers));
});
afterAll(() => pools.forEach((pool) => pool.close()));

const spec = parseModelSpec({
  name: 'k', person: 'person_id', month: 'month', outcomes: [{ name: 'hours', column: 'atid3', family: 'gaussian', horizon: 3 }, { name: 'job', column: 'jobb3', family: 'probit', horizon: 3 }],
  covariates: [{ name: 'age', coding: 'values', reference: 20 }],
});

interface Values {
  readonly person_id: string;
  readonly month: string;
  readonly county: string;
  readonly age: number;
  readonly atid3: number;
  readonly jobb3: number;
}

/** Counties that a CSV file has to quote, of which `Øst ` looks like `Øst`. */
const counties = ['Øst', 'Ves"t', 'No\nrd', 'Øst ', 'Sør,Sør'];
const valuesAt = (i: number): Values => ({
  person_id: i === 7000 ? '1.5E+11' : `person ${i >> 1}`, month: `2019-0${1 + (i & 1)}`, county: counties[i % 5]!,
  age: 20 + ((i * 7) % 5), atid3: ((i * 7919) % 1000) / 8, jobb3: (i * 31) % 97 < 40 ? 1 : 0,
});

const formats = ['csv', 'parquet', 'arrow', 'arrows'] as const;
type Format = typeof formats[number];
const rows = 8000;
const groups = 8;

/** `bytes` is what the file is said to have, so that it counts as large. */
function written(format: Format, spoil: (i: number) => Partial<Values> = () => ({}), bytes = 5 << 20): RegisterFile {
  const values = Array.from({ length: rows }, (_, i) => ({ ...valuesAt(i), ...spoil(i) }));
  const folder = mkdtempSync(join(tmpdir(), 'shared-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, `large.${format}`);
  writeFileSync(path, contentOf(format, values));
  return { name: `large.${format}`, format: format === 'arrows' ? 'arrow' : format, bytes, location: { path } };
}

function contentOf(format: Format, values: readonly Values[]): string | Uint8Array {
  const names = Object.keys(values[0]!) as (keyof Values)[];
  if (format === 'csv') {
    const field = (value: string | number): string => (/[",\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`);
    return [names.join(','), ...values.map((row) => names.map((name) => field(row[name])).join(','))].join('\r\n');
  }
  const batch = rows / groups;
  const tables = Array.from({ length: groups }, (_, b) => new Table(Object.fromEntries(names.map((name) => {
    const column = values.slice(b * batch, (b + 1) * batch).map((row) => row[name]);
    return [name, typeof column[0] === 'number' ? vectorFromArray(column as number[], new Float64()) : vectorFromArray(column as string[], new Utf8())];
  }))));
  const all = tables[0]!.concat(...tables.slice(1));
  if (format !== 'parquet') return tableToIPC(all, format === 'arrow' ? 'file' : 'stream');
  return writeParquet(ParquetTable.fromIPCStream(tableToIPC(all, 'stream')), new WriterPropertiesBuilder().setMaxRowGroupSize(batch).build());
}

async function share(file: RegisterFile, workers: number, toScan = true): Promise<SharedSource> {
  const { shareFiles } = (await built('workers/share-files.js')) as { shareFiles(source: RegisterSource, sharing: Sharing): Promise<SharedSource> };
  return shareFiles({ files: [file] }, { pool: pools.get(workers)!, withSql: false, toScan });
}
const filesOf = ({ source }: SharedSource): readonly RegisterFile[] => ('files' in source ? source.files : []);

const run = (workers: number, file: RegisterFile, where: string | null = null): Promise<RunResult> =>
  runBuiltModel({ spec, source: { files: [file] }, options: { ...defaultOptions, by: [['county']], where }, pool: pools.get(workers)! });
const failure = (workers: number, file: RegisterFile): Promise<unknown> => run(workers, file).then(() => null, ({ code, args, message }: { code: string; args: unknown; message: string }) => ({ code, args, message }));

async function described(workers: number, file: RegisterFile, where: string | null = null): Promise<DescriptiveResult> {
  const { describeRows } = (await built('workers/describe-rows.js')) as { describeRows(request: DescribeRequest): Promise<DescriptiveResult> };
  const { plan } = planDescription({ present: Object.keys(valuesAt(0)), by: [['county']], where });
  return describeRows({ plan, source: { files: [file] }, pool: pools.get(workers)!, threshold: null });
}

describe.each(formats)('a large file that workers share: %s', (format) => {
  it('is divided, and read as one worker reads it', async () => {
    const file = written(format);
    expect(filesOf(await share(file, 2)).length).toBeGreaterThanOrEqual(4);
    const [{ timings: _one, ...one }, { timings: _two, ...two }, { timings: _three, ...three }] = [await run(1, file), await run(2, file), await run(3, file)];
    expect(one.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['warning.look-alike-labels', 'warning.scientific-ids']));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    expect(two.rows).toBe(rows);
  });

  it('has the faults that one worker finds, in the same words', async () => {
    const spoils: ((i: number) => Partial<Values>)[] = [
      (i) => ({ ...(i % 1999 === 3 ? { month: 'soon' } : {}), ...(i === 7000 || i === 12 ? { person_id: '' } : {}) }),
      (i) => (i % 900 === 5 ? { jobb3: 2 } : {}),
      (i) => (i === 6001 ? { person_id: 'person 1', month: '2019-02' } : {}),
    ];
    for (const spoil of spoils) {
      const file = written(format, spoil);
      const one = await failure(1, file);
      expect(one).not.toBeNull();
      expect(await failure(2, file)).toEqual(one);
    }
  });

  it('is filtered as one worker filters it', async () => {
    const file = written(format);
    const where = "age <> 22 AND county <> 'Ves\"t'";
    const [one, two] = [await run(1, file, where), await run(2, file, where)];
    expect(two.dataDigest).toBe(one.dataDigest);
    expect(two.rows).toBe(Array.from({ length: rows }, (_, i) => valuesAt(i)).filter(({ age, county }) => age !== 22 && county !== 'Ves"t').length);
  });

  it('is described as one worker describes it', async () => {
    const file = written(format);
    const one = await described(1, file);
    expect(await described(2, file)).toEqual(one);
    expect(await described(2, file, 'age > 21')).toEqual(await described(1, file, 'age > 21'));
    expect(one).toMatchObject({ rows, persons: rows / 2 + 1 });
  });
});

describe('a CSV file that workers share', () => {
  /** `value` stands in the middle. */
  const lines = (value: string): string => {
    const row = ({ person_id, month, county, age, atid3, jobb3 }: Values): string =>
      `${person_id},${month},"${county.replaceAll('"', '""')}",${age},${atid3},${jobb3}\n`;
    const half = Array.from({ length: 600 }, (_, i) => row({ ...valuesAt(i), county: 'Øst' }));
    const other = Array.from({ length: 600 }, (_, i) => row({ ...valuesAt(600 + i), county: 'Øst' }));
    return `person_id,month,county,age,atid3,jobb3\n${half.join('')}${row({ ...valuesAt(7000), county: value })}${other.join('')}`;
  };
  const textFile = (text: string): RegisterFile => {
    const file = written('csv');
    writeFileSync((file.location as { path: string }).path, text);
    return file;
  };
  const partsOf = async (file: RegisterFile, toScan: boolean) =>
    filesOf(await share(file, 2, toScan)).map(({ part }) => part!);

  it('begins anywhere after a line feed, and its rows are numbered when all are read', async () => {
    const file = textFile(lines('Øst'));
    const parts = await partsOf(file, false);
    expect(parts.length).toBeGreaterThanOrEqual(8);
    expect(parts.map(({ firstRow, rows: counted }) => [firstRow, counted])).toEqual(parts.map(() => [1, null]));
    expect(parts.slice(1).map(({ from }) => from)).toEqual(parts.slice(0, -1).map(({ to }) => to));
    expect((await run(2, file)).warnings).toContainEqual({
      code: 'warning.scientific-ids',
      args: { column: 'person_id', count: 1, file: 'large.csv', row: 601, value: '1.5E+11' },
    });
  });

  it('is looked through where a part turns out to begin within quotes', async () => {
    const file = textFile(lines('x\n'.repeat(20_000)));
    const one = await failure(1, file);
    expect(one).not.toBeNull();
    expect(await failure(2, file)).toEqual(one);
    const value = `${'y'.repeat(100)}\n`.repeat(90);
    const held = textFile(lines(value));
    const begin = lines(value).indexOf(value);
    expect((await partsOf(held, false)).some(({ from }) => from > begin && from < begin + value.length)).toBe(true);
    const [{ timings: _one, ...alone }, { timings: _two, ...shared }] = [await run(1, held), await run(2, held)];
    expect(shared).toEqual(alone);
    expect(shared.rows).toBe(1201);
  });
});

describe('a large file that one worker reads', () => {
  const large = 70 << 20;
  const changed = (file: RegisterFile, ending: string, content: Uint8Array): RegisterFile => {
    const path = `${'path' in file.location ? file.location.path : ''}${ending}`;
    writeFileSync(path, content);
    return { ...file, name: `large${ending}`, location: { path } };
  };
  const reasonOf = async (file: RegisterFile): Promise<unknown> => (await share(file, 2)).warnings;

  it('is told of with the reason, where others wait for it', async () => {
    const file = written('csv', undefined, large);
    const text = contentOf('csv', Array.from({ length: 50 }, (_, i) => valuesAt(i))) as string;
    const bytes = new TextEncoder().encode(text);
    const told = (name: string, reason: string) => [{ code: 'warning.read-by-one', args: { count: 1, file: name, mebibytes: 70, reason } }];
    expect(await reasonOf(changed(file, '.csv.gz', gzipSync(bytes)))).toEqual(told('large.csv.gz', 'packed'));
    expect(await reasonOf(changed(file, '.u.csv', Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(told('large.u.csv', 'encoding'));
    expect(await reasonOf(changed(file, '.r.csv', new TextEncoder().encode(text.replaceAll('\r\n', '\r'))))).toEqual(told('large.r.csv', 'returns'));
    const one = new Table({ x: vectorFromArray([1, 2], new Float64()) });
    const arrow: RegisterFile = { ...file, format: 'arrow' };
    expect(await reasonOf(changed(arrow, '.arrow', tableToIPC(one, 'file')))).toEqual(told('large.arrow', 'one-batch'));
    expect(await reasonOf(changed(arrow, '.arrows', tableToIPC(one.concat(one), 'stream').slice(0, -8)))).toEqual(told('large.arrows', 'stream'));
    const parquet = writeParquet(ParquetTable.fromIPCStream(tableToIPC(one, 'stream')));
    expect(await reasonOf(changed({ ...file, format: 'parquet' }, '.parquet', parquet))).toEqual(told('large.parquet', 'one-group'));
  });

  it('is not told of where it is small, shared, or alone with its worker', async () => {
    const packed = (bytes: number): RegisterFile => changed(written('csv', undefined, bytes), '.csv.gz', gzipSync(contentOf('csv', [valuesAt(0)])));
    expect(await reasonOf(packed(5 << 20))).toEqual([]);
    expect(await reasonOf(written('csv', undefined, large))).toEqual([]);
    expect((await share(packed(large), 1)).warnings).toEqual([]);
    expect(statSync((packed(large).location as { path: string }).path).size).toBeLessThan(1000);
  });

  it('is told of in the result', async () => {
    const packed = changed(written('csv', undefined, large), '.csv.gz', gzipSync(contentOf('csv', Array.from({ length: rows }, (_, i) => valuesAt(i)))));
    expect((await run(2, packed)).warnings).toContainEqual({ code: 'warning.read-by-one', args: { count: 1, file: 'large.csv.gz', mebibytes: 70, reason: 'packed' } });
  });
});
