import { readdirSync, renameSync, rmSync, type Stats } from 'node:fs';
import { mkdir, readdir, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EngineError } from '../errors.ts';
import { oldOf, stagingName, sweepLeftovers } from './leftovers.ts';
import { isWithin, realPath } from './real-path.ts';
import { reasonOf } from './reason.ts';
import { othersFiles } from './written-files.ts';

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

/** Throws where the target may not be taken: what it holds is replaced only when forced, and only where commands of ours wrote it. */
async function checkTarget(target: string, out: string, force: boolean): Promise<void> {
  const found = await statOrNull(target);
  if (found === null) return;
  if (!found.isDirectory()) throw new EngineError('output.is-file', { out });
  if (isWithin(await realpath(process.cwd()), target)) throw new EngineError('output.holds-working-directory', { out });
  if ((await stat(dirname(target))).dev !== found.dev) throw new EngineError('output.mount-point', { out });
  const held = await readdir(target);
  if (held.length > 0 && !force) throw new EngineError('output.not-empty', { out, held: held.length });
  const others = await othersFiles(target);
  if (others.length > 0) throw new EngineError('output.holds-others', { out, others: others.length, first: others.slice(0, 3) });
}

/**
 * Puts a folder in the place of another, of an empty one, or of none. Between the two moves of the first nothing is at the target: one
 * after the other and without a turn in between, so that no signal that is heard can come there.
 */
function takePlace(path: string, target: string, { out, force }: { out: string; force: boolean }): void {
  try {
    renameSync(path, target);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    if (!force) throw new EngineError('output.not-empty', { out, held: readdirSync(target).length });
    renameSync(target, oldOf(path));
    try {
      renameSync(path, target);
    } catch (second) {
      renameSync(oldOf(path), target);
      throw second;
    }
  }
}

/**
 * Opens a folder beside `out` to build results in, and removes what runs to the same place that were killed left there, apart from
 * `inputs`. Throws `EngineError('output')` before any work is done where `out` holds something (without `force`; with it, something
 * that no command of ours wrote) or cannot be written.
 */
export async function openStagedFolder(out: string, { force = false, inputs = [] }: { force?: boolean | undefined; inputs?: readonly string[] } = {}): Promise<StagedFolder> {
  const target = await realPath(out);
  const parent = dirname(target);
  const path = join(parent, stagingName(target));
  let created: readonly string[] = [];
  try {
    await sweepLeftovers(target, inputs);
    await checkTarget(target, out, force);
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
      try {
        // Another run may have written there meanwhile.
        await checkTarget(target, out, force);
        takePlace(path, target, { out, force });
      } catch (error) {
        throw unwritable(out, error);
      }
      close();
      await rm(oldOf(path), { recursive: true, force: true });
    },
    async discard() {
      if (!open) return;
      close();
      await rm(path, { recursive: true, force: true });
      await removeEmpty(created);
    },
  };
}

/** Writes a file that is the old one or the new one, whole; a pipe or device is written as it is. Throws what the system says. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const found = await statOrNull(path);
  if (found !== null && !found.isFile()) return writeFile(path, text);
  const target = await realPath(path);
  await sweepLeftovers(target, []);
  const staging = join(dirname(target), stagingName(target));
  try {
    await writeFile(staging, text, { flag: 'wx' });
    renameSync(staging, target);
  } catch (error) {
    await rm(staging, { force: true });
    throw error;
  }
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
