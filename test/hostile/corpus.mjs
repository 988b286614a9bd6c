// What is tried: inputs by family and number, the same for the same seed.
import { arrowInput } from './arrow.mjs';
import { arrowMade } from './arrow-made.mjs';
import { csvInput, gzipInput } from './csv.mjs';
import { csvOdd } from './csv-odd.mjs';
import { jsonBlow } from './json.mjs';
import { parquetMade } from './parquet-made.mjs';
import { parquetInput } from './parquet.mjs';
import { random } from './random.mjs';
import { bundleInput, runFolderInput } from './run-files.mjs';

/**
 * What is right: read as the sound file is (`same`), refused, one of the two, or anything but a crash (`any`); `twin`: as the other file is.
 * @typedef {'same' | 'refused' | 'same-or-refused' | 'any' | 'twin'} Expectation
 */

/**
 * @typedef {object} Input
 * @property {string} what the blow, in words
 * @property {string} ending of the file's name; `bundle`, `run` and `json` for what is no table
 * @property {Uint8Array} bytes
 * @property {Expectation} expect
 * @property {{ ending: string, bytes: Uint8Array }} [twin]
 * @property {ReadonlyMap<string, Uint8Array>} [files] of a run folder
 */

/** How many inputs of each family a whole run has. */
export const counts = { arrow: 1300, 'arrow-made': 150, parquet: 1000, 'parquet-made': 150, csv: 600, 'csv-odd': 300, gzip: 200, spec: 300, bundle: 200, run: 200 };

/** @typedef {keyof typeof counts} Family */
/** @typedef {{ readonly spec: any, readonly bundle: Uint8Array, readonly run: ReadonlyMap<string, Uint8Array> }} Sound what a sound run wrote */

/** @param {Family} family @param {number} number @param {Sound} sound @param {string} seed @returns {Input | Promise<Input>} */
export function inputOf(family, number, sound, seed) {
  const draw = random(`${seed}/${family}/${number}`);
  switch (family) {
    case 'arrow': return arrowInput(draw);
    case 'arrow-made': return arrowMade(draw);
    case 'parquet': return parquetInput(draw);
    case 'parquet-made': return parquetMade(draw);
    case 'csv': return csvInput(draw);
    case 'csv-odd': return csvOdd(draw);
    case 'gzip': return gzipInput(draw);
    case 'bundle': return bundleInput(draw, sound.bundle);
    case 'run': return runFolderInput(draw, sound.run);
    case 'spec': {
      const { what, text } = jsonBlow(draw, sound.spec);
      return { what: `spec: ${what}`, ending: 'json', bytes: new TextEncoder().encode(text), expect: 'any' };
    }
  }
}
