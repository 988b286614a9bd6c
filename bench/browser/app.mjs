// The app as people use it, on files of their own: node bench/browser/app.mjs [--data FOLDER] [--rows N]
// One worker fewer than cores. How long the page's main thread is away, step by step, and how soon workers are idle once cancelled.
// Without --data a population of N rows is made first. Fails where the first chart is later than asked.
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serveFolder } from '../../dist/engine/entry/static-server.js';
import { command, machine, machineLine, record, temporaryFolder } from '../measure.mjs';
import { openChromium } from './open-chromium.mjs';

const { values } = parseArgs({ options: { data: { type: 'string' }, rows: { type: 'string', default: '2000000' } } });
const here = machine();
const workers = Math.max(1, cpus().length - 1);
const files = await dataFiles();
const server = await serveFolder(fileURLToPath(new URL('../../dist/web', import.meta.url)), [0]);
const chromium = await openChromium();
const minutes = 60_000;
/** Milliseconds until the app has drawn its first chart. */
const asked = 30_000;

try {
  console.log(`${machineLine(here)}\n${chromium.version}, ${files.length} files, ${workers} ${workers === 1 ? 'worker' : 'workers'}`);
  const page = await chromium.browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  page.on('pageerror', (error) => console.error(String(error)));
  // On two cores the app would use both.
  await page.addInitScript(watch, cpus().length <= 2 ? 1 : cpus().length);
  await page.goto(server.url);
  await page.locator('arbeid-national arbeid-chart canvas').first().waitFor({ timeout: minutes });
  const firstChart = Math.round(await page.evaluate(() => performance.now()));
  console.log(`  first chart on the synthetic population after ${(firstChart / 1000).toFixed(1)} s`);
  const steps = [await step(page, 'open the app, first chart', () => settled(page))];

  await page.locator('arbeid-file #data').setInputFiles(files);
  const run = page.locator('arbeid-file dialog .primary');
  steps.push(await step(page, 'describe the files', () => page.locator('arbeid-file arbeid-table').waitFor({ state: 'attached', timeout: minutes })));
  steps.push(await step(page, 'read and estimate', async () => {
    await run.evaluate(press);
    await page.waitForFunction(isDone, undefined, { timeout: 30 * minutes, polling: 100 });
  }));
  steps.push(await step(page, 'show', () => settled(page)));
  const rows = await page.locator('arbeid-app').evaluate((/** @type {any} */ app) => app.task.result.rows);
  for (const view of ['arbeid-breakdown', 'arbeid-comparison', 'arbeid-coefficients', 'arbeid-what-if']) {
    steps.push(await step(page, `scroll to ${view}`, async () => {
      await page.locator(view).first().scrollIntoViewIfNeeded();
      await settled(page);
    }));
  }

  await page.locator('arbeid-app').evaluate(holdRuns);
  const cancelled = [];
  for (const after of [300, 3000]) {
    await run.evaluate(press);
    await page.locator('arbeid-progress button').first().waitFor({ timeout: minutes });
    await page.waitForTimeout(after);
    cancelled.push({ after, milliseconds: Math.round(await page.locator('arbeid-app').evaluate(cancel)) });
    console.log(`  cancelled ${after} ms after the start: idle after ${cancelled.at(-1).milliseconds} ms`);
  }
  record('app', { bench: 'app', ...here, browser: chromium.version, rows, workers, firstChart, steps, cancelled });
  if (firstChart > asked) {
    console.error(`The first chart came later than after ${asked / 1000} s.`);
    process.exitCode = 1;
  }
} finally {
  await chromium.close();
  await server.close();
}

/** What the main thread did while `work` went on. */
async function step(page, name, work) {
  const started = performance.now();
  await work();
  const { longestTask, longTasks } = await page.evaluate(() => window.longTasks());
  const milliseconds = Math.round(performance.now() - started);
  console.log(`  ${name}: ${(milliseconds / 1000).toFixed(1)} s, longest task ${longestTask === 0 ? 'under 50' : longestTask} ms (${longTasks} of 50 and more)`);
  return { name, milliseconds, longestTask, longTasks };
}

/** In the page. */
function press(/** @type {any} */ button) {
  button.click();
}
function isDone() {
  /** @type {any} */
  const app = document.querySelector('arbeid-app');
  return app.task.status === 'done';
}

/** In the page: so many cores, and tasks of 50 ms and more since the last question. */
function watch(cores) {
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask', buffered: true });
  window.longTasks = () => {
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    const found = tasks.splice(0);
    return { longestTask: Math.round(Math.max(0, ...found)), longTasks: found.length };
  };
}

/** In the page: keeps hold of the engine's calls. */
function holdRuns(app) {
  const { engine } = app;
  const run = engine.run.bind(engine);
  engine.run = (...asked) => (window.running = run(...asked));
}

/** In the page: milliseconds from cancel until the call has come back, when no worker is at work on it any more. */
async function cancel(app) {
  const started = performance.now();
  app.task.cancel();
  await window.running.catch(() => {});
  return performance.now() - started;
}

/** Once nothing has been drawn for a while. */
async function settled(page) {
  await page.waitForTimeout(1500);
}

async function dataFiles() {
  let folder = values.data;
  if (folder === undefined) {
    folder = join(temporaryFolder(), 'data');
    await command(['generate', '--out', join(folder, '..'), '--rows', values.rows, '--seed', '1', '--format', 'arrow']);
  }
  return readdirSync(folder).sort().map((name) => join(folder, name));
}
