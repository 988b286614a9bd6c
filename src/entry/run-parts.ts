import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { checksumOf, type Checksums } from '../results/checksums.ts';
import { reasonOf } from './reason.ts';

/** The bytes of a file; of a pipe or a device, which may never end, none. Throws what the system says. */
export async function readPart(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!(await stat(path)).isFile()) throw Object.assign(new Error(), { code: 'EINVAL' });
  return new Uint8Array(await readFile(path));
}

/** Throws EngineError 'data' for what is not UTF-8. */
export function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new EngineError('data.result-unreadable', { path, reason: reasonOf(cause) }, { cause });
  }
}

/** Files of a run, by name in order. */
export interface ChangedParts {
  readonly changed: readonly string[];
  readonly missing: readonly string[];
}

/** The files of a folder that are no longer those of its checksums. Throws EngineError 'data' for those that cannot be read. */
export async function changedParts(folder: string, { files }: Checksums): Promise<ChangedParts> {
  const [changed, missing]: [string[], string[]] = [[], []];
  for (const name of Object.keys(files).sort()) {
    const path = join(folder, name);
    const bytes = await readPart(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw new EngineError('data.result-unreadable', { path, reason: reasonOf(cause) }, { cause });
    });
    if (bytes === null) missing.push(name);
    else if ((await checksumOf(bytes)) !== files[name]) changed.push(name);
  }
  return { changed, missing };
}
