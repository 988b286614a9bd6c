import { outcomeDisplay } from '../../web/outcomes.ts';
import { main } from '../../src/spec/built-in.ts';
import type { Row } from '../reference/table.ts';
import { panelSpec } from '../support/run-rows.ts';
import { cellsOf, near, once, run, sum } from './laboratory.ts';
import { holds, type Judgements } from './verdict.ts';

const outcome = [{ name: 'y', family: 'gaussian', horizon: 3 }] as const;
const unitsSpec = panelSpec(['disabled', 'laid_off'].map((name) => ({ name, coding: 'values', reference: 0 })), { outcomes: outcome });
const months = Array.from({ length: 12 }, (_, k) => `2019-${String(k + 1).padStart(2, '0')}`);

/** Four units of ten persons: in `disabled` and `laid off` three of ten are that, elsewhere one is; all work as much as their characteristics say, but `extra` more. */
function unitRows(extra: Readonly<Record<string, number>> = {}): Row[] {
  return ['plain', 'disabled', 'laid off', 'other'].flatMap((unit, u) => months.flatMap((month, m) => Array.from({ length: 10 }, (_, k) => {
    const disabled = Number(k < (unit === 'disabled' ? 3 : 1));
    const laidOff = Number(k >= (unit === 'laid off' ? 7 : 9));
    const noise = ((k * 7 + m * 3 + u * 5) % 11) / 11;
    return { person_id: 100 * u + k, month, unit, disabled, laid_off: laidOff, subsidised: Number(k === 4), y: 10 - 4 * disabled + 3 * laidOff + noise + (extra[unit] ?? 0) };
  })));
}
const unitRun = async (rows: readonly Row[], period: 'all' | 'month' | 'tertial' = 'all') => cellsOf(await run(rows, unitsSpec, { by: [['unit']], period }), 'y', ['unit']);
const plain = once(() => unitRun(unitRows()));
const of = (cells: Awaited<ReturnType<typeof unitRun>>, unit: string) => cells.find(({ group }) => group === unit)!;

/** Everyone in `disabled` or `laid off` works as those in `plain` do in the mean. */
const sameActual = once(async () => {
  const cells = await plain();
  return unitRun(unitRows(Object.fromEntries(cells.map(({ group, actual }) => [group, of(cells, 'plain').actual - actual]))));
});

/** How far the indicator of `plain` is from that of the others, before and after it works `hours` more. */
async function moved(hours: number, period: 'all' | 'tertial'): Promise<number[]> {
  const balanced = (extra: Readonly<Record<string, number>>): Row[] => unitRows(extra).filter(({ unit }) => unit === 'plain' || unit === 'other');
  const [before, after] = await Promise.all([0, hours].map((plain) => unitRun(balanced({ plain }), period)));
  const apart = (cells: typeof before): number[] => [...new Set(cells!.map((cell) => cell.period))].map((at) => cells!.find((cell) => cell.period === at && cell.group === 'plain')!.indicator - cells!.find((cell) => cell.period === at && cell.group === 'other')!.indicator);
  return apart(after).map((value, k) => value - apart(before)[k]!);
}

/** Claims about units and what is read of them. */
export const unitClaims: Judgements = {
  C108: async () => holds(of(await plain(), 'disabled').expected < of(await plain(), 'plain').expected && near(of(await sameActual(), 'disabled').actual, of(await sameActual(), 'plain').actual) && of(await sameActual(), 'disabled').indicator > of(await sameActual(), 'plain').indicator),
  C110: async () => holds(of(await plain(), 'laid off').expected > of(await plain(), 'plain').expected && of(await sameActual(), 'laid off').indicator < of(await sameActual(), 'plain').indicator),
  C143: async () => {
    const display = outcomeDisplay(main.outcomes[0]!);
    return holds(display.factor === 1 && display.differenceUnit === 'timer i uka' && (await moved(1, 'all')).every((value) => near(value, 1)));
  },
  C144: () => {
    const display = outcomeDisplay(main.outcomes[2]!);
    return holds(display.differenceUnit === 'prosentpoeng' && display.difference(0.02 * display.factor) === '+2,00');
  },
  C173: async () => holds((await moved(0.7, 'all')).every((value) => near(value, 0.7)) && (await moved(0, 'all')).every((value) => near(value, 0))),
  C176: async () => {
    // The large unit works less; four small ones as each other.
    const rows = ['large', 'a', 'b', 'c', 'd'].flatMap((unit, u) => Array.from({ length: unit === 'large' ? 80 : 10 }, (_, k) => ({ person_id: 1000 * u + k, month: '2019-01', unit, x: k % 2, y: (unit === 'large' ? 6 : 9) + (k % 2) })));
    const cells = cellsOf(await run(rows, panelSpec([{ name: 'x', coding: 'values' }], { outcomes: outcome }), { by: [['unit']] }), 'y', ['unit']);
    return holds(cells.filter(({ indicator }) => indicator > 0).length === 4 && of(cells, 'large').indicator < 0 && near(sum(cells.map(({ n, indicator }) => n * indicator)), 0, 1e-8));
  },
  C227: async () => {
    const tertials = await moved(-1, 'tertial');
    return holds(tertials.length === 3 && tertials.every((value) => near(value, -1)));
  },
  C230: async () => {
    const subsidy = unitRows().map((row) => ({ ...row, y: Number(row['y']) + 6 * Number(row['subsidised']) }));
    const [without, counted] = await Promise.all([unitRows(), subsidy].map(async (rows) => cellsOf(await run(rows, unitsSpec, { by: [['subsidised']], period: 'month' }), 'y', ['subsidised']).filter(({ group }) => group === '1')));
    return holds(counted!.length === 12 && counted!.every(({ indicator }, k) => indicator > without![k]!.indicator + 3));
  },
};
