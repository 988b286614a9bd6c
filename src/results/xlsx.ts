/** Result tables as one Excel workbook (ECMA-376): a sheet a table, numbers in full, text that computes nothing. */

import { strToU8, zipSync } from 'fflate';
import { EngineError } from '../errors.ts';
import type { ResultColumn } from './columns.ts';
import { formatNumber } from './numbers.ts';
import { isComputed } from './spreadsheet-text.ts';

/** Of a sheet, the header among the rows. */
const mostRows = 1_048_576;
const mostColumns = 16_384;
const mostSigns = 32_767;

/** Cell formats by their place in `styles`. */
const format = { header: 1, quoted: 2 } as const;

/** Throws EngineError 'output' for a table that no sheet holds. */
export function xlsxBytes(tables: ReadonlyMap<string, readonly ResultColumn[]>): Uint8Array {
  const names = sheetNames([...tables.keys()]);
  const sheets = [...tables].map(([name, columns], k) => [`xl/worksheets/sheet${k + 1}.xml`, sheetXml(name, columns)] as [string, Uint8Array]);
  const files: [string, Uint8Array][] = [
    ['[Content_Types].xml', strToU8(contentTypes(sheets.map(([path]) => path)))],
    ['_rels/.rels', strToU8(relations([['officeDocument', 'xl/workbook.xml']]))],
    ['xl/workbook.xml', strToU8(workbookXml(names))],
    ['xl/_rels/workbook.xml.rels', strToU8(relations([
      ...names.map((_, k) => ['worksheet', `worksheets/sheet${k + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]))],
    ['xl/styles.xml', strToU8(styles)],
    ...sheets,
  ];
  // The same tables give the same bytes: the format has a time for every file, and this is its first.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1), level: 6 });
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const typed = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function contentTypes(sheets: readonly string[]): string {
  const part = (path: string, type: string): string => `<Override PartName="/${path}" ContentType="${typed}.${type}+xml"/>`;
  return `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
    + `<Default Extension="xml" ContentType="application/xml"/>${part('xl/workbook.xml', 'sheet.main')}${part('xl/styles.xml', 'styles')}`
    + `${sheets.map((path) => part(path, 'worksheet')).join('')}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const one = ([type, target]: readonly [string, string], k: number): string => `<Relationship Id="r${k + 1}" Type="${office}/${type}" Target="${target}"/>`;
  return `${head}<Relationships xmlns="${packaged}/relationships">${targets.map(one).join('')}</Relationships>`;
}

function workbookXml(names: readonly string[]): string {
  const sheets = names.map((name, k) => `<sheet name="${attribute(name)}" sheetId="${k + 1}" r:id="r${k + 1}"/>`).join('');
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets}</sheets></workbook>`;
}

/** `quotePrefix` keeps a text a text when its cell is edited. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>`
  + '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
  + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
  + '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" quotePrefix="1"/></cellXfs>'
  + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** Rows encoded at once: strings stay short of what the engine can hold. */
const rowsEach = 4096;

function sheetXml(name: string, columns: readonly ResultColumn[]): Uint8Array {
  const rows = columns[0]?.values.length ?? 0;
  if (rows + 1 > mostRows) throw new EngineError('output.sheet-rows', { table: name, rows, most: mostRows - 1 });
  if (columns.length > mostColumns) throw new EngineError('output.sheet-columns', { table: name, columns: columns.length, most: mostColumns });
  const letters = columns.map((_, c) => columnLetters(c));
  const header = columns.map((column, c) => textCell(`${letters[c]!}1`, column.name, { table: name, style: format.header })).join('');
  const parts = [strToU8(`${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">`
    + '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
    + `<row r="1">${header}</row>`)];
  for (let from = 0; from < rows; from += rowsEach) {
    let xml = '';
    for (let row = from; row < Math.min(from + rowsEach, rows); row++) {
      xml += `<row r="${row + 2}">${columns.map((column, c) => cellXml(`${letters[c]!}${row + 2}`, column, { row, table: name })).join('')}</row>`;
    }
    parts.push(strToU8(xml));
  }
  parts.push(strToU8('</sheetData></worksheet>'));
  return joined(parts);
}

/** An empty text or a number that is not there has no cell. */
function cellXml(at: string, column: ResultColumn, { row, table }: { row: number; table: string }): string {
  if (column.kind !== 'text') {
    const digits = formatNumber(column.values[row] ?? null);
    return digits === '' ? '' : `<c r="${at}"><v>${digits}</v></c>`;
  }
  const value = column.values[row]!;
  return value === '' ? '' : textCell(at, value, { table, style: isComputed(value) ? format.quoted : 0 });
}

function textCell(at: string, value: string, { table, style }: { table: string; style: number }): string {
  if (value.length > mostSigns) throw new EngineError('output.sheet-text', { table, cell: at, signs: value.length, most: mostSigns });
  return `<c r="${at}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${content(value)}</t></is></c>`;
}

/** Signs that XML forbids stand as `_x0007_`, and what looks like that has its underscore so. */
function content(value: string): string {
  const code = (sign: string): string => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  return value
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, code)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const attribute = (value: string): string => content(value).replaceAll('"', '&quot;');

/** A, B, …, Z, AA, … */
export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}

const longestName = 31;

/** Names of sheets have 31 signs at most, not every sign, and are told apart whatever their case. */
export function sheetNames(tables: readonly string[]): string[] {
  const taken = new Set<string>();
  return tables.map((table) => {
    const plain = table.replace(/[\\/?*[\]:\u0000-\u001f]/g, ' ').replace(/^'|'$/g, ' ').trim() || 'table';
    for (let k = 1; ; k++) {
      const end = k === 1 ? '' : `~${k}`;
      const name = plain.slice(0, longestName - end.length) + end;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
