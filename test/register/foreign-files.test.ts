/** Files that are something else than their names say, and headers that only look so. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csv, fixture, inMemory, label, month, number, onDisk, readAll } from './sample.ts';

const bytes = (...parts: readonly (string | number)[]): Uint8Array => {
  const head = parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)]));
  return Uint8Array.from([...head, ...new Array<number>(100).fill(0)]);
};
const text = 'x\n1\n2\n3\n';
const x = [number('x')];

describe('what a file is', () => {
  it.each<[string, Uint8Array | string]>([
    ['bzip2', bytes('BZh91AY')],
    ['xz', bytes(0xfd, '7zXZ', 0)],
    ['7z', bytes('7z', 0xbc, 0xaf, 0x27, 0x1c)],
    ['lz4', bytes(4, 0x22, 0x4d, 0x18)],
    ['orc', bytes('ORC')],
    ['avro', bytes('Obj', 1)],
    ['parquet', bytes('PAR1')],
    ['arrow', bytes('ARROW1')],
    ['rdata', bytes('RDX3\n')],
    ['rtf', '{\\rtf1 x}'],
    ['spss', 'ASCII SPSS PORT FILE'],
    ['web-page', '\n<table border="1">\n'],
    ['web-page', '<!-- x -->'],
    ['ods', bytes('PK', 3, 4, 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
  ])('is said of one that is named as text: %s', async (kind, content) => {
    await expect(readAll(csv(content), x)).rejects.toMatchObject({ code: 'data.foreign-file', args: { kind } });
  });

  it.each<[string, Uint8Array | string]>([
    ['text', text],
    ['empty', ''],
    ['gzip', gzipSync(text)],
    ['orc', bytes('ORC')],
    ['json', '[{"x":1}]'],
    ['excel', bytes('PK', 3, 4, 'xl/workbook.xml')],
  ])('is said of one that is named as Parquet or Arrow: %s', async (kind, content) => {
    await expect(readAll(inMemory('t.parquet', 'parquet', content), x)).rejects.toMatchObject({
      code: 'data.foreign-table',
      args: { format: 'Parquet', kind },
    });
    await expect(readAll(inMemory('t.arrow', 'arrow', content), x)).rejects.toMatchObject({
      code: 'data.foreign-table',
      args: { format: 'Arrow', kind },
    });
  });

  it('is said of UTF-32, whose letters UTF-16 parts by zeros', async () => {
    const wide = Uint8Array.from([0xff, 0xfe, 0, 0, ...[...text].flatMap((sign) => [sign.charCodeAt(0), 0, 0, 0])]);
    await expect(readAll(csv(wide), x)).rejects.toMatchObject({ code: 'data.foreign-file', args: { kind: 'binary' } });
  });
});

it.each(['PARENT', 'PAR1', 'ORCID', 'ARROW1', 'RDX', 'BZh', '$FLAG', 'Obj', '7z'])(
  'a header that begins with %s is a header',
  async (name) => {
    expect((await readAll(csv(`${name},x\n1,5\n`), x)).values['number:x']).toEqual([5]);
  },
);

it('a Parquet file of no rows has none: its columns have no pages', async () => {
  expect(
    (
      await readAll(onDisk(fixture('register/no-rows.parquet'), 'parquet'), [
        month('month'),
        label('county'),
        number('x'),
      ])
    ).rows,
  ).toBe(0);
});

it('an integer of 128 bits is no harm in a column that nobody asks for', async () => {
  const file = onDisk(fixture('register/int128.arrow'), 'arrow');
  expect((await readAll(file, [month('month')])).rows).toBe(1);
  await expect(readAll(file, [number('big')])).rejects.toMatchObject({
    code: 'data.column-type',
    args: { type: 'integer of 128 bits' },
  });
});
