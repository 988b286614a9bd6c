// Parquet files that are made to hurt, or whose parts are sound each by itself and contradict each other.
import { base } from './bases.mjs';
import { joined, zstdRun } from './bytes.mjs';
import { field, putTogether, takeApart } from './parquet-parts.mjs';

/** @typedef {import('./parquet-parts.mjs').Parts} Parts */
/** @typedef {import('./parquet-parts.mjs').Chunk} Chunk */

const int = (/** @type {number} */ value) => ({ type: 5, value });
const long = (/** @type {number} */ value) => ({ type: 6, value });
const struct = (/** @type {[number, any][]} */ ...fields) => ({ type: 12, value: new Map(/** @type {[number, any][]} */ (fields)) });
const text = (/** @type {string} */ value) => ({ type: 8, value: new TextEncoder().encode(value) });

/** @param {number} value */
function varint(value) {
  const out = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return [...out, rest];
}

/** A page of version 2, not compressed. @param {{ rows: number, nulls: number, encoding: number, levels: Uint8Array, body: Uint8Array }} page */
const pageV2 = ({ rows, nulls, encoding, levels, body }) => ({
  header: new Map(/** @type {[number, any][]} */ ([
    [field.page.type, int(3)], [field.page.uncompressed, int(levels.length + body.length)], [field.page.compressed, int(levels.length + body.length)],
    [field.page.dataV2, struct([1, int(rows)], [2, int(nulls)], [3, int(rows)], [4, int(encoding)], [5, int(levels.length)], [6, int(0)], [7, { type: 1, value: false }])],
  ])),
  body: joined([levels, body]),
});

/** A dictionary's page. @param {number} entries @param {number} size decompressed @param {Uint8Array} body */
const dictionaryPage = (entries, size, body) => ({
  header: new Map(/** @type {[number, any][]} */ ([[field.page.type, int(2)], [field.page.uncompressed, int(size)], [field.page.compressed, int(body.length)], [field.page.dictionary, struct([1, int(entries)], [2, int(0)])]])),
  body,
});

/** Levels of rows that are all there, or all null. @param {number} rows @param {0 | 1} level */
const levels = (rows, level) => Uint8Array.from([...varint(2 * rows), level]);

/** The first row group alone, with so many rows, its chunks' pages by column. @param {Parts} parts @param {number} rows @param {(chunk: Chunk) => import('./parquet-parts.mjs').Page[]} pagesOf */
function oneGroup(parts, rows, pagesOf) {
  const [group] = parts.groups;
  parts.groups.splice(1);
  const groups = parts.footer.get(field.file.groups);
  groups.value.splice(1);
  parts.footer.get(field.file.rows).value = rows;
  group.struct.get(field.group.rows).value = rows;
  for (const chunk of group.chunks) {
    chunk.pages = pagesOf(chunk);
    const own = chunk.struct.get(field.chunk.metadata).value;
    own.get(field.column.values).value = rows;
    own.delete(12);
    if (chunk.pages[0].header.get(field.page.type).value === 2) own.set(field.column.dictionaryPage, long(0));
    else own.delete(field.column.dictionaryPage);
  }
  return retold(parts);
}

/** Put together, with the sizes that the pages have. @param {Parts} parts */
function retold(parts) {
  for (const { chunks } of parts.groups) {
    for (const { struct: one, pages } of chunks) {
      const own = one.get(field.chunk.metadata).value;
      // The header's own bytes count; as many as it is written in.
      const before = takeSizes(parts, pages);
      own.get(field.column.uncompressed).value = before;
    }
  }
  return putTogether(parts);
}

