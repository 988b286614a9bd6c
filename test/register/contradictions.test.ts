/** Files that are read, and say two things. */

import { Dictionary, DateMillisecond, Int32, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { ColumnRequest, RegisterFile } from '../../src/register/partition.ts';
import { partitionValues } from '../../src/register/files.ts';
import { csv, inMemory, label, month, number, person, readAll } from './sample.ts';

describe('folders and the columns of their files', () => {
  const within = (folders: string, content: string): RegisterFile => ({
    ...csv(content),
    ...partitionValues(`${folders}/t.csv`),
  });
  const refused = (folder: string, first: { row: number; value: string }, count = 1) => ({
    code: 'data.faulty-rows',
    args: { faults: [{ code: 'fault.not-of-folder', args: { folder, count, first: [first] } }] },
  });

  it.each<[string, string, ColumnRequest, { row: number; value: string }]>([
    ['month=2018-03', 'm,month\n1,2018-03\n1,2018-04\n', month('month'), { row: 2, value: '2018-04' }],
    ['county=Oslo', 'county,x\nOslo,1\nOSLO,2\n', label('county'), { row: 2, value: 'OSLO' }],
    ['age=40', 'age,x\n40,1\n40.0,1\n4,1\n', number('age'), { row: 3, value: '4' }],
    ['age=40', 'age,x\n40,1\n,1\n', number('age'), { row: 2, value: 'NaN' }],
    ['id=7', 'id,x\n7,1\n8,1\n', person('id'), { row: 2, value: '' }],
  ])('%s: a row that says something else is told of', async (folder, content, asked, first) => {
    await expect(readAll(within(folder, content), [asked])).rejects.toMatchObject(refused(folder, first));
  });

  it('a row that only a condition leaves out is told of too', async () => {
    await expect(
      readAll(within('county=Oslo', 'county,x\nOslo,1\nBergen,2\n'), [label('county')], 'x < 2'),
    ).rejects.toMatchObject(refused('county=Oslo', { row: 2, value: 'Bergen' }));
  });

  it('say the same in other words, or nothing of the column', async () => {
    const read = async (folder: string, content: string, asked: ColumnRequest) =>
      (await readAll(within(folder, content), [asked])).rows;
    expect(await read('month=201803', 'm,month\n1,2018-03\n1,2018-03-15\n', month('month'))).toBe(2);
    expect(await read('month=2018-03-01%2000%3A00%3A00', 'm,month\n1,2018-03\n', month('month'))).toBe(1);
    expect(await read('year=2018/month=3', 'm,month\n1,2018-03\n', month('month'))).toBe(1);
    expect(await read('county=03', 'county,x\n3,1\n3.0,1\n', label('county'))).toBe(2);
    expect(await read('county=Oslo', 'county,x\nBergen,1\n', number('x'))).toBe(1);
  });

  it('a file within two folders of one name has the value that both say', () => {
    expect(partitionValues('a/month=1/month=1/t.csv')).toEqual({ partition: { month: '1' } });
    expect(() => partitionValues('month=1/b/month=2/t.csv')).toThrow(
      expect.objectContaining({
        code: 'data.folder-twice',
        args: { file: 'month=1/b/month=2/t.csv', column: 'month', values: ['1', '2'] },
      }),
    );
  });
});

describe('dates of milliseconds', () => {
  const moments = ['2018-02-28T00:00:00Z', '2018-02-28T23:00:00Z'].map((text) => new Date(text));
  const file = (dates: readonly Date[]): RegisterFile =>
    inMemory('t.arrow', 'arrow', tableToIPC(new Table({ m: vectorFromArray(dates, new DateMillisecond()) }), 'file'));
  const coded = (dates: readonly Date[]): RegisterFile =>
    inMemory(
      't.arrow',
      'arrow',
      tableToIPC(new Table({ m: vectorFromArray(dates, new Dictionary(new DateMillisecond(), new Int32())) }), 'file'),
    );

  it.each([
    ['as they are', file],
    ['in a dictionary', coded],
  ])('that are midnights elsewhere are moments, whose zone is asked for: %s', async (_, of) => {
    const february = 12 * 2018 + 1;
    await expect(readAll(of(moments), [month('m')])).rejects.toMatchObject({
      code: 'data.instants',
      args: { column: 'm', row: 2, instant: '2018-02-28T23:00:00Z' },
    });
    expect(
      (await readAll({ ...of(moments), reading: { timeZone: 'Europe/Oslo' } }, [month('m')])).values['month:m'],
    ).toEqual([february, february + 1]);
    expect((await readAll(of(moments.slice(0, 1)), [month('m')])).values['month:m']).toEqual([february]);
  });
});
