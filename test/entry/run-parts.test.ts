import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readManifest } from '../../src/entry/read-run-folder.ts';
import { changedParts, textOf } from '../../src/entry/run-parts.ts';
import { sealedManifest } from '../../src/results/checksums.ts';

let home = '';
const files = new Map<string, string | Uint8Array>([['a.csv', 'x\n1\n'], ['b.arrow', Uint8Array.of(1, 2, 3)], ['c.json', '{}\n']]);
const manifest = {
  engine: { version: '1' }, resultDigest: '', specDigest: '', data: { digest: '' }, options: { by: [] }, spec: { name: 'm' },
  resultFiles: ['fit.json', 'coefficients.csv', 'indicator.csv'],
};
const write = async (name: string, text?: string): Promise<string> => {
  const folder = join(home, name);
  mkdirSync(folder);
  for (const [file, content] of files) writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, 'manifest.json'), text ?? (await sealedManifest(manifest, files)));
  return folder;
};

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'parts-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('files that are not as they were written, or missing, are told by name, whatever their format', async () => {
  const folder = await write('run');
  const { checksums } = await readManifest(folder);
  expect(Object.keys(checksums.files)).toEqual(['a.csv', 'b.arrow', 'c.json']);
  expect(await changedParts(folder, checksums)).toEqual({ changed: [], missing: [] });
  writeFileSync(join(folder, 'b.arrow'), Uint8Array.of(1, 2, 3, 0));
  rmSync(join(folder, 'c.json'));
  expect(await changedParts(folder, checksums)).toEqual({ changed: ['b.arrow'], missing: ['c.json'] });
});

it('a link leads to what it links to; a pipe and a folder are not read', async () => {
  const folder = await write('odd');
  const { checksums } = await readManifest(folder);
  rmSync(join(folder, 'a.csv'));
  symlinkSync(join(home, 'run', 'a.csv'), join(folder, 'a.csv'));
  expect(await changedParts(folder, checksums)).toEqual({ changed: [], missing: [] });
  rmSync(join(folder, 'a.csv'));
  execFileSync('mkfifo', [join(folder, 'a.csv')]);
  await expect(changedParts(folder, checksums)).rejects.toMatchObject({ code: 'data.result-unreadable', args: { path: join(folder, 'a.csv') } });
});

it('a manifest that was changed, of an earlier version, or that names files elsewhere is refused', async () => {
  const text = await sealedManifest(manifest, files);
  const refused = async (name: string, changed: string) => readManifest(await write(name, changed)).then(() => null, (error: { code: string }) => error.code);
  expect(await refused('changed', text.replace('"version": "1"', '"version": "2"'))).toBe('data.manifest-changed');
  expect(await refused('earlier', JSON.stringify(manifest))).toBe('data.no-checksums');
  expect(await refused('elsewhere', await sealedManifest(manifest, new Map([['../a.csv', 'x']])))).toBe('data.no-checksums');
  expect(await refused('twice', text.replace('{', '{"spec":{"name":"n"},'))).toBe('data.key-twice');
  expect(await refused('breakdowns', await sealedManifest({ ...manifest, options: { by: [[null]] } }, files))).toBe(
    'data.no-manifest',
  );
  expect(await refused('nobody', 'null')).toBe('data.no-manifest');
});

it('what is not UTF-8 is no text', () => {
  expect(() => textOf('fit.json', Uint8Array.of(123, 0xff, 125))).toThrow(expect.objectContaining({ code: 'data.result-unreadable' }));
  expect(textOf('fit.json', Uint8Array.of(0xc3, 0x86))).toBe('Æ');
});
