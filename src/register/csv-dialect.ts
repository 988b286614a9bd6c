/** The head of a CSV file: byte order mark, separator and column names. */

import { EngineError } from '../errors.ts';

export interface Dialect {
  /** `,` or `;` as a byte. */
  readonly separator: number;
  /** With `;` a decimal comma is read too. */
  readonly decimalComma: boolean;
  readonly names: readonly string[];
  /** Where the first row begins. */
  readonly firstByte: number;
}

const quote = 34;
const lineFeed = 10;
const comma = 44;
const semicolon = 59;

/** Reads the header from the first bytes of a file; null where they end before it does. */
export function readDialect(file: string, bytes: Uint8Array, isWhole: boolean): Dialect | null {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new EngineError('data.utf16', { file });
  }
  const begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const end = headerEnd(bytes, begin) ?? (isWhole ? bytes.length : null);
  if (end === null) return null;
  const text = decodeHeader(file, bytes.subarray(begin, end)).replace(/\r$/, '');
  if (text === '') throw new EngineError('data.no-header', { file });
  const separator = separatorOf(bytes, begin, end);
  const names = splitHeader(text, String.fromCharCode(separator));
  return { separator, decimalComma: separator === semicolon, names, firstByte: Math.min(end + 1, bytes.length) };
}

function headerEnd(bytes: Uint8Array, begin: number): number | null {
  let quoted = false;
  for (let i = begin; i < bytes.length; i++) {
    if (bytes[i] === quote) quoted = !quoted;
    else if (bytes[i] === lineFeed && !quoted) return i;
  }
  return null;
}

function decodeHeader(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new EngineError('data.header-not-utf8', { file }, { cause: error });
  }
}

/** The one of `,` and `;` that the header has more of outside quotes; `,` where it has neither. */
function separatorOf(bytes: Uint8Array, begin: number, end: number): number {
  let quoted = false;
  let balance = 0;
  for (let i = begin; i < end; i++) {
    if (bytes[i] === quote) quoted = !quoted;
    else if (!quoted && bytes[i] === comma) balance++;
    else if (!quoted && bytes[i] === semicolon) balance--;
  }
  return balance < 0 ? semicolon : comma;
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
