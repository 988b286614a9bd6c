import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { changeLocale } from '../../web/locale.ts';
import type { Locale } from '../../web/locale.ts';
import { applyTheme } from '../../web/theme.ts';
import type { Theme } from '../../web/theme.ts';
import { openEngine } from '../../web/open-engine.ts';
import { openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { whatIfCase } from '../support/what-if-case.ts';

afterEach(async () => {
  document.body.replaceChildren();
  applyTheme('system');
  await changeLocale('nb');
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(): Promise<string[]> {
  document.title = 'Arbeidsindikatoren';
  const { violations: found } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => JSON.stringify(target)).join(' ')}`);
}

const views: [Theme, Locale, number][] = [
  ['light', 'nb', 1280],
  ['dark', 'nb', 1280],
  ['light', 'nn', 320],
  ['dark', 'en', 320],
];

describe('axe finds nothing', () => {
  test.each(views)('on the first screen, %s, %s, %i pixels', async (theme, locale, width) => {
    await page.viewport(width, 900);
    applyTheme(theme);
    await changeLocale(locale);
    const app = await openApp();
    await eventually(() => within(app, 'arbeid-comparison', 'arbeid-funnel', 'svg[role=img]'));
    await settled(app);
    expect(await violations()).toEqual([]);
  });

  test('with tables, rows of coefficients and the file dialog', async () => {
    await page.viewport(1280, 900);
    applyTheme('light');
    const app = await openApp();
    await userEvent.click(page.getByRole('button', { name: 'Vis som tabell' }).first());
    await userEvent.selectOptions(page.getByLabelText('Kjennetegn'), 'Landgruppe og botid');
    await settled(app);
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'Åpne egne data' }));
    await userEvent.upload(within<HTMLInputElement>(app, 'arbeid-file', '#data'), new File(['x'], 'data.csv'));
    await settled(app);
    expect(await violations()).toEqual([]);
  });

  test.each(views)('with every aspect of units, an XmR chart and effects, %s, %s, %i pixels', async (theme, locale, width) => {
    await page.viewport(width, 900);
    applyTheme(theme);
    await changeLocale(locale);
    const app = await openApp();
    const aspects = await eventually(() => within(app, 'arbeid-comparison', 'arbeid-choice.aspect').shadowRoot!.querySelectorAll('input'));
    within(app, 'arbeid-view-bar', 'arbeid-choice').shadowRoot!.querySelectorAll('input')[2]!.click();
    await eventually(() => within(app, 'arbeid-coefficients', 'arbeid-choice').shadowRoot!.querySelectorAll('input')[1]!.click());
    await eventually(() => within(app, 'arbeid-xmr', 'arbeid-chart', 'canvas'));
    for (const aspect of aspects) {
      aspect.click();
      await settled(app);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      expect(await violations()).toEqual([]);
    }
  });

  test.each(views)('with the what-if view, %s, %s, %i pixels', async (theme, locale, width) => {
    await page.viewport(width, 900);
    applyTheme(theme);
    await changeLocale(locale);
    const engine = openEngine({ workers: 1 });
    const app = await openApp({ ...engine, run: (_, signal, onProgress) => engine.run(whatIfCase, signal, onProgress) });
    const view = await eventually(() => within(app, 'arbeid-what-if'));
    within(view, 'button.primary').click();
    const choices = await eventually(() => within(view, 'arbeid-choice').shadowRoot!.querySelectorAll('input'));
    for (const [aspect, ready] of [['model', 'dl'], ['people', 'arbeid-table'], ['person', 'ol .numbers']].entries()) {
      choices[aspect]!.click();
      await eventually(() => within(view, `arbeid-what-if-${ready[0]}`, ready[1]!));
      await settled(app);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      expect(await violations()).toEqual([]);
    }
  });
});
