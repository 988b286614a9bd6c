import { describe, expect, it } from 'vitest';
import { openBytes } from '../../src/register/bytes.ts';
import { cutCsv, rowRanges, scanRanges } from '../../src/register/csv-ranges.ts';
import { scanRows } from '../../src/register/csv-scan.ts';
import { createFaultLog, mergeFaults, mergeNotes, type FoundFault, type FoundNote } from '../../src/register/faults.ts';
import { rowNumbersOf } from '../../src/register/kept-rows.ts';
import { columnKey, type Column, type ColumnRequest, type FilePart, type RegisterFile } from '../../src/register/partition.ts';
import type { ReadRequest } from '../../src/register/read-sql.ts';
import { releasePartition, takeArray } from '../../src/register/spare-arrays.ts';
import { readPartitions } from '../../src/register/read.ts';
import { partsOf } from '../../src/workers/share-files.ts';
import { csv } from './sample.ts';

/** Numbers below `n`, the same for the same seed. */
function drawer(seed: number): (n: number) => number {
  let state = seed + 0x9e3779b9;
  return (n) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) % n;
  };
}

const columns: readonly ColumnRequest[] = [
  { column: 'id', as: 'person' }, { column: 'month', as: 'month' }, { column: 'office', as: 'label' },
  { column: 'hours', as: 'number' }, { column: 'hours', as: 'label' }, { column: 'note', as: 'label' },
];

/** A table with all that people and programs put into one; `care` in 0 to 2: how seldom something is wrong with it. */
function randomCsv(seed: number, care: number): Uint8Array {
  const draw = drawer(seed);
  const pick = <T>(of: readonly T[]): T => of[draw(of.length)]!;
  const separator = pick([',', ';', '\t', '|']);
  const end = pick(['\n', '\r\n', '\n']);
  const sound = (): string => pick([
    'a', '', 'NA', 'Øst', '"b"', '"x\ny"', '"x\r\n\r\ny"', '"say ""hi"""', '"""\n"""', '""', `"${separator}"`, `"l${separator}m\nn${separator}o"`, 'c\rd',
    '5" pipe', 'a"b"', '"\n\n\n"', `"${'long '.repeat(30)}\n"`, 'x '.repeat(20),
  ]);
  const odd = (): string => pick(['"a"b', `"one${separator}2019-01${separator}x${separator}4${separator}y\ntwo${separator}2019-02${separator}x${separator}4${separator}y\n"`, '"', `"${separator}1\n`, 'x"', '"a"\r']);
  const isRare = (): boolean => care < 2 && draw(care === 0 ? 12 : 60) === 0;
  const lines: string[] = [];
  const count = draw(40);
  for (let i = 0; i < count; i++) {
    const fields = [
      isRare() ? pick(['', '1.5E+11', 'NA']) : pick([`${i}`, `p${i >> 1}`, `"${i}"`, '007']),
      isRare() ? pick(['soon', '', '2019-13']) : pick(['2019-01', '"2019-02"', '201903']),
      pick(['1', '1.0', 'a ', 'a', '"a"']),
      isRare() ? pick(['many', '1e999']) : pick(['1.5', '7', '', 'NA', '"3"']),
      isRare() ? odd() : sound(),
    ];
    if (isRare()) fields.push('more');
    if (isRare()) fields.pop();
    lines.push(fields.join(separator) + (draw(20) === 0 ? pick(['\n', '\r\n']) : end));
    if (draw(15) === 0) lines.push(pick(['\n', '\r\n', '\n\n\r\n', ...(care === 0 ? ['\r', '\n\r\r\n'] : [])]));
  }
  let body = lines.join('');
  if (draw(3) === 0) body = body.slice(0, -1);
  if (draw(6) === 0) body += pick(['\n\n\n', '\r', 'x', '"']);
  const header = pick([['id', 'month', 'office', 'hours', 'note'], ['"id"', 'month', 'office', '"hours"', '"note"']]).join(separator) + end;
  const named = draw(5) === 0 ? `sep=${separator}${end}` : '';
  const bytes = new TextEncoder().encode(`${draw(4) === 0 ? '\ufeff' : ''}${named}${header}${body}`);
  if (care === 0 && draw(5) === 0 && bytes.length > 60) bytes[60 + draw(bytes.length - 60)] = 0xe5;
  return bytes;
}

