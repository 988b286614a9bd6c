/** Splits CSV bytes (RFC 4180) into the fields of the columns that are wanted. */

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** Field bounds of a run of rows: field k of row i is `[bounds[2 (i w + k)], bounds[2 (i w + k) + 1])`, w fields a row. */
export interface Fields {
  readonly bounds: Int32Array;
  readonly width: number;
  rows: number;
  /** Rows of the run, from 0, that have not one field per column or whose quotes do not close. */
  malformed: number[];
  /** Rows of the run with a quoted value that holds lines like rows: a quote too many took them in. */
  swallowed: SwallowedRows[];
  /** Rows of the run with a quoted value of several lines that holds as many separators as a row. */
  suspect: number[];
}

export interface SwallowedRows {
  readonly row: number;
  /** Lines that the value spans. */
  readonly lines: number;
}

export const createFields = (width: number, rows: number): Fields => ({
  bounds: new Int32Array(2 * width * rows),
  width,
  rows: 0,
  malformed: [],
  swallowed: [],
  suspect: [],
});

export interface SplitOptions {
  readonly separator: number;
  /** For every column of the file its place among the fields wanted, or -1. */
  readonly places: Int32Array;
  readonly mostRows: number;
  /** The bytes end with the file, so the last row needs no line feed. */
  readonly isLast: boolean;
}

/**
 * Splits whole rows of `bytes` from `begin` into `fields`, at most `mostRows`; returns where the next row begins.
 * Empty lines are passed over. Doubled quotes are made single in place, in rows that are done.
 */
export function splitRows(bytes: Uint8Array, begin: number, fields: Fields, options: SplitOptions): number {
  const { separator, places, mostRows, isLast } = options;
  const { bounds, width } = fields;
  const end = bytes.length;
  const columns = places.length;
  const doubled: number[] = [];
  let at = begin;
  let row = 0;
  fields.malformed = [];
  fields.swallowed = [];
  fields.suspect = [];
  while (row < mostRows && at < end) {
    if (bytes[at] === lineFeed) {
      at++;
      continue;
    }
    if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) {
      at += 2;
      continue;
    }
    const base = 2 * width * row;
    let column = 0;
    let isSound = true;
    let lines = 0;
    let isSuspect = false;
    let i = at;
    for (;;) {
      let from = i;
      let to: number;
      let hasDoubled = false;
      if (bytes[i] === quote && i < end) {
        from = ++i;
        let feeds = 0;
        for (;;) {
          while (i < end && bytes[i] !== quote) if (bytes[i++] === lineFeed) feeds++;
          if (i + 1 >= end || bytes[i + 1] !== quote) break;
          hasDoubled = true;
          i += 2;
        }
        to = i;
        if (feeds > 0) {
          lines = Math.max(lines, linesLikeRows(bytes, from, to, options));
          isSuspect ||= hasSeparatorsOfRow(bytes, from, to, options);
        }
        if (i >= end) isSound = false;
        else {
          i++;
          if (bytes[i] === carriageReturn && (i + 1 >= end || bytes[i + 1] === lineFeed)) i++;
          if (i < end && bytes[i] !== separator && bytes[i] !== lineFeed) isSound = false;
          while (i < end && bytes[i] !== separator && bytes[i] !== lineFeed) i++;
        }
      } else {
        while (i < end) {
          const b = bytes[i];
          if (b === separator || b === lineFeed) break;
          i++;
        }
        to = i;
        if (to > from && bytes[to - 1] === carriageReturn && (i >= end || bytes[i] === lineFeed)) to--;
      }
      if (i >= end && !isLast) {
        fields.rows = row;
        return at;
      }
      if (column < columns && places[column]! >= 0) {
        const field = base + 2 * places[column]!;
        bounds[field] = from;
        bounds[field + 1] = to;
        if (hasDoubled) doubled.push(field);
      }
      column++;
      if (i >= end || bytes[i] === lineFeed) break;
      i++;
    }
    if (doubled.length > 0) for (const field of doubled.splice(0)) bounds[field + 1] = makeSingle(bytes, bounds[field]!, bounds[field + 1]!);
    if (lines > 0) fields.swallowed.push({ row, lines });
    else if (isSuspect) fields.suspect.push(row);
    if (column !== columns || !isSound) {
      fields.malformed.push(row);
      bounds.fill(0, base, base + 2 * width);
    }
    row++;
    at = Math.min(i + 1, end);
  }
  fields.rows = row;
  return at;
}

/** More lines than this are no value. */
const mostLines = 100;

/** Lines that a quoted value spans where one within it has the separators of a row, or there are too many; else 0. */
function linesLikeRows(bytes: Uint8Array, from: number, to: number, { separator, places }: SplitOptions): number {
  let feed = bytes.indexOf(lineFeed, from);
  let lines = 1;
  let isRow = false;
  while (feed >= 0 && feed < to) {
    const next = bytes.indexOf(lineFeed, feed + 1);
    let separatorsWithin = 0;
    const end = next < 0 ? to : Math.min(next, to);
    // A row that is whole lies between two line feeds.
    if (!isRow && next >= 0 && next < to) for (let i = feed + 1; i < end; i++) if (bytes[i] === separator) separatorsWithin++;
    isRow ||= places.length > 1 && separatorsWithin >= places.length - 1;
    lines++;
    feed = next;
  }
  return isRow || lines > mostLines ? lines : 0;
}

function hasSeparatorsOfRow(bytes: Uint8Array, from: number, to: number, { separator, places }: SplitOptions): boolean {
  let separators = 0;
  for (let i = from; i < to; i++) if (bytes[i] === separator) separators++;
  return places.length > 1 && separators >= places.length - 1;
}

function makeSingle(bytes: Uint8Array, from: number, end: number): number {
  let to = from;
  for (let i = from; i < end; i++) {
    bytes[to++] = bytes[i]!;
    if (bytes[i] === quote) i++;
  }
  return to;
}
