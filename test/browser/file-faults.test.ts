import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EngineError } from '../../src/errors.ts';
import { inWords, type Catalogue, type Message } from '../../src/messages/catalogue.ts';
import { en } from '../../src/messages/en.ts';
import { nb } from '../../src/messages/nb.ts';
import { nn } from '../../src/messages/nn.ts';
import type { AppView } from '../../web/app-view.ts';
import type { Engine } from '../../web/engine.ts';
import { changeLocale, type Locale } from '../../web/locale.ts';
import { openEngine } from '../../web/open-engine.ts';
import encryptedUrl from '../fixtures/trials/files-parquet-encrypted-columns/data.parquet?url';
import referenceModel from '../fixtures/trials/files-reference/model.json?raw';
import workbookUrl from '../fixtures/trials/files-xlsx-named-csv/data.csv?url';
import baseModel from '../fixtures/trials/knocks-base/model.json?raw';
import baseRows from '../fixtures/trials/knocks-base/base.csv?raw';
import damagedUrl from '../fixtures/trials/knocks-arrow/dict2_di_atid3_479_120_0.arrow?url';
import sentinelUrl from '../fixtures/trials/knocks-sentinel/data.csv?url';
import sentinelModel from '../fixtures/trials/knocks-sentinel/sentinel.json?raw';
import { drawn, exampleEngine, openApp, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';

const byCounty = baseModel.replace('"name":"female"', '"name":"county"');
const catalogues: readonly (readonly [Locale, Catalogue])[] = [['nb', nb], ['nn', nn], ['en', en]];
const real = openEngine({ workers: 1 });
let told: EngineError[] = [];

/** Keeps what goes wrong, as the page gets it. */
const heard = async <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    told.push(error as EngineError);
    throw error;
  });

/** The example first; files are read by the app's own engine. */
const engine: Engine = {
  ...exampleEngine,
  describe: (files) => heard(real.describe(files)),
  run: (request, signal, onProgress) => (request.source.kind === 'files' ? heard(real.run(request, signal, onProgress)) : exampleEngine.run(request, signal, onProgress)),
};

let app: AppView;
beforeEach(async () => {
  told = [];
  await page.viewport(1280, 900);
  app = await openApp(engine);
  await drawn(app);
});
afterEach(async () => {
  document.body.replaceChildren();
  await changeLocale('nb');
});
afterAll(() => changeLocale('nb'));

const fetched = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();
/** In the encoding that Norwegian spreadsheets of old write. */
const windows1252 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** Chooses a file, and where it can be described, a model to run on it. */
async function choose(file: File, model: string): Promise<void> {
  await userEvent.click(page.getByRole('button', { name: 'Åpne egne data' }));
  await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#data'), file);
  await eventually(() => told.length > 0 || within(app, 'arbeid-file', 'arbeid-table'));
  if (told.length > 0) return;
  await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#spec-file'), new File([model], 'model.json'));
  await eventually(() => expect(within<HTMLButtonElement>(app, 'arbeid-file', 'button.primary').disabled).toBe(false));
  await userEvent.click(page.getByRole('button', { name: 'Beregn', exact: true }));
  await eventually(() => expect(told).toHaveLength(1));
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** Of the file where it was looked at, else of the run. */
const shown = (): string => {
  const view = within(app, 'arbeid-data').shadowRoot!.querySelector('arbeid-error') === null ? 'arbeid-file' : 'arbeid-data';
  return plain(within(app, view, 'arbeid-error', '.own').textContent);
};

test.each<[string, string, () => Promise<File>, string]>([
  ['a damaged Arrow file', 'data.arrow-index', async () => new File([await fetched(damagedUrl)], 'data.arrow'), baseModel],
  ['an encrypted Parquet file', 'data.parquet-encrypted', async () => new File([await fetched(encryptedUrl)], 'data.parquet'), referenceModel],
  ['a workbook that is named CSV', 'data.foreign-file', async () => new File([await fetched(workbookUrl)], 'data.csv'), baseModel],
  ['a CSV file in Windows-1252', 'data.faulty-rows', async () => new File([windows1252(baseRows.replace('Agder', 'Møre og Romsdal'))], 'data.csv'), byCounty],
  ['a number that stands for a missing value', 'data.spoils-sums', async () => new File([await fetched(sentinelUrl)], 'data.csv'), sentinelModel],
])('%s is told of in the page’s language, and the old numbers stay', async (_, code, file, model) => {
  const headline = (): string => within(app, 'arbeid-national', '.headline').textContent;
  const before = headline();
  await choose(await file(), model);
  expect(told.map((error) => error.code)).toEqual([code]);
  const sentences = catalogues.map(([, catalogue]) => plain(inWords(catalogue, told[0]!.told as Message)));
  expect(new Set(sentences).size).toBe(3);
  for (const [k, [locale]] of catalogues.entries()) {
    await changeLocale(locale);
    await eventually(() => expect(shown()).toBe(sentences[k]));
    expect(shown()).not.toMatch(/\bat .+:\d+|Error:/);
  }
  await changeLocale('nb');
  await eventually(() => expect(headline()).toBe(before));
});
