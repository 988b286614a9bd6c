import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import { parseMonth } from '../../src/spec/months.ts';
import type { KeptSums } from '../../src/whatif/kept-sums.ts';
import { addMonths, dropMonths, replaceMonths } from '../../src/whatif/months.ts';
import { baseModel } from '../../src/whatif/model-change.ts';
import { openOlsWhatIf } from '../../src/whatif/ols-what-if.ts';
import { open } from '../kernels/open.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { withinRanges, type Row } from '../reference/table.ts';
import { draws } from '../support/table-file.ts';
import { panelSpec } from '../support/run-rows.ts';
import { covariates, interactions, spec } from './panel.ts';
import { plainKeptSums } from './plain-kept-sums.ts';

const names = Array.from({ length: 11 }, (_, t) => `2018-${String(t + 1).padStart(2, '0')}`);
const versions = [1, 2].map((seed) => randomPanel(seed, { persons: 25 }).filter((row) => names.includes(row['month'] as string)));
/** Levels found in the data are those of both versions, as a frozen frame has them. */
const codedBy = versions.flat();
const by = [['county'], ['region', 'sex']];
const sums = (rows: readonly Row[], using = spec): KeptSums => plainKeptSums({ spec: using, rows, outcomes: ['hours3'], by, codedBy });
const ofMonths = (version: number, months: readonly string[]): Row[] => versions[version]!.filter((row) => months.includes(row['month'] as string));
const index = (month: string): number => parseMonth(month)!;

let math: ReturnType<typeof estimationMath>;
beforeAll(async () => {
  math = estimationMath(await open());
});