async function partsOfText(file: RegisterFile, ranges: number, most = Infinity): Promise<FilePart[] | string> {
  const source = await openBytes(file);
  const cut = await cutCsv(file.name, source, { reading: file.reading, ranges, withTypes: true, toScan: true });
  if (typeof cut === 'string') return cut;
  const { head, places } = cut;
  const between = places.slice(1).map((to, k) => ({ from: places[k]!, to }));
  const found = await rowRanges(places, (begin) => scanRanges(source, { separator: head.dialect.separator, begin, ranges: between }, async () => {}));
  if (typeof found === 'string') return found;
  return partsOf(found.map(({ rows }) => rows), most).map((part) => ({ ...part, from: found[part.from]!.from, to: found[part.to - 1]!.to, head }));
}

interface Read {
  readonly rows: ReadonlyMap<number, string>;
  readonly faults: readonly FoundFault[];
  readonly notes: readonly FoundNote[];
  readonly condition: readonly number[];
}

function valueOf(column: Column, i: number): unknown {
  if (column.kind === 'label') return column.labels[column.codes[i]!]!;
  return column.kind === 'person' ? [...column.words.subarray(4 * i, 4 * i + 4)] : `${column.values[i]}`;
}

async function read(file: RegisterFile, request: ReadRequest = { columns, where: null }): Promise<Read> {
  const log = createFaultLog(file.name);
  const rows = new Map<number, string>();
  const condition: number[] = [];
  // As a part it tells of no fault before its end.
  for await (const partition of readPartitions({ ...file, part: file.part ?? { from: 0, to: 0, firstRow: 1, rows: 0 } }, request, log)) {
    const numbers = rowNumbersOf(partition);
    for (let i = 0; i < partition.rows; i++) rows.set(numbers[i]!, JSON.stringify(columns.map((column) => valueOf(partition.columns.get(columnKey(column))!, i))));
    if (partition.condition) condition.push(...partition.condition);
  }
  return { rows, faults: log.list(), notes: log.notes(), condition };
}

const sorted = (notes: readonly FoundNote[]): FoundNote[] => [...notes].sort((a, b) => (`${a.code}:${a.column}` < `${b.code}:${b.column}` ? -1 : 1));

async function readParts(file: RegisterFile, parts: readonly FilePart[], request?: ReadRequest): Promise<Read> {
  const all = await Promise.all(parts.map((part) => read({ ...file, part }, request)));
  expect(all.map(({ rows }) => rows.size)).toEqual(parts.map(({ rows }) => rows));
  return {
    rows: new Map(all.flatMap(({ rows }) => [...rows])),
    faults: mergeFaults(all.map(({ faults }) => faults)),
    notes: mergeNotes(all.map(({ notes }) => notes)),
    condition: all.flatMap(({ condition }) => condition),
  };
}

