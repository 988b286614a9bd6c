/** Parquet files as their writers and their damage make them. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixture, inMemory, label, month, number, onDisk, person, readAll } from './sample.ts';

const table = [person('person_id'), month('month'), label('county'), number('age'), number('atid3'), number('atid12')];
const asked = [
  person('person_id'), month('month'), label('county'), number('age'), number('female'), number('hours_at_measurement'),
  number('wage_income_before'), number('atid3'), number('jobb3'),
];
const file = (path: string) => onDisk(fixture(`trials/${path}`), path.endsWith('.csv') ? 'csv' : 'parquet');

describe('trials', () => {
  it('decimals are read, with the values of the sound table', async () => {
    const sound = await readAll(file('files-reference/reference.csv'), table);
    const { values } = await readAll(file('files-decimal/data.parquet'), table);
    const hours = values['number:atid3'] as number[];
    // The decimals of the file have four places, and are read as the doubles that are written so.
    expect(hours).toEqual(hours.map((value) => Number(value.toFixed(4))));
    expect(Math.max(...hours.map((value, i) => Math.abs(value - (sound.values['number:atid3']![i] as number))))).toBeLessThan(0.51e-4);
    expect({ ...values, 'number:atid3': null }).toEqual({ ...sound.values, 'number:atid3': null });
    expect((await readAll(file('files-timestamp-oslo/data.parquet'), table)).values).toEqual(sound.values);
    expect((await readAll(file('files-reference/reference/data.parquet'), table)).values).toEqual(sound.values);
  });

  it('encrypted columns are named', async () => {
    await expect(readAll(file('files-parquet-encrypted-columns/data.parquet'), table)).rejects.toMatchObject({
      code: 'data.parquet-encrypted',
      args: { file: 'data.parquet' },
    });
  });

  it.each(['zstd_parquet_pf1', 'zstd_parquet_pf5'])('a page checksum that does not hold: %s', async (name) => {
    await expect(readAll(file(`knocks-parquet-crc/${name}.parquet`), asked)).rejects.toMatchObject({ code: 'data.parquet-page' });
    expect((await readAll(file('knocks-parquet-crc/zstd.parquet'), asked)).rows).toBe(1200);
  });

  it.each(['dict_parquet_fl4294967295', 'dict_parquet_pf2'])('where the decoder broke down: %s, and the next file is read', async (name) => {
    await expect(readAll(file(`knocks-parquet-panic/${name}.parquet`), asked)).rejects.toMatchObject({ kind: 'data' });
    expect((await readAll(file('knocks-parquet-crc/zstd.parquet'), asked)).rows).toBe(1200);
  });
});

describe('moments', () => {
  const months = Array.from({ length: 20 }, (_, i) => 12 * 2018 + Math.floor(i / 2));
  const read = (name: string, timeZone?: string) =>
    readAll({ ...onDisk(fixture(`register/moments/${name}.parquet`), 'parquet'), ...(timeZone === undefined ? {} : { reading: { timeZone } }) }, [month('month')]);

  it('in the zone that the file names', async () => {
    expect((await read('zone-in-schema')).values['month:month']).toEqual(months);
  });

  it.each(['no-schema', 'int96'])('of no zone are refused until one is given: %s', async (name) => {
    await expect(read(name)).rejects.toMatchObject({ code: 'data.instants', args: { column: 'month', row: 1, instant: '2017-12-31T23:00:00Z' } });
    expect((await read(name, 'Europe/Oslo')).values['month:month']).toEqual(months);
    await expect(read(name, 'Europe/Nowhere')).rejects.toMatchObject({ code: 'data.time-zone' });
  });

  it('that are all midnight in UTC are dates, and a calendar of no zone is its own', async () => {
    const utc = months.map((of, i) => (i % 2 === 0 ? of - 1 : of));
    expect((await read('midnights')).values['month:month']).toEqual(utc);
    expect((await read('wall-clock')).values['month:month']).toEqual(utc);
  });
});

describe('bits flipped', () => {
  const sound = new Uint8Array(readFileSync(fixture('trials/knocks-parquet-crc/zstd.parquet')));
  const outcome = async (bytes: Uint8Array): Promise<string> => {
    const read = await readAll(inMemory('t.parquet', 'parquet', bytes), asked).catch((error) => error as { kind: string });
    return 'rows' in read ? JSON.stringify(read.values) : read.kind;
  };

  it('anywhere in a file with page checksums: a fault of the file, or the rows as they were', async () => {
    const whole = await outcome(sound);
    for (let at = 0; at < sound.length; at += 61) {
      const bytes = sound.slice();
      bytes[at]! ^= 1 << (at % 8);
      expect(['data', whole], `byte ${at}`).toContain(await outcome(bytes));
    }
  });

  it('a file cut anywhere', async () => {
    for (let at = 0; at < sound.length; at += 1009) expect(await outcome(sound.slice(0, at)), `at ${at}`).toBe('data');
  });
});