/** Bytes of pages when decompressed, with their headers. @param {Parts} parts @param {import('./parquet-parts.mjs').Page[]} pages */
function takeSizes({ footer }, pages) {
  const alone = (/** @type {any[]} */ kept) => putTogether({ footer, groups: [{ struct: new Map(), chunks: [{ column: '', struct: new Map([[field.chunk.metadata, { type: 12, value: new Map([[field.column.dataPage, long(0)], [field.column.compressed, long(0)]]) }]]), pages: kept }] }] }).length;
  const packed = pages.reduce((sum, { body }) => sum + body.length, 0);
  const whole = pages.reduce((sum, { header }) => sum + header.get(field.page.uncompressed).value, 0);
  return alone(pages) - alone([]) - packed + whole;
}

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function parquetMade(draw) {
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ bytes, /** @type {import('./corpus.mjs').Expectation} */ expect) => ({ what: `made: ${what}`, ending: 'parquet', bytes, expect });
  const parts = takeApart(base(draw.pick(['v2-zstd.parquet', 'checksums.parquet'])));
  const rows = draw.pick([2 ** 20, 2 ** 21 + draw.below(1000), 2 ** 24, 2 ** 28, 2 ** 31 - 1]);
  switch (draw.below(13)) {
    case 0: case 1: return input(`${rows} rows of nulls`, oneGroup(parts, rows, () => [pageV2({ rows, nulls: rows, encoding: 0, levels: levels(rows, 0), body: new Uint8Array(0) })]), 'refused');
    case 2: {
      const few = draw.pick([2 ** 16, 2 ** 20]);
      const size = draw.pick([100, 65536, 2 ** 20, 2 ** 24]);
      const entry = zstdRun(size, 120);
      // One text that all rows point to; its length stands before it in a block of its own.
      const whole = withLength(size, entry);
      const pages = (/** @type {Chunk} */ { column }) => column === 'county'
        ? [dictionaryPage(1, size + 4, whole), pageV2({ rows: few, nulls: 0, encoding: 8, levels: levels(few, 1), body: Uint8Array.from([0, ...varint(2 * few)]) })]
        : [pageV2({ rows: few, nulls: few, encoding: 0, levels: levels(few, 0), body: new Uint8Array(0) })];
      return input(`${few} rows that point to a county of ${size} bytes`, oneGroup(parts, few, pages), 'refused');
    }
    case 3: {
      const groups = parts.footer.get(field.file.groups).value;
      const none = { type: 12, value: new Map(/** @type {[number, any][]} */ ([[field.group.columns, { type: 9, of: 12, value: [] }], [field.group.bytes, long(0)], [field.group.rows, long(0)]])) };
      const count = draw.pick([10, 1000, 60_000]);
      for (let k = 0; k < count; k++) groups.push(none);
      return input(`${count} row groups of nothing`, putTogether(parts), 'same-or-refused');
    }
    case 4: {
      const schema = parts.footer.get(field.file.schema).value;
      const count = draw.pick([100, 3000, 20_000]);
      for (let k = 0; k < count; k++) schema.push(struct([field.element.type, int(1)], [field.element.repetition, int(1)], [field.element.name, text(`c${k}`)]));
      schema[0].value.get(field.element.children).value += count;
      return input(`${count} columns in the schema that no row group has`, putTogether(parts), 'same-or-refused');
    }
    case 5: {
      const group = draw.pick(parts.groups);
      const list = group.struct.get(field.group.columns).value;
      const [a, b] = [draw.below(list.length), draw.below(list.length)];
      [list[a], list[b]] = [list[b], list[a]];
      return input(`columns ${a} and ${b} of a row group in each other's place`, putTogether(parts, { places: false }), 'same-or-refused');
    }
    case 6: {
      const chunk = draw.pick(parts.groups).chunks.find(({ column }) => column === draw.pick(['county', 'wage', 'hours'])) ?? parts.groups[0].chunks[0];
      const page = /** @type {any} */ (chunk.pages.find(({ header }) => header.get(field.page.type).value !== 2));
      const size = draw.pick([2 ** 24, 2 ** 28, 2 ** 30]);
      page.body = zstdRun(size, 0);
      page.header.get(field.page.compressed).value = page.body.length;
      page.header.get(field.page.uncompressed).value = size;
      page.header.delete(field.page.crc);
      return input(`a page of ${size} bytes of zeros in ${chunk.column}`, retold(parts), 'refused');
    }
    case 7: {
      const [from, to] = [draw.pick(['hours', 'wage', 'age', 'county']), draw.pick(['atid3', 'office', 'jobb3'])];
      const schema = parts.footer.get(field.file.schema).value;
      for (const one of schema) if (new TextDecoder().decode(one.value.get(field.element.name).value) === from) one.value.get(field.element.name).value = new TextEncoder().encode(to);
      return input(`the schema calls ${from} ${to}`, putTogether(parts), 'refused');
    }
    case 8: {
      const chunk = draw.pick(draw.pick(parts.groups).chunks);
      const own = chunk.struct.get(field.chunk.metadata).value;
      own.get(field.column.path).value[0] = text(draw.pick(['hours', 'age', 'nothing', '']));
      return input(`a chunk of ${chunk.column} says another path`, putTogether(parts, { places: false }), 'same-or-refused');
    }
    case 9: {
      const group = draw.pick(parts.groups);
      group.struct.get(field.group.columns).value.forEach((/** @type {any} */ one) => draw.chance(0.3) && one.value.set(8, struct([1, struct()])));
      return input('columns that say they are encrypted', putTogether(parts, { places: false }), 'same-or-refused');
    }
    case 10: {
      const bytes = putTogether(parts);
      const at = draw.pick([0, bytes.length - 4]);
      const changed = bytes.slice();
      changed.set(new TextEncoder().encode(draw.pick(['PARE', 'PAR2', 'par1', '\0\0\0\0'])), at);
      return input(`another magic at ${at}`, changed, 'refused');
    }
    case 11: {
      const [a, b] = parts.groups;
      const shared = draw.below(a.chunks.length);
      const [one, two] = [a, b].map(({ chunks }) => chunks[shared].struct.get(field.chunk.metadata).value);
      putTogether(parts);
      for (const key of [field.column.dataPage, field.column.dictionaryPage, field.column.compressed, field.column.uncompressed]) if (one.has(key) && two.has(key)) two.get(key).value = one.get(key).value;
      return input(`two row groups have the same bytes of ${a.chunks[shared].column}`, putTogether(parts, { places: false }), 'refused');
    }
    default: {
      const chunk = draw.pick(draw.pick(parts.groups).chunks);
      const own = chunk.struct.get(field.chunk.metadata).value;
      own.set(12, struct([3, long(draw.pick([1, 75, 2 ** 40, -1]))]));
      return input(`statistics of ${chunk.column} tell of other nulls`, putTogether(parts), 'same-or-refused');
    }
  }
}

/** The run of a text with its length before it, as a frame of a block as it is and blocks that repeat. @param {number} size @param {Uint8Array} frame */
function withLength(size, frame) {
  const head = frame.slice(0, 13);
  new DataView(head.buffer).setBigUint64(5, BigInt(size + 4), true);
  const word = 4 << 3;
  return joined([head, Uint8Array.of(word & 255, word >> 8, word >> 16), new Uint8Array(Int32Array.of(size).buffer), frame.subarray(13)]);
}