describe('months in and out', () => {
  it('equal a rebuild from the rows to the bit, over 100 random operations', () => {
    const next = draws(11);
    for (let k = 0; k < 5; k++) next();
    const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
    const held = new Map(names.slice(0, 6).map((month) => [month, 0]));
    let kept = sums(ofMonths(0, [...held.keys()]));
    const done = { add: 0, drop: 0, replace: 0 };
    for (let operation = 0; operation < 100; operation++) {
      const free = names.filter((month) => !held.has(month));
      const kind = held.size < 3 ? 'add' : pick(free.length > 0 ? (['add', 'drop', 'replace'] as const) : (['drop', 'replace'] as const));
      const month = pick(kind === 'add' ? free : [...held.keys()]);
      const version = Math.floor(next() * 2);
      if (kind === 'drop') {
        held.delete(month);
        kept = dropMonths(kept, [index(month)]);
      } else {
        held.set(month, version);
        kept = (kind === 'add' ? addMonths : replaceMonths)(kept, sums(ofMonths(version, [month])));
      }
      done[kind]++;
      const rebuilt = sums([...held].flatMap(([m, v]) => ofMonths(v, [m])));
      expect(isDeepStrictEqual(kept, rebuilt)).toBe(true);
    }
    expect(Math.min(...Object.values(done))).toBeGreaterThan(15);
  });

  it('give the same estimates as a rebuild, and as taking the months out of the sample', () => {
    const all = sums(versions[0]!);
    const out = names.slice(2, 5);
    const base = baseModel(all, all.frame.factors.flatMap(({ name, labels }) => labels.map((level) => ({ term: name, level }))));
    const fit = (kept: KeptSums, dropped: readonly string[] = []) => openOlsWhatIf(kept, math)({ outcome: 'hours3', base, change: { dropMonths: dropped } });
    const dropped = fit(dropMonths(all, out.map(index)));
    const rebuilt = fit(sums(versions[0]!.filter((row) => !out.includes(row['month'] as string))));
    const left = fit(all, out);
    expect(dropped.coefficients).toEqual(rebuilt.coefficients);
    expect(left.coefficients).toEqual(rebuilt.coefficients);
    expect(dropped.groupings).toEqual(rebuilt.groupings);
  });

  it('keep what a probit is like near its fit, of the months of its own load', () => {
    const fits = { job3: [{ term: 'constant', level: '', estimate: -0.2 }, { term: 'kids', level: '3', estimate: 0.7 }] };
    const probit = (rows: readonly Row[], near = {}): KeptSums => plainKeptSums({ spec, rows, outcomes: ['hours3', 'job3'], by, codedBy, fits: near });
    const all = probit(versions[0]!, fits);
    const rest = probit(versions[0]!.filter((row) => row['month'] !== '2018-04'), fits);
    const dropped = dropMonths(all, [index('2018-04')]);
    expect(dropped.probits[1]!.months).toEqual(rest.probits[1]!.months);
    const revised = replaceMonths(all, probit(ofMonths(1, ['2018-04'])));
    expect(revised.probits[1]!.months).toEqual(rest.probits[1]!.months);
    const { expected } = revised.probits[1]!.groupings[0]!;
    expect([...expected.keys()].filter((t) => Number.isNaN(expected[t]!))).toEqual([3]);
    expect([expected.subarray(0, 3), expected.subarray(4)]).toEqual([all.probits[1]!.groupings[0]!.expected.subarray(0, 3), all.probits[1]!.groupings[0]!.expected.subarray(4)]);
  });

  it('do not depend on the way to a set of months', () => {
    const kept = sums(versions[0]!);
    const base = baseModel(kept, kept.frame.factors.flatMap(({ name, labels }) => labels.map((level) => ({ term: name, level }))));
    const whatIf = openOlsWhatIf(kept, math);
    const fresh = openOlsWhatIf(kept, math)({ outcome: 'hours3', base, change: { dropMonths: ['2018-04/2018-06'] } });
    for (const months of [['2018-01'], ['2018-03/2018-10'], ['2018-02', '2018-05']]) whatIf({ outcome: 'hours3', base, change: { dropMonths: months } });
    expect(whatIf({ outcome: 'hours3', base, change: { dropMonths: ['2018-04/2018-06'] } })).toEqual({ ...fresh, model: { ...fresh.model, at: expect.any(Function) } });
  });

  it('are refused where levels, breaks or breakdowns differ, a month is there, or is not', () => {
    const january = sums(ofMonths(0, ['2018-01']));
    const february = ofMonths(0, ['2018-02']);
    const refused = (run: () => unknown, message: RegExp): void => {
      expect(run).toThrow(expect.objectContaining({ name: 'EngineError', kind: 'spec', message: expect.stringMatching(message) }));
    };
    const coarser = covariates.map((covariate) => (covariate.name === 'kids' ? { ...covariate, max: 3 } as typeof covariate : covariate));
    refused(() => addMonths(january, sums(february, panelSpec(coarser, { interactions }))), /same levels/);
    refused(() => addMonths(january, { ...sums(february), breaks: [{ covariate: 'wage', column: 'wage', breaks: [1, 2, 3] }] }), /same breaks/);
    refused(() => addMonths(january, plainKeptSums({ spec, rows: february, outcomes: ['hours3'], codedBy })), /same breakdowns/);
    refused(() => addMonths(january, plainKeptSums({ spec, rows: february, outcomes: ['hours3'], by, codedBy, yShift: 30 })), /same outcomes/);
    refused(() => addMonths(january, january), /2018-01 is kept already/);
    refused(() => dropMonths(january, [index('2018-07')]), /2018-07 is not among the 1 month/);
    refused(() => dropMonths(january, [index('2018-01')]), /No month would be left/);
  });

  it('keep which months are in the estimation sample', () => {
    const excluding = { ...spec, sample: { excludeMonths: ['2018-02'] } };
    expect(withinRanges('2018-02', excluding.sample.excludeMonths)).toBe(true);
    const kept = addMonths(sums(ofMonths(0, ['2018-01']), excluding), sums(ofMonths(0, ['2018-02', '2018-03']), excluding));
    expect(kept.months.map(({ inSample }) => inSample)).toEqual([true, false, true]);
  });
});
