import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKernelModule } from '../../src/kernels/load-node.ts';
import { openKernels } from '../../src/kernels/wasm.ts';
import type { FileFormat, RegisterFile } from '../../src/register/partition.ts';
import { main } from '../../src/spec/built-in.ts';
import { generateArrow } from '../../src/synthetic/generate-arrow.ts';
import { generateToFolder } from '../../src/synthetic/write-node.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { digestOf, digestOptions, expectedDigest, intervalCases, syntheticSource, type DigestCase } from '../support/digest-cases.ts';
import { referenceCase } from '../support/reference-case.ts';

const { spec, file } = referenceCase('panel');
const folder = mkdtempSync(join(tmpdir(), 'digest-'));
afterAll(() => rmSync(folder, { recursive: true }));

function registerFile(name: string, format: FileFormat, bytes?: string | Uint8Array): RegisterFile {
  const path = join(folder, name);
  if (bytes !== undefined) writeFileSync(path, bytes);
  return { name, format, bytes: statSync(path).size, location: { path } };
}

/** The panel's rows dealt over three files, last row first. */
function shuffledPanel(): RegisterFile[] {
  const [header, ...rows] = readFileSync((file.location as { path: string }).path, 'utf8').trim().split(/\r?\n/);
  return [2, 0, 1].map((part) => registerFile(`panel-${part}.csv`, 'csv', `${[header, ...rows.filter((_, row) => row % 3 === part).reverse()].join('\n')}\n`));
}

describe.each([1, 2, 4])('with %i workers the tables are the same to the bit', (workers) => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(workers);
  });
  afterAll(() => pool.close());
  const panel = async (files: readonly RegisterFile[], name: DigestCase = 'panel') => digestOf(await runBuiltModel({ spec, source: { files }, options: digestOptions(name), pool }));

  it('for rows of a file', async () => {
    expect(await panel([file])).toBe(expectedDigest('panel'));
  });

  it('for the same rows in another order and over three files', async () => {
    expect(await panel(shuffledPanel())).toBe(expectedDigest('panel'));
  });

  it.each(intervalCases)('with intervals of the case %s', async (name) => {
    expect(await panel(shuffledPanel(), name)).toBe(expectedDigest(name));
  });

  it('for a synthetic population drawn in the workers', async () => {
    expect(await digestOf(await runBuiltModel({ spec: main, source: syntheticSource, options: digestOptions('synthetic'), pool }))).toBe(expectedDigest('synthetic'));
  });
});

describe('a synthetic population has the same tables to the bit', () => {
  const population = syntheticSource.synthetic;
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());
  const digest = async (files: readonly RegisterFile[]): Promise<string> => {
    const result = await runBuiltModel({ spec: main, source: { files }, options: digestOptions('synthetic'), pool });
    expect(result.rows).toBe(population.rows);
    return digestOf(result);
  };

  it.each(['csv', 'parquet', 'arrow'] as const)('read from %s', async (format) => {
    await generateToFolder({ ...population, out: join(folder, format), format, workers: 1 });
    expect(await digest([registerFile(join(format, 'data', `part-0000.${format}`), format)])).toBe(expectedDigest('synthetic'));
  });

  it('read from three Arrow files, the last first', async () => {
    const kernels = openKernels(await loadKernelModule());
    const files = [2, 1, 0].map((part) => registerFile(`part-${part}.arrow`, 'arrow', generateArrow(kernels, { ...population, part, parts: 3 })));
    expect(await digest(files)).toBe(expectedDigest('synthetic'));
  });
});

it('the digest tells one result from another', async () => {
  const pool = await openBuiltPool(1);
  const result = await runBuiltModel({ spec, source: { files: [file] }, options: { ...digestOptions('panel'), vcov: 'hc0' }, pool });
  pool.close();
  expect(await digestOf(result)).not.toBe(expectedDigest('panel'));
});
