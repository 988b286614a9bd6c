// Arrow files that are made to hurt, or are sound and odd: by the library, or of a sound stream with other bodies.
import { Field, Float64, Int32, Null, RecordBatch, Schema, Struct, Table, Utf8, makeData, tableFromIPC, tableToIPC, vectorFromArray } from 'apache-arrow';
import { arrowPlaces } from './arrow-places.mjs';
import { base } from './bases.mjs';
import { integerAt, joined, withInteger, zstdRun } from './bytes.mjs';

/** @typedef {import('./corpus.mjs').Expectation} Expectation */

const sound = () => tableFromIPC(base('plain.arrow'));
const long = (/** @type {number} */ value) => new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
const inFormat = (/** @type {import('./random.mjs').Random} */ draw, /** @type {Table} */ table) => {
  const ending = draw.pick(['arrow', 'arrows']);
  return { ending, bytes: tableToIPC(table, ending === 'arrow' ? 'file' : 'stream') };
};

/**
 * A compressed stream with one batch of `rows` rows, its buffers by number made by `body` (null: as they are), all nulls gone.
 * @param {string} name @param {number} rows @param {(buffer: number) => Uint8Array | null} body
 */
function withBodies(name, rows, body) {
  const bytes = base(name);
  const { places, messages } = arrowPlaces(bytes);
  const batch = /** @type {import('./arrow-places.mjs').PlacedMessage} */ (messages.find(({ kind }) => kind === 3));
  const own = places.filter(({ what, at }) => at >= batch.start && (at < batch.bodyAt || what === 'uncompressed'));
  let head = bytes.slice(batch.start, batch.bodyAt);
  const set = (/** @type {import('./arrow-places.mjs').Place} */ { at, width }, /** @type {number} */ value) => (head = withInteger(head, at - batch.start, width, value));
  const at = (/** @type {string} */ what) => own.filter((place) => place.what === what);
  for (const place of [...at('batch.length'), ...at('node.length')]) set(place, rows);
  for (const place of at('node.nulls')) set(place, 0);
  const [offsets, lengths] = [at('buffer.offset'), at('buffer.length')];
  const parts = offsets.map((place, k) => {
    const from = batch.bodyAt + integerAt(bytes, place.at, 8);
    return body(k) ?? bytes.slice(from, from + integerAt(bytes, lengths[k].at, 8));
  });
  let end = 0;
  const padded = parts.flatMap((part, k) => {
    set(offsets[k], end);
    set(lengths[k], part.length);
    const padding = new Uint8Array(-part.length & 7);
    end += part.length + padding.length;
    return [part, padding];
  });
  for (const place of at('message.body')) set(place, end);
  return joined([bytes.subarray(0, batch.start), head, ...padded, Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)]);
}

/** A buffer of one byte, over and over. @param {number} size @param {number} [byte] */
const run = (size, byte = 0) => joined([long(size), zstdRun(size, byte)]);
const nothing = new Uint8Array(0);
/** Buffers of zstd.arrows: validity, offsets and text of three columns, and validity and values of the others, by their bytes. */
const widths = [0, 8, 0, 4, -1, 0, 4, -1, 0, 4, -1, 0, 1 / 8, 0, 4, 0, 8, 0, 8, 0, 8, 0, 1];

/** Rows that are all zero, of a few bytes. @param {number} rows */
const zeroRows = (rows) =>
  withBodies('zstd.arrows', rows, (k) => (widths[k] <= 0 ? nothing : run(Math.ceil(rows * widths[k]) + (widths[k + 1] === -1 ? 4 : 0))));

/** A county of many bytes. @param {number} size */
const longText = (size) => withBodies('zstd.arrows', 1, (k) => {
  if (k === 6) return joined([long(8), zstdRaw(new Uint8Array(Int32Array.of(0, size).buffer))]);
  if (k === 7) return run(size, 120);
  return widths[k] <= 0 ? nothing : run(Math.ceil(widths[k]) + (widths[k + 1] === -1 ? 4 : 0));
});

/** A frame of one block as it is. @param {Uint8Array} bytes */
function zstdRaw(bytes) {
  const head = (bytes.length << 3) | 1;
  return joined([Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, head & 255, (head >> 8) & 255, head >> 16), bytes]);
}

/** The columns of the sound table and more beside them. @param {Record<string, any>} more */
function widened(more) {
  const table = sound();
  const names = table.schema.fields.map(({ name }) => name);
  return new Table({ ...Object.fromEntries(names.map((name) => [name, table.getChild(name)])), ...more });
}

