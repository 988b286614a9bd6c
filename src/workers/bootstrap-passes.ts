import { frameColumns } from '../coding/frame.ts';
import type { SamplePlan } from '../coding/sample-plan.ts';
import type { Family, Predictor } from '../estimate/passes.ts';
import { LANES } from '../kernels/replicate-kernels.ts';
import type { BootstrapPass, ReplicateCells } from '../uncertainty/bootstrap-pass.ts';
import { fixedPointShift, mergeCounts, mergeFixed, powerOfTwo } from './fixed-point.ts';
import { callable, type Call, type Pool } from './pool.ts';
import type { LaneChanges, ReplicateCellTables } from './replicate-cells.ts';
import type { Tick } from './row-worker.ts';
import { predictorBound, rescale, residualBound, type PassHooks } from './sample-passes.ts';
import { type SampleSize } from './sum-places.ts';

/** No weight is above this. */
const heaviest = 16;
/** The kernels hold |s| of a probit below 2¹⁰ in any one row. */
const probitScorePlaces = 40;

/** Passes of a bootstrap over a coded sample in all workers, their integer tables added and turned into doubles once. */
export function bootstrapPasses(pool: Pool, sample: number, { plan, size, hooks }: { plan: SamplePlan; size: SampleSize; hooks: PassHooks }): BootstrapPass {
  const { design, groupings } = plan;
  const all = <T>(call: (worker: Parameters<Call<T>>[0], tick: Tick) => Promise<T>): Promise<T[]> =>
    pool.all((worker) => call(worker, callable(hooks.onRows)), hooks.signal);
  const predicted = (predictor: Predictor, family: Family): number => predictorBound(predictor, design.composites, size.reach, family);
  // One composite has no pairs to count, and numeric terms are no levels.
  const inLanes = (family: 'gaussian' | 'probit'): boolean => family === 'gaussian' && design.numerics.length === 0 && design.composites.length > 1;

  return {
    atATime: LANES,

    async replicateSums(outcome, { changes, ...request }) {
      const { family, predictor } = request;
      const predictors = changes?.map((change) => change && changed(predictor, change)) ?? null;
      const counted = inLanes(family);
      const furthest = [predictor, ...(predictors ?? [])].reduce((most, one) => (one ? Math.max(most, predicted(one, family)) : most), 0);
      const bound = residualBound(family, size.scales[outcome]!.largest, furthest);
      const places = fixedPointShift(size.estimated, heaviest * bound);
      const numericShift = fixedPointShift(size.estimated, heaviest);
      const shifts = {
        sShift: counted ? laneShift(bound) : family === 'probit' ? Math.min(places, probitScorePlaces) : places,
        wShift: family === 'probit' ? numericShift : 0,
        numericShift,
      };
      const parts = await all((worker, tick) => worker.replicateSums(sample, { outcome, request, predictors, counted, shifts }, tick));
      return parts[0]!.map((_, lane) => ({
        gram: rescale(mergeFixed(parts.map((part) => part[lane]!.gram), shifts.wShift), numericColumns(plan), powerOfTwo(shifts.wShift - numericShift)),
        score: mergeFixed(parts.map((part) => part[lane]!.score), shifts.sShift),
      }));
    },

    async replicateCells(outcome, { changes, groupings: wanted, ...request }) {
      const { family, predictor } = request;
      const predictors = changes.map((change) => changed(predictor, change));
      const y = size.scales[outcome]!.largest;
      const change = changes.reduce((most, one) => Math.max(most, predicted(one, family)), 0);
      const bound = family === 'probit' ? 1 : y + predicted(predictor, family) + change;
      const shift = fixedPointShift(size.rows, heaviest * bound);
      const lanes = inLanes(family) && !plan.within ? laneChanges(changes, { first: design.composites[0]!.levels, shift: laneShift(bound) }) : null;
      const asked = askedGroupings(plan, wanted);
      const parts = await all((worker, tick) => worker.replicateCells(sample, { outcome, request, predictors, lanes, shift, groupings: asked }, tick));
      return wanted.map((g) => {
        const place = asked.indexOf(g);
        const groups = groupings[asked[Math.max(place, 0)]!]!.groups.length;
        const own = parts.map((part) => (place >= 0 ? part[place]! : overGroups(part[0]!, { groups, months: plan.months })));
        return mergedCells(own, { shift, laneShift: lanes?.shift ?? 0, cells: (place >= 0 ? groups : 1) * plan.months });
      });
    },
  };
}

