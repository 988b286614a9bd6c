// Finished runs: a bundle and a run folder, and blows on them.
import { arrowPlaces } from './arrow-places.mjs';
import { flipped, integerAt, joined, withInteger, wrongNumber } from './bytes.mjs';
import { jsonBlow } from './json.mjs';

/** @param {import('./random.mjs').Random} draw @param {Uint8Array} bundle @returns {import('./corpus.mjs').Input} */
export function bundleInput(draw, bundle) {
  const input = (/** @type {string} */ what, /** @type {Uint8Array} */ bytes, /** @type {import('./corpus.mjs').Expectation} */ expect = 'same-or-refused') =>
    ({ what: `bundle: ${what}`, ending: 'bundle', bytes, expect });
  const blow = draw.below(5);
  const at = draw.below(bundle.length);
  if (blow === 0) return input(`cut to ${at} bytes`, bundle.slice(0, at), 'refused');
  if (blow === 1) return input('bytes after the end', joined([bundle, 'more']), 'refused');
  if (blow < 4) return input(`a bit flipped at ${at}`, flipped(bundle, at, draw.below(8)));
  const { places } = arrowPlaces(bundle);
  const { what, at: place, width } = draw.pick(places.filter((found) => found.what !== 'body'));
  const now = integerAt(bundle, place, width);
  const wrong = wrongNumber(draw, now);
  return input(`${what} at ${place}: ${now} → ${wrong}`, withInteger(bundle, place, width, wrong));
}

/**
 * The files of a run with one of them changed.
 * @param {import('./random.mjs').Random} draw @param {ReadonlyMap<string, Uint8Array>} run @returns {import('./corpus.mjs').Input}
 */
export function runFolderInput(draw, run) {
  const files = new Map(run);
  const name = draw.pick([...files.keys()].filter((file) => !file.endsWith('.arrow')));
  const bytes = /** @type {Uint8Array} */ (files.get(name));
  const input = (/** @type {string} */ what, /** @type {import('./corpus.mjs').Expectation} */ expect = 'same-or-refused') =>
    ({ what: `run folder, ${name}: ${what}`, ending: 'run', bytes: new Uint8Array(0), files, expect });
  const blow = draw.below(6);
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
  const manifest = JSON.parse(new TextDecoder().decode(run.get('manifest.json')));
  const { what, text } = jsonBlow(draw, manifest);
  const changed = new Map(run).set('manifest.json', new TextEncoder().encode(text));
  // What a run says about itself besides its numbers may be anything.
  return { what: `run folder, manifest.json: ${what}`, ending: 'run', bytes: new Uint8Array(0), files: changed, expect: 'any' };
}
