import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableToIPC, tableFromArrays } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Warning } from '../../src/messages/catalogue.ts';
import type { RegisterFile } from '../../src/register/partition.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import { lookAlikes } from '../../src/workers/look-alike-labels.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { fixture } from '../register/sample.ts';

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

const spec = parseModelSpec({
  name: 'k', person: 'person_id', month: 'month', outcomes: [{ name: 'hours', column: 'atid3', family: 'gaussian', horizon: 3 }],
  covariates: [{ name: 'female', coding: 'values', reference: 0 }],
});

function files(contents: readonly (string | Uint8Array)[], ending = 'csv'): RegisterFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'notes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return contents.map((content, k) => {
    const [name, path] = [`${k}.${ending}`, join(folder, `${k}.${ending}`)];
    writeFileSync(path, content);
    return { name, format: ending === 'csv' ? 'csv' : 'arrow', bytes: statSync(path).size, location: { path } };
  });
}

async function warningsOf(source: readonly RegisterFile[], by: readonly string[] = ['county'], model = spec): Promise<readonly Warning[]> {
  return (await runBuiltModel({ spec: model, source: { files: source }, options: { ...defaultOptions, by: [by] }, pool })).warnings.filter(({ code }) => code !== ('warning.few-clusters' as string));
}

const header = 'person_id,month,county,female,atid3\n';
const line = (i: number, county: string, id = `${1000 + i}`): string => `${id},2019-0${1 + (i % 6)},${county},${i % 2},${(i * 37) % 11}.5\n`;
const table = (countyOf: (i: number) => string, from = 0): string => header + Array.from({ length: 30 }, (_, i) => line(from + i, countyOf(i))).join('');

describe('labels that look the same', () => {
  it('are told apart by what nobody sees, and by nothing else', () => {
    expect(lookAlikes(['Rogaland', 'Rogaland ', 'Oslo', 'oslo', 'More', 'Møre'])).toEqual([{ label: 'Rogaland', others: ['Rogaland '] }]);
    expect(lookAlikes(['Møre og  Romsdal', 'Møre\u00a0og Romsdal', 'Møre og Romsdal'])).toEqual([{ label: 'Møre og Romsdal', others: ['Møre og  Romsdal', 'Møre\u00a0og Romsdal'] }]);
    expect(lookAlikes(['Tromsø'.normalize('NFD'), 'Å'.normalize('NFD'), 'Å'.normalize('NFC'), 'Finnmark\u200b', 'Finnmark', ' Oslo', 'Oslo  '])).toEqual([
      { label: 'Å'.normalize('NFC'), others: ['Å'.normalize('NFD')] }, { label: 'Finnmark', others: ['Finnmark\u200b'] }, { label: ' Oslo', others: ['Oslo  '] },
    ]);
    expect(lookAlikes(['', ' ', 'a'])).toEqual([]);
  });

  it('in alternate rows of a database export are warned of, counted, with the first row', async () => {
    const path = fixture('trials/files-label-padding/data.csv');
    const padded = readFileSync(path, 'utf8').split('\n').slice(1).map((row) => / $/.test(row.split(',')[2] ?? ''));
    expect(await warningsOf([{ name: 'data.csv', format: 'csv', bytes: statSync(path).size, location: { path } }])).toEqual([
      { code: 'warning.look-alike-labels', args: { column: 'county', labels: ['Agder', 'Agder '], groups: 15, rows: padded.filter(Boolean).length, file: 'data.csv', row: padded.indexOf(true) + 1 } },
    ]);
  });

  it('are decided over all files: none of these has two spellings', async () => {
    const decomposed = 'Trøndelåg'.normalize('NFD');
    const source = files([table(() => 'Trøndelåg'), table((i) => (i === 7 ? decomposed : 'Oslo'), 30)]);
    expect(await warningsOf(source)).toEqual([{ code: 'warning.look-alike-labels', args: { column: 'county', labels: ['Trøndelåg', decomposed], groups: 1, rows: 1, file: '1.csv', row: 8 } }]);
  });

  it('of a covariate by value are warned of too, and those of numbers are not', async () => {
    const model = { ...spec, covariates: [...spec.covariates, { name: 'county', coding: 'values' as const }] };
    expect(await warningsOf(files([table((i) => (i % 2 ? 'x  y' : 'x y'))]), ['month'], model)).toEqual([
      { code: 'warning.look-alike-labels', args: { column: 'county', labels: ['x y', 'x  y'], groups: 1, rows: 15, file: '0.csv', row: 2 } },
    ]);
    expect(await warningsOf(files([table((i) => (i % 2 ? ' 3' : '3'))]))).toEqual([]);
  });
});

