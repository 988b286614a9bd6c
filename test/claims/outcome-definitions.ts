import { formatMonth, monthsOfRanges, parseMonth } from '../../src/spec/months.ts';
import type { Outcome } from '../../src/spec/model-spec.ts';
import { reference } from '../synthetic/draw.ts';
import { panelSpec } from '../support/run-rows.ts';
import { cellsOf, near, once, panel, run } from './laboratory.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

const claims = new Map(reference('claims').map((row) => [row['id']!, row]));
const printed = (id: string): string => claims.get(id)!['value']!;
const ahead = (month: string, k: number): string => formatMonth(parseMonth(month)! + k);
const window = (month: string, from: number, to: number): string => `${ahead(month, from)}..${ahead(month, to)}`;
const monthsBetween = (range: string): number => monthsOfRanges([range.replace('..', '/')]).size;

const hoursAhead = Array.from({ length: 12 }, (_, k) => `h${k + 1}`);
/** The report's formulas, in the SQL of a model spec. */
const derived = {
  atid3: '(h1 + h2 + h3) / 13', atid12: `(${hoursAhead.join(' + ')}) / 52`,
  jobb3: 'case when h3 * 3 > 247 then 1 else 0 end', jobb12: 'case when h12 * 3 > 247 then 1 else 0 end',
};
const outcomes: Outcome[] = Object.keys(derived).map((name) => ({ name, family: 'gaussian', horizon: name.endsWith('12') ? 12 : 3 }));
const definitions = panelSpec([{ name: 'x', coding: 'values' }], { outcomes, derived });

/** Persons by name, with their hours in each of the twelve months ahead. Weeks in a month are 13/3. */
const month = (hoursAWeek: number): number => (hoursAWeek * 13) / 3;
const persons: Record<string, number[]> = {
  none: hoursAhead.map(() => 0),
  ten: hoursAhead.map(() => month(10)),
  // 247 hours in three months are 19 a week to the last digit, if a month's are a third of them.
  nineteen: hoursAhead.map(() => 82),
  over: hoursAhead.map(() => 82.5),
  thirdOnly: hoursAhead.map((_, k) => (k === 2 ? 100 : 0)),
  butThird: hoursAhead.map((_, k) => (k === 2 ? 0 : 100)),
  twelfthOnly: hoursAhead.map((_, k) => (k === 11 ? 100 : 0)),
  rising: hoursAhead.map((_, k) => 10 * (k + 1)),
};
const outcomesOf = once(async () => {
  const rows = Object.entries(persons).map(([name, hours], k) => ({ person_id: k, month: '2018-01', who: name, x: k % 2, ...Object.fromEntries(hours.map((value, at) => [`h${at + 1}`, value])) }));
  const result = await run(rows, definitions, { by: [['who']] });
  return (name: string, who: string): number => cellsOf(result, name, ['who']).find(({ group }) => group === who)!.actual;
});

/** Claims about what the outcomes are, computed by the formulas as a model spec has them. */
export const outcomeClaims: Judgements = {
  C013: async () => {
    const [first] = panel;
    const again = await run([...panel, { ...first!, row: -1 }], panelSpec([{ name: 'sex', coding: 'values' }])).then(() => '', (error: { kind: string }) => error.kind);
    return holds(again === 'data' && new Set(panel.map((row) => `${row['person_id']} ${row['month']}`)).size === panel.length);
  },
  C015: async () => {
    const own = ['2019-03', '2019-04', '2019-05'].map((at, k) => ({ person_id: 'one', month: at, x: k % 2, y: k }));
    const { fits, rows } = await run([...own, { person_id: 'other', month: '2019-03', x: 0, y: 1 }], panelSpec([{ name: 'x', coding: 'values' }], { outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }] }));
    return holds(rows - 1 === Number(printed('C015')) && fits[0]!.persons === 2);
  },
  C016: () => holds(window('2019-03', 1, 3) === printed('C016')),
  C017: () => holds(['2019-04', '2019-05'].map((at) => window(at, 1, 3)).join('; ') === printed('C017')),
  C018: () => holds(['2019-03', '2019-04', '2019-05'].map((at) => ahead(at, Number(printed('C018')))).join() === '2019-06,2019-07,2019-08'),
  C019: () => holds(monthsBetween(printed('C009')) === Number(printed('C019'))),
  C037: () => holds(window('2019-01', 1, 3) === '2019-02..2019-04'),
  C270: () => holds(printed('C270').split(';').map((age) => ahead('2024-01', -Number(age))).join() === '2019-01,2022-01,2023-01,2023-07'),
  C025: async () => holds(near((await outcomesOf())('atid3', 'ten'), 10) && near((await outcomesOf())('atid3', 'rising'), 60 / 13)),
  C026: async () => holds(near((await outcomesOf())('atid12', 'ten'), 10) && near((await outcomesOf())('atid12', 'rising'), 780 / 52)),
  // Three months as weeks: a year's 52 are four of them, and the calendar's days are not.
  C038: async () => holds(4 * Number(printed('C038')) === Number(printed('C039')) && near((await outcomesOf())('atid3', 'nineteen'), (3 * 82) / Number(printed('C038')))),
  C039: async () => holds(near((await outcomesOf())('atid12', 'nineteen'), (12 * 82) / Number(printed('C039'))) && near((await outcomesOf())('atid12', 'ten'), (await outcomesOf())('atid3', 'ten'))),
  C027: async () => {
    // In whole numbers: 3h > 247 says more than 19 hours of 13/3 weeks, exactly 19 being none.
    const sevenths = Array.from({ length: 4000 }, (_, k) => k);
    return holds(3 * month(19) === 247 && sevenths.every((k) => 3 * k > 247 * 12 === k / 12 / (13 / 3) > 19) && (await outcomesOf())('jobb3', 'nineteen') === 0 && (await outcomesOf())('jobb3', 'over') === 1);
  },
  C040: async () => holds((await outcomesOf())('jobb3', 'thirdOnly') === 1 && (await outcomesOf())('jobb3', 'butThird') === 0),
  C041: async () => holds((await outcomesOf())('jobb12', 'twelfthOnly') === 1 && (await outcomesOf())('jobb12', 'thirdOnly') === 0),
  C061: () => contradicted('X16', { claim: printed('C061') === printed('C085'), instead: printed('C061') === '3' && printed('C085') === '2' && claims.get('C085')!['claim_en']!.includes('footnotes 11, 13, 39') }),
  C202: () => {
    const [indicator, actual, expected] = claims.get('C202')!['claim_en']!.match(/\d+\.\d+/g)!.map(Number) as [number, number, number];
    return holds((actual - expected).toFixed(2) === indicator.toFixed(2) && printed('C202') === String(indicator));
  },
  C253: () => {
    const [written, plotted] = [printed('C253'), printed('C254')].map((range) => monthsOfRanges([range.replace('..', '/')]));
    return contradicted('X64', { claim: [...written!].every((at) => plotted!.has(at)), instead: written!.size === 24 && plotted!.size === 24 });
  },
  C254: () => holds(monthsBetween(printed('C254')) === 24 && printed('C254') === '2020-03..2022-02'),
};
