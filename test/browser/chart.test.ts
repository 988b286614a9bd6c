import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { formatMonthShort } from '../../web/format.ts';
import { openApp, settled, within } from '../support/app-in-page.ts';
import { eventually } from '../support/eventually.ts';
import { exampleMonths, exampleResult } from '../support/run-result.ts';

beforeEach(() => page.viewport(1280, 900));
afterEach(() => document.body.replaceChildren());

async function indicatorChart() {
  const app = await openApp();
  const chart = within(app, 'arbeid-national', 'arbeid-chart:last-of-type');
  const plot = within(chart, '.plot');
  const press = async (keys: string): Promise<void> => {
    await userEvent.keyboard(keys);
    await settled(app);
  };
  const when = (): string => within(chart, '.when').textContent;
  const spoken = (): string => within(app, '[aria-live]').textContent;
  return { app, chart, plot, press, when, spoken };
}

describe('a chart by keyboard', () => {
  test('is one stop with a name, a role and help', async () => {
    const { plot, chart } = await indicatorChart();
    expect(plot.getAttribute('role')).toBe('application');
    expect(plot.getAttribute('aria-label')).toMatch(/^Linjediagram over indikatoren med 80 %-intervall\. Høyest .+ lavest .+ sist .+ timer i uka\.$/);
    expect(within(chart, `#${plot.getAttribute('aria-describedby')}`).textContent).toContain('Esc');
    expect(chart.shadowRoot!.querySelectorAll('.plot [tabindex]')).toHaveLength(0);
  });

  test('arrows, Home, End and Escape move the cursor and tell of it', async () => {
    const { plot, press, when, spoken } = await indicatorChart();
    plot.focus();
    await press('{Home}');
    expect(when()).toBe('des. 2017');
    await press('{ArrowRight}{ArrowRight}');
    expect(when()).toBe('feb. 2018');
    await eventually(() => expect(spoken()).toMatch(/^Indikator, feb\. 2018: .+ timer i uka, skravert: 80 %-intervall, mellom .+ og .+$/));
    await press('{End}');
    expect(when()).toBe('juni 2024');
    await press('{PageUp}');
    expect(when()).toBe('juni 2023');
    await press('{Escape}');
    expect(when()).toBe('juni 2024');
    await userEvent.tab();
    expect(deepActive()).not.toBe(plot);
  });

  test('a held key tells of the last point only', async () => {
    const { plot, press, spoken } = await indicatorChart();
    plot.focus();
    await press('{Home}{ArrowRight>12/}');
    await eventually(() => expect(spoken()).toContain('des. 2018'));
  });
});

function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

test('the table holds exactly what is drawn', async () => {
  const { app, chart } = await indicatorChart();
  await userEvent.click(page.getByRole('button', { name: 'Vis som tabell' }).nth(1));
  await settled(app);
  const table = within(chart, 'arbeid-table');
  await userEvent.selectOptions(page.getByLabelText('Rader per side'), 'Alle');
  await settled(app);
  const rows = [...within(table, 'tbody').querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent));
  const { indicatorSeasonallyAdjusted: values } = exampleResult().tables[0]!;
  const format = new Intl.NumberFormat('nb-NO', { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' });
  expect(rows.map(([month]) => month)).toEqual(exampleMonths.map(formatMonthShort));
  expect(rows.map(([, value]) => value)).toEqual(exampleMonths.map((_, k) => format.format(values[k]!)));
  await userEvent.click(page.getByRole('button', { name: 'Vis som figur' }));
  await eventually(() => within(chart, 'canvas'));
});

test('other numbers of the same lines are drawn in the chart that there is', async () => {
  const { app, chart } = await indicatorChart();
  const canvas = await eventually(() => within<HTMLCanvasElement>(chart, 'canvas'));
  await new Promise(requestAnimationFrame);
  const before = canvas.toDataURL();
  await userEvent.click(page.getByRole('switch', { name: 'Sesongjustert' }));
  await settled(app);
  await eventually(() => expect(canvas.toDataURL()).not.toBe(before));
  expect(within(chart, 'canvas')).toBe(canvas);
  await userEvent.click(page.getByRole('switch', { name: 'Sesongjustert' }));
  await eventually(() => expect(canvas.toDataURL()).toBe(before));
});

test('a line can be switched off and on', async () => {
  const { app } = await indicatorChart();
  const button = page.getByRole('button', { name: /^Faktisk/ });
  await userEvent.click(button);
  await settled(app);
  expect(button.element().getAttribute('aria-pressed')).toBe('false');
  await userEvent.click(button);
  await settled(app);
  expect(button.element().getAttribute('aria-pressed')).toBe('true');
});

test('pointing at a month reads it off, and leaving goes back to the newest', async () => {
  const { chart, when, app } = await indicatorChart();
  const over = within(chart, '.u-over');
  // In the middle of the window, where nothing that stays in view lies over it.
  over.scrollIntoView({ block: 'center' });
  await settled(app);
  const box = over.getBoundingClientRect();
  await userEvent.hover(over, { position: { x: 2, y: box.height / 2 } });
  await eventually(() => expect(when()).toBe('des. 2017'));
  await userEvent.hover(within(app, 'arbeid-header', 'h1'));
  await eventually(() => expect(when()).toBe('juni 2024'));
});

test('follows its width', async () => {
  const { chart } = await indicatorChart();
  const width = (): number => within(chart, 'canvas').getBoundingClientRect().width;
  const wide = width();
  await page.viewport(375, 800);
  await eventually(() => expect(width()).toBeLessThan(Math.min(wide, 375)));
});
