import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runModel } from '../../src/pipeline.ts';
import { listRegisterFiles } from '../../src/register/files.ts';
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

  const run = (onPhase: (phase: string) => void, signal?: AbortSignal) =>
    runModel({
      spec: main,
      source: { synthetic: { rows: 300_000, seed: 3, effects: 'on' } },
      options: digestOptions('synthetic'),
      pool,
      ...(signal && { signal }),
      onProgress: ({ phase }) => onPhase(phase),
    });

  it.each(['read', 'estimate'])('one that ends during %s makes the call fail within two seconds, with a message', async (during) => {
    let ended = 0;
    const running = run((phase) => {
      if (phase !== during || ended > 0) return;
      ended = performance.now();
      started[1]!.terminate();
    });
    await expect(running).rejects.toMatchObject({ name: 'EngineError', kind: 'worker', message: expect.stringContaining('Worker 2 of 2 stopped') });
    expect(performance.now() - ended).toBeLessThan(2000);
    expect(pool.isOver).toBe(true);
  });

  it.each(['read', 'estimate'])('a call cancelled during %s comes back within 200 ms', async (during) => {
    const controller = new AbortController();
    let cancelled = 0;
    const running = run((phase) => {
      if (phase !== during || cancelled > 0) return;
      // Not at the first word of the phase but while its work goes on.
      cancelled = Infinity;
      setTimeout(() => {
        cancelled = performance.now();
        controller.abort();
      }, 60);
    }, controller.signal);
    await expect(running).rejects.toMatchObject({ name: 'EngineError', kind: 'interrupted' });
    expect(performance.now() - cancelled).toBeLessThan(200);
  });
});
