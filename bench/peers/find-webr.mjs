import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder of webR's scripts: of the package in the folder PEERS_WEBR, else of an installed one; null where there is none. */
export function findWebR() {
  const given = process.env.PEERS_WEBR;
  if (given) {
    const found = [join(given, 'dist'), join(given, 'node_modules', 'webr', 'dist')].find((folder) => existsSync(join(folder, 'webr.mjs')));
    return found ?? null;
  }
  try {
    return dirname(createRequire(import.meta.url).resolve('webr'));
  } catch {
    return null;
  }
}