const numericColumns = ({ design }: SamplePlan): number[] => frameColumns(design).numerics.filter((column) => column >= 0);

/** Places at which a value of this size still fits 31 bits. */
const laneShift = (bound: number): number => fixedPointShift(1, bound) - 20;

function changed(predictor: Predictor, change: Predictor): Predictor {
  const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value + b[at]!);
  return {
    constant: predictor.constant + change.constant,
    levels: sum(predictor.levels, change.levels),
    levelsOutside: sum(predictor.levelsOutside, change.levelsOutside),
    numeric: sum(predictor.numeric, change.numeric),
  };
}

/** Changes by level cell and lane; every row has one level of the first composite, which brings the constant. */
function laneChanges(changes: readonly Predictor[], { first, shift }: { first: number; shift: number }): LaneChanges {
  const factor = powerOfTwo(shift);
  const table = new Int32Array(LANES * changes[0]!.levels.length);
  changes.forEach(({ constant, levels }, lane) => {
    levels.forEach((value, cell) => (table[LANES * cell + lane] = Math.round((cell < first ? value + constant : value) * factor)));
  });
  return { table, shift };
}

/** The whole is the sum of any breakdown's groups: where there is a breakdown, rows are not gone over for the whole. The smallest comes first. */
function askedGroupings({ groupings }: SamplePlan, wanted: readonly number[]): number[] {
  const size = (g: number): number => groupings[g]!.groups.length;
  const several = wanted.filter((g) => size(g) > 1).sort((a, b) => size(a) - size(b) || a - b);
  return several.length > 0 ? several : wanted.slice(0, 1);
}

/** Sums over the groups of every month. */
function overGroups({ counts, sums, others }: ReplicateCellTables, { groups, months }: { groups: number; months: number }): ReplicateCellTables {
  const lanes = { counts: new Uint32Array(counts.length / groups), sums: new BigInt64Array(sums.length / groups), others: new BigInt64Array(others.length / groups) };
  const month = (cell: number): number => Math.floor(cell / groups);
  counts.forEach((value, at) => (lanes.counts[LANES * month(Math.floor(at / LANES)) + (at % LANES)]! += value));
  sums.forEach((value, at) => (lanes.sums[LANES * month(Math.floor(at / LANES)) + (at % LANES)]! += value));
  const perLane = 2 * groups * months;
  others.forEach((value, at) => {
    const [lane, cell] = [Math.floor(at / perLane), Math.floor((at % perLane) / 2)];
    lanes.others[2 * (lane * months + month(cell)) + (at % 2)]! += value;
  });
  return lanes;
}

/** Σ w and Σ w·(y − μ), a row of LANES a cell. */
function mergedCells(parts: readonly ReplicateCellTables[], { shift, laneShift: laneShiftOf, cells }: { shift: number; laneShift: number; cells: number }): ReplicateCells {
  const size = LANES * cells;
  const none = new Float64Array(size);
  const weight = parts[0]!.counts.length > 0 ? mergeCounts(parts.map(({ counts }) => counts)) : none.slice();
  const excess = parts[0]!.sums.length > 0 ? mergeFixed(parts.map(({ sums }) => sums), laneShiftOf) : none.slice();
  // A worker may have no rows of this kind.
  const others = parts.flatMap((part) => (part.others.length > 0 ? [part.others] : []));
  if (others.length === 0) return { weight, excess };
  const values = mergeFixed(others, 0);
  const scale = powerOfTwo(-shift);
  for (let lane = 0; lane < LANES; lane++) {
    for (let cell = 0; cell < cells; cell++) {
      weight[LANES * cell + lane]! += values[2 * (lane * cells + cell)]!;
      excess[LANES * cell + lane]! += values[2 * (lane * cells + cell) + 1]! * scale;
    }
  }
  return { weight, excess };
}