describe('a CSV file in ranges of bytes', () => {
  it('is read as it is in one: rows, their numbers, faults and notes', async () => {
    const seen = { several: 0, faulty: 0, noted: 0, quoted: 0 };
    for (let seed = 0; seed < 300; seed++) {
      const file = csv(randomCsv(seed, seed % 3));
      const whole = await read(file);
      for (const ranges of [1, 2, 3, 4, 5, 6, 40]) {
        const parts = await partsOfText(file, ranges);
        if (typeof parts === 'string') throw new Error(`seed ${seed}: ${parts}`);
        const shared = await readParts(file, parts);
        expect({ ...shared, notes: sorted(shared.notes) }, `seed ${seed}, ${ranges} ranges`).toEqual({ ...whole, notes: sorted(whole.notes), ...(whole.faults.length > 0 ? { rows: shared.rows } : {}) });
        expect([...shared.rows.keys()], `seed ${seed}, ${ranges} ranges`).toEqual([...whole.rows.keys()]);
        if (parts.length > 1) seen.several++;
      }
      if (whole.faults.length > 0) seen.faulty++;
      if (whole.notes.length > 0) seen.noted++;
      if (new TextDecoder().decode(await new Blob([(file.location as { blob: Blob }).blob]).arrayBuffer()).includes('"x\ny"')) seen.quoted++;
    }
    expect(Object.values(seen).every((count) => count > 60), JSON.stringify(seen)).toBe(true);
  });

  it('whose parts are taken to begin with a row has a fault in one of them where they do not', async () => {
    const seen = { right: 0, wrong: 0, faulty: 0 };
    for (let seed = 0; seed < 300; seed++) {
      const file = csv(randomCsv(seed, seed % 3));
      const whole = await read(file);
      for (const ranges of [2, 3, 5, 40]) {
        const cut = await cutCsv(file.name, await openBytes(file), {
          reading: file.reading,
          ranges,
          withTypes: false,
          toScan: false,
        });
        if (typeof cut === 'string') throw new Error(`seed ${seed}: ${cut}`);
        const { head, places } = cut;
        const parts = await Promise.all(
          places
            .slice(1)
            .map((to, k) => read({ ...file, part: { from: places[k]!, to, firstRow: 1, rows: null, head } })),
        );
        const rows = parts.flatMap((part) => [...part.rows.values()]);
        if (parts.every(({ faults }) => faults.length === 0)) {
          expect(rows, `seed ${seed}, ${ranges} ranges`).toEqual([...whole.rows.values()]);
          expect(whole.faults).toEqual([]);
          if (places.length > 2) seen.right++;
        } else if (whole.faults.length > 0) seen.faulty++;
        else seen.wrong++;
      }
    }
    expect(Object.values(seen).every((count) => count > 20), JSON.stringify(seen)).toBe(true);
  });

  it('has the types of its beginning for SQL, in every range', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => `${i},2019-01,x,${i < 390 ? i : ''},${i % 2 ? '"a\nb"' : 'c'}\n`);
    const file = csv(`id,month,office,hours,note\n${lines.join('')}`);
    const request = { columns, where: "hours > 100 AND note = 'c'" };
    const parts = await partsOfText(file, 6);
    expect(parts.length).toBeGreaterThan(4);
    expect(await readParts(file, parts as FilePart[], request)).toEqual(await read(file, request));
  });

  it('has its faults and first rows whichever range they are in', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => `${i},2019-01,x,${i % 30 === 29 ? 'many' : i},c\n`);
    const parts = (await partsOfText(csv(`id,month,office,hours,note\n${lines.join('')}`), 6)) as FilePart[];
    const { faults } = await readParts(csv(`id,month,office,hours,note\n${lines.join('')}`), parts);
    expect(faults).toEqual([{ code: 'fault.not-a-number', column: 'hours', args: { count: 6, first: [30, 60, 90, 120, 150].map((row) => ({ row, value: 'many' })) } }]);
  });

  it('is not cut where its text is not its bytes', async () => {
    const text = `id,month,office,hours,note\n${'1,2019-01,a,2,b\n'.repeat(50)}`;
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (sign) => sign.charCodeAt(0)).buffer);
    expect(await partsOfText(csv(utf16), 4)).toBe('encoding');
    expect(await partsOfText({ ...csv(text), reading: { encoding: 'windows-1252' } }, 4)).toBe('encoding');
    expect(await partsOfText(csv(text.replaceAll('\n', '\r')), 4)).toBe('returns');
  });

  it('with a row beyond all measure is left to one reader', async () => {
    const value = 'word\n'.repeat((17 << 20) / 5);
    expect(await partsOfText(csv(`id,month,office,hours,note\n1,2019-01,a,2,"${value}"\n2,2019-01,a,2,b\n`), 4)).toBe('long-row');
    expect(await partsOfText(csv(`id,month,office,hours,note\n1,2019-01,a,2,b\n2,2019-01,a,2,"${value}`), 4)).toBe('long-row');
    expect(await partsOfText(csv(`id,month,office,hours,note\n1,2019-01,a,2,${value.replaceAll('\n', ' ')}\n`), 4)).toBe('long-row');
  });
});

