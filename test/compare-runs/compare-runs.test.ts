import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/compare-runs/compare-runs.ts';
import { comparedRun, type ComparedRun } from '../../src/compare-runs/compared-run.ts';
import { pairsOf } from '../../src/compare-runs/pairs.ts';
import { rankCorrelation, ranks } from '../../src/compare-runs/ranks.ts';
import type { Coefficient, Fit } from '../../src/estimate/fit.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import { exampleResult } from '../support/run-result.ts';

const example = comparedRun(exampleResult(), { name: 'one', engineVersion: '1' });

const level = (term: string, label: string, estimate: number | null, status: Coefficient['status'] = 'estimated') => ({
  term, level: label, status, n: 10, estimate, standardError: status === 'estimated' ? 1 : null,
});

const fit = (changes: Partial<Fit> = {}): ComparedRun['fits'][number] => ({
  outcome: 'hours', population: '', family: 'gaussian', n: 100, persons: 40, rank: 3, setAside: 0, rSquared: 0.5, sigma: 2, logLikelihood: -200,
  pseudoRSquared: null, meanOutcome: 10, breaks: [], coefficients: [], ...changes,
});

/** A table of one outcome from `unit month n indicator`; actual is 10. */
function table(by: readonly string[], lines: readonly (readonly [unit: string, month: string, n: number, indicator: number])[]): ComparedRun['tables'][number] {
  const column = (value: (line: (typeof lines)[number]) => number): Float64Array => Float64Array.from(lines, value);
  return {
    by, period: 'month', outcome: lines.map(() => 'hours'), groups: by.map(() => lines.map(([unit]) => unit)), periods: lines.map(([, month]) => month),
    n: column(([, , n]) => n), actual: column(() => 10), expected: column(([, , , value]) => 10 - value), indicator: column(([, , , value]) => value),
    indicatorSeasonallyAdjusted: column(([, , , value]) => 2 * value),
  };
}

const run = (name: string, changes: Partial<ComparedRun> = {}): ComparedRun => ({
  ...example, name, data: { digest: name, rows: 100, persons: 40, firstMonth: '2018-01', lastMonth: '2018-03' },
  options: { by: [], period: 'month', vcov: 'iid', where: null, threshold: null }, fits: [fit()], tables: [table([], [['', '2018-01', 50, 1]])], ...changes,
});
const compare = (a: ComparedRun, b: ComparedRun) => compareRuns(a, b, { log: Math.log });

describe('pairs', () => {
  it('keep the order of both lists', () => {
    const pairs = pairsOf(['a', 'b', 'd'], ['x', 'b', 'c', 'd', 'e'], (text) => text);
    expect(pairs.map(({ a, b }) => `${a ?? '·'}${b ?? '·'}`)).toEqual(['·x', 'a·', 'bb', '·c', 'dd', '·e']);
  });
});

describe('ranks', () => {
  it('begin with the highest and are shared by equal values', () => {
    expect([...ranks([3, 9, 3, 1])]).toEqual([2.5, 1, 2.5, 4]);
  });

  it('correlate as R’s cor(method = "spearman") has it', () => {
    // cor(c(3, 9, 3, 1, 4), c(2, 2, 1, 0, 7), method = "spearman")
    expect(rankCorrelation(ranks([3, 9, 3, 1, 4]), ranks([2, 2, 1, 0, 7]))).toBeCloseTo(0.763157894736842, 12);
    expect(rankCorrelation(ranks([1, 2, 3]), ranks([-1, -2, -3]))).toBe(-1);
    expect(rankCorrelation(ranks([1]), ranks([1]))).toBeNaN();
    expect(rankCorrelation(ranks([1, 1]), ranks([1, 2]))).toBeNaN();
  });
});

