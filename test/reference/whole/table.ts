import type { Period } from '../../../src/spec/months.ts';
import { monthNumber } from '../table.ts';
import type { WholeFit } from './estimate.ts';

/** The rows of one group that have an observed outcome, by place in the outcome's rows. */
export interface GroupOf {
  readonly members: readonly number[];
  readonly monthOf: readonly string[];
  readonly y: Float64Array;
  readonly fit: WholeFit;
  readonly clusterOf: Int32Array;
  readonly zeroOne: boolean;
  readonly reference: readonly string[];
}

export interface WholeRow {
  readonly n: number;
  readonly months: number;
  readonly actual: number;
  readonly expected: number;
  readonly indicator: number;
  readonly relative: number;
  readonly adjusted: readonly [actual: number, expected: number, indicator: number] | null;
  readonly error: WholeError;
  readonly adjustedError: WholeError | null;
}

export interface WholeError {
  readonly state: string;
  /** NaN where there is none. */
  readonly standardError: number;
  readonly freedom: number;
}

/** A weight for the mean of each month, and one for the mean over all rows of the months of `over`. */
interface Sum {
  readonly byMonth: Float64Array;
  readonly over: { readonly weight: number; readonly months: ReadonlySet<number> } | null;
}

/** The rows of one group's table, by the label of the period. */
export function wholeGroup(group: GroupOf): (period: Period, pooled: boolean) => Map<string, WholeRow> {
  const { members, monthOf, y, fit, reference } = group;
  const names = [...new Set(members.map((i) => monthOf[i]!))].sort();
  const place = new Map(names.map((name, t) => [name, t]));
  const rowsOf = names.map((): number[] => []);
  for (const i of members) rowsOf[place.get(monthOf[i]!)!]!.push(i);
  const meanOf = (rows: readonly number[], value: (i: number) => number): number => rows.reduce((sum, i) => sum + value(i), 0) / rows.length;
  const values = (i: number): readonly number[] => [y[i]!, fit.mean[i]!, y[i]! - fit.mean[i]!];
  const series = [0, 1, 2].map((which) => rowsOf.map((rows) => meanOf(rows, (i) => values(i)[which]!)));
  const inReference = names.map((name) => reference.some((range) => name >= range.slice(0, 7) && name <= range.slice(-7)));
  const alike = names.map((name) => names.flatMap((other, u) => (inReference[u] && other.slice(5) === name.slice(5) ? [u] : [])));
  const all = names.flatMap((_, u) => (inReference[u] ? [u] : []));
  const isAdjusted = Array.from({ length: 12 }, (_, k) => all.filter((u) => Number(names[u]!.slice(5)) === k + 1).length).every((n) => n >= 2);
  /** What the adjusted value of month t takes of each month. */
  const adjustment = (t: number): Float64Array => {
    const weights = new Float64Array(names.length);
    weights[t] = 1;
    for (const u of alike[t]!) weights[u]! -= 1 / alike[t]!.length;
    for (const u of all) weights[u]! += 1 / all.length;
    return weights;
  };
  const errorOf = errorsOf(group, rowsOf);
  const divisor = meanOf(members, (i) => y[i]!);

  return (period, pooled) => {
    const rows = new Map<string, WholeRow>();
    for (const [label, months] of periodsOf(names, period)) {
      const within = months.flatMap((t) => rowsOf[t]!);
      const share = (t: number): number => (pooled ? rowsOf[t]!.length / within.length : 1 / months.length);
      const value = (which: number): number => (pooled ? meanOf(within, (i) => values(i)[which]!) : months.reduce((sum, t) => sum + series[which]![t]! / months.length, 0));
      const plain: Sum = pooled ? { byMonth: new Float64Array(names.length), over: { weight: 1, months: new Set(months) } } : { byMonth: Float64Array.from(names, (_, t) => (months.includes(t) ? share(t) : 0)), over: null };
      const moved = plain.byMonth.slice();
      const adjusted = [0, 0, 0];
      if (isAdjusted) {
        for (const t of months) {
          adjustment(t).forEach((weight, u) => {
            moved[u]! += share(t) * (weight - Number(u === t));
            for (const which of [0, 1, 2]) adjusted[which]! += share(t) * weight * series[which]![u]!;
          });
        }
      }
      const events = eventsOf(within, group);
      const indicator = value(2);
      rows.set(label, {
        n: within.length, months: months.length, actual: value(0), expected: value(1), indicator, relative: (100 * indicator) / divisor,
        adjusted: isAdjusted ? [adjusted[0]!, adjusted[1]!, adjusted[2]!] : null,
        error: limited(errorOf(plain), events),
        adjustedError: isAdjusted ? limited(errorOf({ ...plain, byMonth: moved }), events) : null,
      });
    }
    return rows;
  };

  function limited(error: WholeError, tooFew: boolean): WholeError {
    return error.state === 'ok' && tooFew ? { ...error, state: 'too_few_events' } : error;
  }
}

