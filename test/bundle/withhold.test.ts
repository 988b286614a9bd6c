import { describe, expect, it } from 'vitest';
import { withholdSums } from '../../src/bundle/withhold.ts';
import { formatMonth } from '../../src/spec/months.ts';
import { chosenMonths } from '../../src/whatif/chosen-months.ts';
import { applyModelChange, baseModel } from '../../src/whatif/model-change.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { spec } from '../whatif/panel.ts';
import { plainKeptSums } from '../whatif/plain-kept-sums.ts';

const rows = randomPanel(9, { persons: 26 });
const by = [['county'], ['county', 'sex'], ['county', 'sex', 'cohort']];
const modelled = new Set<string>();
const kept = plainKeptSums({ spec, rows, outcomes: ['hours3', 'job3'], by, fits: { job3: [{ term: 'constant', level: '', estimate: -0.3 }] } });

const hidden = kept.groupings.map(({ n }) => Uint8Array.from(n, (rowsHere) => Number(rowsHere < 4)));

describe('withheld cells', () => {
  const { sums, withheld } = withholdSums(kept, { by, byGrouping: hidden, byPopulation: new Map() }, modelled);

  it('have no sums, and nothing else is changed', () => {
    let found = 0;
    sums.groupings.forEach((grouping, g) => {
      const before = kept.groupings[g]!;
      const columns = kept.frame.columns.length;
      before.n.forEach((n, cell) => {
        const x = [...grouping.x.subarray(cell * columns, (cell + 1) * columns)];
        const [probit, probitBefore] = [sums.probits[1]!.groupings[g]!, kept.probits[1]!.groupings[g]!];
        const density = [...probit.density.subarray(cell * columns, (cell + 1) * columns)];
        if (Number.isNaN(grouping.outcome[0]![cell])) {
          found++;
          expect([grouping.n[cell], x.every((value) => value === 0), grouping.outcomeSquared[0]![cell]]).toEqual([0, true, NaN]);
          expect([probit.expected[cell], density.every((value) => value === 0)]).toEqual([NaN, true]);
        } else {
          expect(n === 0 || n >= 4).toBe(true);
          expect([grouping.n[cell], grouping.outcome[0]![cell]]).toEqual([n, before.outcome[0]![cell]]);
          expect([probit.expected[cell], density]).toEqual([probitBefore.expected[cell], [...probitBefore.density.subarray(cell * columns, (cell + 1) * columns)]]);
          expect(x).toEqual([...before.x.subarray(cell * columns, (cell + 1) * columns)]);
        }
      });
    });
    expect(found).toBe(withheld);
    expect(withheld).toBeGreaterThan(20);
    expect(sums.months).toBe(kept.months);
  });

  it('take the sums of the whole with them where these count their levels: months kept as one, exact for all of them', () => {
    const { sums: joined } = withholdSums(kept, { by, byGrouping: [new Uint8Array(12), Uint8Array.from(kept.groupings[1]!.n, (_, cell) => Number(Math.floor(cell / 3) === 2 || Math.floor(cell / 3) === 5))], byPopulation: new Map() }, new Set(['county']));
    const first = kept.groupings[1]!.firstMonth;
    expect(joined.together).toEqual([first + 2, first + 5]);
    const of = (sums: typeof kept, month: number) => sums.months.find((one) => one.month === month)!;
    expect(of(joined, first + 2).gram[0]).toBe(of(kept, first + 2).gram[0]! + of(kept, first + 5).gram[0]!);
    expect(of(joined, first + 5).gram.every((count) => count === 0)).toBe(true);
    expect(of(joined, first + 1)).toBe(of(kept, first + 1));
    const total = (sums: typeof kept) => sums.months.reduce((all, { outcomeSums, squares }) => all + outcomeSums[0]![0]! + squares[0]!, 0n);
    expect(total(joined)).toBe(total(kept));
    expect(() => applyModelChange(joined, baseModel(joined, []), { dropMonths: [formatMonth(first + 2)] })).toThrow(/kept together/);
    expect(applyModelChange(joined, baseModel(joined, []), { dropMonths: [formatMonth(first + 2), formatMonth(first + 5)] }).months).not.toContain(first + 5);
  });

  it('leave out such months outside the fit, which are refused as withheld and not as having no rows', () => {
    const month = kept.groupings[1]!.firstMonth + 2;
    const outside = { ...kept, months: kept.months.map((one) => (one.month === month ? { ...one, inSample: false } : one)) };
    const hiddenThere = [new Uint8Array(12), Uint8Array.from(kept.groupings[1]!.n, (_, cell) => Number(Math.floor(cell / 3) === 2))];
    const { sums: left } = withholdSums(outside, { by, byGrouping: hiddenThere, byPopulation: new Map() }, new Set(['county']));
    expect([left.leftOut, left.months.some((one) => one.month === month)]).toEqual([[month], false]);
    const change = (of: object) => () => chosenMonths([left, kept], of);
    expect(change({ addMonths: [formatMonth(month)] })).toThrow(/not kept, since they would tell of people who are withheld/);
    expect(change({ months: [`${formatMonth(month - 1)}/${formatMonth(month + 1)}`] })).toThrow(/withheld/);
    expect(change({ addMonths: ['2019-12'] })).toThrow(/2019-12 is not kept: no row has an outcome/);
    expect(chosenMonths([left], { months: [`${formatMonth(month - 1)}/${formatMonth(month + 1)}`], dropMonths: [formatMonth(month)] })[0]!.months).toEqual([month - 1, month + 1]);
  });

  it('are those of the population where sums are of one', () => {
    const none = hidden.map((cells) => new Uint8Array(cells.length));
    const apart = withholdSums({ ...kept, population: 'a' }, { by, byGrouping: none, byPopulation: new Map([['a', hidden], ['b', none]]) }, modelled);
    expect(apart).toEqual({ sums: { ...sums, population: 'a' }, withheld });
  });

  it('are none where nothing is hidden, and then nothing is copied; those that are gone already are counted', () => {
    expect(withholdSums(kept, { by, byGrouping: [], byPopulation: new Map() }, modelled)).toEqual({ sums: kept, withheld: 0 });
    expect(withholdSums(sums, { by, byGrouping: [], byPopulation: new Map() }, modelled)).toEqual({ sums, withheld });
  });
});