describe('ids with a power of ten', () => {
  const short = ['1.23457E+11', '1,9E+10', '12E+9'];
  it('of a CSV file are counted over all files, with the first', async () => {
    const odd = header + Array.from({ length: 30 }, (_, i) => line(30 + i, 'Oslo', i >= 27 ? `"${short[i - 27]}"` : undefined)).join('');
    expect(await warningsOf(files([table(() => 'Oslo'), odd]))).toEqual([{ code: 'warning.scientific-ids', args: { column: 'person_id', count: 3, file: '1.csv', row: 28, value: '1.23457E+11' } }]);
  });

  it('of an Arrow file, as text and in a dictionary, are found; ids that begin alike are not', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => (i === 4 ? '9.8E+10' : i === 9 ? '1e5f' : i === 11 ? 'E12' : `${i}`));
    const columns = { month: ids.map((_, i) => `2019-0${1 + (i % 6)}`), county: ids.map(() => 'Oslo'), female: Float64Array.from(ids, (_, i) => i % 2), atid3: Float64Array.from(ids, (_, i) => (i * 37) % 11) };
    const content = tableToIPC(tableFromArrays({ person_id: ids, ...columns }), 'file');
    expect(await warningsOf(files([content], 'arrow'))).toEqual([{ code: 'warning.scientific-ids', args: { column: 'person_id', count: 1, file: '0.arrow', row: 5, value: '9.8E+10' } }]);
  });

  it('as labels are warned of', async () => {
    expect(await warningsOf(files([table((i) => (i % 2 ? '9.74E+08' : '987654321'))]))).toEqual([{ code: 'warning.scientific-labels', args: { column: 'county', labels: 1, label: '9.74E+08' } }]);
  });
});

describe('decimal commas', () => {
  const people = (content: string): string => content.replaceAll(',', ';').replaceAll('.', ',');
  const sound = table(() => 'Oslo');
  const commas = people(sound);

  it('are read, as points are where all are points', async () => {
    expect(await warningsOf(files([commas]))).toEqual([]);
    expect(await warningsOf(files([sound.replaceAll(',', ';')]))).toEqual([]);
    expect(await warningsOf(files([commas, table(() => 'Oslo', 30)]))).toEqual([]);
  });

  it.each([
    [
      'in one column',
      [commas.replace(/;7,5\n/, ';7.500\n')],
      { file: '0.csv', row: 11, value: '7.500', column: 'atid3' },
    ],
    [
      'in two columns',
      [commas.replace('1001;2019-02;Oslo;1;', '1001;2019-02;Oslo;1.000;')],
      { file: '0.csv', row: 2, value: '1.000', column: 'female' },
    ],
    [
      'in two files',
      [commas, table(() => 'Oslo', 30).replaceAll(',', ';')],
      { file: '1.csv', row: 1, value: '10.5', column: 'atid3' },
    ],
  ])('with points beside them may be a thousand times too small, and are refused: %s', async (_, contents, point) => {
    const comma = { file: '0.csv', row: 1, value: '0,5', column: 'atid3' };
    const numeric = { ...spec, covariates: [{ name: 'female', coding: 'numeric' as const }] };
    await expect(warningsOf(files(contents), ['county'], numeric)).rejects.toMatchObject({
      code: 'data.mixed-decimals',
      args: { comma, point },
    });
  });
});

describe('lines of a CSV file', () => {
  it('without an end at the end of the file: so many files, and the first', async () => {
    const whole = table(() => 'Oslo');
    const source = files([whole, table(() => 'Oslo', 30).slice(0, -1), table(() => 'Oslo', 60).slice(0, -3)]);
    expect(await warningsOf(source)).toEqual([{ code: 'warning.last-line-open', args: { count: 2, file: '1.csv', row: 30 } }]);
  });

  it('that a quoted value spans, with as many separators as a row: so many rows, and the first', async () => {
    const notes = (i: number): string => (i === 12 || i === 20 ? '"a,b,c\nd,e,f"' : i === 3 ? '"a\nb,c"' : 'Oslo');
    expect(await warningsOf(files([table(notes)]))).toEqual([{ code: 'warning.quoted-lines', args: { count: 2, file: '0.csv', row: 13 } }]);
  });
});
