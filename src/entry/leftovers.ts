import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isWithin, realPath } from './real-path.ts';
import { hasEnded, shortHash, thisProcess, type WritingProcess } from './writing-process.ts';

/** What a folder that gives way to another is called until it is gone. */
export const oldOf = (staging: string): string => `${staging}-old`;

/**
 * A name beside the target that nobody else takes, and that says who writes there. The target's own name is cut, since names
 * have a longest length, and told in full by its hash.
 */
export function stagingName(target: string): string {
  const name = basename(target);
  const { place, pid, began } = thisProcess();
  const marks = [shortHash(name), place, pid, began, randomBytes(2).toString('hex')];
  return `.${Array.from(name).slice(0, 24).join('')}.partial-${marks.join('-')}`;
}

interface Leftover {
  readonly name: string;
  readonly of: string;
  readonly writer: WritingProcess;
}

function asLeftover(name: string): Leftover | null {
  const match = /\.partial-([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-(0|[0-9a-f]{8})-[0-9a-f]{4}(?:-old)?$/.exec(name);
  if (!name.startsWith('.') || match === null) return null;
  return { name, of: match[1]!, writer: { place: match[2]!, pid: Number(match[3]), began: match[4]! } };
}

const isOwn = async (path: string): Promise<boolean> => {
  const found = await lstat(path).catch(() => null);
  return found !== null && (found.isDirectory() || found.isFile()) && (process.getuid === undefined || found.uid === process.getuid());
};

/**
 * Removes what processes that have ended left beside the target. What a living one writes, what is another user's, a link, or
 * holds one of `inputs` stays. A process that was ended between taking the old folder away and putting the new one in its place is
 * helped to its end first: its new folder is whole.
 */
export async function sweepLeftovers(target: string, inputs: readonly string[]): Promise<void> {
  const parent = dirname(target);
  const beside = await readdir(parent).catch(() => []);
  const own = shortHash(basename(target));
  const dead = beside.map(asLeftover).filter((one) => one !== null && one.of === own && hasEnded(one.writer)).map((one) => join(parent, one!.name));
  if (dead.length === 0) return;
  const sources = await Promise.all(inputs.map(realPath));
  const ownDead: string[] = [];
  for (const path of dead) if ((await isOwn(path)) && !sources.some((source) => isWithin(source, path))) ownDead.push(path);
  const halfway = ownDead.find((path) => ownDead.includes(oldOf(path)));
  if (halfway !== undefined && (await lstat(target).catch(() => null)) === null) {
    try {
      renameSync(halfway, target);
    } catch {
      // Another process was first.
    }
  }
  // What cannot be removed stays: the run itself tells what cannot be written.
  for (const path of ownDead) await rm(path, { recursive: true, force: true }).catch(() => {});
}
