import { combinationLanes, type CombinationTables, type PatternTables } from '../kernels/combination-plan.ts';
import { absoluteWeights, type CombinationRequest, type GroupingSums, type MonthSums } from '../uncertainty/combinations.ts';
import { given } from './comlink-handlers.ts';
import { denseTerms } from './covariance-passes.ts';
import { powerOfTwo } from './fixed-point.ts';
import { clusterRows } from './influence-pass.ts';
import type { Alloc, RowBlocks } from './row-blocks.ts';

export interface CombinationShifts {
  readonly sShift: number;
  readonly meatShift: number;
  /** By grouping: places by group, kind and lane. The sums come back one grouping after the other. */
  readonly sums: readonly Int16Array[];
}

/** Sums of combinations over this worker's persons, and Σ g·g′. */
export function combinationPass(rows: RowBlocks, o: number, { request, shifts }: { request: CombinationRequest; shifts: CombinationShifts }) {
  const { kernels, set, sample: { personStart, otherStart }, control, tick } = rows;
  const { columns, groupings } = request;
  return rows.scratch(async (alloc) => {
    const seen = clusterRows(rows, alloc, o, { request, groupings: groupings.map(({ grouping }) => grouping) });
    const p = columns.count;
    const plan = kernels.influencePlan({
      set,
      columns: rows.putColumns(alloc, columns),
      dense: denseTerms(rows, alloc, columns),
      s: seen.s, rows: seen.own.at, others: seen.other.at,
      layers: [], functionals: 0, blocks: 0, longest: seen.longest, factors: 0, shares: 0,
    });
    const tables = groupings.map((sums, k): CombinationTables => ({
      groups: sums.groups, lanes: sums.lanes,
      own: seen.own.cells.get(sums.grouping)!, others: seen.other.cells.get(sums.grouping)!,
      centre: rows.levelTable(alloc, sums.centre), scale: rows.levelTable(alloc, sums.scale),
      patterns: sums.patterns.map((pattern) => patternTables(rows, alloc, pattern)), patternOf: sums.patternOf,
      slopes: lanesOf(rows, alloc, sums, p),
      tables: factorTables(rows, alloc, shifts.sums[k]!),
    }));
    const combinations = kernels.combinationPlan({ groupings: tables, longest: seen.longest });
    const meat = alloc(8 * p * p);
    const { sShift, meatShift } = shifts;
    for (const stretch of seen.stretches()) {
      seen.fill(stretch);
      kernels.combinationSums({ plan, combinations, personStart, otherStart, from: stretch.from, to: stretch.to, sShift, meatShift, meat });
      tick(stretch.own.rows + stretch.other.rows);
      await control.breathe();
    }
    const sums = new BigInt64Array(shifts.sums.reduce((size, places) => size + places.length, 0));
    let at = 0;
    shifts.sums.forEach(({ length }, k) => {
      sums.set(kernels.arena.i64(tables[k]!.tables + 8 * length, length), at);
      at += length;
    });
    return given({ sums, meat: kernels.arena.i64(meat, p * p).slice() });
  });
}

/** Weights in blocks of lanes that are not all 0. */
function patternTables(rows: RowBlocks, alloc: Alloc, pattern: MonthSums): PatternTables {
  const { lanes, months, weights, constants } = pattern;
  const [rowStart, blockOf, starts] = [[0], [] as number[], [] as number[]];
  for (let t = 0; t < months; t++) {
    for (let block = 0; block < lanes / combinationLanes; block++) {
      const at = t * lanes + block * combinationLanes;
      if (weights.subarray(at, at + combinationLanes).every((weight) => weight === 0)) continue;
      blockOf.push(block);
      starts.push(at);
    }
    rowStart.push(blockOf.length);
  }
  const taken = (values: Float64Array): number => {
    const out = new Float64Array(Math.max(starts.length, 1) * combinationLanes);
    starts.forEach((at, entry) => out.set(values.subarray(at, at + combinationLanes), entry * combinationLanes));
    return rows.levelTable(alloc, out);
  };
  return {
    rowStart: rows.putWords(alloc, Uint32Array.from(rowStart)),
    blockOf: rows.putWords(alloc, Uint32Array.from(blockOf)),
    weights: taken(weights),
    constants: constants ? taken(constants) : 0,
    inverse: rows.levelTable(alloc, absoluteWeights(pattern).map((total) => (total > 0 ? 1 / total : 0))),
  };
}

/** v by group, column and lane, from that of the months. */
function lanesOf({ kernels }: RowBlocks, alloc: Alloc, { groups, months, lanes, patterns, patternOf, slopes }: GroupingSums, p: number): number {
  const out = alloc(8 * groups * p * lanes);
  const [own, weights] = [alloc(8 * p * months), alloc(8 * months * lanes)];
  for (let g = 0; g < groups; g++) {
    kernels.arena.f64(own, p * months).set(slopes.subarray(g * p * months, (g + 1) * p * months));
    kernels.arena.f64(weights, months * lanes).set(patterns[patternOf[g]!]!.weights);
    kernels.multiplyMatrices(own, weights, { rows: p, inner: months, columns: lanes }, out + 8 * g * p * lanes);
  }
  return out;
}

/** Factors by group, kind and lane, and room for as many sums. */
function factorTables(rows: RowBlocks, alloc: Alloc, places: Int16Array): number {
  const ptr = alloc(16 * places.length);
  rows.kernels.arena.f64(ptr, places.length).set(powersOf(places));
  return ptr;
}

function powersOf(places: Int16Array): Float64Array {
  const known = new Map<number, number>();
  const out = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    let power = known.get(place);
    if (power === undefined) known.set(place, (power = powerOfTwo(place)));
    out[at] = power;
  }
  return out;
}
