import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EngineError } from '../../src/errors.ts';
import type { Engine } from '../../web/engine.ts';
import { changeLocale } from '../../web/locale.ts';
import { drawn, exampleEngine, openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { exampleResult } from '../support/run-result.ts';

beforeEach(() => page.viewport(1280, 900));
afterEach(async () => {
  document.body.replaceChildren();
  await changeLocale('nb');
});

const headline = (app: Element): string => within(app, 'arbeid-national', '.headline').textContent.trim();
const chart = (app: Element): HTMLElement => within(app, 'arbeid-national', 'arbeid-chart:last-of-type');

async function choose(app: Element, label: string): Promise<void> {
  await userEvent.click(page.getByRole('radio', { name: label, exact: true }));
  await settled(app);
}

describe('the first screen', () => {
  test('says the newest month in words and draws it', async () => {
    const app = await openApp();
    expect(headline(app)).toMatch(/^De som fikk oppfølging i juni 2024, jobbet .+ de neste 3 månedene\.$/);
    expect(within(app, 'arbeid-data', '.synthetic').textContent).toBe('Oppdiktede tall');
    expect(within<HTMLCanvasElement>(chart(app), 'canvas').width).toBeGreaterThan(300);
  });

  test('follows the outcome: unit, months and words', async () => {
    const app = await openApp();
    await choose(app, 'Jobb12');
    expect(headline(app)).toMatch(/^Blant dem som fikk oppfølging i september 2023, .* 12 måneder senere/);
    expect(within(chart(app), 'figcaption').textContent).toContain('prosentpoeng, skravert: 80 %-intervall');
  });

  test('shows adjusted and unadjusted numbers', async () => {
    const app = await openApp();
    const shown = (): string => within(chart(app), '.legend b').textContent;
    const adjusted = shown();
    await userEvent.click(page.getByRole('switch', { name: 'Sesongjustert' }));
    await settled(app);
    expect(shown()).not.toBe(adjusted);
  });

  test('has no sideways scroll at 320 pixels', async () => {
    await page.viewport(320, 800);
    const app = await openApp();
    await settled(app);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  });

  test('targets are at least 24 pixels high', async () => {
    const app = await openApp();
    await settled(app);
    const small = [...controls(app)].filter((control) => control.checkVisibility()).filter((control) => {
      const box = (control.closest('label') ?? control).getBoundingClientRect();
      return box.height < 24 || box.width < 24;
    });
    expect(small.map((control) => control.outerHTML)).toEqual([]);
  });
});

function* controls(root: Element): Generator<HTMLElement> {
  for (const element of root.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []) {
    if (element.matches('button, select, input')) yield element;
    if (element.shadowRoot) yield* controls(element);
  }
}

describe('language', () => {
  test('switches everything, and the page says so', async () => {
    const app = await openApp();
    await userEvent.selectOptions(page.getByLabelText('Språk / Language'), 'English');
    await eventually(() => expect(headline(app)).toMatch(/^Those who got follow-up in June 2024/));
    expect(document.documentElement.lang).toBe('en');
    await settled(app);
    expect(within(app, 'arbeid-view-bar', 'label.switch').textContent.trim()).toBe('Seasonally adjusted');
    await changeLocale('nn');
    await eventually(() => expect(headline(app)).toMatch(/månadene\.$/));
  });
});

describe('a run', () => {
  function heldEngine() {
    const run = vi.fn<Engine['run']>(() => new Promise(() => {}));
    return { run, engine: { ...exampleEngine, run } };
  }

  test('shows how far it has come, and can be cancelled and started again', async () => {
    const { engine, run } = heldEngine();
    const app = await openApp(engine);
    const [, signal, tell] = run.mock.calls[0]!;
    tell({ phase: 'read', detail: '', done: 75_000, total: 150_000, unit: 'rows' });
    await settled(app);
    const progress = within(app, 'arbeid-data', 'arbeid-progress');
    expect(within(progress, 'p').textContent.replace(/\s+/g, ' ')).toContain('Lager en oppdiktet befolkning 75 000 av 150 000 rader');
    expect(within<HTMLProgressElement>(progress, 'progress').value).toBeGreaterThan(0.1);
    await userEvent.click(page.getByRole('button', { name: 'Avbryt' }));
    await settled(app);
    expect(signal.aborted).toBe(true);
    expect(within(app, 'arbeid-data', '[role=status]').textContent).toContain('Beregningen er avbrutt.');
    run.mockImplementation((request) => Promise.resolve(exampleResult(request.spec)));
    await userEvent.click(page.getByRole('button', { name: 'Start på nytt' }));
    await drawn(app);
  });

  test('that fails says why, in full', async () => {
    const args = { file: 'data.csv', faults: [{ code: 'fault.not-a-number', column: 'atid3', args: { count: 2, first: [{ row: 3, value: '3a' }, { row: 9, value: 'x' }] } }] };
    const engine: Engine = { ...exampleEngine, run: () => Promise.reject(new EngineError('data.faulty-rows', args)) };
    const app = await openApp(engine);
    const error = await eventually(() => within(app, 'arbeid-data', 'arbeid-error', '[role=alert]'));
    expect(error.textContent).toContain('Det er noe galt i dataene');
    expect(error.textContent).toContain('data.csv, kolonnen atid3: 2 verdier er ikke et tall (første rader: 3: "3a", 9: "x").');
    expect(error.querySelector('[lang]')).toBeNull();
    for (const [locale, text] of [
      ['en', 'data.csv, column atid3: 2 values are not a number (first rows: 3: "3a", 9: "x").'],
      ['nn', 'data.csv, kolonnen atid3: 2 verdiar er ikkje eit tal (dei første radene: 3: "3a", 9: "x").'],
    ] as const) {
      await changeLocale(locale);
      await eventually(() => expect(within(app, 'arbeid-data', 'arbeid-error', '[role=alert]').textContent).toContain(text));
    }
  });

  test('with another model keeps the old charts until the new ones are there', async () => {
    const run = vi.fn<Engine['run']>(exampleEngine.run);
    const app = await openApp({ ...exampleEngine, run });
    await drawn(app);
    await userEvent.selectOptions(page.getByLabelText('Modell').first(), 'Modellen i tabell 4');
    expect(run.mock.calls.at(-1)![0].spec.name).toBe('table4');
    await drawn(app);
  });
});

describe('breakdowns', () => {
  test('say how they may be read, and let groups be picked', async () => {
    const app = await openApp();
    const view = within(app, 'arbeid-breakdown');
    expect(within(view, '.message').textContent).toContain('nivåene kan sammenlignes');
    const picker = () => [...within(view, 'arbeid-group-picker').shadowRoot!.querySelectorAll('input')];
    expect(picker()).toHaveLength(15);
    expect(picker().filter(({ checked }) => checked)).toHaveLength(3);
    await userEvent.click(page.getByRole('checkbox', { name: /^Agder/ }));
    await userEvent.click(page.getByRole('checkbox', { name: /^Oslo/ }));
    await settled(app);
    expect(picker().filter(({ disabled }) => !disabled)).toHaveLength(5);
    const legend = within(view, 'arbeid-chart', '.legend');
    expect(legend.textContent).toContain('Agder');
    await userEvent.selectOptions(page.getByLabelText('Fordel på').first(), 'Kjønn');
    await settled(app);
    expect(within(view, '.message').textContent).toContain('Les bare utviklingen over tid');
    expect(within(view, 'arbeid-chart', '.legend').textContent).toContain('Kvinner');
    await userEvent.selectOptions(page.getByLabelText('Fordel på').first(), 'Innsatsgruppe');
    await settled(app);
    expect(within(view, '.message').textContent).toContain('Nav avgjør selv');
  });

  test('say of the numbers whether they are adjusted, can be chance, and that none is causal', async () => {
    const app = await openApp();
    const lines = (view: string): string[] => [...within(app, view, 'arbeid-reading').shadowRoot!.querySelectorAll('li')].map(({ textContent }) => textContent.replaceAll('\u00a0', ' '));
    const [season, interval, causal, ...others] = lines('arbeid-breakdown');
    expect(season).toBe('Sesongjustert etter månedene des. 2017–nov. 2019, apr. 2022–mars 2024.');
    expect(interval).toMatch(/^80 %-intervallet dekker null i \d+ av 1 185 tall: /);
    expect([causal, others]).toEqual(['Ingen av tallene viser en årsakssammenheng.', []]);
    expect(lines('arbeid-national')[0]).toContain('ikke nivået');
    const covering = (text: string | undefined): number => Number(/null i (\d+) av/.exec(text ?? '')![1]);
    await choose(app, '95 %');
    expect(covering(lines('arbeid-breakdown')[1])).toBeGreaterThan(covering(interval));
    await userEvent.click(page.getByRole('switch', { name: 'Sesongjustert' }));
    await settled(app);
    expect(lines('arbeid-breakdown')[0]).toBe('Tallene er ikke sesongjustert.');
  });
});

describe('coefficients', () => {
  test('stand beside the published ones', async () => {
    const app = await openApp();
    await userEvent.selectOptions(page.getByLabelText('Kjennetegn'), 'Ytelser');
    await settled(app);
    const rows = [...within(app, 'arbeid-coefficients', 'arbeid-coefficient-rows', 'table').querySelectorAll('tbody tr')];
    expect(rows.map((row) => row.querySelector('th')!.textContent)).toEqual(['Mottar helseytelse', 'Mottar arbeidsrettet ytelse', 'Er uføretrygdet']);
    expect(rows[0]!.querySelectorAll('td')[3]!.textContent).toBe('−2,81');
    expect(rows[0]!.querySelectorAll('svg circle')).toHaveLength(2);
  });
});

describe('own files', () => {
  test('show their columns, and what the model lacks', async () => {
    const app = await openApp();
    await userEvent.click(page.getByRole('button', { name: 'Åpne egne data' }));
    const input = within<HTMLInputElement>(app, 'arbeid-file', '#data');
    await userEvent.upload(input, new File(['person_id,county\n1,Oslo\n'], 'data.csv'));
    const missing = await eventually(() => within(app, 'arbeid-file', '.message.error'));
    expect(missing.textContent).toContain('unemployment_inflow_12');
    expect(within<HTMLButtonElement>(app, 'arbeid-file', 'button.primary').disabled).toBe(true);
    expect(within(app, 'arbeid-file', 'arbeid-table', 'caption').textContent).toBe('2 kolonner, 12 rader');
  });

  test('run with a model of their own', async () => {
    const run = vi.fn<Engine['run']>(exampleEngine.run);
    const app = await openApp({ ...exampleEngine, run });
    await drawn(app);
    await userEvent.click(page.getByRole('button', { name: 'Åpne egne data' }));
    await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#data'), new File(['x'], 'data.csv'));
    await eventually(() => within(app, 'arbeid-file', 'arbeid-table'));
    const spec = {
      name: 'own', person: 'person_id', month: 'county',
      outcomes: [{ name: 'y', column: 'county', family: 'gaussian', horizon: 3 }],
      covariates: [{ name: 'x', column: 'county', coding: 'numeric' }],
    };
    await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#spec-file'), new File([JSON.stringify(spec)], 'own.json'));
    await settled(app);
    await eventually(() => expect(within<HTMLButtonElement>(app, 'arbeid-file', 'button.primary').disabled).toBe(false));
    await userEvent.click(page.getByRole('button', { name: 'Beregn', exact: true }));
    const [request] = run.mock.calls.at(-1)!;
    expect(request.spec.name).toBe('own');
    expect(request.source).toMatchObject({ kind: 'files' });
    await eventually(() => expect(within(app, 'arbeid-data', '.what').textContent).toContain('data.csv'));
  });

  test('with a model file that is wrong say what is wrong', async () => {
    const app = await openApp();
    await userEvent.click(page.getByRole('button', { name: 'Åpne egne data' }));
    await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#data'), new File(['x'], 'data.csv'));
    await eventually(() => within(app, 'arbeid-file', 'arbeid-table'));
    await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#spec-file'), new File(['{"name": "own"}'], 'own.json'));
    const error = await eventually(() => within(app, 'arbeid-file', 'arbeid-error', '[role=alert]'));
    expect(error.textContent).toContain('outcomes');
  });
});
