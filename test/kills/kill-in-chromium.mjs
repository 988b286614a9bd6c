// Kills in the app in Chromium: of a row worker, and of the engine's own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { openChromium } from '../../bench/browser/open-chromium.mjs';

const answerWithin = 2000;
const root = fileURLToPath(new URL('page/', import.meta.url));
const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

async function servePage(/** @type {string} */ outDir) {
  await build({ root, configFile, logLevel: 'warn', build: { outDir } });
  const server = await preview({ root, configFile, logLevel: 'warn', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** In the page. */
const inPage = (/** @type {{ step: string, argument?: any }} */ { step, argument }) => /** @type {any} */ (window).kills[step](argument);

/**
 * @param {{ rowWorker: number, engine: number }} counts
 * @param {import('../hostile/random.mjs').Random} draw
 * @param {Record<'rowWorker' | 'engine', (kill: { name: string, milliseconds: number, faults: string[] }) => void>} told
 */
export async function killInChromium({ rowWorker, engine }, draw, told) {
  if (rowWorker + engine === 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'kills-page-'));
  const server = await servePage(folder);
  const chromium = await openChromium();
  try {
    const page = await chromium.browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'nb-NO' });
    await page.goto(server.address);
    const step = (/** @type {string} */ name, /** @type {any} */ argument) => page.evaluate(inPage, { step: name, argument });
    const expected = await step('next', undefined);
    const began = performance.now();
    await step('begin', 3);
    await step('next', undefined);
    const whole = performance.now() - began;
    const kinds = draw.shuffled(/** @type {('rowWorker' | 'engine')[]} */ ([...Array(rowWorker).fill('rowWorker'), ...Array(engine).fill('engine')]));
    for (const kind of kinds) {
      await step('begin', kind === 'engine' ? 1 : 3);
      await step('pause', draw.next() * 1.1 * whole);
      const killed = performance.now();
      const said = await step('kill', kind === 'engine' ? 'engine' : draw.below(2));
      const milliseconds = performance.now() - killed;
      const faults = milliseconds > answerWithin ? [`said "${said}" after ${Math.round(milliseconds)} ms`] : [];
      if (!(kind === 'engine' ? /Hovedtråden i beregningen stoppet/ : /Tråd \d av 2 stoppet/).test(said)) faults.push(`said "${said}"`);
      await step('again', undefined);
      const digest = await step('next', undefined);
      if (digest !== expected) faults.push(`the next has the digest ${digest}`);
      told[kind]({ name: 'ended from outside', milliseconds, faults });
    }
  } finally {
    await chromium.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
