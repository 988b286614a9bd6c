import type { TableColumn } from './table.ts';

const encoder = new TextEncoder();
const comma = 44;
const newline = 10;

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Decimals of k/1024, without the point's left side: '', '.5', '.0009765625' … */
const fractions = Array.from({ length: 1024 }, (_, k) => encoder.encode(String(k / 1024).slice(1)));
const small = Array.from({ length: 4096 }, (_, value) => encoder.encode(String(value)));

/** Writes one column's value of a row at `at`; returns where it ended. */
type Writer = (row: number, at: number) => number;

const writerOf = (column: TableColumn, out: Uint8Array): Writer => {
  const put = (bytes: Uint8Array, at: number): number => {
    for (let k = 0; k < bytes.length; k++) out[at + k] = bytes[k]!;
    return at + bytes.length;
  };
  const whole = (value: number, at: number): number => put(value >= 0 && value < 4096 ? small[value]! : encoder.encode(String(value)), at);
  if (column.kind === 'label') {
    const texts = column.labels.map((text) => encoder.encode(quoted(text)));
    return (row, at) => put(texts[column.values[row]!]!, at);
  }
  const { values, missing } = column;
  const write: Writer =
    column.kind === 'integer'
      ? (row, at) => whole(values[row]!, at)
      : (row, at) => {
          const scaled = Math.abs(values[row]!) * 1024;
          if (values[row]! < 0) out[at++] = 45;
          return put(fractions[scaled & 1023]!, whole(scaled >> 10, at));
        };
  return missing ? (row, at) => (missing[row] ? at : write(row, at)) : write;
};

/** Room for a row: 32 columns of at most 60 bytes. */
const rowBytes = 2048;
const flushBytes = 1 << 20;

/** The table as CSV with a header, in pieces of about a mebibyte; each piece is good until the next is asked for. */
export function* csvPieces(table: ReadonlyMap<string, TableColumn>, rows: number): Generator<Uint8Array> {
  const out = new Uint8Array(flushBytes + rowBytes);
  const writers = [...table.values()].map((column) => writerOf(column, out));
  let at = 0;
  const header = encoder.encode(`${[...table.keys()].join(',')}\n`);
  out.set(header);
  at = header.length;
  for (let row = 0; row < rows; row++) {
    for (const write of writers) {
      at = write(row, at);
      out[at++] = comma;
    }
    out[at - 1] = newline;
    if (at >= flushBytes) {
      yield out.subarray(0, at);
      at = 0;
    }
  }
  if (at > 0) yield out.subarray(0, at);
}
