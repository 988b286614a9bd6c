import { describe, expect, it } from 'vitest';
import { withholdSmallCells, withholdTableRows } from '../../src/bundle/withhold.ts';
import type { GroupSums, KeptSums } from '../../src/whatif/kept-sums.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { exampleResult } from '../support/run-result.ts';
import { spec } from '../whatif/panel.ts';
import { plainKeptSums } from '../whatif/plain-kept-sums.ts';

const rows = randomPanel(9, { persons: 26 });
const kept = plainKeptSums({ spec, rows, outcomes: ['hours3', 'job3'], by: [['county'], ['county', 'sex'], ['county', 'sex', 'cohort']], fits: { job3: [{ term: 'constant', level: '', estimate: -0.3 }] } });

/** Σ n that the shown cells of a total leave for the withheld ones. */
function leftOver(child: GroupSums, parent: GroupSums, parentCell: number): { rest: number; hidden: number } {
  const [t, k] = [Math.floor(parentCell / parent.groups.length), parentCell % parent.groups.length];
  const labels = parent.groups[k]!;
  const cells = child.groups.flatMap((group, g) => (parent.by.every((column, c) => group[child.by.indexOf(column)] === labels[c]) ? [t * child.groups.length + g] : []));
  return {
    rest: parent.n[parentCell]! - cells.reduce((sum, cell) => sum + child.n[cell]!, 0),
    hidden: cells.filter((cell) => Number.isNaN(child.outcome[0]![cell])).length,
  };
}

describe('small cells', () => {
  const { sums, withheld } = withholdSmallCells(kept, 4);

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

  it('do not follow from a total and the cells that are left', () => {
    let checked = 0;
    sums.groupings.forEach((parent, p) => {
      for (const child of sums.groupings.slice(p + 1)) {
        for (let cell = 0; cell < parent.n.length; cell++) {
          if (parent.n[cell] === 0) continue;
          const { rest, hidden } = leftOver(child, parent, cell);
          expect(rest === 0 ? hidden === 0 : rest >= 4).toBe(true);
          checked += Number(hidden > 0);
        }
      }
    });
    expect(checked).toBeGreaterThan(10);
  });

  it('are none where all are large, and then nothing is copied', () => {
    expect(withholdSmallCells(kept, 1)).toEqual({ sums: kept, withheld: 0 });
  });
});

describe('rows of a table', () => {
  it('are emptied where few rows stand behind them or their cell is withheld', () => {
    const table = exampleResult().tables.find(({ by }) => by.length === 1)!;
    const small = { ...table, n: table.n.map((n, row) => (row === 5 ? 3 : n)) };
    const { table: shown, withheld } = withholdTableRows(small, [], 4);
    expect(withheld).toBe(1);
    expect([shown.n[5], shown.actual[5], shown.relativePercent[5]]).toEqual([NaN, NaN, NaN]);
    expect(shown.actual[4]).toBe(table.actual[4]);
    const [outcome, group, period] = [table.outcome[7]!, table.groups[0]![7]!, table.periods[7]!];
    const month = 12 * Number(period.slice(0, 4)) + Number(period.slice(5)) - 1;
    const grouping = { by: table.by, groups: [[group]], firstMonth: month, months: 1, n: Uint32Array.of(0), x: new Uint32Array(0), outcome: [Float64Array.of(NaN)], outcomeSquared: [Float64Array.of(NaN)] };
    const sums = { ...kept, outcomes: [{ ...kept.outcomes[0]!, name: outcome }], groupings: [grouping] } satisfies KeptSums;
    const hidden = withholdTableRows(table, [sums], 1);
    expect([hidden.withheld, hidden.table.n[7]]).toEqual([1, NaN]);
  });
});
