// Arrow files and streams, changed where their structure is.
import { arrowPlaces } from './arrow-places.mjs';
import { asked, base } from './bases.mjs';
import { flipped, integerAt, joined, withInteger, wrongNumber } from './bytes.mjs';

const bases = [
  'plain.arrow', 'plain.arrows', 'lz4.arrow', 'zstd.arrows', 'dictionary.arrow', 'dictionary-zstd.arrows', 'large.arrow', 'view.arrow',
  'view-lz4.arrows', 'decimal.arrow', 'nested.arrow', 'polars-lz4.arrow', 'unasked.arrow', 'unasked.arrow', 'sliced.arrow', 'empty-batches.arrows', 'delta.arrows', 'replaced.arrows',
];
/** Of streams whose dictionaries change on the way another order may be another sound stream, of other rows. */
const changing = ['delta.arrows', 'replaced.arrows'];

/** Places at which another number always contradicts the rest of the file. */
const telling = new Set([
  'batch.length', 'batch.nodes', 'batch.buffers', 'dictionary.length', 'dictionary.nodes', 'dictionary.buffers', 'node.length', 'node.nulls', 'message.length', 'message.body',
  'uncompressed', 'footer.length', 'footer.batches', 'footer.batches.offset', 'footer.batches.metadata', 'footer.batches.body', 'footer.dictionaries.offset',
  'footer.dictionaries.metadata', 'footer.dictionaries.body', 'footer.schema.fields', 'schema.fields',
]);
/** Of these another value may be another sound file, or say the same. */
const soft = new Set(['schema.type', 'schema.type.field', 'schema.name.length', 'footer.schema.type.field', 'schema.field', 'footer.schema.field', 'schema.dictionary.id']);

/** @type {Record<string, Uint8Array>} */
const sound = {};
/** @type {Record<string, ReturnType<typeof arrowPlaces>>} */
const places = {};
const of = (/** @type {string} */ name) => {
  sound[name] ??= base(name);
  places[name] ??= arrowPlaces(sound[name]);
  return { name, bytes: sound[name], ...places[name] };
};

/** @param {import('./random.mjs').Random} draw @returns {import('./corpus.mjs').Input} */
export function arrowInput(draw) {
  const name = draw.pick(bases);
  const ending = name.split('.')[1];
  const file = of(name);
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ bytes, /** @type {import('./corpus.mjs').Expectation} */ expect) =>
    ({ what: `${name}: ${what}`, ending, bytes, expect });
  const blow = draw.next();
  if (blow < 0.6) return numberBlow(draw, file, input);
  if (blow < 0.7) return bodyBlow(draw, file, input);
  if (blow < 0.82) return messageBlow(draw, file, input);
  if (blow < 0.9) {
    const at = draw.below(file.bytes.length);
    if (draw.chance(0.5)) return input(`cut to ${at} bytes`, file.bytes.slice(0, at), 'refused');
    const more = 1 + draw.below(200);
    return input(`${more} bytes after the end`, joined([file.bytes, new Uint8Array(more).map(() => 1 + draw.below(255))]), 'refused');
  }
  const at = draw.below(file.bytes.length);
  const inBody = file.places.some(({ what, at: from, width }) => what === 'body' && at >= from && at < from + width);
  return input(`bit flipped at ${at}`, flipped(file.bytes, at, draw.below(8)), inBody ? 'any' : file.isFile ? 'same-or-refused' : 'any');
}

/** @param {import('./random.mjs').Random} draw @param {ReturnType<typeof of>} file @param {Function} input */
function numberBlow(draw, { name, bytes, places }, input) {
  const kind = draw.pick([...new Set(places.map(({ what }) => what))].filter((what) => what !== 'body'));
  const { what, at, width, column } = draw.pick(places.filter((place) => place.what === kind));
  const now = integerAt(bytes, at, width);
  const wrong = wrongNumber(draw, now);
  const changed = withInteger(bytes, at, width, wrong);
  const said = `${what}${column === null ? '' : ` of ${column}`} at ${at}: ${now} → ${wrong}`;
  if (integerAt(changed, at, width) === now) return input(`${said}, the same`, changed, 'same');
  const isAsked = column === null || asked.includes(column);
  if (changing.includes(name) && what.startsWith('dictionary.')) return input(said, changed, 'any');
  const isTold = telling.has(what) || what === 'dictionary.id';
  return input(said, changed, isTold && isAsked ? 'refused' : soft.has(what) ? 'any' : 'same-or-refused');
}

/** @param {import('./random.mjs').Random} draw @param {ReturnType<typeof of>} file @param {Function} input */
function bodyBlow(draw, { bytes, places }, input) {
  const { at, width, column } = draw.pick(places.filter(({ what, width }) => what === 'body' && width > 0));
  const place = at + draw.below(width);
  const out = bytes.slice();
  if (draw.chance(0.5)) out[place] ^= 1 << draw.below(8);
  else for (let k = place; k < Math.min(place + 8, at + width); k++) out[k] = draw.pick([0, 255, 127, 128]);
  return input(`body of ${column} changed at ${place}`, out, 'any');
}

/** @param {import('./random.mjs').Random} draw @param {ReturnType<typeof of>} file @param {Function} input */
function messageBlow(draw, { name, bytes, messages, isFile, endMark }, input) {
  const k = draw.below(messages.length);
  const { start, end, kind } = messages[k];
  const one = bytes.subarray(start, end);
  const [before, after] = [bytes.subarray(0, start), bytes.subarray(end)];
  const blow = draw.below(5);
  if (blow === 0) {
    if (changing.includes(name) && kind !== 1) return input(`message ${k} left out`, joined([before, after]), 'any');
    // In a stream nothing says how many batches there should be.
    return input(`message ${k} left out`, joined([before, after]), isFile || kind === 1 ? 'refused' : kind === 2 ? 'refused' : 'any');
  }
  if (blow === 1) return input(`message ${k} twice`, joined([before, one, one, after]), kind === 2 && changing.includes(name) ? 'any' : !isFile && (kind === 2 || name === 'empty-batches.arrows') ? 'same-or-refused' : 'refused');
  if (blow === 2 && endMark !== null) {
    return input('no end mark', isFile ? joined([bytes.subarray(0, endMark), bytes.subarray(endMark + 8)]) : bytes.slice(0, endMark), isFile ? 'same-or-refused' : 'refused');
  }
  if (blow === 3 && k + 1 < messages.length) {
    const next = bytes.subarray(messages[k + 1].start, messages[k + 1].end);
    const rest = bytes.subarray(messages[k + 1].end);
    return input(`messages ${k} and ${k + 1} swapped`, joined([before, next, bytes.subarray(end, messages[k + 1].start), one, rest]), changing.includes(name) ? 'any' : 'same-or-refused');
  }
  return input(`cut at message ${k}`, bytes.slice(0, start), 'refused');
}
