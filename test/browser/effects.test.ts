import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Engine } from '../../web/engine.ts';
import { formatNumber } from '../../web/format.ts';
import { openEngine } from '../../web/open-engine.ts';
import { openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { whatIfCase } from '../support/what-if-case.ts';

beforeEach(() => page.viewport(1280, 900));
afterEach(() => document.body.replaceChildren());

test('a probit’s average effects are asked for when they are wanted, and shown in points', async () => {
  const engine = openEngine({ workers: 1 });
  const effects = vi.fn<Engine['effects']>(engine.effects);
  const app = await openApp({ ...engine, effects, run: (_, signal, onProgress) => engine.run(whatIfCase, signal, onProgress) });
  const view = await eventually(() => within(app, 'arbeid-coefficients'));
  await settled(app);
  expect(view.shadowRoot!.querySelector('arbeid-choice')).toBeNull();
  await userEvent.click(page.getByRole('radio', { name: 'Jobb3', exact: true }));
  await settled(app);
  expect(effects).not.toHaveBeenCalled();
  await userEvent.click(page.getByRole('radio', { name: 'I prosentpoeng' }));
  await userEvent.selectOptions(page.getByLabelText('Kjennetegn'), 'Ytelser');
  const rows = (): string[][] => [...within(view, 'arbeid-coefficient-rows').shadowRoot!.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].slice(1, 3).map(({ textContent }) => textContent.trim()));
  await eventually(() => expect(rows()).not.toEqual([]));
  const found = await effects.mock.results[0]!.value as Awaited<ReturnType<Engine['effects']>>;
  expect(effects.mock.calls[0]![1]).toBe('jobb3');
  const wanted = ['health_benefit', 'work_benefit', 'disability_pension'].flatMap((term) => found.filter((effect) => effect.term === term && effect.effect !== 0 && effect.effect !== null));
  expect(rows()).toEqual(wanted.map(({ effect, standardError }) => [formatNumber(100 * effect!, { digits: 2, signed: true }), formatNumber(100 * standardError!, { digits: 3 })]));
  // The same as a run that is asked for them, to the last bit.
  const whole = await engine.run({ ...whatIfCase, options: { ...whatIfCase.options, effects: true } }, new AbortController().signal, () => {});
  expect(found).toEqual(whole.effects.filter(({ outcome }) => outcome === 'jobb3'));
});