describe('coefficients', () => {
  const before = [level('constant', '', 5), level('age', '20', 0, 'reference'), level('age', '21', 1), level('age', '22', null, 'empty'), level('kids', '1', 2), level('age:kids', '21:1', 3)];

  it('stand side by side, what only one run has too', () => {
    const after = [level('constant', '', 4), level('age', '20', 0, 'reference'), level('age', '21', 1.5), level('age', '22', 7), level('age', '23', 9), level('wage', '1', 8)];
    const { coefficients, referenceChanges } = compare(run('A', { fits: [fit({ coefficients: before as Coefficient[] })] }), run('B', { fits: [fit({ coefficients: after as Coefficient[] })] }));
    expect(coefficients.map(({ term, level: label, a, b, difference }) => [`${term} ${label}`, a?.estimate, b?.estimate, difference])).toEqual([
      ['constant ', 5, 4, -1], ['age 20', 0, 0, 0], ['age 21', 1, 1.5, 0.5], ['age 22', null, 7, null], ['age 23', undefined, 9, null],
      ['wage 1', undefined, 8, null], ['kids 1', 2, undefined, null], ['age:kids 21:1', 3, undefined, null],
    ]);
    expect(referenceChanges).toEqual([]);
  });

  /** Fitted values of the cells of a 3 × 2 table, whatever the reference. */
  const fitted = (coefficients: readonly { term: string; level: string; estimate: number | null }[]) => {
    const at = (term: string, label: string): number => coefficients.find((c) => c.term === term && c.level === label)?.estimate ?? 0;
    return ['20', '21', '22'].flatMap((age) => ['0', '1'].map((kids) => at('constant', '') + at('age', age) + at('kids', kids) + at('age:kids', `${age}:${kids}`)));
  };

  it('are told relative to one level where the references are two, and the note names it', () => {
    const a = [level('constant', '', 5), level('age', '20', 0, 'reference'), level('age', '21', 1), level('age', '22', 4), level('kids', '0', 0, 'reference'), level('kids', '1', 2), level('age:kids', '21:1', 3), level('age:kids', '22:1', -1)];
    // The same fitted values relative to age 21, and a half more with kids at 22.
    const b = [level('constant', '', 6), level('age', '20', -1), level('age', '21', 0, 'reference'), level('age', '22', 3), level('kids', '0', 0, 'reference'), level('kids', '1', 5), level('age:kids', '20:1', -3), level('age:kids', '22:1', -3.5)];
    const { coefficients, referenceChanges, notes } = compare(run('A', { fits: [fit({ coefficients: a as Coefficient[] })] }), run('B', { fits: [fit({ coefficients: b as Coefficient[] })] }));
    expect(referenceChanges).toEqual([{ outcome: 'hours', population: '', term: 'age', a: ['20'], b: ['21'], common: '20' }]);
    expect(coefficients.map(({ term, level: label, difference }) => [`${term} ${label}`, difference])).toEqual([
      ['constant ', 0], ['age 20', 0], ['age 21', 0], ['age 22', 0], ['kids 0', 0], ['kids 1', 0], ['age:kids 21:1', 0], ['age:kids 22:1', 0.5],
    ]);
    const ofB = coefficients.map((pair) => pair.b!);
    expect(fitted(ofB)).toEqual(fitted(b));
    expect(ofB.map(({ standardError }) => standardError)).toEqual([null, null, null, null, null, null, null, null]);
    expect(coefficients.map((pair) => pair.a!.standardError)).toEqual(a.map(({ standardError }) => standardError));
    expect(notes.join('\n')).toContain('hours: the reference of age is 20 in A, 21 in B: both are told relative to 20');
  });

  it('have no difference where no level is estimated in both', () => {
    const after = [level('constant', '', 6), level('age', '20', null, 'separated'), level('age', '21', null, 'empty'), level('age', '22', 0, 'reference'), level('kids', '1', 2.5)];
    const { coefficients, referenceChanges } = compare(run('A', { fits: [fit({ coefficients: before as Coefficient[] })] }), run('B', { fits: [fit({ coefficients: after as Coefficient[] })] }));
    expect(referenceChanges).toEqual([{ outcome: 'hours', population: '', term: 'age', a: ['20'], b: ['22'], common: null }]);
    expect(coefficients.map(({ term, difference }) => [term, difference])).toEqual([['constant', null], ['age', null], ['age', null], ['age', null], ['kids', 0.5], ['age:kids', null]]);
  });

  it('that are separated or empty in one are told relative to what both have', () => {
    const after = [level('constant', '', 6), level('age', '20', null, 'separated'), level('age', '21', 0, 'reference'), level('age', '22', 6)];
    const { coefficients } = compare(run('A', { fits: [fit({ coefficients: before as Coefficient[] })] }), run('B', { fits: [fit({ coefficients: after as Coefficient[] })] }));
    const age = coefficients.filter(({ term }) => term === 'age').map(({ level: label, a, b, difference }) => [label, a!.estimate, b!.estimate, difference]);
    expect(age).toEqual([['20', -1, null, null], ['21', 0, 0, 0], ['22', null, 6, null]]);
    expect(coefficients[0]!.difference).toBe(0);
  });

  it('of a probit and of least squares have no difference', () => {
    const b = run('B', { fits: [fit({ family: 'probit', rSquared: null, sigma: null, pseudoRSquared: 0.2, coefficients: before as Coefficient[] })] });
    const { coefficients, fits, notes } = compare(run('A', { fits: [fit({ coefficients: before as Coefficient[] })] }), b);
    expect(coefficients.every(({ difference }) => difference === null)).toBe(true);
    expect(fits.find(({ measure }) => measure === 'aic')!.difference).toBeNull();
    expect(notes.join('\n')).toContain('hours: gaussian in A, probit in B');
  });
});

