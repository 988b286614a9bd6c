import { expect, it } from 'vitest';
import { bands } from '../../src/comparison/bands.ts';
import { allFrom, differences } from '../../src/comparison/differences.ts';
import { funnelCurve } from '../../src/comparison/funnel-curve.ts';
import { funnel } from '../../src/comparison/funnel.ts';
import { discoveries } from '../../src/comparison/multiplicity.ts';
import { ranks } from '../../src/comparison/ranks.ts';
import { shrinkage } from '../../src/comparison/shrinkage.ts';
import { xmr } from '../../src/comparison/xmr.ts';
import {
  bandColumns, differenceColumns, funnelChanceColumns, funnelColumns, funnelCurveColumns, rankColumns, shrinkageColumns, xmrColumns,
} from '../../src/results/comparison-columns.ts';
import { csvText } from '../../src/results/csv.ts';
import { joint, openMath } from '../comparison/fixtures.ts';

it('comparisons are tables with a value of every column in every row', async () => {
  const math = await openMath();
  const estimates = joint([1, 2, 4, 8], (i, j) => (i === j ? 1 : 0.25));
  const drawn = { draws: 100, seed: 1 };
  const plot = funnel({ estimates, n: [10, 20, 30, 40], centre: 2, winsorise: 0.1, draws: drawn }, math);
  const rows = differences(estimates, allFrom(4, 0), { kind: 'difference', level: 95 }, math);
  const months = ['2018-01', '2018-04', '2018-07'];
  const tables = [
    funnelColumns(plot), funnelChanceColumns(plot), funnelCurveColumns(funnelCurve(plot, 'n', 5), plot.limits),
    rankColumns(ranks(estimates, drawn, math)), shrinkageColumns(shrinkage(estimates, math)), bandColumns(bands(estimates, drawn, math)),
    xmrColumns(xmr({ months, values: [1, 2, 1] }, { horizon: 3 }, math)),
    differenceColumns(rows), differenceColumns(rows, discoveries(rows.map(({ pValue }) => pValue), 'BY', 5)),
  ].map((columns) => csvText(columns).trimEnd().split('\n'));
  expect(tables.map(([header, ...lines]) => [header, lines.length])).toEqual([
    ['unit,n,estimate,std_error,model_std_error,precision,centre,overdispersion,tau2,z,outside,side,low_1.96,high_1.96,low_3.09,high_3.09', 4],
    ['limit,observed,expected,probability_at_least,dependence', 2],
    ['n,low_1.96,high_1.96,low_3.09,high_3.09', 5],
    ['unit,estimate,std_error,rank,rank_low,rank_median,rank_high,probability_top_quarter,probability_bottom_quarter,level,draws,dependence', 4],
    ['unit,estimate,std_error,weight,shrunken,shrunken_std_error,mean,tau2,method', 4],
    ['unit,estimate,std_error,conf_low,conf_high,simultaneous_low,simultaneous_high,level,critical', 4],
    ['month,value,segment,mean,low,high,moving_range,moving_range_high,screened,trial,rules', 3],
    ['of,from,estimate,std_error,statistic,p_value,conf_low,conf_high', 3],
    ['of,from,estimate,std_error,statistic,p_value,conf_low,conf_high,p_value_by,discovery', 3],
  ]);
  expect(tables[0]![1]).toMatch(/^u1,10,1,1,1,1,2,additive tau² \(Spiegelhalter\),/);
  expect(tables[4]![1]).toMatch(/,"normal-normal, REML"$/);
  expect(tables[6]![1]).toMatch(/^2018-01,1,2018-01,.*,,.*,0,1,$/);
  expect(tables.flat().filter((line) => /NaN|Infinity|undefined/.test(line))).toEqual([]);
});
