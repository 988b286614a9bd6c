/** The head of a CSV file: byte order mark, separator and column names. */

import { EngineError } from '../errors.ts';

export interface Dialect {
  /** `,`, `;`, a tab or `|` as a byte, or what a line `sep=` names. */
  readonly separator: number;
  /** A decimal comma is read too: with every separator but the comma. */
  readonly decimalComma: boolean;
  readonly names: readonly string[];
  /** Where the first row begins. */
  readonly firstByte: number;
}

const quote = 34;
const lineFeed = 10;
const comma = 44;
/** The first that a header has most of is taken. */
const separators: readonly number[] = [comma, 59, 9, 124];

/** Reads the header from the first bytes of a file; null where they end before it does. */
export function readDialect(file: string, bytes: Uint8Array, isWhole: boolean): Dialect | null {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const first = lineAt(bytes, mark, isWhole);
  if (first === null) return null;
  const named = namedSeparator(bytes, first);
  const header = named === null ? first : lineAt(bytes, first.next, isWhole);
  if (header === null) return null;
  const text = decodeHeader(file, bytes.subarray(header.begin, header.end));
  if (text === '') throw new EngineError('data.no-header', { file });
  const separator = named ?? separatorOf(bytes, header);
  const names = splitHeader(text, String.fromCharCode(separator));
  if (named === null && names.length === 1) refuseTitle(file, bytes, header.next);
  return { separator, decimalComma: separator !== comma, names, firstByte: header.next };
}

interface Line {
  readonly begin: number;
  /** A carriage return at its end left out. */
  readonly end: number;
  readonly next: number;
}

/** A line whose line feed is not within quotes. */
function lineAt(bytes: Uint8Array, begin: number, isWhole: boolean): Line | null {
  let quoted = false;
  let end = begin;
  for (; end < bytes.length; end++) {
    if (bytes[end] === quote) quoted = !quoted;
    else if (bytes[end] === lineFeed && !quoted) break;
  }
  if (end === bytes.length && !isWhole) return null;
  const isReturned = end > begin && bytes[end - 1] === 13;
  return { begin, end: isReturned ? end - 1 : end, next: Math.min(end + 1, bytes.length) };
}

/** A first line such as `sep=;`, by which spreadsheets are told the separator. */
function namedSeparator(bytes: Uint8Array, { begin, end }: Line): number | null {
  const isNamed = end - begin === 5 && /^sep=$/i.test(String.fromCharCode(...bytes.subarray(begin, begin + 4)));
  return isNamed ? bytes[begin + 4]! : null;
}

/** The name of a file's encoding is not in it: without a sign that it is UTF-8 it is asked for. */
function decodeHeader(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new EngineError('data.header-not-utf8', { file }, { cause: error });
  }
}

/** How often each separator stands in a line, outside quotes. */
function countsIn(bytes: Uint8Array, { begin, end }: Line): number[] {
  const counts = separators.map(() => 0);
  let quoted = false;
  for (let i = begin; i < end; i++) {
    if (bytes[i] === quote) quoted = !quoted;
    else if (!quoted) {
      const k = separators.indexOf(bytes[i]!);
      if (k >= 0) counts[k]!++;
    }
  }
  return counts;
}

function separatorOf(bytes: Uint8Array, header: Line): number {
  const counts = countsIn(bytes, header);
  return separators[counts.indexOf(Math.max(...counts))]!;
}

/** Lines that are looked at for a header below a title. */
const titleLines = 12;

/** A first line of one field above lines of many is a title. */
function refuseTitle(file: string, bytes: Uint8Array, from: number): void {
  let at = from;
  for (let line = 2; line <= titleLines && at < bytes.length; line++) {
    const found = lineAt(bytes, at, true)!;
    const most = Math.max(...countsIn(bytes, found));
    const next = lineAt(bytes, found.next, true)!;
    // A row of a table of one column may hold a separator; two lines that hold as many are a table.
    if (most > 0 && Math.max(...countsIn(bytes, next)) === most) throw new EngineError('data.title-above-header', { file, line, fields: most + 1 });
    at = found.next;
  }
}

function splitHeader(text: string, separator: string): string[] {
  const names: string[] = [];
  let name = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"' && quoted && text[i + 1] === '"') name += text[i++];
    else if (c === '"' && (quoted || name === '')) quoted = !quoted;
    else if (c === separator && !quoted) {
      names.push(name);
      name = '';
    } else name += c;
  }
  names.push(name);
  return names;
}
