// Finished runs: a bundle and a run folder, and blows on them.
import { arrowPlaces } from './arrow-places.mjs';
import { flipped, integerAt, joined, withInteger, wrongNumber } from './bytes.mjs';
import { seal } from '../../dist/engine/bundle/checksum.js';
import { checksumOf, reseal } from '../../dist/engine/results/checksums.js';
import { resultDigest } from '../../dist/engine/results/result-files.js';
import { jsonBlow } from './json.mjs';

/** @param {import('./random.mjs').Random} draw @param {Uint8Array} bundle @returns {import('./corpus.mjs').Input} */
export function bundleInput(draw, bundle) {
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ bytes, /** @type {import('./corpus.mjs').Expectation} */ expect = 'same-or-refused') =>
    ({ what: `bundle: ${what}`, ending: 'bundle', bytes, expect });
  const blow = draw.below(8);
  const at = draw.below(bundle.length);
  if (blow === 0) return input(`cut to ${at} bytes`, bundle.slice(0, at), 'refused');
  if (blow === 1) return input('bytes after the end', joined([bundle, 'more']), 'refused');
  if (blow < 4) return input(`a bit flipped at ${at}`, flipped(bundle, at, draw.below(8)));
  if (blow === 4) return resealedBundle(draw, bundle, input);
  if (blow === 5) {
    const from = draw.below(bundle.length);
    const bytes = bundle.slice();
    bytes.copyWithin(at, from, from + 1 + draw.below(4096));
    return input(`bytes at ${from} again at ${at}`, bytes);
  }
  const { places } = arrowPlaces(bundle);
  const { what, at: place, width } = draw.pick(places.filter((found) => found.what !== 'body'));
  const now = integerAt(bundle, place, width);
  const wrong = wrongNumber(draw, now);
  return input(`${what} at ${place}: ${now} → ${wrong}`, withInteger(bundle, place, width, wrong));
}

/** Changed, with a checksum that holds: by somebody who means it. @param {import('./random.mjs').Random} draw @param {Uint8Array} bundle @param {Function} input */
function resealedBundle(draw, bundle, input) {
  const { places } = arrowPlaces(bundle);
  const { what, at, width } = draw.pick(places);
  const bytes = what === 'body' ? flipped(bundle, at + draw.below(width), draw.below(8)) : withInteger(bundle, at, width, wrongNumber(draw, integerAt(bundle, at, width)));
  try {
    seal(bytes);
  } catch {
    // No place for a checksum is left.
  }
  return input(`${what} at ${at} changed, and sealed again`, bytes, 'any');
}

/**
 * The files of a run with one of them changed.
 * @param {import('./random.mjs').Random} draw @param {ReadonlyMap<string, Uint8Array>} run @returns {Promise<import('./corpus.mjs').Input>}
 */
export async function runFolderInput(draw, run) {
  const files = new Map(run);
  const name = draw.pick([...files.keys()]);
  const bytes = /** @type {Uint8Array} */ (files.get(name));
  const input = (/** @type {string} */ what, /** @type {import('./corpus.mjs').Expectation} */ expect = 'same-or-refused') =>
    ({ what: `run folder, ${name}: ${what}`, ending: 'run', bytes: new Uint8Array(0), files, expect });
  const blow = draw.below(9);
  const at = draw.below(bytes.length);
  if (blow === 0) {
    files.delete(name);
    return input('missing');
  }
  if (blow === 1) {
    files.set(name, bytes.slice(0, at));
    return input(`cut to ${at} bytes`);
  }
  if (blow === 2) {
    files.set(name, flipped(bytes, at, draw.below(8)));
    return input(`a bit flipped at ${at}`);
  }
  if (blow === 3) {
    const other = draw.pick([...run.keys()].filter((file) => file !== name));
    files.set(name, /** @type {Uint8Array} */ (run.get(other)));
    return input(`has the bytes of ${other}`);
  }
  if (blow === 4) {
    files.set(name, joined([bytes, draw.pick(['\n', ' ', '\0', '\ufeff', 'x'])]));
    return input('a sign more at its end');
  }
  if (blow === 5) {
    files.set(name, joined([bytes.subarray(0, at), Uint8Array.of(draw.pick([0xff, 0xc0, 0x80, 0xed])), bytes.subarray(at)]));
    return input(`not UTF-8 at ${at}`);
  }
  const document = (/** @type {string} */ file) => JSON.parse(new TextDecoder().decode(run.get(file)));
  if (blow === 6) return resealedFolder(draw, { run, files, name, bytes: flipped(bytes, at, draw.below(8)), what: `a bit flipped at ${at}` });
  if (blow === 7) {
    const { what, text } = jsonBlow(draw, document('fit.json'));
    return resealedFolder(draw, { run, files, name: 'fit.json', bytes: new TextEncoder().encode(text), what });
  }
  const { what, text } = jsonBlow(draw, document('manifest.json'));
  if (draw.chance(0.5)) return resealedFolder(draw, { run, files, name: 'manifest.json', bytes: new TextEncoder().encode(text), what });
  files.set('manifest.json', new TextEncoder().encode(text));
  return { ...input(what), what: `run folder, manifest.json: ${what}` };
}

/**
 * A folder whose checksums and digest are those of what was put into it: by somebody who means it.
 * @param {import('./random.mjs').Random} draw
 * @param {{ run: ReadonlyMap<string, Uint8Array>, files: Map<string, Uint8Array>, name: string, bytes: Uint8Array, what: string }} change
 * @returns {Promise<import('./corpus.mjs').Input>}
 */
async function resealedFolder(draw, { files, name, bytes, what }) {
  files.set(name, bytes);
  const text = new TextDecoder().decode(files.get('manifest.json'));
  try {
    const manifest = JSON.parse(text);
    const results = [...files].filter(([file]) => file !== 'manifest.json');
    for (const [file, content] of results) manifest.checksums.files[file] = await checksumOf(content);
    if (draw.chance(0.8)) manifest.resultDigest = await resultDigest(new Map(results));
    files.set('manifest.json', new TextEncoder().encode(await reseal(manifest)));
  } catch {
    // What is no manifest is left as it is.
  }
  return { what: `run folder, ${name}: ${what}, and sealed again`, ending: 'run', bytes: new Uint8Array(0), files, expect: 'any' };
}
