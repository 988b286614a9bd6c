import { readFile, stat } from 'node:fs/promises';

/** A file that was named. A pipe or device is not read, as nobody may ever write into it, or for ever. */
export async function readGiven(path: string): Promise<Uint8Array> {
  const found = await stat(path);
  if (!found.isFile() && !found.isDirectory()) throw new Error('a pipe, socket or device');
  const bytes = await readFile(path);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
