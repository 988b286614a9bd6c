// Whether a folder of results is whole.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSealed } from '../../dist/engine/results/checksums.js';

/** The digest of the results in a folder, null where nothing is there; throws where it is not whole. @param {string} folder */
export async function wholeDigest(folder) {
  if (!existsSync(folder)) return null;
  const held = readdirSync(folder).sort();
  if (!held.includes('manifest.json')) throw new Error(`no manifest among ${held.join(', ')}`);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  if (!(await isSealed(manifest))) throw new Error('the manifest is not as it was written');
  const { files } = manifest.checksums;
  const names = [...Object.keys(files), 'manifest.json'].sort();
  if (names.join() !== held.join()) throw new Error(`${held.join(', ')} in the place of ${names.join(', ')}`);
  for (const [name, sum] of Object.entries(files)) {
    if (createHash('sha256').update(readFileSync(join(folder, name))).digest('hex') !== sum) throw new Error(`${name} is not as it was written`);
  }
  return manifest.resultDigest;
}
