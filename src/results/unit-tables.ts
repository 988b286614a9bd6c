import type { ComparedBreakdown, ComparedResult } from '../comparison/compare-result.ts';
import type { ComparedUnits } from '../comparison/compare-units.ts';
import type { Change, PeriodDifference, PeriodDifferences } from '../indicator/period-differences.ts';
import { count, number, text, type ResultColumn } from './columns.ts';
import { bandColumns, differenceColumns, funnelChanceColumns, funnelColumns, rankColumns, shrinkageColumns, xmrColumns } from './comparison-columns.ts';
import { groupName } from '../spec/group-name.ts';
import { tableName } from './table-name.ts';

type Of = (units: ComparedUnits) => ResultColumn[] | null;

/** Tables with a row a unit, whose first column is the unit's place. */
const byUnit: readonly (readonly [name: string, columns: Of])[] = [
  ['funnel', ({ funnel }) => funnelColumns(funnel)],
  ['ranks', ({ ranks }) => rankColumns(ranks)],
  ['shrinkage', ({ shrinkage }) => shrinkage && shrinkageColumns(shrinkage)],
  ['bands', ({ bands }) => bandColumns(bands)],
  ['differences', ({ differences, discoveries }) => differenceColumns(differences, discoveries)],
];

/** The comparison's tables, each with its file name without extension, a table a breakdown; one without rows is none. */
export function unitTables({ breakdowns, xmr }: ComparedResult, changes: readonly PeriodDifferences[]): [string, ResultColumn[]][] {
  const tables: [string, ResultColumn[]][] = [];
  const add = (name: string, by: readonly string[], parts: readonly ResultColumn[][]): void => {
    if (parts.length > 0) tables.push([tableName(name, by), stacked(parts)]);
  };
  for (const by of distinct(breakdowns.map((breakdown) => breakdown.by))) {
    const own = breakdowns.filter((breakdown) => breakdown.by === by && breakdown.units !== null);
    for (const [name, of] of byUnit) {
      add(name, by, own.flatMap((breakdown) => {
        const columns = of(breakdown.units!);
        return columns ? [[...unitNames(breakdown, columns[0]!), ...named(breakdown, columns.slice(1)), ...monthColumns(breakdown, name, columns[0]!)]] : [];
      }));
    }
    add('funnel_chance', by, own.map(({ outcome, units }) => {
      const columns = funnelChanceColumns(units!.funnel);
      return [text('outcome', units!.funnel.chance.map(() => outcome)), ...columns];
    }));
  }
  for (const { by, series } of xmr) {
    add('xmr', by, series.flatMap(({ outcome, group, seasonallyAdjusted, chart }) => {
      if (chart === null) return [];
      const each = <T>(value: T): T[] => chart.points.map(() => value);
      return [[text('outcome', each(outcome)), ...by.map((name, c) => text(name, each(group[c]!))), ...xmrColumns(chart), count('seasonally_adjusted', each(Number(seasonallyAdjusted)))]];
    }));
  }
  for (const { by, rows } of changes) add('differences_periods', by, rows.length > 0 ? [changeColumns(by, rows)] : []);
  return tables;
}

/** What units are held against: the whole, another unit, or what several make up, by what these have in common. */
function named({ by, groups }: ComparedBreakdown, columns: readonly ResultColumn[]): ResultColumn[] {
  const nameOf = (places: string): string => {
    if (places === 'whole') return places;
    const members = places.split(',').map((place) => groups[Number(place)]!);
    if (members.length === 1) return groupName(by, members[0]!);
    const shared = by.flatMap((column, c) => (members.every((labels) => labels[c] === members[0]![c]) ? [`${column}=${members[0]![c]}`] : []));
    return shared.join('+');
  };
  return columns.map((column) => (column.name === 'from' ? text('from', valuesOf(column).map((places) => nameOf(String(places)))) : column));
}

/** Months that a row is over, and those of the whole. */
function monthColumns({ units }: ComparedBreakdown, table: string, places: ResultColumn): ResultColumn[] {
  const { months, differences } = units!;
  const own = table === 'differences' ? differences.map((one) => one.months) : valuesOf(places).map((place) => months[Number(place)]!);
  return [count('months', own), count('of_months', own.map(() => months[months.length - 1]!))];
}

