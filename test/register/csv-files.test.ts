/** CSV as people have it: read where it is plain what is meant, refused with a word where it is not. */

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReadingOptions } from '../../src/register/partition.ts';
import { csv, fixture, label, month, number, onDisk, person, readAll } from './sample.ts';

const asked = [person('person_id'), month('month'), label('county'), label('office'), number('age'), number('atid3'), number('atid12')];
const trial = (path: string) => readAll(onDisk(fixture(`trials/${path}`), 'csv'), asked);
const sound = () => trial('files-reference/reference.csv');

describe('trials', () => {
  it.each(['files-tab/data.csv', 'files-cr-only/data.csv', 'files-gzip-two-members/data.csv.gz'])('%s has the values of the sound table', async (path) => {
    expect((await trial(path)).values).toEqual((await sound()).values);
  });

  it.each([
    ['files-title-above-header/data.csv', { code: 'data.title-above-header', args: { line: 3, fields: 8 } }],
    ['files-xlsx-named-csv/data.csv', { code: 'data.foreign-file', args: { kind: 'excel' } }],
    ['files-two-stray-quotes/data.csv', { code: 'data.faulty-rows', args: { faults: [{ code: 'fault.swallowed-rows', args: { lines: 501, first: [{ row: 100 }] } }] } }],
  ])('%s is refused', async (path, fault) => {
    await expect(trial(path)).rejects.toMatchObject(fault);
  });

  it('gzip of several members, and a start of a member within one that is none', async () => {
    const plain = readFileSync(fixture('trials/files-reference/reference.csv'));
    const members = [plain.subarray(0, 1000), plain.subarray(1000, 1000), plain.subarray(1000, 40_000), plain.subarray(40_000)];
    const packed = Buffer.concat(members.map((part) => gzipSync(part, { level: 0 })));
    // Stored bytes that look like a member: a label with the signs of one.
    const fake = Buffer.from('id,x\n1,\u001f\u008b\u0008\u0000abcdefghijklmnopqrst\n', 'latin1');
    expect((await readAll(csv(packed, 'a.csv.gz'), asked)).values).toEqual((await sound()).values);
    const stored = csv(gzipSync(fake, { level: 0 }), 'b.csv.gz');
    expect((await readAll({ ...stored, reading: { encoding: 'latin1' } }, [person('id')])).rows).toBe(1);
    for (const cut of [packed.length - 1, packed.length - 9, 700]) {
      await expect(readAll(csv(packed.subarray(0, cut), 'a.csv.gz'), asked)).rejects.toMatchObject({ code: 'data.gzip-damaged' });
    }
    await expect(readAll(csv(Buffer.concat([packed, Buffer.from('junk')]), 'a.csv.gz'), asked)).rejects.toMatchObject({ kind: 'data' });
    await expect(readAll(csv(plain, 'a.csv.gz'), asked)).rejects.toMatchObject({ code: 'data.not-gzip' });
    await expect(readAll(csv(packed, 'a.csv'), asked)).rejects.toMatchObject({ code: 'data.foreign-file', args: { kind: 'gzip' } });
  });
});

const rows = 'id,navn,x\n1,Ørsta,1.5\n2,"Møre og\nRomsdal",NA\n';
const expected = { 'person:id': ['1,0,0,0', '2,0,0,0'], 'label:navn': ['Ørsta', 'Møre og\nRomsdal'], 'number:x': [1.5, NaN] };
const read = (content: Uint8Array | string, reading: ReadingOptions = {}) => readAll({ ...csv(content), reading }, [person('id'), label('navn'), number('x')]);
const utf16 = (text: string, isBig: boolean): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};