describe('fit', () => {
  it('stands side by side with AIC and BIC, and likelihoods are subtracted where the rows are the same', () => {
    const numbers = (b: ComparedRun) => Object.fromEntries(compare(run('A'), b).fits.map(({ measure, a, b: after, difference }) => [measure, [a, after, difference]]));
    const same = numbers(run('B', { fits: [fit({ rank: 5, rSquared: 0.75, logLikelihood: -190 })] }));
    expect(same['r_squared']).toEqual([0.5, 0.75, 0.25]);
    expect(same['pseudo_r_squared']).toEqual([null, null, null]);
    expect(same['log_likelihood']).toEqual([-200, -190, 10]);
    expect(same['aic']).toEqual([408, 392, -16]);
    expect(same['bic']![2]).toBeCloseTo(2 * Math.log(100) - 20, 12);
    const fewer = numbers(run('B', { fits: [fit({ n: 90 })] }));
    expect(fewer['n']).toEqual([100, 90, -10]);
    expect([fewer['log_likelihood']![2], fewer['aic']![2], fewer['bic']![2]]).toEqual([null, null, null]);
  });

  it('of populations that only one run has is told once for all of them', () => {
    const b = run('B', { fits: [fit({ population: 'x' }), fit({ population: 'y' })] });
    const { notes, fits } = compare(run('A'), b);
    expect(notes).toContain('hours (x), hours (y): estimated in B alone.');
    expect(notes).toContain('hours: estimated in A alone.');
    expect(fits.filter(({ measure }) => measure === 'n').map(({ population, a, b: after }) => [population, a, after])).toEqual([['x', null, 100], ['y', null, 100], ['', 100, null]]);
  });

  it('with other breaks is noted', () => {
    const breaks = (...values: number[]) => [{ covariate: 'wage', column: 'wage', breaks: values }];
    const { notes } = compare(run('A', { fits: [fit({ breaks: breaks(1, 2) })] }), run('B', { fits: [fit({ breaks: breaks(1, 3) })] }));
    expect(notes).toContain('hours: the breaks of wage differ, so that a level of the same name holds other values.');
  });
});

