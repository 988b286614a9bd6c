import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { templates as en } from '../../web/locales/en.ts';
import { templates as nn } from '../../web/locales/nn.ts';

const folder = new URL('../../web/', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(new URL(name, folder), 'utf8'));
const message = /msg\(\s*(?:str)?(['`])((?:(?!\1)[\s\S]|\\.)*?)\1,\s*\{ id: '([^']+)' \},?\s*\)/g;

/** Texts written in the sources, by id. */
function written(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const [, , text = '', id = ''] of source.matchAll(message)) found.set(id, (found.get(id) ?? new Set()).add(text));
  }
  return found;
}

const texts = written();
const ids = new Set(sources.flatMap((source) => [...source.matchAll(/\{ id: '([^']+)' \}/g)].map(([, id]) => id)));

/** How many values a text takes; a text taken from `msg` as written in the sources or as Lit keeps it. */
const holes = (template: unknown): number =>
  typeof template === 'string' ? 0 : (template as { values: readonly unknown[] }).values.length;
function writtenHoles(text: string): number {
  let [depth, count] = [0, 0];
  for (let k = 0; k < text.length; k++) {
    if (text.startsWith('${', k) && depth++ === 0) count++;
    else if (depth > 0 && text[k] === '{' && text[k - 1] !== '$') depth++;
    else if (depth > 0 && text[k] === '}') depth--;
  }
  return count;
}

describe('translations', () => {
  test('every message in the sources was found, with its text', () => {
    expect([...texts.keys()].sort()).toEqual([...ids].sort());
    expect(texts.size).toBeGreaterThan(150);
  });

  test('an id stands for one text, but for the names of what is put in', () => {
    const plain = (text: string): string => text.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '${}');
    for (const [id, found] of texts) expect(new Set([...found].map(plain)).size, id).toBe(1);
  });

  test.each([['nn', nn], ['en', en]] as const)('%s has each of them, no other, and takes the same values', (_, templates) => {
    expect(Object.keys(templates).sort()).toEqual([...ids].sort());
    for (const [id, template] of Object.entries(templates)) {
      expect(holes(template), id).toBe(writtenHoles([...texts.get(id)!][0]!));
    }
  });
});
