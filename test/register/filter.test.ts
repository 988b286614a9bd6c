import { describe, expect, it } from 'vitest';
import type { LabelColumn } from '../../src/register/partition.ts';
import { readPartitions } from '../../src/register/read.ts';
import { csv, fixture, label, number, onDisk, readAll, sample, sampleRequests, sampleRows, sampleValues } from './sample.ts';

const names = Object.keys(sample) as (keyof typeof sample)[];
const lines = Array.from({ length: sampleRows }, (_, i) => names.map((name) => sample[name][i] ?? 'NA').join(','));

const files = {
  'table.csv': csv(`${names.join(',')}\n${lines.join('\n')}\n`),
  'dictionary-lz4.arrow': onDisk(fixture('register/dictionary-lz4.arrow'), 'arrow'),
  'zstd.parquet': onDisk(fixture('register/zstd.parquet'), 'parquet'),
};

const all = Array.from({ length: sampleRows }, (_, i) => i);
const held = all.filter((i) => sample.children[i] !== null && sample.children[i]! > 1);

describe.each(Object.entries(files))('a filter on %s', (_, file) => {
  it('leaves the other rows out, and every column is of those that are left', async () => {
    const { values, rowNumbers, condition } = await readAll(file, sampleRequests, null, { filter: 'children > 1 -- two' });
    expect(rowNumbers).toEqual(held.map((i) => i + 1));
    for (const [key, column] of Object.entries(values)) expect(column, key).toEqual(held.map((i) => sampleValues[key]![i]));
    expect(condition).toEqual([]);
  });

  it('comes before the condition, which is answered for the rows that are left', async () => {
    const { rows, condition } = await readAll(file, [number('hours')], 'female', { filter: 'children > 1' });
    expect(rows).toBe(held.length);
    expect(condition).toEqual(held.map((i) => Number(sample.female[i] === true)));
  });

  it('may hold for all rows or for none', async () => {
    expect((await readAll(file, [label('office')], null, { filter: 'true' })).values['label:office']).toEqual(sampleValues['label:office']);
    expect((await readAll(file, [label('office')], 'female', { filter: 'children > 9', derived: { old: 'children * 2' } })).rows).toBe(0);
  });

  it('leaves no label behind that only other rows have', async () => {
    for await (const { columns } of readPartitions(file, { columns: [label('children')], where: null, filter: 'children IN (1, 3)' })) {
      expect([...(columns.get('label:children') as LabelColumn).labels].sort()).toEqual(['1', '3']);
    }
  });
});

it('nothing is computed for rows that the filter leaves out', async () => {
  const file = csv('a,b\n1,x\n2,3\n');
  const derived = { whole: 'CAST(b AS INTEGER)' };
  const { values, condition } = await readAll(file, [number('whole')], 'CAST(b AS INTEGER) = 3', { filter: "b <> 'x'", derived });
  expect([values['number:whole'], condition]).toEqual([[3], [1]]);
  await expect(readAll(file, [number('whole')], null, { derived })).rejects.toThrow(/derived column whole \("CAST\(b AS INTEGER\)"\) cannot be computed: .*string 'x'/);
});

it('a filter that is no condition is told like one', async () => {
  await expect(readAll(csv('a\n1\n'), [number('a')], null, { filter: 'b = 1' })).rejects.toMatchObject({
    kind: 'spec',
    message: expect.stringMatching(/^The condition "b = 1" does not work on table\.csv: .* The columns are: a\.$/s),
  });
});

it('a value that cannot be read is an error in whatever row it is', async () => {
  const rows = [...Array.from({ length: 20_480 }, () => '1,2'), 'x,3'];
  await expect(readAll(csv(`a,b\n${rows.join('\n')}\n`), [number('a')], null, { filter: 'b = 2' })).rejects.toThrow(/column a: 1 value is not a number \(first rows: 20481: "x"\)/);
});
