import { expect, it } from 'vitest';
import { sourceFiles } from './support/source-files.ts';

const tests = sourceFiles(['test'], /\.ts$/).filter(({ path }) => path !== 'test/support/eventually.ts');
const found = (pattern: RegExp): string[] => tests.flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([text]) => `${path}: ${text.trim()}`));

it('no test asks what time it is', () => {
  expect(found(/\b(performance\.now|Date\.now|process\.hrtime|new Date)\(\)/g)).toEqual([]);
});

it('no test has a deadline of its own: that of all only catches what hangs', () => {
  expect(found(/^\s*\}, (?:\{ timeout: )?\d[\d_]{3,}(?: \})?\);$|\bvi\.waitFor\(|\b(?:test|hook)Timeout\b/gm)).toEqual([]);
});
