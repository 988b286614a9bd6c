import { EngineError } from '../errors.ts';
import type { KeptSums, MonthSums } from './kept-sums.ts';

/** Exact sums over some months. 64-bit sums are held as two sums of 32-bit halves, each a whole number below 2⁵³. */
export interface MonthTotals {
  /** Lower triangle of X′X of the frame, row by row. */
  readonly gram: Float64Array;
  /** Σ y·x of an outcome: halves by column of the frame, in fixed point. */
  readonly high: readonly Float64Array[];
  readonly low: readonly Float64Array[];
  /** Σ y² of an outcome: high and low half. */
  readonly squares: readonly (readonly [high: number, low: number])[];
}

/**
 * Keeps the sums over a set of months, and moves to another set by the months in which they differ. All are sums of whole
 * numbers, so that it does not matter which way a set was reached.
 */
export function monthTotals(kept: KeptSums): (months: readonly number[]) => MonthTotals {
  const [first] = kept.months;
  const size = first?.gram.length ?? 0;
  const columns = first?.outcomeSums[0]?.length ?? 0;
  const gram = new Float64Array(size);
  const high = kept.outcomes.map(() => new Float64Array(columns));
  const low = kept.outcomes.map(() => new Float64Array(columns));
  const squares = kept.outcomes.map((): [number, number] => [0, 0]);
  const byMonth = new Map(kept.months.map((month) => [month.month, month]));
  const here = new Set<number>();

  const add = (sums: MonthSums, sign: 1 | -1): void => {
    for (let k = 0; k < size; k++) gram[k]! += sign * sums.gram[k]!;
    sums.outcomeSums.forEach((values, o) => addHalves(values, sign, (k, h, l) => {
      high[o]![k]! += h;
      low[o]![k]! += l;
    }));
    addHalves(sums.squares, sign, (o, h, l) => {
      squares[o]![0] += h;
      squares[o]![1] += l;
    });
  };
  return (months) => {
    const wanted = new Set(months);
    for (const month of [...here]) {
      if (wanted.has(month)) continue;
      add(byMonth.get(month)!, -1);
      here.delete(month);
    }
    for (const month of wanted) {
      if (here.has(month)) continue;
      const sums = byMonth.get(month);
      if (!sums) throw new EngineError('internal.unexpected', { detail: `Month ${month} is not among the ${byMonth.size} that are kept.` });
      add(sums, 1);
      here.add(month);
    }
    return { gram, high, low, squares };
  };
}

function addHalves(values: BigInt64Array, sign: 1 | -1, into: (k: number, high: number, low: number) => void): void {
  const lows = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const highs = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let k = 0; k < values.length; k++) into(k, sign * highs[2 * k + 1]!, sign * lows[2 * k]!);
}

/** Σ y·x of an outcome by column of the frame. */
export function columnSums(kept: KeptSums, { high, low }: MonthTotals, outcome: number): Float64Array {
  const { yShift } = kept.outcomes[outcome]!;
  return high[outcome]!.map((value, a) => fromHalves(value, low[outcome]![a]!, yShift));
}

/** (high · 2³² + low) · 2^−shift, exact and then rounded once. */
export function fromHalves(high: number, low: number, shift: number): number {
  let scale = 1;
  for (let e = 0; e < Math.abs(shift); e++) scale *= 2;
  return (high * 4294967296 + low) * (shift < 0 ? scale : 1 / scale);
}