describe('encodings', () => {
  it.each([
    ['UTF-16 with a mark', utf16(`\ufeff${rows}`, false)],
    ['UTF-16, high byte first, with a mark', utf16(`\ufeff${rows}`, true)],
    ['UTF-16 without a mark', utf16(rows, false)],
    ['UTF-16, high byte first, without a mark', utf16(rows, true)],
  ])('%s is read', async (_, bytes) => {
    expect((await read(bytes)).values).toEqual(expected);
  });

  it('Windows-1252 is asked for, and read when it is named', async () => {
    const bytes = new Uint8Array(Buffer.from(rows, 'latin1'));
    await expect(read(bytes)).rejects.toMatchObject({ code: 'data.faulty-rows', args: { faults: [{ code: 'fault.not-utf8' }] } });
    expect((await read(bytes, { encoding: 'windows-1252' })).values).toEqual(expected);
    await expect(read(Buffer.from('id,ålder\n1,2\n', 'latin1'))).rejects.toMatchObject({ code: 'data.header-not-utf8' });
    await expect(read(rows, { encoding: 'windows-9999' })).rejects.toMatchObject({ code: 'usage.encoding' });
    await expect(read(Uint8Array.of(0xff, 0xff, 0x41), { encoding: 'shift_jis' })).rejects.toMatchObject({ code: 'data.not-in-encoding' });
  });

  it('ids are checked too: two that differ in another encoding are not one', async () => {
    const bytes = Buffer.from('id,navn,x\nå1,a,1\nø1,b,2\n', 'latin1');
    await expect(read(bytes)).rejects.toMatchObject({ args: { faults: [{ code: 'fault.not-utf8', column: 'id', args: { count: 2 } }] } });
    expect(new Set((await read(bytes, { encoding: 'latin1' })).values['person:id']).size).toBe(2);
  });
});

describe('separators and line ends', () => {
  it.each([
    ['a line sep=;', 'sep=;\nid;navn;x\n1;Ørsta;1,5\n2;"Møre og\nRomsdal";NA\n'],
    ['a line sep=|', '\ufeffsep=|\r\nid|navn|x\r\n1|Ørsta|1.5\r\n2|"Møre og\nRomsdal"|NA\r\n'],
    ['tabs with decimal commas', 'id\tnavn\tx\n1\tØrsta\t1,5\n2\t"Møre og\nRomsdal"\tNA'],
    ['carriage returns alone', rows.replace('\n1', '\r1').replace('5\n2', '5\r2').replace('NA\n', 'NA\r')],
  ])('%s', async (_, text) => {
    expect((await read(text)).values).toEqual(expected);
  });

  it('a table of one column with a separator in a row is no title above a header', async () => {
    expect((await readAll(csv('navn\na;b\nc\n'), [label('navn')])).values['label:navn']).toEqual(['a;b', 'c']);
  });
});

describe('quotes', () => {
  it('a value of several lines is read, one that took rows in is not', async () => {
    const address = 'id,navn,x\n1,"Storgata 1\nOslo",1\n';
    expect((await read(address)).values['label:navn']).toEqual(['Storgata 1\nOslo']);
    const swallowed = 'id,navn,x\n1,"a,1\n2,b,2\n3,c,3\n4,d",4\n5,e,5\n';
    await expect(read(swallowed)).rejects.toMatchObject({ args: { faults: [{ code: 'fault.swallowed-rows', args: { count: 1, lines: 4, first: [{ row: 1 }] } }] } });
  });
});

describe('what is no text', () => {
  it.each([
    ['old-excel', [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
    ['zip', [0x50, 0x4b, 3, 4, 20, 0]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['spss', '$FL2@(#) SPSS\0'],
    ['stata', [0x72, 1, 1, 0]],
    ['stata', '<stata_dta><header>'],
    ['parquet', 'PAR1\x15\x04'],
    ['arrow', 'ARROW1\0\0'],
    ['sqlite', 'SQLite format 3\0'],
    ['pdf', '%PDF-1.7'],
    ['json', '[{"id": 1}]'],
    ['json', '{"id": 1}'],
    ['web-page', '<!DOCTYPE html><table>'],
    ['rdata', 'RDX3\nX\n\0'],
    ['binary', 'id,x\n1,\0\0'],
  ] as const)('%s is called so', async (kind, content) => {
    const bytes = typeof content === 'string' ? content : Uint8Array.from(content as readonly number[]);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'data.foreign-file', args: { kind } });
  });
});
