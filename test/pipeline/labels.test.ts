import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Bool, DateDay, Dictionary, Float32, Float64, Int16, Int32, Int64, Int8, Table, TimestampMillisecond, Uint16, Uint32, Uint64, Uint8, Utf8, tableToIPC, vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { Table as ParquetTable, writeParquet } from 'parquet-wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileFormat, RegisterFile } from '../../src/register/partition.ts';
import type { RunOptions, RunResult } from '../../src/run-result.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';
import { digestOf } from '../support/digest-cases.ts';
import { draws } from '../support/table-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'labels-'));
let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => {
  pool.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, format: FileFormat, bytes: string | Uint8Array): RegisterFile {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { name, format, bytes: statSync(path).size, location: { path } };
}

const specOf = (covariates: readonly Covariate[], rest: Partial<ModelSpec> = {}): ModelSpec =>
  parseModelSpec({ name: 't', person: 'id', month: 'month', outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }], covariates, ...rest });

const run = (files: readonly RegisterFile[], spec: ModelSpec, options: Partial<RunOptions> = {}): Promise<RunResult> =>
  runBuiltModel({ spec, source: { files }, options: { ...defaultOptions, ...options }, pool });

const levels = (result: RunResult, term = 'g') => result.fits[0]!.coefficients.filter((c) => c.term === term).map(({ level, n }) => `${level}: ${n}`);

/** 60 rows of 30 persons in two months; `label` gives the text of column g. */
function rowsWith(label: (i: number) => string, rows = 60): string[] {
  const draw = draws(5);
  return Array.from({ length: rows }, (_, i) => `${i % 30},2020-0${1 + Math.floor(i / 30)},${(10 * draw()).toFixed(2)},${label(i)}`);
}
const csvOf = (rows: readonly string[]): string => `id,month,y,g\n${rows.join('\n')}\n`;

it('one number in two files is one level, however either writes it', async () => {
  const trial = new URL('../fixtures/trials/same-number-two-levels/', import.meta.url);
  const data = fileURLToPath(new URL('data', trial));
  const files = readdirSync(data).map((name): RegisterFile => ({ name, format: 'csv', bytes: statSync(join(data, name)).size, location: { path: join(data, name) } }));
  const { fits: [fit], tables } = await run(files, parseModelSpec(readFileSync(new URL('model.json', trial), 'utf8')), { by: [['g']], period: 'all' });
  const expected = csvRows(new URL('expected.csv', trial));
  expect([fit!.n, fit!.rank]).toEqual([59, 3]);
  expect(fit!.coefficients.filter((c) => c.term === 'g').map(({ level, n }) => ({ level, n: String(n) }))).toEqual(expected);
  expect(tables[1]!.groups[0]).toEqual(['0', '1', '2']);
});

