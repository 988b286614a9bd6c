import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { adjustedPValues } from '../../src/comparison/multiplicity.ts';
import { EngineError } from '../../src/errors.ts';
import type { Engine, RunRequest } from '../../web/engine.ts';
import { formatNumber } from '../../web/format.ts';
import { changeLocale } from '../../web/locale.ts';
import { openEngine } from '../../web/open-engine.ts';
import { pValueText } from '../../web/unit-columns.ts';
import { drawn, exampleEngine, openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { exampleResult } from '../support/run-result.ts';
import { whatIfCase } from '../support/what-if-case.ts';

beforeEach(() => page.viewport(1280, 900));
afterEach(async () => {
  document.body.replaceChildren();
  await changeLocale('nb');
});

const compared = (app: Element): Promise<SVGElement> => eventually(() => within<SVGElement>(app, 'arbeid-comparison', 'arbeid-funnel', 'svg[role=img]'));
const sentence = (app: Element): string => within(app, 'arbeid-comparison', '.sentence').textContent.replaceAll('\u00a0', ' ').trim();
const notes = (app: Element): string[] => [...within(app, 'arbeid-comparison', '.notes').querySelectorAll('li')].map(({ textContent }) => textContent);
const ranked = (app: Element): HTMLTableRowElement[] => [...within(app, 'arbeid-comparison', 'arbeid-unit-rows', 'tbody').querySelectorAll('tr')];

function spiedEngine() {
  const compare = vi.fn<Engine['compare']>(exampleEngine.compare);
  const run = vi.fn<Engine['run']>(exampleEngine.run);
  return { compare, run, engine: { ...exampleEngine, compare, run } };
}

/** The app with its first comparison, by an engine that is not the example itself. */
async function opened(engine: Engine): Promise<Element> {
  const app = await openApp(engine);
  await drawn(app);
  await compared(app);
  return app;
}

describe('units compared', () => {
  test('say how many are outside, how many by chance, and never rank without interval', async () => {
    const app = await openApp();
    const plot = await compared(app);
    expect(sentence(app)).toBe('2 av 15 er utenfor 95 %-grensen; ved tilfeldigheter alene ville en vente 0,8. Utenfor 99,8 %-grensen er 1; en ville vente 0,03.');
    expect(plot.getAttribute('aria-label')).toContain('Traktdiagram: 15 enheter');
    expect(plot.querySelectorAll('.outside')).toHaveLength(2);
    expect([...plot.querySelectorAll('.name')].map(({ textContent }) => textContent)).toEqual(['Østfold', 'Agder']);
    await eventually(() => expect(ranked(app)).toHaveLength(15));
    const rows = ranked(app).map((row) => row.textContent.replace(/\s+/g, ' ').trim());
    expect(rows).toHaveLength(15);
    expect(rows.every((row) => /\d+ \(\d+–\d+\)$/.test(row))).toBe(true);
    const indicators = ranked(app).map((row) => Number(row.querySelector('td')!.textContent.trim().split(/\s/)[0]!.replace('−', '-').replace(',', '.')));
    expect(indicators).toEqual([...indicators].sort((a, b) => b - a));
    expect(notes(app).at(-1)).toBe('Ingen av tallene viser en årsakssammenheng.');
  });

  test('follow outcome, breakdown, period and over-dispersion, which is named', async () => {
    const { compare, engine } = spiedEngine();
    const app = await opened(engine);
    expect(compare.mock.calls.map(([, comparison]) => comparison)).toEqual([{ outcome: 'atid3', breakdown: 0, period: 'all', level: 80, overdispersion: false }]);
    const period = page.getByLabelText('Periode');
    await userEvent.selectOptions(period, '2023');
    await userEvent.click(page.getByRole('switch', { name: 'Utvid grensene for over-dispersjon' }));
    await eventually(() => expect(notes(app).join()).toContain('τ = 0,48 timer i uka (additivt etter Spiegelhalter'));
    expect(compare.mock.calls.at(-1)![1]).toEqual({ outcome: 'atid3', breakdown: 0, period: '2023', level: 80, overdispersion: true });
    // The twelve months after the last of 2023 are not over.
    await userEvent.click(page.getByRole('radio', { name: 'Atid12', exact: true }));
    await eventually(() => expect(compare.mock.calls.at(-1)![1]).toMatchObject({ outcome: 'atid12', period: 'all' }));
    await userEvent.selectOptions(page.getByLabelText('Sammenlign', { exact: true }), 'Innsatsgruppe');
    await eventually(() => expect(compare.mock.calls.at(-1)![1]).toMatchObject({ breakdown: 1 }));
    await settled(app);
    expect(within(app, 'arbeid-comparison', '.message').textContent).toContain('Nav avgjør selv');
  });

  test('whose means the model holds at zero are not compared', async () => {
    const app = await openApp();
    await compared(app);
    await userEvent.selectOptions(page.getByLabelText('Sammenlign', { exact: true }), 'Kjønn');
    await eventually(() => expect(sentence(app)).toContain('ingen nivåer å sammenligne'));
    expect(within(app, 'arbeid-comparison', '.message').textContent).toContain('Les bare utviklingen over tid');
  });

  test('wait while a run is under way, and show what went wrong', async () => {
    const { compare, run, engine } = spiedEngine();
    const app = await opened(engine);
    let finish = (): void => {};
    run.mockImplementation(({ spec }) => new Promise((resolve) => (finish = () => resolve(exampleResult(spec)))));
    await userEvent.selectOptions(page.getByLabelText('Modell').first(), 'Modellen i tabell 4');
    await userEvent.click(page.getByRole('radio', { name: 'Jobb3', exact: true }));
    await settled(app);
    await eventually(() => expect(run.mock.calls.at(-1)![0]).toMatchObject({ spec: { name: 'table4' } }));
    expect(compare).toHaveBeenCalledTimes(1);
    compare.mockRejectedValue(new EngineError('worker.engine-stopped', { reason: 'no-script' }));
    finish();
    await eventually(() => expect(within(app, 'arbeid-comparison', 'arbeid-error', '.own').textContent).toBe('Beregningsmotoren stoppet: skriptet kunne ikke lastes. En ny tar over; start på nytt.'));
    expect(compare.mock.calls.at(-1)!.slice(0, 2)).toMatchObject([{ spec: { name: 'table4' } }, { outcome: 'jobb3' }]);
  });

  test('fit a narrow page', async () => {
    await page.viewport(320, 800);
    const app = await openApp();
    await compared(app);
    await settled(app);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  });
});

/** Cells of the table as text, by unit. */
const cells = (app: Element): string[][] => ranked(app).map((row) => [...row.children].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()));
const number = (value: number, digits = 2): string => formatNumber(value, { digits, signed: true });
const range = (low: number, high: number): string => `${number(low)} til ${number(high)}`;
const choose = (app: Element, group: string, at: number): void => within(app, 'arbeid-comparison', `arbeid-choice.${group}`).shadowRoot!.querySelectorAll('input')[at]!.click();

