/** Where rows of CSV bytes begin, without their fields. */

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** What stands right after a line feed: the beginning of a row, or more of a quoted value. */
export type LineState = 'row' | 'quoted';

export interface ScannedBytes {
  /** Rows that begin here. */
  readonly rows: number;
  /** Where the first and the last of them begin; −1 without one. */
  readonly first: number;
  readonly last: number;
  /** What follows. */
  readonly end: LineState;
}

/** Begins and ends as `splitRows` would: `bytes` begin after a line feed, or after the header, and end with one, or with the file. */
export function scanRows(bytes: Uint8Array, begin: LineState, separator: number): ScannedBytes {
  const end = bytes.length;
  let [rows, first, last] = [0, -1, -1];
  let nextQuote = -1;
  let at = 0;
  if (begin === 'quoted') {
    at = pastRow(bytes, pastQuotes(bytes, 0), separator);
    if (at < 0) return { rows, first, last, end: 'quoted' };
  }
  while (at < end) {
    const feed = bytes.indexOf(lineFeed, at);
    const lineEnd = feed < 0 ? end : feed;
    if (lineEnd === at || (bytes[at] === carriageReturn && feed === at + 1)) {
      at = lineEnd + 1;
      continue;
    }
    rows++;
    if (first < 0) first = at;
    last = at;
    if (nextQuote < at) nextQuote = indexOrEnd(bytes, quote, at);
    at = nextQuote > lineEnd ? lineEnd + 1 : pastRow(bytes, pastField(bytes, at, separator), separator);
    if (at < 0) return { rows, first, last, end: 'quoted' };
  }
  return { rows, first, last, end: 'row' };
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}

/** Past the quote that closes a value; −1 where it does not close. */
function pastQuotes(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 2)) if (bytes[at + 1] !== quote) return at + 1;
  return -1;
}

/** The separator or line feed that ends the field which begins at `at`; the end of the bytes; −1 for quotes that do not close. */
function pastField(bytes: Uint8Array, at: number, separator: number): number {
  let i = bytes[at] === quote ? pastQuotes(bytes, at + 1) : at;
  if (i < 0) return -1;
  while (i < bytes.length && bytes[i] !== separator && bytes[i] !== lineFeed) i++;
  return i;
}

/** Past the line feed that ends the row of which a field ends at `at` or after it, as a value's junk behind its quotes; −1 as above. */
function pastRow(bytes: Uint8Array, from: number, separator: number): number {
  if (from < 0) return -1;
  let i = from;
  while (i < bytes.length && bytes[i] !== separator && bytes[i] !== lineFeed) i++;
  while (i < bytes.length && bytes[i] === separator) {
    i = pastField(bytes, i + 1, separator);
    if (i < 0) return -1;
  }
  return i + 1;
}
