/** Arrow files that contradict themselves: a fault of the file, with column and row where there is one. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openArrowBytes } from '../../src/register/arrow.ts';
import { fixture, inMemory, label, month, number, onDisk, person, readAll } from './sample.ts';

const requests = [person('person_id'), month('month'), number('age'), number('atid3'), number('jobb3'), label('county')];
const trial = (path: string) => readAll(onDisk(fixture(`trials/${path}`), 'arrow'), requests);
const office = [person('person_id'), month('month'), number('age'), number('atid3'), number('atid12'), label('county')];
const tableOf = (path: string) => readAll(onDisk(fixture(`trials/${path}`), path.endsWith('.csv') ? 'csv' : 'arrow'), office);
const sound = new Uint8Array(readFileSync(fixture('trials/knocks-arrow/dict.arrow')));

describe('trials', () => {
  it.each([
    ['dict2_di_atid3_479_120_0', { code: 'data.arrow-index', args: { column: 'atid3', row: 1, index: '479', entries: 479 } }],
    ['dict2_di_person_id_67_120_0', { code: 'data.arrow-index', args: { column: 'person_id', row: 1 } }],
    ['dict_di_county_15_120_0', { code: 'data.arrow-index', args: { column: 'county', row: 1 } }],
    ['dict_di_month_179_1_600', { code: 'data.arrow-index', args: { column: 'month', row: 601 } }],
    ['plain_arrow_ln0_0_0', { code: 'data.arrow-lengths', args: { batch: 0, rows: 500 } }],
    ['plain_arrow_ln0_0_499', { code: 'data.arrow-lengths', args: { batch: 499, rows: 500 } }],
    ['plain_of_county_beyond', { code: 'data.arrow-buffer', args: { column: 'county' } }],
    ['plain_of_county_huge', { code: 'data.arrow-text', args: { column: 'county', row: 101 } }],
    ['plain_of_county_swap', { code: 'data.arrow-text', args: { column: 'county', row: 101 } }],
    ['lz4_arrow_ul4', { code: 'data.arrow-buffer' }],
    ['zstd_arrow_ul0', { code: 'data.arrow-buffer' }],
    ['lz4_arrow_bf0', { code: 'data.arrow-buffer', args: { column: 'jobb3' } }],
    ['lz4_arrow_bf6', { code: 'data.arrow-text', args: { column: 'county' } }],
    ['plain_arrow_ff8', { code: 'data.arrow-metadata' }],
  ])('%s', async (name, fault) => {
    await expect(trial(`knocks-arrow/${name}.arrow`)).rejects.toMatchObject(fault);
  });

  it('a stream without its end mark, unless one insists', async () => {
    const file = onDisk(fixture('trials/knocks-arrow/plain_arrows_cm1.arrows'), 'arrow');
    await expect(readAll(file, requests)).rejects.toMatchObject({ code: 'data.arrow-unfinished', args: { rows: 500 } });
    expect((await readAll({ ...file, reading: { allowUnfinished: true } }, requests)).rows).toBe(500);
  });

  it('Feather version 1', async () => {
    await expect(trial('files-feather-v1/data.feather')).rejects.toMatchObject({ code: 'data.arrow-feather' });
  });

  it('LZ4 frames with block checksums, and months in the zone that the file names', async () => {
    const [polars, oslo, plain] = await Promise.all([
      tableOf('files-polars-lz4/data.arrow'),
      tableOf('files-timestamp-oslo/data-arrow.arrow'),
      tableOf('files-reference/reference.csv'),
    ]);
    expect(polars.values).toEqual(plain.values);
    expect(oslo.values).toEqual(plain.values);
  });
});

/** What comes of bytes: rows that are the sound file's, or a fault of the file. */
async function outcome(bytes: Uint8Array): Promise<string> {
  const read = await readAll(inMemory('t.arrow', 'arrow', bytes), requests).catch((error) => error as { kind: string; code: string });
  return 'rows' in read ? JSON.stringify(read.values) : `${read.kind}`;
}

describe('bits flipped', () => {
  it('in metadata and footer: a fault of the file, or the rows as they were', async () => {
    const table = await openArrowBytes('t.arrow', sound);
    expect(table.fields.length).toBeGreaterThan(5);
    const whole = await outcome(sound);
    const footer = sound.length - 10 - new DataView(sound.buffer, sound.byteOffset + sound.length - 10).getInt32(0, true);
    const outcomes = new Map<string, number>();
    for (let at = footer; at < sound.length; at += 3) {
      const bytes = sound.slice();
      bytes[at]! ^= 1 << (at % 8);
      const found = await outcome(bytes);
      const kind = found === whole ? 'as it was' : found;
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual(['as it was', 'data']);
  });

  it('in length fields of the metadata: no more is allocated than the file can hold', async () => {
    for (const value of [0x7fffffff, -1, 0x7ffffff8]) {
      for (let at = 8; at < 400; at += 4) {
        const bytes = sound.slice();
        new DataView(bytes.buffer).setInt32(at, value, true);
        expect(await outcome(bytes), `${value} at ${at}`).toMatch(/^(data|\{)/);
      }
    }
  });
});

it('every trial of this folder is read here', () => {
  expect(readdirSync(fixture('trials/knocks-arrow')).filter((name) => name.endsWith('.arrow')).length).toBe(15);
});
