// Parquet files, changed in footer, chunks, pages and bytes.
import { asked, base } from './bases.mjs';
import { flipped, joined, withInteger, wrongNumber } from './bytes.mjs';
import { field, putTogether, takeApart } from './parquet-parts.mjs';

const bases = ['v1-none', 'v1-snappy', 'v2-zstd', 'v2-gzip', 'v1-brotli', 'v1-lz4', 'checksums', 'decimal', 'nested', 'polars', 'delta', 'delta-v2', 'int96', 'unasked', 'coded', 'groups'];
/** Counts and sizes that contradict the pages when they are others, by struct. */
const telling = { group: ['rows'], column: ['values', 'uncompressed', 'compressed', 'codec', 'dataPage'], page: ['uncompressed', 'compressed', 'crc'] };

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function parquetInput(draw) {
  const name = `${draw.pick(bases)}.parquet`;
  const bytes = base(name);
  const hasChecksums = name === 'checksums.parquet' || name === 'delta-v2.parquet';
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ changed, /** @type {import('./corpus.mjs').Expectation} */ expect) =>
    ({ what: `${name}: ${what}`, ending: 'parquet', bytes: changed, expect });
  const footerLength = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8).getUint32(0, true);
  const footerAt = bytes.length - 8 - footerLength;
  const blow = draw.next();
  if (blow < 0.05) {
    const wrong = wrongNumber(draw, footerLength);
    const changed = withInteger(bytes, bytes.length - 8, 4, wrong);
    return input(`footer length ${footerLength} → ${wrong}`, changed, (wrong | 0) === footerLength ? 'same' : 'refused');
  }
  if (blow < 0.1) {
    const at = draw.below(bytes.length);
    return input(`cut to ${at} bytes`, bytes.slice(0, at), 'refused');
  }
  if (blow < 0.2) {
    const at = footerAt + draw.below(footerLength + 8);
    return input(`bit flipped in the footer at ${at}`, flipped(bytes, at, draw.below(8)), 'any');
  }
  if (blow < 0.3) {
    const at = draw.below(footerAt);
    return input(`bit flipped at ${at}`, flipped(bytes, at, draw.below(8)), hasChecksums ? 'same-or-refused' : 'any');
  }
  const parts = takeApart(bytes);
  if (blow < 0.45) return footerBlow(draw, parts, input);
  if (blow < 0.75) return pageBlow(draw, parts, input);
  if (blow < 0.9) return orderBlow(draw, parts, input, hasChecksums);
  return bodyBlow(draw, parts, input, hasChecksums);
}

/** @param {import('./random.mjs').Random} draw @param {import('./parquet-parts.mjs').Parts} parts */
const chunkIn = (draw, { groups }) => draw.pick(draw.pick(groups).chunks);
const isAsked = (/** @type {string} */ column) => asked.includes(column);

/** @param {import('./random.mjs').Random} draw @param {import('./parquet-parts.mjs').Parts} parts @param {Function} input */
function footerBlow(draw, parts, input) {
  const { footer, groups } = parts;
  const kind = draw.pick(['file', 'group', 'column', 'column', 'column', 'element', 'drop', 'twice']);
  if (kind === 'drop' || kind === 'twice') {
    const list = draw.pick([footer.get(field.file.groups), footer.get(field.file.schema), draw.pick(groups).struct.get(field.group.columns)]);
    const k = draw.below(list.value.length);
    if (kind === 'drop') list.value.splice(k, 1);
    else list.value.splice(k, 0, list.value[k]);
    return input(`an entry of a list of the footer ${kind === 'drop' ? 'left out' : 'twice'}`, putTogether(parts, { places: false }), 'refused');
  }
  if (kind === 'file') {
    const rows = footer.get(field.file.rows);
    const said = rows.value;
    rows.value = wrongNumber(draw, said);
    return input(`rows ${said} → ${rows.value}`, putTogether(parts), 'refused');
  }
  const chunk = chunkIn(draw, parts);
  const struct = kind === 'group' ? draw.pick(groups).struct : kind === 'column' ? chunk.struct.get(field.chunk.metadata).value : draw.pick(footer.get(field.file.schema).value).value;
  const names = Object.entries(field[kind]).filter(([, key]) => typeof struct.get(key)?.value === 'number');
  const [name, key] = draw.pick(names.length > 0 ? names : [['none', -1]]);
  if (key < 0) return input('as it was', putTogether(parts), 'same');
  const file = putTogether(parts);
  const item = struct.get(key);
  const said = item.value;
  item.value = wrongNumber(draw, said);
  const isTold = telling[kind]?.includes(name) && (kind !== 'column' || isAsked(chunk.column));
  const changed = putTogether(parts, { places: false });
  void file;
  return input(`${kind}.${name}${kind === 'column' ? ` of ${chunk.column}` : ''} ${said} → ${item.value}`, changed, isTold ? 'refused' : kind === 'element' ? 'any' : 'same-or-refused');
}

