import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJson, sourceFiles } from '../support/source-files.ts';

const built = (path: string): string => {
  const url = new URL(`../../dist/${path}`, import.meta.url);
  if (!existsSync(url)) throw new Error(`dist/${path} is not there: run npm run build first.`);
  return readFileSync(url, 'utf8');
};
const notices = built('web/THIRD-PARTY-NOTICES.txt');
const titles = new Set([...notices.matchAll(/^={80}\n(.+)\n={80}$/gm)].map(([, title]) => title!));
const titled = (name: string, version: string): boolean => [...titles].some((title) => title === `${name} ${version}` || title.startsWith(`${name} ${version}, `));

interface Locked {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
const locked = (readJson('package-lock.json') as { packages: Record<string, Locked> }).packages;

/** Folders of what a package takes with it, itself first, as Node finds them. */
function withItsOwn(folder: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(folder)) return seen;
  seen.add(folder);
  for (const name of Object.keys(locked[folder]!.dependencies ?? {})) {
    let at = folder;
    while (!(`${at}/node_modules/${name}` in locked) && at.includes('/node_modules/')) at = at.slice(0, at.lastIndexOf('/node_modules/'));
    const found = `${at}/node_modules/${name}` in locked ? `${at}/node_modules/${name}` : `node_modules/${name}`;
    withItsOwn(found, seen);
  }
  return seen;
}

describe('THIRD-PARTY-NOTICES.txt', () => {
  it('has every package that sources import, in its version, and all that they take with them', () => {
    const imported = sourceFiles(['src', 'web'], /\.ts$/)
      .flatMap(({ imports }) => imports.map(({ target }) => target))
      .filter((target) => !/^(\.|node:)/.test(target))
      .map((target) => target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/'));
    expect(new Set(imported).size).toBeGreaterThan(10);
    const folders = new Set([...new Set(imported)].flatMap((name) => [...withItsOwn(`node_modules/${name}`)]));
    const missing = [...folders].filter((folder) => !/@types\/|undici-types$/.test(folder)).filter((folder) => !titled(folder.slice(folder.lastIndexOf('node_modules/') + 13), locked[folder]!.version));
    expect(missing).toEqual([]);
  });

  it('has the text of every licence that it names, and what is compiled into the modules of others', () => {
    expect(notices).not.toMatch(/undefined|\[object/);
    for (const text of ['DuckDB: MIT', 'RE2: BSD-3-Clause', 'arrow-array 59', 'zstd-sys']) expect(notices).toContain(text);
    const named = new Set([...notices.matchAll(/^[^:\n=]+: (MIT|Apache-2\.0|BSD-[23]-Clause|Zlib|PostgreSQL|Unicode-3\.0),/gm)].map(([, licence]) => licence!));
    expect(named.size).toBe(7);
    expect([...named].filter((licence) => licence !== 'Apache-2.0' && !titles.has(`Licence ${licence}`))).toEqual([]);
    expect(notices).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
  });

  it('lies beside the package too, and the app links to it', () => {
    expect(built('THIRD-PARTY-NOTICES.txt')).toBe(notices);
    const [footer] = sourceFiles(['web'], /\/app-view\.ts$/);
    expect(footer!.code).toContain('href="THIRD-PARTY-NOTICES.txt"');
  });
});
