import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runModel } from '../../src/pipeline.ts';
import { listRegisterFiles } from '../../src/register/files.ts';
import type { Progress } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import { openPool } from '../../src/workers/open-browser.ts';
import type { Pool } from '../../src/workers/pool.ts';
import panelRows from '../fixtures/reference/cases/panel/data.csv?raw';
import panelModel from '../fixtures/reference/cases/panel/model.json?raw';
import { digestOf, digestOptions, expectedDigest, intervalCases, syntheticSource } from '../support/digest-cases.ts';

const spec = parseModelSpec(panelModel);

/** The panel's rows over `parts` files. */
function panelFiles(parts: number) {
  const [header, ...rows] = panelRows.trim().split(/\r?\n/);
  const text = (part: number): string => `${[header, ...rows.filter((_, row) => row % parts === part)].join('\n')}\n`;
  return listRegisterFiles(Array.from({ length: parts }, (_, part) => new File([text(part)], `panel-${part}.csv`)));
}

describe.each([1, 2, 4])('with %i workers Chromium has the tables that Node has, to the bit', (workers) => {
  it('for the reference case', async () => {
    const pool = await openPool({ workers });
    for (const files of [panelFiles(1), panelFiles(3).reverse()]) {
      const result = await runModel({ spec, source: { files }, options: digestOptions('panel'), pool });
      expect(await digestOf(result)).toBe(expectedDigest('panel'));
    }
    pool.close();
  });

  it.each(intervalCases)('for intervals of the case %s', async (name) => {
    const pool = await openPool({ workers });
    const result = await runModel({ spec, source: { files: panelFiles(2) }, options: digestOptions(name), pool });
    expect(await digestOf(result)).toBe(expectedDigest(name));
    pool.close();
  });

  it('for a synthetic population', async () => {
    const pool = await openPool({ workers });
    const result = await runModel({ spec: main, source: syntheticSource, options: digestOptions('synthetic'), pool });
    expect(result.rows).toBe(syntheticSource.synthetic.rows);
    expect(await digestOf(result)).toBe(expectedDigest('synthetic'));
    pool.close();
  });
});

describe('while workers are busy', () => {
  const started: Worker[] = [];
  let pool: Pool;

  beforeEach(async () => {
    started.length = 0;
    const Recorded = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        started.push(this);
      }
    };
    vi.stubGlobal('Worker', Recorded);
    pool = await openPool({ workers: 2 });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    pool.close();
  });

  const phases = ['read', 'code', 'estimate', 'indicator'];

  /** Acts at the first word of rows done in a phase; gives how the run ended and the later phases that it still came to. */
  async function interfere(during: string, act: () => void, signal?: AbortSignal): Promise<{ error: unknown; begun: string[] }> {
    let acted = false;
    const begun: string[] = [];
    const onProgress = ({ phase, done }: Progress): void => {
      if (acted && phases.indexOf(phase) > phases.indexOf(during)) begun.push(phase);
      if (acted || phase !== during || done === 0) return;
      acted = true;
      act();
    };
    const run = runModel({
      spec: main,
      source: { synthetic: { rows: 300_000, seed: 3, effects: 'on' } },
      options: digestOptions('synthetic'),
      pool,
      ...(signal && { signal }),
      onProgress,
    });
    return { error: await run.then(() => null, (reason: unknown) => reason), begun };
  }

  it.each(['read', 'estimate'])('one that ends during %s makes the call fail with nothing more begun, and a message', async (during) => {
    const { error, begun } = await interfere(during, () => started[1]!.terminate());
    expect(error).toMatchObject({ name: 'EngineError', kind: 'worker', message: expect.stringContaining('Worker 2 of 2 stopped') });
    expect([begun, pool.isOver]).toEqual([[], true]);
  });

  it.each(['read', 'estimate'])('a call cancelled during %s comes back with nothing more begun', async (during) => {
    const controller = new AbortController();
    const { error, begun } = await interfere(during, () => controller.abort(), controller.signal);
    expect(error).toMatchObject({ name: 'EngineError', kind: 'interrupted' });
    expect(begun).toEqual([]);
  });
});