/** Fields of these names in a record batch of one length, the library's checks left out. @param {readonly Field[]} fields @param {number} length @param {readonly any[]} children */
function batchOf(fields, length, children) {
  const schema = new Schema([...fields]);
  return new Table(schema, [new RecordBatch(schema, makeData({ type: new Struct([...fields]), length, nullCount: 0, children: [...children] }))]);
}

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function arrowMade(draw) {
  const said = (/** @type {string} */ what, /** @type {{ ending: string, bytes: Uint8Array }} */ file, /** @type {Expectation} */ expect) => ({ what: `made: ${what}`, ...file, expect });
  const stream = (/** @type {Uint8Array} */ bytes) => ({ ending: 'arrows', bytes });
  const rows = draw.pick([2 ** 20, 2 ** 21 + draw.below(1000), 2 ** 24, 2 ** 27, 2 ** 29, 2 ** 31 - 1]);
  switch (draw.below(12)) {
    case 0: {
      const many = draw.pick([rows, 2 ** 32, 2 ** 40, 2 ** 52]);
      const names = sound().schema.fields.map(({ name }) => name);
      const fields = names.map((name) => new Field(name, new Null(), true));
      const few = inFormat(draw, batchOf(fields, 1000, fields.map(({ type }) => makeData({ type, length: 1000, nullCount: 1000 }))));
      const counts = arrowPlaces(few.bytes).places.filter(({ what }) => ['batch.length', 'node.length', 'node.nulls'].includes(what));
      const bytes = counts.reduce((all, { at, width }) => withInteger(all, at, width, many), few.bytes);
      return said(`${many} rows of columns of nothing`, { ...few, bytes }, 'refused');
    }
    case 1: case 2: return said(`${rows} rows of zeros in Zstandard`, stream(zeroRows(rows > 2 ** 30 ? 2 ** 30 : rows)), 'refused');
    case 3: {
      const size = draw.pick([1000, 2 ** 20, 2 ** 26, 2 ** 28 + 1, 2 ** 30, 2 ** 31 - 1]);
      return said(`a county of ${size} bytes`, stream(longText(size)), size > 2 ** 28 ? 'refused' : 'any');
    }
    case 4: {
      const name = draw.pick(['age', 'hours', 'county']);
      const table = sound();
      const column = name === 'county' ? vectorFromArray(Array.from({ length: table.numRows }, () => 'Oslo'), new Utf8()) : vectorFromArray(Array.from({ length: table.numRows }, (_, i) => i), new Float64());
      const renamed = widened({ twin: column });
      for (const { fields } of [renamed.schema, ...renamed.batches.map((batch) => batch.schema)]) Object.assign(/** @type {object} */ (fields.at(-1)), { name });
      return said(`two columns are called ${name}`, inFormat(draw, renamed), 'refused');
    }
    case 5: {
      const table = sound();
      const notes = new Map([['notes', 'x'.repeat(draw.below(500_000))], ['\u0000', '\ud7ff'], ['', '']]);
      const schema = new Schema(table.schema.fields, notes);
      return said('long notes in the schema', inFormat(draw, new Table(schema, table.batches.map((batch) => new RecordBatch(schema, batch.data)))), 'same');
    }
    case 6: {
      const count = draw.pick([100, 3000]);
      const more = Object.fromEntries(Array.from({ length: count }, (_, k) => [`note ${k}`, vectorFromArray(Array.from({ length: 150 }, () => null), new Null())]));
      return said(`${count} columns that nobody asks for`, inFormat(draw, widened(more)), 'same');
    }
    case 7: {
      let type = /** @type {any} */ (new Int32());
      const depth = draw.pick([3, 30, 60, 200, 1000]);
      let data = /** @type {any} */ (vectorFromArray(Array.from({ length: 150 }, (_, i) => i), new Int32()).data[0]);
      for (let k = 0; k < depth; k++) {
        type = new Struct([new Field('in', type, true)]);
        data = makeData({ type, length: 150, nullCount: 0, children: [data] });
      }
      const table = sound();
      const children = [...table.schema.fields.map(({ name }) => oneChunk(table, name)), data];
      return said(`a struct ${depth} deep`, inFormat(draw, batchOf([...table.schema.fields, new Field('deep', type, true)], 150, children)), depth > 60 ? 'same-or-refused' : 'same');
    }
    case 8: {
      const table = sound();
      const cuts = Array.from({ length: 1 + draw.below(20) }, () => draw.below(150)).sort((a, b) => a - b);
      const edges = [0, ...cuts, 150];
      const parts = edges.slice(1).map((to, k) => table.slice(edges[k], to)).flatMap((part) => part.batches);
      return said(`${parts.length} slices, empty ones among them`, inFormat(draw, new Table(table.schema, parts)), 'same');
    }
    case 9: {
      const table = sound();
      const empty = Array.from({ length: 2000 }, () => table.batches[0].slice(0, 0));
      return said('two thousand batches without rows', inFormat(draw, new Table(table.schema, [...empty, ...table.batches])), 'same');
    }
    case 10: {
      const [a, b] = [base('plain.arrows'), base('plain.arrow')];
      const blow = draw.below(4);
      if (blow === 0) return said('two streams, one after the other', stream(joined([a, a])), 'refused');
      if (blow === 1) return said('a file in the place of a stream', stream(b), 'same-or-refused');
      if (blow === 2) return said('a stream in the place of a file', { ending: 'arrow', bytes: a }, 'same-or-refused');
      return said('a stream between the marks of a file', { ending: 'arrow', bytes: joined(['ARROW1\0\0', a, Uint8Array.of(0, 0, 0, 0), 'ARROW1']) }, 'refused');
    }
    default: return deltaBomb(draw, said);
  }
}

/** All rows of a column in one piece. @param {Table} table @param {string} name */
function oneChunk(table, name) {
  const column = /** @type {any} */ (table.getChild(name));
  return vectorFromArray([...column], column.type).data[0];
}

/** One dictionary batch over and over, each of many bytes. @param {import('./random.mjs').Random} draw @param {Function} said */
function deltaBomb(draw, said) {
  const bytes = base('dictionary-zstd.arrows');
  const { places, messages } = arrowPlaces(bytes);
  const { start, end, bodyAt } = /** @type {import('./arrow-places.mjs').PlacedMessage} */ (messages.find(({ kind }) => kind === 2));
  const one = bytes.slice(start, end);
  const delta = places.find(({ what, at }) => what === 'dictionary.delta' && at > start && at < bodyAt);
  const marked = delta ? withInteger(one, delta.at - start, 1, 1) : one;
  const count = draw.pick([10, 1000, 400_000 / one.length | 0]);
  return said(`${count} more of a dictionary's entries`, { ending: 'arrows', bytes: joined([bytes.subarray(0, end), ...Array.from({ length: count }, () => marked), bytes.subarray(end)]) }, 'same-or-refused');
}
