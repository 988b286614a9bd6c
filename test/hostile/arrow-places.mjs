// Where the lengths, offsets, counts and types of an Arrow file or stream stand (format/Message.fbs, Schema.fbs, File.fbs). Reads sound files
// only, and shares nothing with the reader that is tried.

/**
 * @typedef {object} Place
 * @property {string} what such as `node.length`
 * @property {number} at
 * @property {number} width bytes
 * @property {string | null} column that it belongs to
 */

/** @typedef {{ start: number, bodyAt: number, end: number, kind: number }} PlacedMessage */

const kinds = { schema: 1, dictionary: 2, batch: 3 };

/** Buffers of a type in a record batch, by its code (format/Schema.fbs), but for unions, views and types with two. */
const buffersOf = new Map([[1, 0], [4, 3], [5, 3], [13, 1], [16, 1], [19, 3], [20, 3], [22, 0], [25, 3], [26, 3]]);
const [unionCode, viewCodes] = [14, [23, 24]];

/** @param {Uint8Array} bytes */
export function arrowPlaces(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFile = String.fromCharCode(...bytes.subarray(0, 6)) === 'ARROW1';
  /** @type {Place[]} */
  const places = [];
  /** @type {PlacedMessage[]} */
  const messages = [];
  const add = (/** @type {string} */ what, /** @type {number} */ at, /** @type {number} */ width, /** @type {string | null} */ column = null) =>
    at > 0 && places.push({ what, at, width, column });

  const field = (/** @type {number} */ table, /** @type {number} */ number) => {
    const vtable = table - view.getInt32(table, true);
    if (4 + 2 * number >= view.getUint16(vtable, true)) return 0;
    const offset = view.getUint16(vtable + 4 + 2 * number, true);
    return offset === 0 ? 0 : table + offset;
  };
  const follow = (/** @type {number} */ at) => (at === 0 ? 0 : at + view.getUint32(at, true));
  const vector = (/** @type {number} */ at) => {
    const start = follow(at);
    return start === 0 ? { at: 0, length: 0, first: 0 } : { at: start, length: view.getUint32(start, true), first: start + 4 };
  };

  /** Columns by node in the order of a batch, with their buffers. @type {{ nodes: { column: string, buffers: number, isView: boolean }[], dictionaries: Map<number, string> }} */
  let layout = { nodes: [], dictionaries: new Map() };

  function schema(/** @type {number} */ table, /** @type {string} */ where) {
    /** @type {typeof layout} */
    const found = { nodes: [], dictionaries: new Map() };
    add(`${where}.endianness`, field(table, 0), 2);
    const fields = vector(field(table, 1));
    add(`${where}.fields`, fields.at, 4);
    const walk = (/** @type {number} */ one, /** @type {string | null} */ top) => {
      const nameAt = follow(field(one, 0));
      const name = new TextDecoder().decode(bytes.subarray(nameAt + 4, nameAt + 4 + view.getUint32(nameAt, true)));
      const column = top ?? name;
      add(`${where}.name.length`, nameAt, 4, column);
      add(`${where}.type`, field(one, 2), 1, column);
      const type = follow(field(one, 3));
      for (let k = 0; k < 3; k++) add(`${where}.type.field`, field(type, k), 1, column);
      const encoding = follow(field(one, 4));
      if (encoding) {
        add(`${where}.dictionary.id`, field(encoding, 0), 8, column);
        found.dictionaries.set(field(encoding, 0) ? Number(view.getBigInt64(field(encoding, 0), true)) : 0, column);
      }
      const code = view.getUint8(field(one, 2));
      const isDense = code === unionCode && field(type, 0) !== 0 && view.getInt16(field(type, 0), true) === 1;
      const buffers = encoding ? 2 : code === unionCode ? (isDense ? 2 : 1) : (buffersOf.get(code) ?? 2);
      found.nodes.push({ column, buffers, isView: !encoding && viewCodes.includes(code) });
      const children = vector(field(one, 5));
      if (!encoding) for (let k = 0; k < children.length; k++) walk(follow(children.first + 4 * k), column);
    };
    for (let k = 0; k < fields.length; k++) {
      add(`${where}.field`, fields.first + 4 * k, 4);
      walk(follow(fields.first + 4 * k), null);
    }
    return found;
  }

  function batch(/** @type {number} */ table, /** @type {number} */ bodyAt, /** @type {string} */ where, /** @type {string | null} */ only) {
    add(`${where}.length`, field(table, 0), 8, only);
    const nodes = vector(field(table, 1));
    add(`${where}.nodes`, nodes.at, 4, only);
    for (let k = 0; k < nodes.length; k++) {
      const column = only ?? layout.nodes[k]?.column ?? null;
      add('node.length', nodes.first + 16 * k, 8, column);
      add('node.nulls', nodes.first + 16 * k + 8, 8, column);
    }
    const buffers = vector(field(table, 2));
    add(`${where}.buffers`, buffers.at, 4, only);
    const compression = follow(field(table, 3));
    if (compression) {
      add('codec', field(compression, 0), 1);
      add('codec.method', field(compression, 1), 1);
    }
    const variadic = vector(field(table, 4));
    if (variadic.at) add('variadic', variadic.at, 4);
    for (let k = 0; k < variadic.length; k++) add('variadic.count', variadic.first + 8 * k, 8);
    let views = 0;
    const further = () => (views < variadic.length ? Number(view.getBigInt64(variadic.first + 8 * views++, true)) : 0);
    const columns = only === null ? layout.nodes.flatMap(({ column, buffers: own, isView }) => Array(own + (isView ? further() : 0)).fill(column)) : [];
    for (let k = 0; k < buffers.length; k++) {
      const at = buffers.first + 16 * k;
      const [offset, length] = [Number(view.getBigInt64(at, true)), Number(view.getBigInt64(at + 8, true))];
      const column = only ?? columns[k] ?? null;
      add('buffer.offset', at, 8, column);
      add('buffer.length', at + 8, 8, column);
      if (length > 0 && compression) add('uncompressed', bodyAt + offset, 8, column);
      if (length > 0) places.push({ what: 'body', at: bodyAt + offset + (compression ? 8 : 0), width: length - (compression ? 8 : 0), column });
    }
  }

  function message(/** @type {number} */ start) {
    const metadataAt = start + 8;
    const length = view.getInt32(start + 4, true);
    const root = metadataAt + view.getUint32(metadataAt, true);
    const kind = view.getUint8(field(root, 1));
    const bodyLength = field(root, 3) ? Number(view.getBigInt64(field(root, 3), true)) : 0;
    const bodyAt = metadataAt + length;
    add('message.mark', start, 4);
    add('message.length', start + 4, 4);
    add('message.root', metadataAt, 4);
    add('message.version', field(root, 0), 2);
    add('message.kind', field(root, 1), 1);
    add('message.body', field(root, 3), 8);
    const header = follow(field(root, 2));
    if (kind === kinds.schema) layout = schema(header, 'schema');
    if (kind === kinds.batch) batch(header, bodyAt, 'batch', null);
    if (kind === kinds.dictionary) {
      const id = field(header, 0) ? Number(view.getBigInt64(field(header, 0), true)) : 0;
      add('dictionary.id', field(header, 0), 8, layout.dictionaries.get(id));
      add('dictionary.delta', field(header, 2), 1);
      batch(follow(field(header, 1)), bodyAt, 'dictionary', layout.dictionaries.get(id) ?? '');
    }
    messages.push({ start, bodyAt, end: bodyAt + bodyLength, kind });
    return bodyAt + bodyLength;
  }

  const last = isFile ? bytes.length - 10 - view.getInt32(bytes.length - 10, true) : bytes.length;
  let firstBlock = Infinity;
  if (isFile) {
    const root = last + view.getUint32(last, true);
    add('footer.length', bytes.length - 10, 4);
    add('footer.root', last, 4);
    add('footer.version', field(root, 0), 2);
    layout = schema(follow(field(root, 1)), 'footer.schema');
    for (const [number, what] of /** @type {const} */ ([[2, 'footer.dictionaries'], [3, 'footer.batches']])) {
      const blocks = vector(field(root, number));
      if (!blocks.at) continue;
      add(what, blocks.at, 4);
      for (let k = 0; k < blocks.length; k++) {
        add(`${what}.offset`, blocks.first + 24 * k, 8);
        add(`${what}.metadata`, blocks.first + 24 * k + 8, 4);
        add(`${what}.body`, blocks.first + 24 * k + 16, 8);
        firstBlock = Math.min(firstBlock, Number(view.getBigInt64(blocks.first + 24 * k, true)));
      }
    }
  }
  // Polars writes the schema at the beginning without its length.
  let at = isFile ? (view.getInt32(8, true) === -1 ? 8 : firstBlock) : 0;
  while (at + 8 <= last && view.getInt32(at + 4, true) !== 0) {
    at = message(at);
    // Some writers pad between messages.
    while (at + 8 <= last && view.getInt32(at, true) === 0) at += 8;
  }
  const endMark = at + 8 <= last ? at : null;
  return { places, messages, isFile, endMark, footerAt: isFile ? last : null };
}
