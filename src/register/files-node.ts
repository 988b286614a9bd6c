/** Register files on a disk. */

import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { EngineError } from '../errors.ts';
import { asTable, formatOf, formatOfBytes, isHidden, partitionValues } from './files.ts';
import type { ReadingOptions, RegisterFile } from './partition.ts';

/** Stands for standard input among the paths. */
const standardInput = '-';

/**
 * The files at `paths`; a folder stands for all files in it and its folders, `-` for standard input. A file named twice is
 * read once. Throws EngineError 'data' for what cannot be read: broken links, folders without permission, pipes.
 */
export async function listRegisterFiles(paths: readonly string[], reading: ReadingOptions = {}, signal?: AbortSignal): Promise<RegisterFile[]> {
  const found = new Map<string, RegisterFile>();
  const options = Object.keys(reading).length === 0 ? {} : { reading };
  for (const path of paths) {
    if (path === standardInput) {
      found.set(path, { ...(await fromStandardInput(signal)), ...options });
      continue;
    }
    for (const { name, within, size } of await filesAt(path)) {
      const partition = partitionValues(within);
      found.set(resolve(name), { name, format: formatOf(name), bytes: size, location: { path: resolve(name) }, ...options, ...partition });
    }
  }
  return asTable([...found.values()], paths);
}

interface Named {
  readonly name: string;
  /** Path within the folder that was given; empty for a file that was. */
  readonly within: string;
  readonly size: number;
}

/** Of a path, links followed; what is neither file nor folder is not read, as nobody may ever write into it. */
async function lookedAt(path: string): Promise<Stats> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new EngineError('data.path-unreadable', { path, reason: error.code === 'ENOENT' ? null : error.message }, { cause: error });
  });
  if (!found.isFile() && !found.isDirectory()) throw new EngineError('data.no-plain-file', { path });
  return found;
}

async function filesAt(path: string): Promise<Named[]> {
  const itself = await lookedAt(path);
  if (!itself.isDirectory()) return [{ name: path, within: '', size: itself.size }];
  const inside = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new EngineError('data.path-unreadable', { path: error.path ?? path, reason: error.message }, { cause: error });
  });
  const named = inside.filter((file: Dirent) => !file.isDirectory()).map((file) => {
    const name = join(file.parentPath, file.name);
    return { name, within: relative(path, name).replaceAll(sep, '/') };
  });
  const shown = named.filter(({ within }) => !isHidden(within));
  // A link to a folder is no file; what lies behind it is not looked for, as it may lead back.
  const found: Named[] = [];
  for (const { name, within } of shown) {
    const stats = await lookedAt(name);
    if (stats.isDirectory()) throw new EngineError('data.linked-folder', { path: name });
    found.push({ name, within, size: stats.size });
  }
  return found;
}

/** All of it, held in memory: what it is shows at its beginning. */
async function fromStandardInput(signal?: AbortSignal): Promise<RegisterFile> {
  if (process.stdin.isTTY) throw new EngineError('usage.nothing-on-stdin', {});
  // It may never end.
  if (signal) addAbortSignal(signal, process.stdin);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of process.stdin) parts.push(new Uint8Array(part as Buffer));
  const blob = new Blob(parts);
  const { format, name } = formatOfBytes(new Uint8Array(await blob.slice(0, 16).arrayBuffer()));
  return { name, format, bytes: blob.size, location: { blob } };
}