/** Fewer than ten persons above 0, or of a 0/1 outcome below 1. */
function eventsOf(rows: readonly number[], { y, clusterOf, zeroOne }: GroupOf): boolean {
  const persons = (of: (value: number) => boolean): number => new Set(rows.filter((i) => of(y[i]!)).map((i) => clusterOf[i]!)).size;
  return persons((value) => value > 0) < 10 || (zeroOne && persons((value) => value < 1) < 10);
}

/** Σ (a/√(1 − h) + b)² of a sum of months, and its degrees of freedom, by loops over persons. */
function errorsOf({ y, fit, clusterOf }: GroupOf, rowsOf: readonly (readonly number[])[]): (sum: Sum) => WholeError {
  const { scores, inverse, slope } = fit;
  const clusters = scores.length;
  const r = (i: number): number => y[i]! - fit.mean[i]!;
  const through = rowsOf.map((rows) => throughOf(rows));
  function throughOf(rows: readonly number[]): Float64Array {
    const p = inverse.length;
    const mean = new Float64Array(p);
    for (const i of rows) for (const a of fit.columnsOf[i]!) mean[a]! += slope[i]! / rows.length;
    const v = Float64Array.from(inverse, (row) => {
      let dot = 0;
      for (let j = 0; j < p; j++) dot += row[j]! * mean[j]!;
      return dot;
    });
    return Float64Array.from(scores, ({ at, value }) => {
      let dot = 0;
      for (let k = 0; k < at.length; k++) dot -= v[at[k]!]! * value[k]!;
      return dot;
    });
  }
  const centre = rowsOf.map((rows) => rows.reduce((total, i) => total + r(i), 0) / rows.length);
  return ({ byMonth, over }) => {
    const [a, b, h] = [new Float64Array(clusters), new Float64Array(clusters), new Float64Array(clusters)];
    const within = over ? [...over.months].flatMap((t) => rowsOf[t]!) : [];
    const whole = within.reduce((total, i) => total + r(i), 0) / within.length;
    let [all, taken] = over ? [over.weight ** 2 / within.length, over.weight ** 2 / within.length ** 2] : [0, 0];
    rowsOf.forEach((rows, t) => {
      const own = byMonth[t]! / rows.length;
      const pooled = over?.months.has(t) ? over.weight / within.length : 0;
      if (own === 0 && pooled === 0) return;
      all += own * own * rows.length;
      taken += own * own;
      for (const i of rows) {
        a[clusterOf[i]!]! += own * (r(i) - centre[t]!) + (pooled && pooled * (r(i) - whole));
        h[clusterOf[i]!]! += Math.abs(own + pooled);
      }
      const weight = (own + pooled) * rows.length;
      for (let c = 0; c < clusters; c++) b[c]! += weight * through[t]![c]!;
    });
    const total = h.reduce((sum, share) => sum + share, 0);
    let [variance, plain, corrected, moving, first, second, third, there] = [0, 0, 0, 0, 0, 0, 0, 0];
    h.forEach((n, c) => {
      const one = n / total;
      if (n > 0) there++;
      variance += (a[c]! / Math.sqrt(1 - one) + b[c]!) ** 2;
      plain += a[c]! ** 2;
      corrected += a[c]! ** 2 / (1 - one);
      moving += (a[c]! + b[c]!) ** 2;
      first += (one / (1 - one)) ** 2;
      second += one ** 3 / (1 - one) ** 2;
      third += one ** 2 / (1 - one);
    });
    if (moving <= 1e-7 * plain) return { state: 'held_at_zero', standardError: 0, freedom: there === 1 ? NaN : 1 / (first - 2 * second + third ** 2) };
    if (there === 1) return { state: 'too_few_persons', standardError: NaN, freedom: NaN };
    const freedom = 1 / (first - 2 * second + third ** 2);
    const lost = taken / all - (corrected > 0 ? 1 - plain / corrected : 0);
    return { state: freedom < 4 || lost > 0.05 ? 'too_few_persons' : 'ok', standardError: Math.sqrt(variance), freedom };
  };
}

/** Complete periods of the months that are there; `all` takes any. */
function periodsOf(names: readonly string[], period: Period): [label: string, months: number[]][] {
  const [letter, length] = { month: ['', 1], tertial: ['T', 4], quarter: ['Q', 3], year: ['', 12], all: ['', 0] }[period] as [string, number];
  const labelOf = (name: string): string => {
    if (period === 'month') return name;
    if (period === 'all') return 'all';
    return `${name.slice(0, 4)}${letter && `-${letter}${1 + Math.floor((monthNumber(name) % 12) / length)}`}`;
  };
  const found = new Map<string, number[]>();
  names.forEach((name, t) => found.set(labelOf(name), [...(found.get(labelOf(name)) ?? []), t]));
  return [...found].filter(([, months]) => period === 'all' || months.length === length);
}
