import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { xmrOfTable, type XmrOfGroup } from '../../src/comparison/xmr-series.ts';
import { xmr } from '../../src/comparison/xmr.ts';
import type { RunResult } from '../../src/run-result.ts';
import { openMath } from '../../src/workers/open-browser.ts';
import type { Engine } from '../../web/engine.ts';
import { formatMonthShort, formatNumber } from '../../web/format.ts';
import { openEngine } from '../../web/open-engine.ts';
import { exampleEngine, openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { whatIfCase } from '../support/what-if-case.ts';

beforeEach(() => page.viewport(1280, 900));
afterEach(() => document.body.replaceChildren());

/** What 3 standard deviations leave outside, of a normal. */
const normal = { twoSided: () => 0.0026997960632601866, quantile: () => NaN };
const clean = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();
const view = (app: Element): HTMLElement => within(app, 'arbeid-xmr');
const sentence = (app: Element): string => clean(within(view(app), '.sentence').textContent);
const rules = (app: Element): string[] => [...view(app).shadowRoot!.querySelectorAll('.rules li')].map(({ textContent }) => clean(textContent));

async function opened(chart: XmrOfGroup | null): Promise<Element> {
  const app = await openApp({ ...exampleEngine, xmr: () => Promise.resolve(chart) });
  await eventually(() => within(app, 'arbeid-xmr'));
  await settled(app);
  return app;
}

/** A series that steps up after ten points, with one point far out. */
function stepped(): XmrOfGroup {
  const months = Array.from({ length: 20 }, (_, k) => `${2018 + Math.floor(k / 4)}-${String(1 + 3 * (k % 4)).padStart(2, '0')}`);
  const values = months.map((_, k) => (k < 10 ? 0 : 1) + (k % 2 === 0 ? 0.5 : -0.5) + (k === 4 ? -8 : 0));
  return { outcome: 'atid3', group: ['Agder'], seasonallyAdjusted: true, points: 20, chart: xmr({ months, values }, { horizon: 3 }, { normal }), refused: null };
}

test('rules that are broken are named with their months, beside how many chance would put outside', async () => {
  const series = stepped();
  const app = await opened(series);
  expect(series.chart!.points[4]!.rules).toContain('outside');
  expect(sentence(app)).toBe('1 av 20 punkter er utenfor grensene; ved tilfeldigheter alene ville en vente 0,05.');
  expect(rules(app)).toContain('Utenfor grensene: jan. 2019.');
  const shift = series.chart!.points.filter(({ rules: broken }) => broken.includes('shift')).map(({ month }) => formatMonthShort(month));
  expect(rules(app)).toContain(`Sju eller flere på rad på samme side av snittet: ${shift[0]}–${shift.at(-1)}.`);
});

test('another breakdown begins with its first unit, and the choice says so', async () => {
  const xmrSpy = vi.fn<Engine['xmr']>(exampleEngine.xmr);
  const app = await openApp({ ...exampleEngine, xmr: xmrSpy });
  await eventually(() => within(app, 'arbeid-xmr', '.sentence'));
  await userEvent.selectOptions(within(view(app), '#unit'), 'Finnmark');
  await userEvent.selectOptions(within(view(app), '#by'), 'Kjønn');
  await eventually(() => expect(xmrSpy.mock.calls.at(-1)![1]).toEqual({ outcome: 'atid3', table: 3, group: ['1'] }));
  await settled(app);
  expect(within<HTMLSelectElement>(view(app), '#unit').value).toBe('Kvinner');
  expect(within(app, 'arbeid-xmr', 'arbeid-chart').shadowRoot!.querySelector('h3')!.textContent).toMatch(/^Kvinner/);
});

test('a series that is refused says why, in numbers', async () => {
  const app = await opened({ outcome: 'atid3', group: ['Agder'], seasonallyAdjusted: false, points: 4, chart: null, refused: '12 months leave 4' });
  expect(clean(within(view(app), '.message').textContent)).toMatch(/^Grenser trenger minst 6 punkter der utfallsvinduene på 3 måneder ikke overlapper, og serien har 4\./);
  expect(view(app).shadowRoot!.querySelector('arbeid-chart')).toBeNull();
});

test('the chart of a chosen unit has the limits of the engine, which the table shows too', async () => {
  const engine = openEngine({ workers: 1 });
  const xmrSpy = vi.fn<Engine['xmr']>(engine.xmr);
  let result: RunResult | undefined;
  const app = await openApp({ ...engine, xmr: xmrSpy, run: async (_, signal, onProgress) => (result = await engine.run(whatIfCase, signal, onProgress)) });
  await eventually(() => within(app, 'arbeid-xmr', '.sentence'));
  await userEvent.selectOptions(within(view(app), '#unit'), 'Oslo');
  await eventually(() => expect(within(app, 'arbeid-xmr', 'arbeid-chart').shadowRoot!.querySelector('h3')!.textContent).toMatch(/^Oslo/));
  const horizons = new Map(result!.spec.outcomes.map(({ name, horizon }) => [name, horizon]));
  const { chart } = xmrOfTable(result!.tables[1]!, horizons, await openMath()).find(({ outcome, group }) => outcome === 'atid3' && group[0] === 'Oslo')!;
  expect((await xmrSpy.mock.results.at(-1)!.value as XmrOfGroup).chart).toEqual(chart);
  within(app, 'arbeid-xmr', 'arbeid-chart', '.actions button').click();
  const table = await eventually(() => within(app, 'arbeid-xmr', 'arbeid-chart', 'arbeid-table', 'tbody'));
  const [first] = table.querySelectorAll('tr');
  const shown = (value: number): string => formatNumber(value, { digits: 2, signed: true });
  const { high, mean, low } = chart!.segments[0]!;
  expect([...first!.children].slice(0, 5).map(({ textContent }) => textContent)).toEqual([formatMonthShort(chart!.points[0]!.month), shown(high), shown(mean), shown(low), shown(chart!.points[0]!.value)]);
});
