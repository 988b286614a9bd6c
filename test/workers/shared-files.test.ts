import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Float64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RegisterFile } from '../../src/register/partition.ts';
import type { RunResult } from '../../src/run-result.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { partsOf } from '../../src/workers/share-files.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';

const pools = new Map<number, Pool>();
beforeAll(async () => {
  for (const workers of [1, 2]) pools.set(workers, await openBuiltPool(workers));
});
afterAll(() => pools.forEach((pool) => pool.close()));

const spec = parseModelSpec({
  name: 'k', person: 'person_id', month: 'month', outcomes: [{ name: 'hours', family: 'gaussian', horizon: 3 }, { name: 'job', family: 'probit', horizon: 3 }],
  covariates: [{ name: 'age', coding: 'values', reference: 20 }],
});

const rows = 90_000;

/** Of more than 4 MiB, in nine record batches; `spoil` may write other values. */
function largeFile(spoil: (i: number) => { readonly id?: string; readonly month?: string; readonly job?: number } = () => ({})): RegisterFile {
  const batch = 10_000;
  const parts = Array.from({ length: rows / batch }, (_, b) => {
    const at = Array.from({ length: batch }, (__, i) => b * batch + i);
    const numbers = (of: (i: number) => number) => vectorFromArray(at.map(of), new Float64());
    return new Table({
      person_id: vectorFromArray(at.map((i) => spoil(i).id ?? `person number ${i >> 1}`), new Utf8()),
      month: vectorFromArray(at.map((i) => spoil(i).month ?? `2019-0${1 + (i & 1)}`), new Utf8()),
      age: numbers((i) => 20 + ((i * 7) % 5)),
      hours: numbers((i) => ((i * 7919) % 1000) / 8),
      job: numbers((i) => spoil(i).job ?? ((i * 31) % 97 < 40 ? 1 : 0)),
    });
  });
  const folder = mkdtempSync(join(tmpdir(), 'shared-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'large.arrow');
  writeFileSync(path, tableToIPC(parts[0]!.concat(...parts.slice(1)), 'file'));
  return { name: 'large.arrow', format: 'arrow', bytes: statSync(path).size, location: { path } };
}

const run = (workers: number, file: RegisterFile): Promise<RunResult> =>
  runBuiltModel({ spec, source: { files: [file] }, options: { ...defaultOptions, by: [['age']] }, pool: pools.get(workers)! });
const failure = (workers: number, file: RegisterFile): Promise<unknown> => run(workers, file).then(() => null, ({ code, args }: { code: string; args: unknown }) => ({ code, args }));

describe('a large file that workers share', () => {
  it('gives what one worker makes of it', async () => {
    const file = largeFile();
    expect(file.bytes).toBeGreaterThan(4 << 20);
    const [{ timings: _one, ...one }, { timings: _two, ...two }] = [await run(1, file), await run(2, file)];
    expect(two).toEqual(one);
    expect(two.rows).toBe(rows);
  });

  it('has the faults that one worker finds: counts, first rows and their order', async () => {
    const spoilt = largeFile((i) => ({ ...(i % 20_011 === 3 ? { month: 'soon' } : {}), ...(i === 70_000 || i === 12 ? { id: '' } : {}) }));
    const found = await failure(2, spoilt);
    expect(found).toEqual(await failure(1, spoilt));
    expect(found).toMatchObject({ code: 'data.faulty-rows', args: { file: 'large.arrow', faults: [
      { code: 'fault.not-a-month', args: { count: 5, first: [{ row: 4, value: 'soon' }, { row: 20_015 }, { row: 40_026 }, { row: 60_037 }, { row: 80_048 }] } },
      { code: 'fault.no-person', args: { count: 2, first: [{ row: 13 }, { row: 70_001 }] } },
    ] } });
    const coded = largeFile((i) => (i % 9_000 === 5 ? { job: 2 } : {}));
    expect(await failure(2, coded)).toEqual(await failure(1, coded));
    expect(await failure(2, coded)).toMatchObject({ args: { faults: [{ code: 'fault.not-zero-one', args: { count: 10, first: [{ row: 6 }, { row: 9_006 }, { row: 18_006 }, { row: 27_006 }, { row: 36_006 }] } }] } });
  });

  it('has rows and warnings numbered in the file', async () => {
    const repeated = largeFile((i) => (i === 80_000 ? { id: 'person number 1', month: '2019-02' } : {}));
    expect(await failure(2, repeated)).toMatchObject({ code: 'data.repeated-months', args: { repeats: 1, first: [{ file: 'large.arrow', row: 80_001, month: '2019-02' }] } });
    const short = largeFile((i) => (i === 50_000 || i === 80_000 ? { id: `1.2E+${i}` } : {}));
    expect((await run(2, short)).warnings).toContainEqual({ code: 'warning.scientific-ids', args: { column: 'person_id', count: 2, file: 'large.arrow', row: 50_001, value: '1.2E+50000' } });
  });
});

describe('parts', () => {
  it('are consecutive, hold all units, and are of about one size', () => {
    for (const [units, most] of [[[5, 5, 5, 5, 5, 5, 5, 5], 4], [[1, 100, 1, 1, 100, 1], 8], [[0, 0, 7], 3], [[3], 8], [Array.from({ length: 100 }, (_, k) => k), 8]] as const) {
      const parts = partsOf(units, most);
      expect(parts.length).toBeLessThanOrEqual(Math.max(1, most));
      expect(parts[0]!.from).toBe(0);
      expect(parts.at(-1)!.to).toBe(units.length);
      parts.forEach((part, k) => {
        if (k > 0)
          expect(part).toMatchObject({
            from: parts[k - 1]!.to,
            firstRow: parts[k - 1]!.firstRow + parts[k - 1]!.rows!,
          });
        expect(part.rows).toBe(units.slice(part.from, part.to).reduce((sum, count) => sum + count, 0));
      });
    }
    expect(partsOf([5, 5, 5, 5, 5, 5, 5, 5], 4)).toHaveLength(4);
    expect(partsOf([], 4)).toEqual([]);
  });
});
