import { randomUUID } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { EngineError } from '../errors.ts';
import { reasonOf } from './reason.ts';

/** A hidden folder beside the target that takes its place once everything in it is written. */
export interface StagedFolder {
  /** Where to write. */
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Moves the folder into place. */
  commit(): Promise<void>;
  /** Removes it; does nothing after `commit`. */
  discard(): Promise<void>;
}

/** The error for a folder or file that could not be written. */
export function unwritable(out: string, cause: unknown): EngineError {
  return cause instanceof EngineError ? cause : new EngineError('output.cannot-write', { out, reason: reasonOf(cause) }, { cause });
}

/** Whether `inner` is `outer` or lies in it; both absolute. */
export function isWithin(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** The path with links resolved as far as it exists. */
export async function realPath(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(await realPath(parent), basename(absolute));
  }
}

/** What is at a path; null where nothing is, or where a file stands in the way to it. */
async function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

/**
 * Makes a folder and those on the way to it; gives those that were not there, outermost first. One at a time: Node's own
 * recursive `mkdir` never comes back from a path such as `/proc/nope/x`, where a folder that is there takes no other.
 */
async function makeFolders(folder: string, out: string): Promise<string[]> {
  const found = await statOrNull(folder);
  if (found?.isDirectory()) return [];
  if (found) throw new EngineError('output.under-file', { out, file: folder });
  const made = dirname(folder) === folder ? [] : await makeFolders(dirname(folder), out);
  try {
    await mkdir(folder);
    return [...made, folder];
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await statOrNull(folder))?.isDirectory()) return made;
    await removeEmpty(made);
    throw error;
  }
}

async function checkTarget(target: string, out: string, force: boolean): Promise<boolean> {
  const found = await statOrNull(target).catch((error: unknown) => {
    throw unwritable(out, error);
  });
  if (found === null) return false;
  if (!found.isDirectory()) throw new EngineError('output.is-file', { out });
  if (isWithin(await realpath(process.cwd()), target)) {
    throw new EngineError('output.holds-working-directory', { out });
  }
  const held = await readdir(target).catch((error: unknown) => {
    throw unwritable(out, error);
  });
  if (held.length > 0 && !force) {
    throw new EngineError('output.not-empty', { out, held: held.length });
  }
  return true;
}

/**
 * Opens a folder beside `out` to build results in. Throws `EngineError('output')` before any work is done where `out`
 * holds something (without `force`) or cannot be written.
 */
export async function openStagedFolder(out: string, force: boolean): Promise<StagedFolder> {
  const target = await realPath(out);
  const replaces = await checkTarget(target, out, force);
  const parent = dirname(target);
  const path = join(parent, `.${basename(target)}.partial-${randomUUID().slice(0, 8)}`);
  let created: readonly string[] = [];
  try {
    created = await makeFolders(parent, out);
    await mkdir(path);
  } catch (error) {
    await removeEmpty(created);
    throw unwritable(out, error);
  }
  let open = true;
  const removeAtExit = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  const close = (): void => {
    open = false;
    process.off('exit', removeAtExit);
  };
  return {
    path,
    async write(name, content) {
      await writeFile(join(path, name), content).catch((error: unknown) => {
        throw unwritable(out, error);
      });
    },
    async commit() {
      const old = `${path}-old`;
      try {
        if (replaces) await rename(target, old);
        await rename(path, target).catch(async (error: unknown) => {
          if (replaces) await rename(old, target);
          throw error;
        });
      } catch (error) {
        throw unwritable(out, error);
      }
      close();
      if (replaces) await rm(old, { recursive: true, force: true });
    },
    async discard() {
      if (!open) return;
      close();
      await rm(path, { recursive: true, force: true });
      await removeEmpty(created);
    },
  };
}

/** Removes folders that were made on the way to another, outermost first in the list, as long as they are empty. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) {
    try {
      await rmdir(folder);
    } catch {
      return; // Somebody else has put something there meanwhile.
    }
  }
}