describe('the indicator', () => {
  const a = run('A', { tables: [table([], [['', '2018-01', 9, 1], ['', '2018-02', 9, -1]]), table(['county'], [['N', '2018-01', 4, 1], ['N', '2018-02', 4, 3], ['S', '2018-01', 5, 0], ['T', '2018-01', 2, NaN], ['T', '2018-02', 2, 5]])] });
  const b = run('B', { tables: [table([], [['', '2018-01', 9, 1.5], ['', '2018-02', 9, -3]]), table(['county'], [['N', '2018-01', 4, 0], ['N', '2018-02', 4, 0], ['S', '2018-01', 5, 2], ['S', '2018-02', 1, 8], ['T', '2018-01', 2, 1], ['T', '2018-02', 2, 4]])] });
  const { tables } = compare(a, b);

  it('is subtracted point by point, points of one run alone too', () => {
    const { shift } = tables[1]!;
    expect(shift.groups[0]!.map((unit, i) => `${unit} ${shift.periods[i]}`)).toEqual(['N 2018-01', 'N 2018-02', 'S 2018-01', 'S 2018-02', 'T 2018-01', 'T 2018-02']);
    expect([...shift.shift]).toEqual([-1, -3, 2, NaN, NaN, -1]);
    expect([...shift.shiftSeasonallyAdjusted]).toEqual([-2, -6, 4, NaN, NaN, -2]);
    expect([shift.inA[3], shift.inB[3], shift.inA[4]]).toEqual([false, true, true]);
    expect([...shift.a.n]).toEqual([4, 4, 5, NaN, 2, 2]);
  });

  it('is summed up: mean, largest and root mean square shift, rank correlation of units over common points', () => {
    expect(tables[0]!.summary).toEqual([{ by: [], outcome: 'hours', points: 2, onlyA: 0, onlyB: 0, meanShift: -0.75, largestShift: -2, largestAt: '2018-02', rootMeanSquareShift: Math.sqrt(4.25 / 2), units: 0, rankCorrelation: NaN }]);
    // Means over common points: N 2 → 0, S 0 → 2, T 5 → 4.
    expect(tables[1]!.units.map(({ group, points, meanA, meanB, rankA, rankB }) => [group[0], points, meanA, meanB, rankA, rankB])).toEqual([['N', 2, 2, 0, 2, 3], ['S', 1, 0, 2, 3, 2], ['T', 1, 5, 4, 1, 1]]);
    expect(tables[1]!.summary[0]).toMatchObject({ points: 4, onlyA: 0, onlyB: 1, meanShift: -0.75, largestShift: -3, largestAt: 'N, 2018-02', rootMeanSquareShift: Math.sqrt(15 / 4), units: 3, rankCorrelation: 0.5 });
  });

  it('by a breakdown that only one run has is left out, and that is said', () => {
    const { notes, tables: common } = compare(a, run('B'));
    expect(notes).toContain('only A is broken down by county: left out.');
    expect(common.map(({ shift }) => shift.by)).toEqual([[]]);
  });

  it('of months and of tertials is refused', () => {
    expect(() => compare(run('A'), run('B', { options: { ...a.options, period: 'tertial' } }))).toThrow(/A \(A\) is by month, B \(B\) by tertial/);
  });
});

describe('the data', () => {
  it('are the same by their digest, alike by all else, or different', () => {
    const as = (changes: Partial<ComparedRun['data']>, more: Partial<ComparedRun> = {}) => compare(run('A'), run('B', { data: { ...run('A').data, ...changes }, ...more }));
    expect([as({}).data, as({}).notes]).toEqual(['same', []]);
    const alike = as({ digest: 'other' });
    expect([alike.data, alike.notes[0]]).toEqual(['alike', expect.stringMatching(/^the digests of the data differ, as they do between models/)]);
    const fewer = as({ digest: 'other', rows: 99 });
    expect([fewer.data, fewer.notes[0]]).toEqual(['different', 'THE DATA DIFFER (rows 100 in A, 99 in B): a shift is not the model’s alone.']);
    const other = { ...run('A').tables[0]!, actual: Float64Array.of(10.001) };
    expect(as({ digest: 'other' }, { tables: [other] }).data).toBe('different');
    const rounded = { ...run('A').tables[0]!, actual: Float64Array.of(10 + 1e-12) };
    expect(as({ digest: 'other' }, { tables: [rounded] }).data).toBe('alike');
    expect(compareRuns(run('A'), run('B'), { log: Math.log, sameRows: true })).toMatchObject({ data: 'same', notes: [] });
  });

  it('and options that differ are noted', () => {
    const { notes } = compare(run('A'), run('B', { data: run('A').data, engineVersion: '2', options: { by: [], period: 'month', vcov: 'cluster', where: 'age < 30', threshold: 4 } }));
    expect(notes).toEqual(['standard errors of coefficients in A: iid; in B: cluster.', '--where in A: none; in B: age < 30.', '--threshold in A: none; in B: 4.', 'version in A: 1; in B: 2.']);
  });
});

it('a run and itself differ in nothing', () => {
  const { coefficients, fits, tables, notes } = compare(example, example);
  expect(notes).toEqual([]);
  expect(coefficients.filter(({ a }) => a!.estimate !== null).every(({ difference }) => difference === 0)).toBe(true);
  expect(fits.every(({ a, difference }) => difference === (a === null ? null : 0))).toBe(true);
  for (const { shift, summary } of tables) {
    expect(shift.shift.every((value) => value === 0)).toBe(true);
    for (const { rankCorrelation: correlation, units } of summary) if (units > 1) expect(correlation).toBeCloseTo(1, 14);
  }
  expect(tables.map(({ shift }) => shift.outcome.length)).toEqual(example.tables.map(({ outcome }: Pick<IndicatorTable, 'outcome'>) => outcome.length));
});
