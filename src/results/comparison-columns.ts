import type { Bands } from '../comparison/bands.ts';
import type { Difference } from '../comparison/differences.ts';
import type { FunnelCurve } from '../comparison/funnel-curve.ts';
import type { Funnel } from '../comparison/funnel.ts';
import type { Discoveries } from '../comparison/multiplicity.ts';
import type { Ranks } from '../comparison/ranks.ts';
import type { Shrinkage } from '../comparison/shrinkage.ts';
import type { Xmr } from '../comparison/xmr.ts';
import { count, number, text, type ResultColumn } from './columns.ts';

const limitColumns = (limits: readonly number[], values: (limit: number, end: 'low' | 'high') => ArrayLike<number>): ResultColumn[] =>
  limits.flatMap((z, limit) => (['low', 'high'] as const).map((end) => number(`${end}_${z}`, values(limit, end))));

/** A row a unit; `low_z` and `high_z` are its own limits at ± z, `outside` the widest one it is beyond. */
export function funnelColumns({ points, centre, limits, overdispersion }: Funnel): ResultColumn[] {
  return [
    text('unit', points.map((point) => point.label)),
    count('n', points.map((point) => point.n)),
    number('estimate', points.map((point) => point.estimate)),
    number('std_error', points.map((point) => point.standardError)),
    number('model_std_error', points.map((point) => point.modelError)),
    number('precision', points.map((point) => point.precision)),
    number('centre', points.map(() => centre)),
    text('overdispersion', points.map(() => overdispersion?.method ?? '')),
    number('tau2', points.map(() => overdispersion?.tau2 ?? null)),
    number('z', points.map((point) => point.z)),
    number('outside', points.map((point) => (point.side === 'inside' ? null : point.outside))),
    text('side', points.map((point) => point.side)),
    ...limitColumns(limits, (limit, end) => points.map((point) => point[end][limit]!)),
  ];
}

/** A row a limit: units outside it, and what chance would do. */
export function funnelChanceColumns({ chance }: Funnel): ResultColumn[] {
  return [
    number('limit', chance.map(({ z }) => z)),
    count('observed', chance.map(({ observed }) => observed)),
    number('expected', chance.map(({ expected }) => expected)),
    number('probability_at_least', chance.map(({ atLeast }) => atLeast)),
    text('dependence', chance.map(({ dependence }) => dependence)),
  ];
}

/** A row a point of the curves. */
export function funnelCurveColumns(curve: FunnelCurve, limits: readonly number[]): ResultColumn[] {
  return [number(curve.over, curve.x), ...limitColumns(limits, (limit, end) => curve[end][limit]!)];
}

/** A row a unit. */
export function rankColumns({ units, draws, level, dependence }: Ranks): ResultColumn[] {
  return [
    text('unit', units.map((unit) => unit.label)),
    number('estimate', units.map((unit) => unit.estimate)),
    number('std_error', units.map((unit) => unit.standardError)),
    number('rank', units.map((unit) => unit.rank)),
    number('rank_low', units.map((unit) => unit.rankLow)),
    number('rank_median', units.map((unit) => unit.rankMedian)),
    number('rank_high', units.map((unit) => unit.rankHigh)),
    number('probability_top_quarter', units.map((unit) => unit.probabilityTop)),
    number('probability_bottom_quarter', units.map((unit) => unit.probabilityBottom)),
    number('level', units.map(() => level)),
    count('draws', units.map(() => draws)),
    text('dependence', units.map(() => dependence)),
  ];
}

/** A row a unit; `method` marks every shrunken value as such. */
export function shrinkageColumns({ units, method, mean, tau2 }: Shrinkage): ResultColumn[] {
  return [
    text('unit', units.map((unit) => unit.label)),
    number('estimate', units.map((unit) => unit.estimate)),
    number('std_error', units.map((unit) => unit.standardError)),
    number('weight', units.map((unit) => unit.weight)),
    number('shrunken', units.map((unit) => unit.shrunken)),
    number('shrunken_std_error', units.map((unit) => unit.shrunkenStandardError)),
    number('mean', units.map(() => mean)),
    number('tau2', units.map(() => tau2)),
    text('method', units.map(() => method)),
  ];
}

/** A row a point, with its segment's limits; `rules` are separated by spaces. */
export function xmrColumns({ points, segments }: Xmr): ResultColumn[] {
  const own = points.map((point) => segments[point.segment]!);
  return [
    text('month', points.map((point) => point.month)),
    number('value', points.map((point) => point.value)),
    text('segment', own.map((segment) => segment.from)),
    number('mean', own.map((segment) => segment.mean)),
    number('low', own.map((segment) => segment.low)),
    number('high', own.map((segment) => segment.high)),
    number('moving_range', points.map((point) => point.movingRange)),
    number('moving_range_high', own.map((segment) => segment.rangeHigh)),
    count('screened', points.map((point) => (point.screened ? 1 : 0))),
    count('trial', own.map((segment) => (segment.trial ? 1 : 0))),
    text('rules', points.map((point) => point.rules.join(' '))),
  ];
}

/** A row an estimate; `conf_low` and `conf_high` cover it alone, the simultaneous ones all of them at once. */
export function bandColumns({ points, level, critical }: Bands): ResultColumn[] {
  return [
    text('unit', points.map((point) => point.label)),
    number('estimate', points.map((point) => point.estimate)),
    number('std_error', points.map((point) => point.standardError)),
    number('conf_low', points.map((point) => point.pointwiseLow)),
    number('conf_high', points.map((point) => point.pointwiseHigh)),
    number('simultaneous_low', points.map((point) => point.simultaneousLow)),
    number('simultaneous_high', points.map((point) => point.simultaneousHigh)),
    number('level', points.map(() => level)),
    number('critical', points.map(() => critical.simultaneous)),
  ];
}

/** A row a difference; with `held`, the discoveries among their p-values, the adjusted p-value and the decision. */
export function differenceColumns(rows: readonly Difference[], held?: Discoveries): ResultColumn[] {
  return [
    text('of', rows.map((row) => row.of)),
    text('from', rows.map((row) => row.from)),
    number('estimate', rows.map((row) => row.estimate)),
    number('std_error', rows.map((row) => row.standardError)),
    number('statistic', rows.map((row) => row.statistic)),
    number('p_value', rows.map((row) => row.pValue)),
    number('conf_low', rows.map((row) => row.confLow)),
    number('conf_high', rows.map((row) => row.confHigh)),
    ...(held === undefined
      ? []
      : [
          number(`p_value_${held.method.toLowerCase()}`, held.adjusted),
          count('discovery', held.rejected),
        ]),
  ];
}
