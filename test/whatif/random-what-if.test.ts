import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { open } from '../kernels/open.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { askCase } from './random/ask.ts';
import { noTally, type Tally } from './random/hold.ts';

// Panels, models and questions of chance, asked of the bundle and of the rows. `npm run test:what-if-random` asks all 200, and keeps what came of it.
const all = process.env['WHAT_IF_CASES'] !== undefined;
const [first, last] = (process.env['WHAT_IF_CASES'] ?? '1-20').split('-').map(Number) as [number, number];
// Those that once had a wrong answer are asked again.
const seeds = [...Array.from({ length: last - first + 1 }, (_, k) => first + k), ...(all ? [] : [117, 188])];
const questions = all ? 6 : 4;

describe('what-if questions of chance', () => {
  const total = noTally();
  let pool: Pool;
  let math: ReturnType<typeof estimationMath>;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
    math = estimationMath(await open());
  });
  afterAll(() => pool.close());

  it.each(seeds)('of case %i have the answer of plain sums over rows, or none', async (seed) => {
    const tally = await askCase(seed, { pool, math, questions });
    add(total, tally);
    expect(tally.faults.slice(0, 8).join('\n')).toBe('');
  });

  it('are answered for the most part, and differ in the last places', () => {
    if (all) {
      const { faults, ...counts } = total;
      writeFileSync(fileURLToPath(new URL('../results/what-if-random.json', import.meta.url)), `${JSON.stringify({ cases: seeds.length, ...counts, faults: faults.length }, null, 2)}\n`);
    }
    expect(total.exact).toBeGreaterThan(50 * seeds.length);
    expect(total.refused).toBeLessThan(0.6 * total.asked);
    expect(total.largest).toBeLessThan(1e-9);
  });
});

function add(total: Tally, part: Tally): void {
  for (const key of Object.keys(total) as (keyof Tally)[]) {
    if (key === 'faults') total.faults.push(...part.faults);
    else total[key] = key === 'largest' || key === 'furthest' ? Math.max(total[key], part[key]) : total[key] + part[key];
  }
}
