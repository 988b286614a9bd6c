import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { normalCdf, normalDensity } from '../reference/distributions.ts';
import { fitProbit, scoreResidual } from '../reference/probit.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runRows } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';
import { runTrial } from '../support/trial.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly g?: string;
}

const outcome = { name: 'y', family: 'probit', horizon: 3 } as const;
const next = draws(12);
const normal = (): number => Array.from({ length: 12 }, next).reduce((sum, u) => sum + u, -6);
/** Values to three decimals, an outcome that rises with them, and three groups of chance. */
const near = Array.from({ length: 500 }, (): Point => {
  const x = Math.round(1000 * normal()) / 1000;
  return { x, y: Number(normal() < 0.25 * x - 0.1), g: 'abc'[Math.floor(3 * next())]! };
});
/** The same values in halves, all of the outcome below and above a half and both at it. */
const split = near.map(({ x }, i): Point => {
  const half = Math.round(2 * x) / 2;
  return { x: half, y: half > 0.5 ? 1 : half < 0.5 ? 0 : i % 2 };
});

describe('numeric values far from all others', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());
  const run = (points: readonly Point[], covariates: readonly Covariate[] = [{ name: 'x', coding: 'numeric' }], vcov: 'iid' | 'hc0' | 'cluster' = 'iid') =>
    runRows({ pool, spec: panelSpec(covariates, { outcomes: [outcome] }), rows: points.map((point, i) => ({ person_id: i, month: '2020-01', ...point })), options: { vcov } });
  const estimates = ({ fits }: Awaited<ReturnType<typeof run>>) => fits[0]!.coefficients.filter(({ status }) => status === 'estimated');
  const plain = (points: readonly Point[], ...columns: ((point: Point) => number)[]) => {
    const fit = fitProbit([() => 1, ...columns].map((column) => Float64Array.from(points, column)), Float64Array.from(points, ({ y }) => y));
    return fit.beta.map((estimate, j) => ({ estimate, standardError: Math.sqrt(fit.inverse[j]![j]!) }));
  };
  const expectSame = (ours: ReturnType<typeof estimates>, theirs: readonly { estimate: number; standardError: number }[], digits = 8): void => {
    expect(ours).toHaveLength(theirs.length);
    theirs.forEach(({ estimate, standardError }, j) => {
      expect((ours[j]!.estimate! - estimate) / Math.max(Math.abs(estimate), standardError)).toBeCloseTo(0, digits);
      expect(ours[j]!.standardError! / standardError).toBeCloseTo(1, 7);
    });
  };

  it('with the outcome of their side have a probability at its limit: R’s estimate', async () => {
    const [constant, x] = estimates(await runTrial({ pool, name: 'one-outlier-1e+09' }));
    expect(constant!.estimate).toBeCloseTo(-0.107544864806, 10);
    expect(x!.estimate).toBeCloseTo(0.222169900164, 10);
  });

  it.each([
    ['one of 1e3', [{ x: 1e3, y: 1 }]], ['one of 1e6', [{ x: 1e6, y: 1 }]], ['one of 1e9', [{ x: 1e9, y: 1 }]], ['one of 1e12', [{ x: 1e12, y: 1 }]],
    ['one on either side', [{ x: 1e9, y: 1 }, { x: -1e9, y: 0 }]], ['two of their own scales', [{ x: 1e9, y: 1 }, { x: 1e5, y: 1 }]], ['forty', Array.from({ length: 40 }, (_, k) => ({ x: 1e7 + k, y: 1 }))],
  ])('with the outcome of their side leave the estimate of the others: %s', async (_, far) => {
    expectSame(estimates(await run([...near, ...far])), plain(near, ({ x }) => x));
  });

  it('of values that are far from zero too', async () => {
    const moved = near.map((point) => ({ ...point, x: point.x + 1e6 }));
    const [constant, slope] = plain(near, ({ x }) => x);
    const [ours, x] = estimates(await run([...moved, { x: 1e12, y: 1 }]));
    expect(x!.estimate! / slope!.estimate).toBeCloseTo(1, 7);
    expect(ours!.estimate! + 1e6 * x!.estimate!).toBeCloseTo(constant!.estimate, 6);
  });

  it('beside levels, one of them their own', async () => {
    const covariates: Covariate[] = [{ name: 'g', coding: 'values', reference: 'a' }, { name: 'x', coding: 'numeric' }];
    const theirs = plain(near, ({ g }) => Number(g === 'b'), ({ g }) => Number(g === 'c'), ({ x }) => x);
    expectSame(estimates(await run([...near, { x: 1e9, y: 1, g: 'b' }], covariates)), theirs);
    const own = await run([...near, { x: 1e9, y: 1, g: 'd' }], covariates);
    expect(own.fits[0]!.separated).toEqual([{ term: 'g', level: 'd', limit: 1, rows: 1, round: 1 }]);
    expectSame(estimates(own), theirs);
  });

  it.each(['hc0', 'cluster'] as const)('have the %s errors of the others', async (vcov) => {
    const [far, without] = [estimates(await run([...near, { x: 1e9, y: 1 }], undefined, vcov)), estimates(await run(near, undefined, vcov))];
    far.forEach(({ standardError }, j) => expect(standardError! / without[j]!.standardError!).toBeCloseTo(1, 7));
  });

  it.each([1e3, 1e6, 1e9, 1e12])('with the other outcome hold the slope near zero: the score is 0, %d', async (x) => {
    const points = [...near, { x, y: 0 }];
    const found = estimates(await run(points));
    const [a, b] = found.map(({ estimate }) => estimate!) as [number, number];
    const sums = points.map(({ x: value, y }) => {
      const eta = a + b * value;
      const w = normalDensity(eta) ** 2 / (normalCdf(eta) * normalCdf(-eta));
      const s = scoreResidual(y, eta);
      return [s, s * value, w, w * value * value];
    }).reduce((total, row) => total.map((sum, k) => sum + row[k]!), [0, 0, 0, 0]);
    expect(sums[0]! / Math.sqrt(sums[2]!)).toBeCloseTo(0, 6);
    expect(sums[1]! / Math.sqrt(sums[3]!)).toBeCloseTo(0, 6);
    expect(b).toBeLessThan(0);
    expect(found[1]!.standardError! * Math.sqrt(sums[3]!)).toBeCloseTo(1, 2);
  });

  it.each(['analytic', 'score', 'bootstrap'] as const)('have no %s intervals of a probit, which says why', async (interval) => {
    const rows = [...near, { x: 1e9, y: 1 }].map((point, i) => ({ person_id: i, month: '2020-01', ...point }));
    const asked = runRows({ pool, spec: panelSpec([{ name: 'x', coding: 'numeric' }], { outcomes: [outcome] }), rows, options: { interval } });
    await expect(asked).rejects.toMatchObject({ code: 'usage.intervals-of-far-values', args: { covariates: ['x'] } });
  });

  const leastSquares = (points: readonly Point[]) =>
    runRows({ pool, spec: panelSpec([{ name: 'x', coding: 'numeric' }], { outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }] }), rows: points.map((point, i) => ({ person_id: i, month: '2020-01', ...point })) });

  it.each([1e3, 6e4])('in least squares have the plain estimate: %d', async (far) => {
    const points = [...near.map(({ x, y }) => ({ x, y: y + x })), { x: far, y: 3 }];
    const { fits } = await leastSquares(points);
    const [mx, my] = [points.reduce((sum, { x }) => sum + x, 0) / points.length, points.reduce((sum, { y }) => sum + y, 0) / points.length];
    const slope = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
    expect(fits[0]!.coefficients[1]!.estimate! / slope).toBeCloseTo(1, 9);
    expect(fits[0]!.coefficients[0]!.estimate! / (my - slope * mx)).toBeCloseTo(1, 9);
  });

  it.each([1e9, -1e12])('in least squares are refused where sums would lose the others’ digits: %d', async (far) => {
    await expect(leastSquares([...near, { x: far, y: 1 }])).rejects.toMatchObject({ code: 'data.spoils-sums', args: { column: 'x', values: 1, first: [{ row: near.length + 1, value: far }] } });
  });

  it.each<[string, readonly Point[]]>([
    ['of all', near.map(({ x }) => ({ x, y: Number(x > 0.5) }))],
    ['of all but those at one value', split],
    ['with one far out on its side', [...split, { x: 1e9, y: 1 }]],
    ['far from zero', split.map(({ x, y }) => ({ x: x + 2e5, y }))],
  ])('are told from separation: that %s is an error that names the covariate', async (_, points) => {
    await expect(run(points)).rejects.toMatchObject({ code: 'not-estimable.separated', args: { levels: ['constant', 'x'] } });
  });

  it('are told from separation: one on the other side makes the estimate finite', async () => {
    expect(estimates(await run([...split, { x: 1e9, y: 0 }]))).toHaveLength(2);
    // An overlap of 4e-8 is none of separation either; whether it can be told or not, nothing else is claimed.
    const tight = [...near.map(({ x }) => ({ x, y: Number(x > 0.5) })).filter(({ x }) => x !== 0.5), { x: 0.5000001, y: 0 }, { x: 0.5000002, y: 1 }, { x: 0.50000015, y: 1 }, { x: 0.50000018, y: 0 }];
    await run(tight).catch((error: Error) => expect(error.message).toContain('did not converge'));
  });
});
