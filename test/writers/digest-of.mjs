// The digest of a table's rows, by the built engine.
import { readFileSync } from 'node:fs';
import { listRegisterFiles } from '../../dist/engine/register/files-node.js';
import { parseModelSpec } from '../../dist/engine/spec/parse-spec.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';

export const fixtures = new URL('../fixtures/writers/', import.meta.url);
export const spec = parseModelSpec(readFileSync(new URL('model.json', fixtures), 'utf8'));
export const by = [['county'], ['office']];

/**
 * @param {Awaited<ReturnType<typeof import('../../dist/engine/workers/open-node.js').openPool>>} pool
 * @param {readonly string[]} paths
 */
export async function digestOf(pool, paths) {
  const files = await listRegisterFiles(paths);
  const { digest, rows } = await loadRows({ spec, source: { files }, by, where: null, pool, onProgress: () => {} });
  return { digest, rows };
}
