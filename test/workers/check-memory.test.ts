import { describe, expect, it } from 'vitest';
import { planRows } from '../../src/coding/row-plan.ts';
import type { FileDescription } from '../../src/register/describe.ts';
import type { RegisterFile } from '../../src/register/partition.ts';
import { main } from '../../src/spec/built-in.ts';
import { checkMemory } from '../../src/workers/check-memory.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { RegisterSource } from '../../src/workers/protocol.ts';

const gib = 2 ** 30;
const plan = planRows(main, [], null);
const columns = plan.requests.map(({ column }) => ({ name: column, type: 'float32' }));

/** A pool of two workers that only looks at files; `looked` fills with those it was shown. */
function poolThat(describes: (file: RegisterFile) => FileDescription | null, allowed: number | null, looked: string[] = []): Pool {
  const worker = {
    describe: async (files: readonly RegisterFile[]) => {
      looked.push(...files.map(({ name }) => name));
      return files.map(describes);
    },
  };
  return { size: 2, memory: () => allowed, all: (call: (worker: unknown, index: number) => Promise<unknown>) => Promise.all([call(worker, 0), call(worker, 1)]) } as unknown as Pool;
}

const check = (source: RegisterSource, pool: Pool): Promise<void> => checkMemory({ spec: main, source, plan, by: [], pool });

function parts(count: number, bytes: number, ending = 'arrow'): RegisterFile[] {
  return Array.from({ length: count }, (_, k) => ({ name: `part-${k}.${ending}`, format: ending === 'arrow' ? 'arrow' : 'csv', bytes, location: { path: `part-${k}` } }));
}

describe('memory is looked at before anything is read', () => {
  it('knows the rows of a synthetic population', async () => {
    const source = { synthetic: { rows: 23_901_114, seed: 1, effects: 'on' } } as const;
    await expect(check(source, poolThat(() => null, 2 * gib))).rejects.toMatchObject({ kind: 'memory', args: { rows: 23_901_114 } });
    await expect(check(source, poolThat(() => null, 4 * gib))).resolves.toBeUndefined();
  });

  it('takes the rows of all files from those of a few of them', async () => {
    const looked: string[] = [];
    const files = parts(200, 8_000_000);
    const pool = poolThat(() => ({ columns, rows: 120_000 }), gib, looked);
    await expect(check({ files }, pool)).rejects.toMatchObject({ kind: 'memory', args: { rows: 24_000_000 } });
    expect(looked.length).toBe(8);
    expect(new Set(looked).size).toBe(8);
  });

  it('looks at no file where all are small', async () => {
    const looked: string[] = [];
    await check({ files: parts(3, 1_000_000) }, poolThat(() => null, 1, looked));
    expect(looked).toEqual([]);
  });

  it('never refuses a small table', async () => {
    await expect(check({ synthetic: { rows: 100_000, seed: 1, effects: 'on' } }, poolThat(() => null, 1))).resolves.toBeUndefined();
  });

  it('guesses the rows of CSV files from their bytes, more where they are packed', async () => {
    const refusedRows = async (ending: string): Promise<number> => {
      const error = await check({ files: parts(1, gib, ending) }, poolThat(() => ({ columns, rows: null }), gib / 4)).catch((refused: unknown) => refused);
      return (error as { args: { rows: number } }).args.rows;
    };
    const plain = await refusedRows('csv');
    expect(plain).toBeCloseTo(gib / (6 * columns.length), -1);
    expect(await refusedRows('csv.gz')).toBeCloseTo(4 * plain, -1);
  });

  it('leaves a file that cannot be read to the reading', async () => {
    await expect(check({ files: parts(2, gib) }, poolThat(() => null, gib))).resolves.toBeUndefined();
  });
});
