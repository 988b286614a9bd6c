/** Register files on a disk. */

import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { EngineError } from '../errors.ts';
import { asTable, formatOf, isHidden } from './files.ts';
import type { RegisterFile } from './partition.ts';

/** The files at `paths`; a folder stands for all files in it and its folders. A file named twice is read once. */
export async function listRegisterFiles(paths: readonly string[]): Promise<RegisterFile[]> {
  const found = new Map<string, RegisterFile>();
  for (const path of paths) {
    for (const name of await filesAt(path)) {
      const { size } = await stat(name);
      found.set(resolve(name), { name, format: formatOf(name), bytes: size, location: { path: resolve(name) } });
    }
  }
  return asTable([...found.values()], paths);
}

async function filesAt(path: string): Promise<string[]> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new EngineError('data.path-unreadable', { path, reason: error.code === 'ENOENT' ? null : error.message }, { cause: error });
  });
  if (!entry.isDirectory()) return [path];
  const inside = await readdir(path, { recursive: true, withFileTypes: true });
  const names = inside.filter((file) => !file.isDirectory()).map((file) => join(file.parentPath, file.name));
  return names.filter((name) => !isHidden(relative(path, name).replaceAll(sep, '/')));
}
