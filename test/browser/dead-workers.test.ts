import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EngineError } from '../../src/errors.ts';
import type { RunResult } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';
import { watchWorker } from '../../src/workers/lifeline.ts';
import { openPool } from '../../src/workers/open-browser.ts';
import type { Engine, RunRequest } from '../../web/engine.ts';
import { changeLocale, type Locale } from '../../web/locale.ts';
import { modelName } from '../../web/model-name.ts';
import { openEngine } from '../../web/open-engine.ts';
import { drawn, openApp, settled, within } from '../support/app-in-page.ts';
import { digestOf } from '../support/digest-cases.ts';
import { eventually } from '../support/eventually.ts';

/** Workers that the page itself has started, the newest last. */
let started: Worker[] = [];

beforeEach(() => {
  started = [];
  const Recorded = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      started.push(this);
    }
  };
  vi.stubGlobal('Worker', Recorded);
});
afterEach(async () => {
  document.body.replaceChildren();
  for (const worker of started) worker.terminate();
  vi.unstubAllGlobals();
  await changeLocale('nb');
});

/** The app's own engine, on fewer rows, with the results that it gave. */
function smallEngine(): { engine: Engine; results: RunResult[] } {
  const real = openEngine({ workers: 2 });
  const results: RunResult[] = [];
  const run: Engine['run'] = async (request, signal, onProgress) => {
    const small: RunRequest = { ...request, source: { kind: 'synthetic', rows: 20_000, seed: 7 } };
    const result = await real.run(small, signal, onProgress);
    results.push(result);
    return result;
  };
  return { engine: { ...real, run }, results };
}

const shown = (app: Element): string => within(app, 'arbeid-data', 'arbeid-error', '[role=alert]').textContent.replace(/\s+/g, ' ').trim();

const sentences: readonly (readonly [Locale, string])[] = [
  ['nb', 'Beregningsmotoren stoppet: den ble borte uten et ord. En ny tar over; start på nytt.'],
  ['nn', 'Reknemotoren stoppa: han vart borte utan eit ord. Ein ny tek over; start på nytt.'],
  ['en', 'The engine stopped: it ended without a word. A new one takes its place; run again.'],
];

async function saysSo(app: Element): Promise<void> {
  for (const [locale, text] of sentences) {
    await changeLocale(locale);
    await eventually(() => expect(shown(app)).toContain(text));
  }
  await changeLocale('nb');
}

async function again(app: Element): Promise<void> {
  await userEvent.click(page.getByRole('button', { name: 'Start på nytt' }));
  await settled(app);
}

describe('the engine’s own worker', () => {
  test('that dies during a run is told of, and the next estimate is the same to the bit', async () => {
    const { engine, results } = smallEngine();
    const app = await openApp(engine);
    await drawn(app);
    await userEvent.selectOptions(page.getByLabelText('Modell').first(), 'Modellen i tabell 4');
    started.at(-1)!.terminate();
    await saysSo(app);
    // What there was stays to be looked at.
    expect(within(app, 'arbeid-national', '.headline').textContent).toMatch(/oppfølging/);
    await again(app);
    await eventually(() => expect(results.at(-1)!.spec.name).toBe('table4'));
    await userEvent.selectOptions(page.getByLabelText('Modell').first(), modelName(main));
    await eventually(() => expect(results).toHaveLength(3));
    expect(await digestOf(results[2]!)).toBe(await digestOf(results[0]!));
  });

  test('that dies while nobody asks it anything is told of too, and what it kept is asked for anew', async () => {
    const { engine, results } = smallEngine();
    const app = await openApp(engine);
    await drawn(app);
    started.at(-1)!.terminate();
    await saysSo(app);
    await expect(engine.keep(results[0]!, new AbortController().signal, () => {})).rejects.toMatchObject({ code: 'usage.rows-let-go' });
    await again(app);
    await eventually(() => expect(results).toHaveLength(2));
    expect(await digestOf(results[1]!)).toBe(await digestOf(results[0]!));
    await expect(engine.keep(results[1]!, new AbortController().signal, () => {})).resolves.toMatchObject({ outcomes: expect.anything() });
  });
});

test('a worker of the pool that dies while nobody asks it anything is told of', async () => {
  const pool = await openPool({ workers: 2 });
  const told: EngineError[] = [];
  void pool.died.then((error) => told.push(error));
  started[1]!.terminate();
  await eventually(() => expect(told).toMatchObject([{ code: 'worker.stopped', args: { worker: 2, workers: 2, reason: 'silent' } }]));
  expect(pool.isOver).toBe(true);
});

test('a pool that is closed has not died', async () => {
  const pool = await openPool({ workers: 1 });
  const died = vi.fn();
  void pool.died.then(died);
  pool.close();
  const next = await openPool({ workers: 1 });
  await next.all(async () => 1);
  next.close();
  expect(died).not.toHaveBeenCalled();
});

test('a worker that looks at files and dies ends the looking', async () => {
  const looking = openEngine().describe(Array.from({ length: 2000 }, (_, k) => new File(['person_id,county\n1,Oslo\n'], `data-${k}.csv`)));
  // As soon as it has said that it lives.
  const worker = started.at(-1)!;
  worker.addEventListener('message', () => worker.terminate(), { once: true });
  await expect(looking).rejects.toMatchObject({ code: 'worker.files-not-described' });
});

test('a worker that ends before it has begun is told of', async () => {
  const worker = new Worker(URL.createObjectURL(new Blob(['await new Promise(() => {});'])), { type: 'module' });
  const { begun, gone } = watchWorker(worker, { patience: 100 });
  worker.terminate();
  expect(await begun).toBe('silent');
  expect(await gone).toBe('silent');
});
