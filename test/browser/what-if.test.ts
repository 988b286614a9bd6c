import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { readBundle } from '../../src/bundle/read-bundle.ts';
import { openMath } from '../../src/workers/open-browser.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import { seal } from '../../src/bundle/checksum.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { AppView } from '../../web/app-view.ts';
import type { Engine } from '../../web/engine.ts';
import { openEngine } from '../../web/open-engine.ts';
import { drawn, openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { whatIfCase } from '../support/what-if-case.ts';

// The engine as the app has it, on few rows.
const real = openEngine({ workers: 1 });
let result: RunResult;
let bytes: Uint8Array<ArrayBuffer>;
let answers: ReturnType<typeof openWhatIf>;
beforeAll(async () => {
  result = await run();
  await real.keep(result, new AbortController().signal, () => {});
  bytes = await real.saveBundle(result);
  answers = openWhatIf(readBundle(bytes), await openMath());
});
beforeEach(() => page.viewport(1280, 900));
afterEach(() => document.body.replaceChildren());

const run = (): Promise<RunResult> => real.run(whatIfCase, new AbortController().signal, () => {});
const engine: Engine = { ...real, run };

async function openWhatIfIn(app: AppView): Promise<void> {
  await userEvent.click(page.getByRole('button', { name: 'Spør hva om' }));
  await eventually(() => within(app, 'arbeid-what-if', 'arbeid-what-if-model', 'dl'));
}

const figures = (app: Element): string[] => [...within(app, 'arbeid-what-if', 'arbeid-what-if-model', 'dl').querySelectorAll('b')].map(({ textContent }) => textContent.replaceAll('\u00a0', ' '));
const number = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',').replace('-', '−');

describe('a run', () => {
  test('is asked what if without a covariate, once its sums are kept', async () => {
    const app = await openApp(engine);
    await drawn(app);
    await openWhatIfIn(app);
    const fit = result.fits[0]!;
    expect(figures(app)).toEqual([number(fit.rSquared!, 4), String(fit.rank), '4 000']);
    await userEvent.click(page.getByRole('checkbox', { name: 'Arbeidstid på måletidspunktet' }));
    const [model] = answers({ outcomes: ['atid3'], model: { drop: ['hours_at_measurement'] } }).models;
    await eventually(() => expect(figures(app).slice(0, 2)).toEqual([number(model!.rSquared!, 4), String(model!.rank)]));
    await userEvent.click(page.getByRole('button', { name: 'Tilbake til modellen' }));
    await eventually(() => expect(figures(app)[0]).toBe(number(fit.rSquared!, 4)));
  });

  test('is saved as a bundle, its sums kept on the way', async () => {
    const app = await openApp(engine);
    await drawn(app);
    const offered = vi.spyOn(URL, 'createObjectURL');
    await userEvent.click(page.getByRole('button', { name: 'Lagre regnestykket (bundle)' }));
    const [[file]] = await eventually(() => {
      expect(offered).toHaveBeenCalledOnce();
      return offered.mock.calls;
    }) as [[Blob]];
    offered.mockRestore();
    const saved = new Uint8Array(await file.arrayBuffer());
    expect(saved.length).toBe(bytes.length);
    expect(saved.every((byte, k) => byte === bytes[k])).toBe(true);
  });

  test('whose rows have made way for another’s says so', async () => {
    const old = await run();
    await run();
    await expect(real.keep(old, new AbortController().signal, () => {})).rejects.toMatchObject({ kind: 'usage', message: expect.stringMatching(/no longer held/) });
    await expect(real.ask(old, { outcome: 'atid3', by: [], seasonal: false, model: {} })).rejects.toMatchObject({ kind: 'usage' });
  });

  test('can be stopped while its sums are being kept, and asked afterwards', async () => {
    const kept = await run();
    const stopped = new AbortController();
    const keeping = real.keep(kept, stopped.signal, () => stopped.abort());
    await expect(keeping).rejects.toMatchObject({ kind: 'interrupted' });
    const base = await real.keep(kept, new AbortController().signal, () => {});
    expect(base.outcomes).toHaveLength(4);
  });
});

