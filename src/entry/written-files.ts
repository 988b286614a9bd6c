import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files in which commands tell what they wrote beside them: a manifest by its checksums, the others as `written`. */
const records = ['manifest.json', 'compare.json', 'whatif.json'];

/** What `generate` writes. */
const generated = /^(data\/part-\d{4,}\.(arrow|csv|parquet)|truth\/((coefficients|effects|expected|limit)\.csv|(settings|limit-model)\.json))$/;

/** What file managers leave wherever somebody looks. */
const ofFileManagers = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** The names that a record tells of, its own among them; none where it is no such record. */
async function writtenIn(folder: string, record: string): Promise<string[]> {
  try {
    const { written, checksums } = JSON.parse(await readFile(join(folder, record), 'utf8')) as { written?: string[]; checksums?: { files: object } };
    const names = written ?? Object.keys(checksums!.files);
    return [record, ...names.filter((name) => typeof name === 'string')];
  } catch {
    return [];
  }
}

/** What a folder holds that no command of ours wrote, by path within it. */
export async function othersFiles(folder: string): Promise<string[]> {
  const held = await readdir(folder, { withFileTypes: true });
  const written = new Set((await Promise.all(records.map((record) => writtenIn(folder, record)))).flat());
  const inPopulation = await populationFiles(folder, held);
  const isOurs = (entry: Dirent): boolean =>
    entry.isFile() ? written.has(entry.name) || ofFileManagers.has(entry.name) : entry.isDirectory() && inPopulation.has(entry.name);
  const inside = [...inPopulation.values()].flat().filter((path) => !generated.test(path));
  return [...held.filter((entry) => !isOurs(entry)).map(({ name }) => name), ...inside].sort();
}

/** Paths in the folders of a synthetic population, by folder; none where it is not one. */
async function populationFiles(folder: string, held: readonly Dirent[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const name of ['data', 'truth']) {
    if (!held.some((entry) => entry.name === name && entry.isDirectory())) continue;
    const inside = await readdir(join(folder, name), { withFileTypes: true });
    found.set(name, inside.map((entry) => `${name}/${entry.name}${entry.isFile() ? '' : '/'}`));
  }
  return found.get('truth')?.includes('truth/settings.json') ? found : new Map();
}

/** A record's text with the names of the other files of its folder. */
export const recordText = (record: object, others: Iterable<string>): string => `${JSON.stringify({ ...record, written: [...others].sort() }, null, 2)}\n`;
