import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { count, number, text, type ResultColumn } from '../../src/results/columns.ts';
import { csvText, norwegianCsv } from '../../src/results/csv.ts';
import { columnLetters, sheetNames, xlsxBytes } from '../../src/results/xlsx.ts';

const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '＝1', 'Ørsta & <b>"', 'a\u0007b', '_x0041_', 'line\r\nnext', '\ud800', ''];
const columns: readonly ResultColumn[] = [
  text('label', hostile),
  number('value', hostile.map((_, i) => (i === 3 ? null : i === 4 ? NaN : i / 3))),
  count('n', hostile.map((_, i) => i * 1e9)),
];

interface Cell {
  readonly type: string | null;
  readonly style: string | null;
  readonly value: string;
}

/** Cells of a sheet by place, as a reader of the format has them. */
function cellsOf(xml: string): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [, attributes, content] of xml.matchAll(/<c ([^>]*)>(.*?)<\/c>/gs)) {
    const of = (name: string): string | null => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes!)?.[1] ?? null;
    const raw = /<(?:v|t)(?: [^>]*)?>(.*)<\/(?:v|t)>/s.exec(content!)![1]!;
    const plain = raw.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    const value = plain.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    cells.set(of('r')!, { type: of('t'), style: of('s'), value });
  }
  return cells;
}

const open = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));

describe('a workbook', () => {
  const files = open(xlsxBytes(new Map([['indicator_county', columns], ['indicator_county:measure', columns]])));
  const cells = cellsOf(files['xl/worksheets/sheet1.xml']!);

  it('has typed cells: numbers in full, texts as they are, none where there is nothing', () => {
    expect(cells.get('A1')).toEqual({ type: 'inlineStr', style: '1', value: 'label' });
    hostile.forEach((value, i) => expect(cells.get(`A${i + 2}`)?.value ?? '', `row ${i}`).toBe(value));
    expect([cells.get('B2'), cells.get('B4'), cells.get('B5'), cells.get('B6')]).toEqual([
      { type: null, style: null, value: '0' }, { type: null, style: null, value: String(2 / 3) }, undefined, undefined,
    ]);
    expect(cells.get('C13')!.value).toBe('11000000000');
  });

  it('marks texts that would be computed when their cell is edited', () => {
    expect(hostile.map((_, i) => cells.get(`A${i + 2}`)?.style ?? null)).toEqual(['2', '2', '2', '2', '2', '2', ...Array.from({ length: 6 }, () => null)]);
    expect(files['xl/styles.xml']).toContain('quotePrefix="1"');
    expect(files['xl/worksheets/sheet1.xml']).not.toContain('<f>');
  });

  it('is well-formed XML throughout, every part named among the types', () => {
    for (const [name, xml] of Object.entries(files)) {
      const open: string[] = [];
      for (const [, end, tag, own] of xml.matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
        if (end) expect(open.pop(), name).toBe(tag);
        else if (!own) open.push(tag!);
      }
      expect(open, name).toEqual([]);
      expect(xml.replace(/<[^<>]*>/g, ''), name).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }
    for (const part of ['xl/workbook.xml', 'xl/styles.xml', 'xl/worksheets/sheet2.xml']) expect(files['[Content_Types].xml']).toContain(`/${part}`);
  });

  it('has the same bytes every time', () => {
    const again = (): Uint8Array => xlsxBytes(new Map([['t', columns]]));
    expect(again()).toEqual(again());
  });

  it('holds no more rows than a sheet', () => {
    const long = (rows: number) => new Map([['t', [count('n', new Float64Array(rows).fill(NaN))]]]);
    expect(() => xlsxBytes(long(1_048_576))).toThrow(expect.objectContaining({ code: 'output.sheet-rows' }));
    expect(() => xlsxBytes(new Map([['t', [text('a', ['x'.repeat(32_768)])]]]))).toThrow(expect.objectContaining({ code: 'output.sheet-text' }));
  });

  it('names sheets and columns as the format wants them', () => {
    const names = sheetNames(['indicator_county+support_group+measure', 'indicator_county+support_group+measurE', 'a/b', 'A/B', '']);
    expect(names).toEqual(['indicator_county+support_group+', 'indicator_county+support_grou~2', 'a b', 'A B~2', 'table']);
    expect([0, 25, 26, 701, 702, 16383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  });
});

it('the Norwegian CSV has semicolons and decimal commas, and computes nothing', () => {
  expect(csvText([text('a;b', ['=1+1', 'x;y', 'Ås']), number('v', [1.5, null, -0.25]), count('n', [1, 2, 3])], norwegianCsv))
    .toBe('\ufeff"a;b";v;n\n\'=1+1;1,5;1\n"x;y";;2\nÅs;-0,25;3\n');
});