function unitNames({ outcome, by, groups }: ComparedBreakdown, places: ResultColumn): ResultColumn[] {
  const units = valuesOf(places).map((place) => groups[Number(place)]!);
  return [text('outcome', units.map(() => outcome)), ...by.map((name, c) => text(name, units.map((labels) => labels[c]!)))];
}

function changeColumns(by: readonly string[], rows: readonly PeriodDifference[]): ResultColumn[] {
  const change = (names: readonly [estimate: string, error: string, low: string, high: string, state: string], of: (row: PeriodDifference) => Change): ResultColumn[] => [
    number(names[0], rows.map((row) => of(row).estimate)),
    number(names[1], rows.map((row) => of(row).standardError)),
    number(names[2], rows.map((row) => of(row).confLow)),
    number(names[3], rows.map((row) => of(row).confHigh)),
    text(names[4], rows.map((row) => of(row).state)),
  ];
  const suffixed = (name: string, suffix: string): readonly [string, string, string, string, string] =>
    [name, `std_error_${suffix}`, `conf_low_${suffix}`, `conf_high_${suffix}`, `state_${suffix}`];
  return [
    text('outcome', rows.map(({ outcome }) => outcome)),
    ...by.map((name, c) => text(name, rows.map(({ group }) => group[c]!))),
    text('period', rows.map(({ period }) => period)),
    text('from', rows.map(({ from }) => from)),
    text('earlier', rows.map(({ earlier }) => earlier)),
    count('n', rows.map(({ n }) => n)),
    count('n_from', rows.map(({ nFrom }) => nFrom)),
    ...change(['difference', 'std_error', 'conf_low', 'conf_high', 'state'], ({ difference }) => difference),
    ...change(suffixed('difference_seasonally_adjusted', 'seasonally_adjusted'), ({ adjusted }) => adjusted),
    ...change(suffixed('relative_percent', 'relative_percent'), ({ relative }) => relative),
    ...change(suffixed('percent_change', 'percent_change'), ({ percentChange }) => percentChange),
    text('relative_error', rows.map(({ relative }) => (Number.isFinite(relative.standardError) ? 'divisor_fixed' : ''))),
  ];
}

/** Tables of the same columns, one under the other. */
function stacked(parts: readonly ResultColumn[][]): ResultColumn[] {
  return parts[0]!.map((column, c): ResultColumn => {
    const own = parts.map((part) => part[c]!);
    return column.kind === 'text'
      ? text(column.name, own.flatMap(valuesOf).map(String))
      : { name: column.name, kind: column.kind, values: own.flatMap(valuesOf).map((value) => (value === null ? null : Number(value))) };
  });
}

const valuesOf = ({ values }: ResultColumn): (string | number | null)[] => Array.from<string | number | null>(values);

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Names that no breakdown column may have where units are compared. */
export const ownComparisonColumns: readonly string[] = [
  ...['limit', 'observed', 'probability_at_least', 'model_std_error', 'precision', 'centre', 'overdispersion', 'tau2', 'z', 'outside', 'side', 'low_1.96', 'high_1.96', 'low_3.09', 'high_3.09'],
  ...['estimate', 'rank', 'rank_low', 'rank_median', 'rank_high', 'probability_top_quarter', 'probability_bottom_quarter', 'level', 'draws', 'dependence'],
  ...['weight', 'shrunken', 'shrunken_std_error', 'mean', 'method', 'simultaneous_low', 'simultaneous_high', 'critical'],
  ...['statistic', 'p_value', 'p_value_bh', 'p_value_by', 'discovery', 'value', 'segment', 'low', 'high', 'moving_range', 'moving_range_high', 'screened', 'trial', 'rules', 'seasonally_adjusted'],
  ...['months', 'of_months', 'from', 'earlier', 'n_from', 'difference', 'difference_seasonally_adjusted', 'percent_change'],
  ...['relative_percent', 'percent_change'].flatMap((name) => [`std_error_${name}`, `conf_low_${name}`, `conf_high_${name}`, `state_${name}`]),
];
