import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleOf } from '../../src/bundle/bundle.ts';
import { writeBundle } from '../../src/bundle/write-bundle.ts';
import { serveFolder, type StaticServer } from '../../src/entry/static-server.ts';
import { estimationMath } from '../../src/estimate/math.ts';
import { loadKernelModule } from '../../src/kernels/load-node.ts';
import { openKernels } from '../../src/kernels/wasm.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import { openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { findChromium } from '../support/chromium.ts';
import { whatIfCase, whatIfSource } from '../support/what-if-case.ts';

/** The built app as its server gives it, in a browser with nothing put in between. */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = here('../../dist/web');
const screenshots = here('../../dist/screenshots');
/** Milliseconds: they only catch what hangs. */
const patience = 180_000;
const { spec, options } = whatIfCase;

let server: StaticServer;
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(`${built}/index.html`)) throw new Error('dist/web is not there: run npm run build first.');
  mkdirSync(screenshots, { recursive: true });
  server = await serveFolder(built, [0]);
  browser = await chromium.launch(findChromium());
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the app; `trouble` fills with errors and with requests to anywhere else. */
async function open(options: { width?: number; colorScheme?: 'light' | 'dark' } = {}): Promise<{ page: Page; trouble: string[] }> {
  const { width = 1280, colorScheme = 'light' } = options;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, locale: 'nb-NO' });
  const trouble: string[] = [];
  page.setDefaultTimeout(patience);
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('request', (request) => !/^(blob:)?http:\/\/127\.0\.0\.1:/.test(request.url()) && trouble.push(request.url()));
  await page.goto(server.url);
  return { page, trouble };
}

const firstChart = (page: Page) => page.locator('arbeid-national arbeid-chart canvas').first().waitFor();

describe('the app as served', () => {
  test('draws its first chart on the synthetic population, and sends nothing anywhere', async () => {
    const { page, trouble } = await open();
    await firstChart(page);
    expect(await page.locator('arbeid-national .headline').textContent()).toMatch(/oppfølging i juni 2024/);
    expect(await page.locator('arbeid-breakdown arbeid-group-picker li').count()).toBe(15);
    await page.screenshot({ path: `${screenshots}/first-screen.png` });
    await page.screenshot({ path: `${screenshots}/whole-page.png`, fullPage: true });
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('shows how far it has come, stops when told, and starts again', async () => {
    const { page, trouble } = await open({ width: 375, colorScheme: 'dark' });
    await page.locator('arbeid-progress').getByText('rader').waitFor();
    await page.getByRole('button', { name: 'Avbryt' }).click();
    await page.getByText('Beregningen er avbrutt.').waitFor();
    expect(await page.locator('arbeid-national').count()).toBe(0);
    await page.getByRole('button', { name: 'Start på nytt' }).click();
    await page.screenshot({ path: `${screenshots}/progress.png` });
    await firstChart(page);
    await page.screenshot({ path: `${screenshots}/narrow-dark.png`, fullPage: true });
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('reads a file of one’s own with a model of one’s own', async () => {
    const { page, trouble } = await open();
    await page.getByRole('button', { name: 'Åpne egne data' }).click();
    await page.locator('arbeid-file #data').setInputFiles(here('../fixtures/reference/cases/panel/data.csv'));
    await page.locator('arbeid-file arbeid-table').getByText('hours_at_measurement').waitFor();
    await page.locator('arbeid-file #spec-file').setInputFiles(here('../fixtures/reference/cases/panel/model.json'));
    await page.getByRole('button', { name: 'Beregn', exact: true }).click();
    await page.locator('arbeid-data').getByText('data.csv').waitFor();
    await page.locator('arbeid-coefficients').getByText('9 309').waitFor();
    await page.screenshot({ path: `${screenshots}/own-file.png`, fullPage: true });
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('opens a bundle and answers what if as the engine does in Node', async () => {
    const pool = await openBuiltPool(1);
    const result = await runBuiltModel({ spec, source: whatIfSource, options, pool, keep: true });
    await pool.close();
    const bundle = bundleOf(result, { engineVersion: '0' });
    const ask = openWhatIf(bundle, estimationMath(openKernels(await loadKernelModule())));
    const { page, trouble } = await open({ width: 375 });
    await firstChart(page);
    await page.getByRole('button', { name: 'Åpne egne data' }).click();
    await page.locator('arbeid-file #data').setInputFiles({ name: 'bundle.arrow', mimeType: 'application/octet-stream', buffer: Buffer.from(writeBundle(bundle)) });
    await page.getByRole('button', { name: 'Åpne', exact: true }).click();
    await page.locator('arbeid-data').getByText('Lagret regnestykke').waitFor();
    const share = page.locator('arbeid-what-if-model dl b').first();
    const shown = (value: number | null): string => value!.toFixed(4).replace('.', ',');
    await share.getByText(shown(result.fits[0]!.rSquared)).waitFor();
    await page.getByLabel('Arbeidstid på måletidspunktet').uncheck();
    const [model] = ask({ outcomes: ['atid3'], model: { drop: ['hours_at_measurement'] } }).models;
    await share.getByText(shown(model!.rSquared)).waitFor();
    await page.screenshot({ path: `${screenshots}/what-if.png`, fullPage: true });
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('says what is wrong in a file', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Åpne egne data' }).click();
    const bad = { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from('person_id,month,y,x\n1,2020-01,3a,1\n2,2020-01,2,0\n') };
    const spec = {
      name: 'own', person: 'person_id', month: 'month',
      outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }],
      covariates: [{ name: 'x', coding: 'numeric' }],
    };
    await page.locator('arbeid-file #data').setInputFiles(bad);
    await page.locator('arbeid-file arbeid-table').waitFor();
    await page.locator('arbeid-file #spec-file').setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(spec)) });
    await page.getByRole('button', { name: 'Beregn', exact: true }).click();
    const error = page.locator('arbeid-data arbeid-error');
    await error.getByText('Det er noe galt i dataene').waitFor();
    await error.getByText('3a').waitFor();
    await page.screenshot({ path: `${screenshots}/error.png` });
    await page.close();
  });
});