describe('numbers among labels', () => {
  const ways = [['0', '0.0', '-0', '0e3', 'false'], ['1', '1.00', '+1', '10e-1', 'TRUE'], ['2.5', '2.50', '25e-1', ' 2.5', '2.5 ']];

  it('are one level, one group and one reference each, in any mixture over files', async () => {
    const plain = await run([file('plain.csv', 'csv', csvOf(rowsWith((i) => ways[i % 3]![0]!)))], specOf([{ name: 'g', coding: 'values', reference: '1' }]), { by: [['g']] });
    const rows = rowsWith((i) => ways[i % 3]![Math.floor(i / 3) % 5]!);
    const parts = [0, 1, 2].map((part) => file(`mixed-${part}.csv`, 'csv', csvOf(rows.filter((_, i) => i % 7 % 3 === part))));
    for (const reference of ['1', '1.0', '1e0', 1]) {
      const mixed = await run(parts, specOf([{ name: 'g', coding: 'values', reference }]), { by: [['g']] });
      expect(levels(mixed)).toEqual(['0: 20', '1: 20', '2.5: 20']);
      expect(mixed.dataDigest).toBe(plain.dataDigest);
      expect(await digestOf(mixed)).toBe(await digestOf(plain));
    }
  });

  it('of a file with decimal commas are those of a file with points', async () => {
    const point = rowsWith((i) => ['0.5', '1', '12.25'][i % 3]!);
    const comma = `id;month;y;g\n${rowsWith((i) => ['0,5', '1,0', '12,250'][i % 3]!).map((row) => row.replace(/^([^,]*),([^,]*),([^,]*),/, '$1;$2;$3;').replace('.', ',')).join('\n')}\n`;
    const spec = specOf([{ name: 'g', coding: 'values' }]);
    const [a, b] = [await run([file('point.csv', 'csv', csvOf(point))], spec), await run([file('comma.csv', 'csv', comma)], spec)];
    expect(levels(b)).toEqual(['0.5: 20', '1: 20', '12.25: 20']);
    expect([b.dataDigest, await digestOf(b)]).toEqual([a.dataDigest, await digestOf(a)]);
  });

  it.each(['0314', '1_000', '0x10', 'NaN', 'Infinity', '9007199254740993', '1 000', 'x'])('with %s among them are text, exact, wherever it is first seen', async (text) => {
    const spec = specOf([{ name: 'g', coding: 'values' }]);
    const rows = rowsWith((i) => (i === 59 ? text : ['1', '1.0', '2'][i % 3]!));
    const forward = [file('text-0.csv', 'csv', csvOf(rows.slice(0, 25))), file('text-1.csv', 'csv', csvOf(rows.slice(25)))];
    const backward = [file('text-2.csv', 'csv', csvOf(rows.slice(25).reverse())), file('text-3.csv', 'csv', csvOf(rows.slice(0, 25).reverse()))];
    const [last, first] = [await run(forward, spec, { by: [['g']] }), await run(backward, spec, { by: [['g']] })];
    expect(levels(last).sort()).toEqual(['1: 20', '1.0: 20', '2: 19', `${text}: 1`].sort());
    expect([first.dataDigest, await digestOf(first)]).toEqual([last.dataDigest, await digestOf(last)]);
  });

  it('of separateBy are one population each, found or listed', async () => {
    const data = [file('separate.csv', 'csv', csvOf(rowsWith((i) => ways[i % 3]![Math.floor(i / 3) % 5]!)))];
    const covariates: Covariate[] = [{ name: 'id', coding: 'numeric' }];
    const found = await run(data, specOf(covariates, { separateBy: 'g' }));
    expect(found.fits.map(({ population, n }) => [population, n])).toEqual([['0', 20], ['1', 20], ['2.5', 20]]);
    const listed = await run(data, specOf(covariates, { separateBy: { column: 'g', groups: [{ label: '1.0' }, { label: '2.5' }] } }));
    expect(listed.fits.map(({ population, n }) => [population, n])).toEqual([['1.0', 20], ['2.5', 20]]);
    expect(listed.fits.map(({ coefficients }) => coefficients)).toEqual(found.fits.slice(1).map(({ coefficients }) => coefficients));
    const twice = specOf(covariates, { separateBy: { column: 'g', groups: [{ label: '1' }, { label: '1.0' }] } });
    await expect(run(data, twice)).rejects.toMatchObject({ code: 'spec.same-number-listed' });
    const text = [file('half.csv', 'csv', csvOf(rowsWith((i) => ['1', '1.0', 'x'][i % 3]!)))];
    await expect(run(text, specOf(covariates, { separateBy: { column: 'g', groups: [{ label: '1' }] } }))).rejects.toMatchObject({ code: 'data.half-numbers' });
    const all = await run(text, specOf(covariates, { separateBy: { column: 'g', groups: [{ label: '1' }, { label: '1.0' }] } }));
    expect(all.fits.map(({ n }) => n)).toEqual([20, 20]);
  });

  it('are dropped and counted together', async () => {
    const rows = rowsWith((i) => ways[i % 3]![Math.floor(i / 3) % 5]!).map((row, i) => `${row},${i % 4 === 0 ? '' : i % 2}`);
    const data = [file('dropped.csv', 'csv', `id,month,y,g,h\n${rows.join('\n')}\n`)];
    const { fits } = await run(data, specOf([{ name: 'h', coding: 'values', missing: 'drop' }], { separateBy: 'g' }));
    expect(fits.map(({ n, dropped }) => [n, dropped.map((one) => one.rows)])).toEqual([[15, [5]], [15, [5]], [15, [5]]]);
  });

  it('are persons of their own where ids are written in two ways', async () => {
    const rows = ['007,2020-01,1,1', '7,2020-01,2,1', '7.0,2020-01,3,2', ' 7,2020-01,4,2', '8,2020-01,5,1', '8,2020-02,2,2'];
    expect((await run([file('ids.csv', 'csv', csvOf(rows))], specOf([{ name: 'g', coding: 'values' }]))).persons).toBe(5);
  });
});