describe('where rows begin', () => {
  const scan = (text: string, begin: 'row' | 'quoted' = 'row') => scanRows(new TextEncoder().encode(text), begin, 44);

  it('is told of bytes that begin with a row', () => {
    expect(scan('a,b\nc,d\n')).toEqual({ rows: 2, first: 0, last: 4, end: 'row' });
    expect(scan('\n\r\na,"b\n')).toEqual({ rows: 1, first: 3, last: 3, end: 'quoted' });
    expect(scan('5",x\n"a""\n",b\n')).toEqual({ rows: 2, first: 0, last: 5, end: 'row' });
    expect(scan('')).toEqual({ rows: 0, first: -1, last: -1, end: 'row' });
  });

  it('and of bytes that begin within quotes', () => {
    expect(scan('a\nb",c\nd,"e"\n', 'quoted')).toEqual({ rows: 1, first: 7, last: 7, end: 'row' });
    expect(scan('a\nb\n', 'quoted')).toEqual({ rows: 0, first: -1, last: -1, end: 'quoted' });
    expect(scan('""\n"junk,"x\n', 'quoted')).toEqual({ rows: 0, first: -1, last: -1, end: 'quoted' });
  });
});

describe('large arrays', () => {
  const values = (file: RegisterFile) => read(file).then(({ rows }) => [...rows.values()]);
  const table = (rows: number, of: (i: number) => string): RegisterFile => csv(`id,month,office,hours,note\n${Array.from({ length: rows }, (_, i) => `${i},2019-01,${of(i)},${i % 7},x\n`).join('')}`);

  it('that were given back hold nothing of what they held', async () => {
    const [first, second] = [table(9000, (i) => `a${i % 90}`), table(5000, (i) => (i % 3 === 0 ? '' : `b${i % 40}`))];
    const alone = await values(second);
    for await (const partition of readPartitions(first, { columns, where: null })) releasePartition(partition);
    const taken: string[] = [];
    for await (const partition of readPartitions(second, { columns, where: null })) {
      for (let i = 0; i < partition.rows; i++) taken.push(JSON.stringify(columns.map((column) => valueOf(partition.columns.get(columnKey(column))!, i))));
      releasePartition(partition);
      releasePartition(partition);
    }
    expect(taken).toEqual(alone);
    expect(takeArray(Float64Array, 9000)).not.toBe(takeArray(Float64Array, 9000));
  });
});

it('a file whose ranges are as large as they get is divided, though each ends a little later', async () => {
  const [row, header] = ['1,2019-01,Oslo,7.5\n', 'id,month,office,hours\n'].map((text) =>
    new TextEncoder().encode(text),
  ) as [Uint8Array, Uint8Array];
  const size = header.length + row.length * 12_000_000;
  const slice = async (begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> =>
    Uint8Array.from({ length: end - begin }, (_, i) =>
      begin + i < header.length ? header[begin + i]! : row[(begin + i - header.length) % row.length]!,
    );
  const source = {
    size,
    slice,
    fill: async (target: Uint8Array, begin: number) => target.set(await slice(begin, begin + target.length)),
    close: async () => {},
  };
  const cut = await cutCsv('t.csv', source, { reading: undefined, ranges: 8, withTypes: false, toScan: false });
  if (typeof cut === 'string') throw new Error(cut);
  expect(cut.places.length).toBeGreaterThan(12);
  expect(cut.places.every((place) => (place - header.length) % row.length === 0)).toBe(true);
  expect(Math.max(...cut.places.slice(1).map((place, k) => place - cut.places[k]!))).toBeGreaterThan(16 << 20);
});
