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
 * @param {{ count: number, draw: import('../hostile/random.mjs').Random, told: (kill: import('./run.mjs').Kill) => void }} asked
 * @param {{ living: number, which: () => 'engine' | number, words: RegExp }} of workers that live before the moment is drawn, which one ends, and what the app says
 */
async function killInApp({ count, draw, told }, { living, which, words }) {
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
    for (let k = 0; k < count; k++) {
      await step('begin', living);
      await step('pause', draw.next() * 1.1 * whole);
      const killed = performance.now();
      const said = await step('kill', which());
      const milliseconds = performance.now() - killed;
      const faults = milliseconds > answerWithin ? [`said "${said}" after ${Math.round(milliseconds)} ms`] : [];
      if (!words.test(said)) faults.push(`said "${said}"`);
      await step('again', undefined);
      const digest = await step('next', undefined);
      if (digest !== expected) faults.push(`the next has the digest ${digest}`);
      told({ name: 'ended from outside', milliseconds, faults });
    }
  } finally {
    await chromium.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {number} count @param {import('../hostile/random.mjs').Random} draw @param {(kill: import('./run.mjs').Kill) => void} told */
export const killRowWorkersInChromium = (count, draw, told) =>
  killInApp({ count, draw, told }, { living: 3, which: () => draw.below(2), words: /Tråd \d av 2 stoppet/ });

/** @param {number} count @param {import('../hostile/random.mjs').Random} draw @param {(kill: import('./run.mjs').Kill) => void} told */
export const killEngines = (count, draw, told) =>
  killInApp({ count, draw, told }, { living: 1, which: () => 'engine', words: /Beregningsmotoren stoppet/ });