describe('every type of column', () => {
  const n = 240;
  const draw = draws(11);
  const pick = <T>(values: readonly T[]): T[] => Array.from({ length: n }, (_, i) => (i < values.length ? values[i]! : values[Math.floor(draw() * values.length)]!));
  const dates = ['2020-01-15', '2019-12-31', '1969-07-20'];
  /** Name → type, values and the text of each in a CSV file. */
  const columns: Record<string, { type: DataType; values: readonly unknown[]; text?: (value: never) => string }> = {
    i8: { type: new Int8(), values: pick([-128, 0, 127]) },
    u8: { type: new Uint8(), values: pick([0, 200, 255]) },
    i16: { type: new Int16(), values: pick([-32768, 7, 314]) },
    u16: { type: new Uint16(), values: pick([0, 65535, 301]) },
    i32: { type: new Int32(), values: pick([-2147483648, 12, 2147483647]) },
    u32: { type: new Uint32(), values: pick([0, 4294967295, 5]) },
    i64: { type: new Int64(), values: pick([-5n, 0n, 9007199254740992n]) },
    beyond: { type: new Int64(), values: pick([9007199254740993n, 9007199254740992n, -9223372036854775808n]) },
    u64: { type: new Uint64(), values: pick([0n, 18446744073709551615n, 3n]) },
    f32: { type: new Float32(), values: pick([0.1, 2.5, -0, 16777216, 1e-7, 123.456].map(Math.fround)), text: (value: number) => String(Number(value.toPrecision(value > 1e7 ? 8 : 7))) },
    f64: { type: new Float64(), values: pick([0.1, 1 / 3, -0, 1e21, 5e-324, 2]), text: (value: number) => (value === 2 ? '2.0' : value === 1e21 ? '1000000000000000000000' : String(value)) },
    bool: { type: new Bool(), values: pick([true, false]), text: (value: boolean) => (value ? 'True' : 'False') },
    gaps: { type: new Float64(), values: pick([1, null, 2]), text: (value: number | null) => (value === null ? '' : value.toFixed(1)) },
    date: { type: new DateDay(), values: pick(dates.map((text) => new Date(text))), text: (value: Date) => value.toISOString().slice(0, 10) },
    text: { type: new Utf8(), values: pick(['Oslo', 'Østfold', 'a,b', 'say "x"', '0314', '3']) },
    digits: { type: new Utf8(), values: pick(['3', '3.0', '14']) },
    dictionary: { type: new Dictionary(new Utf8(), new Int32()), values: pick(['b', 'a', null, 'true']) },
    codes: { type: new Dictionary(new Utf8(), new Int32()), values: pick(['0301', '1103', '4601']) },
  };
  const base = { id: Array.from({ length: n }, (_, i) => BigInt(i % 60) + 9007199254740993n), y: Array.from({ length: n }, () => Math.round(draw() * 400) / 8) };
  const months = Array.from({ length: n }, (_, i) => `2020-0${1 + Math.floor(i / 60)}`);
  const table = (monthType: DataType) => new Table({
    id: vectorFromArray(base.id, new Int64()),
    month: monthType instanceof Utf8 ? vectorFromArray(months, monthType) : vectorFromArray(months.map((month) => new Date(`${month}-01`)), monthType as DateDay),
    y: vectorFromArray(base.y, new Float64()),
    ...Object.fromEntries(Object.entries(columns).map(([name, { type, values }]) => [name, vectorFromArray(values as never[], type as Utf8)])),
  });
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const names = Object.keys(columns);
  const csv = `id,month,y,${names.join(',')}\n${Array.from({ length: n }, (_, i) => [
    base.id[i], months[i], base.y[i],
    ...names.map((name) => quoted(columns[name]!.text ? columns[name]!.text(columns[name]!.values[i] as never) : String(columns[name]!.values[i] ?? ''))),
  ].join(',')).join('\n')}\n`;

  it('gives the same levels, groups and digests from CSV, Arrow and Parquet, whole or in parts', async () => {
    const arrow = (name: string, type: DataType): RegisterFile => file(name, 'arrow', tableToIPC(table(type), 'file'));
    const parquet = file('types.parquet', 'parquet', writeParquet(ParquetTable.fromIPCStream(tableToIPC(table(new Utf8()), 'stream'))));
    const lines = csv.trimEnd().split('\n');
    const parts = [0, 1].map((part) => file(`types-${part}.csv`, 'csv', `${[lines[0], ...lines.slice(1).filter((_, i) => i % 2 === part).reverse()].join('\n')}\n`));
    const sources = {
      csv: [file('types.csv', 'csv', csv)], parts, arrow: [arrow('types.arrow', new Utf8())], parquet: [parquet],
      days: [arrow('days.arrow', new DateDay())], instants: [arrow('instants.arrow', new TimestampMillisecond())],
    };
    const spec = specOf(names.map((name): Covariate => ({ name, coding: 'values', missing: 'level' })));
    const found: Record<string, unknown> = {};
    for (const [name, files] of Object.entries(sources)) {
      const result = await run(files, spec, { by: names.map((column) => [column]) });
      found[name] = { data: result.dataDigest, result: await digestOf(result), levels: names.map((term) => levels(result, term)), groups: result.tables.map(({ groups }) => groups[0]) };
    }
    for (const name of Object.keys(sources)) expect(found[name], name).toEqual(found['csv']);
    const { levels: all } = found['csv'] as { levels: string[][] };
    const of = (name: string): string[] => all[names.indexOf(name)]!.map((text) => text.replace(/: \d+$/, ''));
    expect(of('f32')).toEqual(['0', '1e-7', '0.1', '2.5', '123.456', '16777216', 'missing']);
    expect(of('f64')).toEqual(['0', '5e-324', '0.1', '0.3333333333333333', '2', '1e+21', 'missing']);
    expect(of('beyond')).toEqual(['-9223372036854775808', '9007199254740992', '9007199254740993', 'missing']);
    expect(of('digits')).toEqual(['3', '14', 'missing']);
    expect(of('text')).toContain('0314');
    expect(of('dictionary')).toEqual(['a', 'b', 'true', 'missing']);
    expect(of('date')).toEqual(['1969-07-20', '2019-12-31', '2020-01-15', 'missing']);
  });
});
