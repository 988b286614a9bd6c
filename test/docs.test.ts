import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { main, table4 } from '../src/spec/built-in.ts';
import { parseModelSpec } from '../src/spec/parse-spec.ts';
import { readJson, sourceFiles } from './support/source-files.ts';

const pages = ['README.md', 'CHANGELOG.md', 'docs/tables.md', 'docs/model-spec.md', 'docs/descriptive.md', 'docs/uncertainty.md', 'docs/variants.md', 'docs/errors.md'];
const page = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe.each(pages)('%s', (path) => {
  it('links to files that are there', () => {
    const links = [...page(path).matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!).filter((target) => !/^https?:/.test(target));
    const missing = links.filter((target) => !existsSync(new URL(target, new URL(`../${path}`, import.meta.url))));
    expect(missing).toEqual([]);
  });

  it('names npm scripts and flags of the command line that exist', () => {
    const scripts = Object.keys(readJson('package.json')['scripts'] as object);
    const named = [...page(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
    const commands = sourceFiles(['src/entry'], /\.ts$/).map(({ code }) => code).join('\n');
    const flags = [...page(path).matchAll(/(?<=[\s`])--([a-z][a-z-]+)/g)].map(([, flag]) => flag!);
    expect(flags.filter((flag) => !commands.includes(`--${flag}`) && flag !== 'help')).toEqual([]);
  });
});

it('the example of docs/model-spec.md is a valid spec with every part it explains', () => {
  const [, example] = /```json\n([\s\S]*?)```/.exec(page('docs/model-spec.md'))!;
  const spec = parseModelSpec(example!);
  expect(spec.covariates.map(({ coding }) => coding)).toEqual(['values', 'intervals', 'quantiles', 'equal-width', 'values', 'intervals']);
});

it('docs/tables.md names the columns of the analysis table as the built-in models read them', () => {
  const columns = [main, table4].flatMap(({ covariates, outcomes }) => [
    ...outcomes.map(({ name, column }) => column ?? name),
    ...covariates.flatMap(({ name, column = name }) => outcomes.map(({ horizon }) => column.replace('{horizon}', String(horizon)))),
  ]);
  const text = page('docs/tables.md');
  expect([...new Set(columns)].filter((column) => !text.includes(`\`${column}\``))).toEqual([]);
});