describe('by the engine itself, on few rows', () => {
  const own = openEngine({ workers: 1 });

  async function openedOnRows() {
    const compare = vi.fn<Engine['compare']>(own.compare);
    const pair = vi.fn<Engine['pair']>(own.pair);
    const app = await openApp({ ...own, compare, pair, run: (_, signal, onProgress) => own.run({ ...whatIfCase, source: { kind: 'synthetic', rows: 40_000, seed: 7 } }, signal, onProgress) });
    await eventually(() => expect(ranked(app).length).toBeGreaterThan(0));
    const { units, groups } = await compare.mock.results[0]!.value as Awaited<ReturnType<Engine['compare']>>;
    // Counties of too few persons have no rank.
    expect(ranked(app)).toHaveLength(units!.ranks.units.length);
    const order = [...units!.ranks.units].sort((a, b) => a.rank - b.rank).map(({ label }) => Number(label));
    return { app, pair, units: units!, order, names: groups.map(([name]) => name!), compare };
  }

  test('every aspect of the table shows its numbers', async () => {
    const { app, units, order, names } = await openedOnRows();
    const { bands: { points, critical }, differences, discoveries, shrinkage } = units;
    expect(units.options.level).toBe(80);
    const bandOf = (k: number) => points.find(({ label }) => label === String(k))!;
    const estimates = order.map((k) => `${number(bandOf(k).estimate)} ${range(bandOf(k).pointwiseLow, bandOf(k).pointwiseHigh)}`);
    expect(cells(app).map(([name]) => name!.replace(/ \(.+/, ''))).toEqual(order.map((k) => names[k]));
    expect(cells(app).map((row) => row[1])).toEqual(estimates);

    const tested = order.map((k) => differences.findIndex(({ of }) => of === String(k)));
    const wanted = (adjusted: Float64Array) => tested.map((at) => [
      `${number(differences[at]!.estimate)} ${range(differences[at]!.confLow, differences[at]!.confHigh)}`, pValueText(adjusted[at]!), adjusted[at]! <= 0.05 ? 'ja' : 'nei',
    ]);
    const shown = () => cells(app).map((row) => [row[2], row[4], row[5]]);
    choose(app, 'aspect', 1);
    await eventually(() => expect(shown()).toEqual(wanted(discoveries.adjusted)));
    choose(app, 'adjustment', 1);
    const byYekutieli = adjustedPValues(differences.map(({ pValue }) => pValue), 'BY');
    await eventually(() => expect(shown()).toEqual(wanted(byYekutieli)));
    expect(within(app, 'arbeid-comparison', 'arbeid-unit-rows', '.note').textContent).toContain('Benjamini–Yekutieli');

    choose(app, 'aspect', 2);
    const shrunken = order.map((k) => shrinkage!.units.find(({ label }) => label === String(k))!);
    await eventually(() => expect(cells(app).map((row) => row.slice(3))).toEqual(shrunken.map((unit) => [number(unit.shrunken), formatNumber(unit.shrunkenStandardError, { digits: 2 }), `${(100 * unit.weight).toFixed(0)} %`])));
    const note = () => within(app, 'arbeid-comparison', 'arbeid-unit-rows', '.note').textContent.replaceAll('\u00a0', ' ');
    expect(note()).toContain(`τ = ${formatNumber(Math.sqrt(shrinkage!.tau2), { digits: 2 })} timer i uka (REML)`);

    choose(app, 'aspect', 3);
    await eventually(() => expect(cells(app).map((row) => row[3])).toEqual(order.map((k) => range(bandOf(k).simultaneousLow, bandOf(k).simultaneousHigh))));
    expect(note()).toContain(`± ${formatNumber(critical.simultaneous, { digits: 2 })} og ± 1,28 standardfeil`);
  });

  test('two units are held against each other with their joint covariance, either way round', async () => {
    const { app, pair, units, names } = await openedOnRows();
    const view = within(app, 'arbeid-comparison', 'arbeid-pair');
    const text = (): string => within(view, '[aria-live]').textContent.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ');
    const difference = (a: number, b: number): number => units.ranks.units.find(({ label }) => label === String(a))!.estimate - units.ranks.units.find(({ label }) => label === String(b))!.estimate;
    const [oslo, agder] = ['Oslo', 'Agder'].map((name) => names.indexOf(name)) as [number, number];
    const select = async (id: string, name: string) => userEvent.selectOptions(within(view, `#${id}`), name);
    await select('of', 'Oslo');
    await select('from', 'Agder');
    await eventually(() => expect(text()).toContain(`Oslo minus Agder: ${number(difference(oslo, agder))} timer i uka.`));
    const { difference: found, base } = await pair.mock.results.at(-1)!.value as Awaited<ReturnType<Engine['pair']>>;
    expect(text()).toContain(range(found.confLow, found.confHigh));
    expect(text()).toContain(pValueText(found.pValue));
    expect(text().includes('I prosent av tallet for Agder')).toBe(base.confLow > 0);
    // Choosing the other one turns them round.
    await select('of', 'Agder');
    expect(within<HTMLSelectElement>(view, '#from').value).toBe('Oslo');
    await eventually(() => expect(text()).toContain(`Agder minus Oslo: ${number(-found.estimate)} timer i uka.`));
    expect(text()).toContain(range(-found.confHigh, -found.confLow));
  });
});

test('intervals can be asked for in full, on the same rows and model', async () => {
  const { run, engine } = spiedEngine();
  await opened(engine);
  await userEvent.click(page.getByRole('radio', { name: 'Hele', exact: true }));
  await eventually(() => expect(run).toHaveBeenCalledTimes(2));
  const [first, second] = run.mock.calls.map(([request]) => request) as [RunRequest, RunRequest];
  expect([first.options.interval, second.options.interval, second.options.cluster]).toEqual(['outcome', 'analytic', 'person']);
  // What the engine knows the rows and the model by.
  expect([second.source === first.source, second.spec === first.spec]).toEqual([true, true]);
});