/** @param {import('./random.mjs').Random} draw @param {import('./parquet-parts.mjs').Parts} parts @param {Function} input */
function pageBlow(draw, parts, input) {
  const chunk = chunkIn(draw, parts);
  const page = draw.pick(chunk.pages);
  const own = [['page', page.header], ['data', page.header.get(field.page.data)?.value], ['dataV2', page.header.get(field.page.dataV2)?.value], ['dictionary', page.header.get(field.page.dictionary)?.value]];
  const [kind, struct] = draw.pick(own.filter(([, found]) => found !== undefined));
  const names = Object.entries(field[kind]).filter(([, key]) => ['number', 'boolean'].includes(typeof struct.get(key)?.value));
  const [name, key] = draw.pick(names);
  const item = struct.get(key);
  const said = item.value;
  item.value = typeof said === 'boolean' ? !said : wrongNumber(draw, said);
  const counts = ['values', 'nulls', 'rows', 'uncompressed', 'compressed', 'crc', 'definitionBytes', 'repetitionBytes'];
  const isTold = counts.includes(name) && isAsked(chunk.column);
  return input(`${kind}.${name} of ${chunk.column} ${said} → ${item.value}`, putTogether(parts), isTold ? 'refused' : 'any');
}

/** @param {import('./random.mjs').Random} draw @param {import('./parquet-parts.mjs').Parts} parts @param {Function} input @param {boolean} hasChecksums */
function orderBlow(draw, parts, input, hasChecksums) {
  const chunk = chunkIn(draw, parts);
  const k = draw.below(chunk.pages.length);
  const blow = draw.below(5);
  const told = isAsked(chunk.column) ? 'refused' : 'same-or-refused';
  if (blow === 0) {
    chunk.pages.splice(k, 1);
    return input(`page ${k} of ${chunk.column} left out`, putTogether(parts), told);
  }
  if (blow === 1) {
    chunk.pages.splice(k, 0, chunk.pages[k]);
    return input(`page ${k} of ${chunk.column} twice`, putTogether(parts), told);
  }
  if (blow === 2) {
    const other = draw.pick(draw.pick(parts.groups).chunks);
    const [a, b] = [chunk, other].map(({ struct }) => struct.get(field.chunk.metadata).value);
    const file = putTogether(parts);
    void file;
    const [one, two] = [a, b].map((own) => own.get(field.column.dataPage).value);
    a.get(field.column.dataPage).value = two;
    b.get(field.column.dataPage).value = one;
    return input(`offsets of ${chunk.column} and ${other.column} swapped`, putTogether(parts, { places: false }), 'same-or-refused');
  }
  if (blow === 3) {
    const other = draw.pick(draw.pick(parts.groups).chunks);
    chunk.pages = other.pages;
    // Of the same column in two row groups, or two columns of one type, they are sound pages of other rows.
    return input(`${chunk.column} has the pages of ${other.column}`, putTogether(parts), hasChecksums || other === chunk ? 'any' : 'any');
  }
  const extra = new Uint8Array(1 + draw.below(64)).fill(draw.below(256));
  chunk.pages[k].body = joined([chunk.pages[k].body, extra]);
  const size = chunk.pages[k].header.get(field.page.compressed);
  if (draw.chance(0.5)) size.value += extra.length;
  return input(`${extra.length} bytes after page ${k} of ${chunk.column}`, putTogether(parts), 'same-or-refused');
}

/** @param {import('./random.mjs').Random} draw @param {import('./parquet-parts.mjs').Parts} parts @param {Function} input @param {boolean} hasChecksums */
function bodyBlow(draw, parts, input, hasChecksums) {
  const chunk = chunkIn(draw, parts);
  const page = draw.pick(chunk.pages);
  if (page.body.length === 0) return input('as it was', putTogether(parts), 'same');
  const at = draw.below(page.body.length);
  if (draw.chance(0.5)) page.body[at] ^= 1 << draw.below(8);
  else for (let k = at; k < Math.min(at + 6, page.body.length); k++) page.body[k] = draw.pick([0, 255, 127, 128, 15]);
  return input(`body of ${chunk.column} changed at ${at}`, putTogether(parts), hasChecksums && isAsked(chunk.column) ? 'same-or-refused' : 'any');
}