describe('a bundle', () => {
  async function openFile(file: File): Promise<AppView> {
    const app = await openApp(engine);
    await drawn(app);
    await userEvent.click(page.getByRole('button', { name: 'Åpne egne data' }));
    await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#data'), file);
    await userEvent.click(page.getByRole('button', { name: 'Åpne', exact: true }));
    return app;
  }

  test('opens without the data, with what it holds and what it withholds', async () => {
    const app = await openFile(new File([bytes], 'kept.arrow'));
    const what = await eventually(() => {
      const text = within(app, 'arbeid-data', '.what').textContent.replaceAll(/\s+/g, ' ');
      expect(text).toContain('Lagret regnestykke kept.arrow');
      return text;
    });
    const { withheld } = readBundle(bytes);
    expect(withheld.cells).toBeGreaterThan(0);
    expect(what.replaceAll('\u00a0', ' ')).toContain('Hovedmodellen (vedlegg D) · 4 000 rader');
    expect(what).toContain('Ingen rader er på denne maskinen');
    expect(within(app, 'arbeid-data').shadowRoot!.querySelector('select')).toBeNull();
    await drawn(app);
    await eventually(() => expect(within(app, 'arbeid-breakdown', 'arbeid-group-picker').shadowRoot!.querySelectorAll('li')).toHaveLength(15));
    // Its tables are enough for limits from each unit's own past; comparisons and effects take the rows.
    await eventually(() => expect(within(app, 'arbeid-xmr', '.sentence').textContent).toMatch(/\d av \d+ punkter er utenfor grensene/));
    expect([...app.shadowRoot!.querySelectorAll('arbeid-comparison')]).toEqual([]);
    expect(within<HTMLElement & { rows: boolean }>(app, 'arbeid-coefficients').rows).toBe(false);
    await eventually(() => within(app, 'arbeid-what-if', 'arbeid-what-if-model', 'dl'));
    await userEvent.click(page.getByRole('radio', { name: 'Menneskene' }));
    const people = [{ kind: 'shift', covariate: 'unemployment_inflow', by: -2 }] as const;
    const [whole, counties] = answers({ outcomes: ['atid3'], people }).tables;
    const table = await eventually(() => within(app, 'arbeid-what-if', 'arbeid-what-if-people', 'arbeid-table', 'tbody'));
    const mean = (): number => {
      const rows = [...whole!.n.keys()].filter((k) => Number.isFinite(whole!.expected[k]!));
      return rows.reduce((sum, k) => sum + whole!.n[k]! * whole!.expected[k]!, 0) / rows.reduce((sum, k) => sum + whole!.n[k]!, 0);
    };
    expect(table.querySelectorAll('tr')[0]!.querySelectorAll('td')[1]!.textContent).toBe(number(mean(), 2));
    expect(table.querySelectorAll('tr')).toHaveLength(1 + new Set(counties!.groups[0]).size);
  });

  test('shows how one person’s expected value adds up, also of a probit, and what a probit cannot be asked', async () => {
    const app = await openFile(new File([bytes], 'kept.arrow'));
    await eventually(() => within(app, 'arbeid-what-if', 'arbeid-what-if-model', 'dl'));
    await userEvent.click(page.getByRole('radio', { name: 'Jobb3' }));
    const model = () => within(app, 'arbeid-what-if', 'arbeid-what-if-model');
    await eventually(() => expect(model().shadowRoot!.querySelector('.answer')!.textContent + (model().shadowRoot!.querySelector('arbeid-what-if-notes')?.shadowRoot?.textContent ?? '')).toMatch(/krever radene|krever at radene/));
    await userEvent.click(page.getByRole('radio', { name: 'Én person' }));
    const person = await eventually(() => within(app, 'arbeid-what-if', 'arbeid-what-if-person'));
    const chosen = within<HTMLSelectElement>(person, '#level-hours_at_measurement-0');
    await userEvent.selectOptions(chosen, '16–24 timer');
    const { base } = await keptBase();
    const levels = Object.fromEntries(base.map(({ name, parts }) => [name, name === 'hours_at_measurement' ? '16_24' : parts.map(({ reference }) => reference)]));
    const [one] = answers({ outcomes: ['jobb3'], person: levels }).persons;
    await eventually(() => expect(within(person, '.head b').textContent).toBe(number(100 * one!.expected, 1)));
    const rows = [...person.shadowRoot!.querySelectorAll('li')];
    expect(rows).toHaveLength(one!.terms.length + 1);
    expect(rows.at(-1)!.querySelector('.numbers')!.textContent).toBe(`${one!.linearPredictor > 0 ? '+' : ''}${number(one!.linearPredictor, 2)}`);
    await settled(app);
  });

  test('of another version, or damaged, says so and leaves the numbers there were', async () => {
    const damaged = bytes.slice();
    damaged.fill(0, 2000, 40_000);
    const app = await openFile(new File([damaged], 'damaged.arrow'));
    const error = await eventually(() => within(app, 'arbeid-data', 'arbeid-error', '[role=alert]'));
    expect(error.textContent).toContain('Det lagrede regnestykket er skadet');
    expect(within(app, 'arbeid-data', 'select')).toBeTruthy();
    document.body.replaceChildren();
    const newer = await openFile(new File([reversioned(bytes)], 'newer.arrow'));
    const message = await eventually(() => within(newer, 'arbeid-data', 'arbeid-error', '[role=alert]'));
    expect(message.textContent).toMatch(/Det lagrede regnestykket er av versjon 9, og dette programmet leser versjon \d+\./);
  });
});

async function keptBase() {
  const { result: shown } = await real.openBundle(new File([bytes], 'kept.arrow'), new AbortController().signal);
  const { outcomes } = await real.keep(shown, new AbortController().signal, () => {});
  return { base: outcomes.find(({ outcome }) => outcome === 'jobb3')!.covariates };
}

/** The same file, of version 9: the version is the one digit after the last of the key. */
function reversioned(whole: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = whole.slice();
  const version = String.fromCharCode(...copy.subarray(-8192)).search(/\u0001\0\0\0\d\0\0\0/);
  copy[copy.length - 8192 + version + 4] = '9'.charCodeAt(0);
  seal(copy);
  return copy;
}
