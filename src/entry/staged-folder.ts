import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { EngineError } from '../errors.ts';

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
  const { code, message } = cause as NodeJS.ErrnoException;
  const advice = 'give --out a folder that can be written, with room on its disk';
  return new EngineError('output', `Cannot write to ${out} (${code ?? message}); ${advice}.`, { out, code }, { cause });
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

async function checkTarget(target: string, out: string, force: boolean): Promise<boolean> {
  const found = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw unwritable(out, error);
  });
  if (found === null) return false;
  if (!found.isDirectory()) throw new EngineError('output', `${out} is a file; give --out a folder.`, { out });
  if (isWithin(await realpath(process.cwd()), target)) {
    throw new EngineError('output', `${out} holds the working directory; give --out a folder of its own.`, { out });
  }
  const held = await readdir(target).catch((error: unknown) => {
    throw unwritable(out, error);
  });
  if (held.length > 0 && !force) {
    throw new EngineError('output', `${out} holds ${held.length} files or folders; give --force to replace it with all it holds, or another folder.`, { out, held: held.length });
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
  let created: string | undefined;
  try {
    created = await mkdir(parent, { recursive: true });
    await mkdir(path);
  } catch (error) {
    if (created !== undefined) await removeEmpty(parent, created);
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
      if (created !== undefined) await removeEmpty(parent, created);
    },
  };
}

/** Removes the folders that were made on the way to `folder`, from `folder` up to `first`, as long as they are empty. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch {
    return; // Somebody else has put something there meanwhile.
  }
  if (folder !== first) await removeEmpty(dirname(folder), first);
}
