import type { InfluenceRequest } from '../uncertainty/influence.ts';
import { clustersOf, type Stretch } from './clusters.ts';
import { given } from './comlink-handlers.ts';
import { denseTerms } from './covariance-passes.ts';
import { powerOfTwo } from './fixed-point.ts';
import { blockOrder } from './functional-order.ts';
import type { Alloc, Block, RowBlocks } from './row-blocks.ts';

/** Binary places of the integers of an influence pass, and a bound on what one cluster adds. */
export interface InfluenceShifts {
  readonly sShift: number;
  readonly eShift: number;
  readonly wShift: number;
  readonly dShift: number;
  readonly crossShift: number;
  readonly meatShift: number;
  /** By functional: its own places of e. */
  readonly places: Int16Array;
}

/** What is seen of a stretch of rows, and where. */
interface SeenRows {
  readonly request: Pick<InfluenceRequest, 'predictor' | 'family'>;
  readonly groupings: readonly number[];
  readonly room: number;
  readonly outside: boolean;
}

/** What functionals see of a stretch of rows, filled block by block: `cells` by grouping. */
function functionalRows(rows: RowBlocks, alloc: Alloc, o: number, { request, groupings, room, outside }: SeenRows) {
  const { kernels, sample } = rows;
  const [r, density, wide] = [alloc(8 * room), alloc(8 * room), alloc(8 * room)];
  const { predictor, family } = request;
  const predict = rows.predictor(alloc, predictor, outside ? predictor.levelsOutside : predictor.levels);
  const cells = new Map(groupings.map((grouping) => [grouping, alloc(4 * room)]));
  kernels.arena.f64(density, room).fill(1);
  return {
    at: { r, density },
    cells,
    /** Linear predictors come first, residuals then: `onPredicted` and `onResidual` may take them. */
    fill(block: Block, onPredicted: () => void = () => {}, onResidual: () => void = () => {}): void {
      predict(block, r);
      onPredicted();
      if (family === 'probit') {
        kernels.probitDensity(r, block.rows, density);
        kernels.probitMean(r, block.rows, r);
      }
      for (const [grouping, out] of cells) {
        kernels.cellIndex(sample.groups[grouping]!, sample.months, block.start, block.rows, sample.plan.groupings[grouping]!.groups.length, out);
      }
      rows.residual(o, block, r, wide);
      onResidual();
      rows.hide(block, r);
    },
  };
}

/** The rows of clusters, stretch by stretch: residuals, densities and cells, and the score residuals of the estimation rows. */
export function clusterRows(rows: RowBlocks, alloc: Alloc, o: number, { request, groupings }: Pick<SeenRows, 'request' | 'groupings'>) {
  const { kernels } = rows;
  const { family } = request;
  const { room, longest, hasOthers, stretches } = clustersOf(rows);
  const own = functionalRows(rows, alloc, o, { request, groupings, room, outside: false });
  const other = hasOthers ? functionalRows(rows, alloc, o, { request, groupings, room, outside: true }) : null;
  // The score residual of least squares is y − μ itself, also of rows that are not shown.
  const shared = family === 'gaussian' && rows.sample.hidden === 0;
  const s = shared ? own.at.r : alloc(8 * room);
  const copy = ({ rows: n }: Block): void => kernels.arena.f64(s, n).set(kernels.arena.f64(own.at.r, n));
  return {
    room, longest, stretches, s,
    own,
    other: other ?? own,
    fill({ own: block, other: others }: Stretch): void {
      own.fill(block, () => {
        if (family === 'gaussian') return;
        copy(block);
        rows.scoreResidual(o, family, block, s);
      }, () => {
        if (family === 'gaussian' && !shared) copy(block);
      });
      other?.fill(others);
    },
  };
}

/** What a pass over clusters needs in memory: the plan, and the blocks to fill for each stretch. */
export function clusterPlan(rows: RowBlocks, alloc: Alloc, o: number, request: InfluenceRequest, places: Int16Array | null = null) {
  const { kernels, set } = rows;
  const { columns } = request;
  const order = blockOrder(request.functionals);
  const { functionals, blocks, slots } = order;
  const groupings = functionals.layers.map(({ grouping }) => grouping);
  const { room, longest, stretches, s, own, other, fill } = clusterRows(rows, alloc, o, { request, groupings });
  const byFunctional = (value: (f: number) => number): number => {
    const values = new Float64Array(Math.max(functionals.count, 1));
    slots.forEach((slot, f) => (values[slot] = value(f)));
    return rows.levelTable(alloc, values);
  };
  const plan = kernels.influencePlan({
    set,
    columns: rows.putColumns(alloc, columns),
    dense: denseTerms(rows, alloc, columns),
    s, rows: own.at, others: other.at,
    factors: byFunctional((f) => powerOfTwo(places?.[f] ?? 0)),
    shares: request.smallSample ? byFunctional((f) => 1 / (request.functionals.divisor[f]! || 1)) : 0,
    layers: functionals.layers.map(({ grouping, ofCell, weight, centre, joint, slopesOf }) => ({
      functional: rows.putWords(alloc, ofCell), weight: rows.levelTable(alloc, weight), centre: rows.levelTable(alloc, centre),
      own: own.cells.get(grouping)!, others: other.cells.get(grouping)!, joint, slopes: slopesOf === null,
    })),
    functionals: functionals.count, blocks: rows.putWords(alloc, blocks),
    longest,
  });
  const p = columns.count;
  const slopes = alloc(8 * functionals.count * p);
  return {
    plan, stretches, room, order, slopes, fill,
    /** Σ weight · ∂μ/∂β by functional, in the order they were asked for. */
    readSlopes(): BigInt64Array<ArrayBuffer> {
      // The functionals of several breakdowns keep their order, a breakdown after the other.
      // Months and pooled periods are layers of the same blocks.
      const summed = new Map(functionals.layers.flatMap(({ slopesOf }) => (slopesOf ? [[slopesOf.own, slopesOf] as const] : [])));
      for (const slopesOf of summed.values()) {
        const cells = (functionals.count === 0 ? 0 : blocks[4 * slopesOf.own + 2]!) * p;
        kernels.sumBlocks(slopes + 8 * slopesOf.first * p, slopesOf.blocks, cells, slopes + 8 * slopesOf.own * p);
      }
      return order.byFunctional(kernels.arena.i64(slopes, functionals.count * p).slice(), p);
    },
  };
}

/** Σ weight · ∂μ/∂β by functional. */
export function slopesPass(rows: RowBlocks, o: number, { request, dShift }: { request: InfluenceRequest; dShift: number }) {
  const { kernels, sample: { personStart, otherStart }, control, tick } = rows;
  return rows.scratch(async (alloc) => {
    const { plan, stretches, fill, slopes, readSlopes } = clusterPlan(rows, alloc, o, request);
    for (const stretch of stretches()) {
      fill(stretch);
      kernels.influenceSlopes({ plan, personStart, otherStart, from: stretch.from, to: stretch.to, dShift, slopes });
      tick(stretch.own.rows + stretch.other.rows);
      await control.breathe();
    }
    return given({ slopes: readSlopes() });
  });
}

/** Σ e·e′ by block of functionals, Σ e·g and Σ ∂μ/∂β by functional, and Σ g·g′ where clusters are persons, over this worker's clusters. */
export function influencePass(rows: RowBlocks, o: number, { request, shifts }: { request: InfluenceRequest; shifts: InfluenceShifts }) {
  const { kernels, sample, control, tick } = rows;
  const { columns, cluster, functionals } = request;
  const byRow = cluster === 'row';
  return rows.scratch(async (alloc) => {
    const { plan, stretches, fill, order, slopes, readSlopes } = clusterPlan(rows, alloc, o, request, shifts.places);
    const p = columns.count;
    const [pairs, cross] = [alloc(8 * Math.max(functionals.pairs, 1)), alloc(8 * functionals.count * p)];
    const meat = byRow ? 0 : alloc(8 * p * p);
    const { personStart, otherStart } = sample;
    for (const stretch of stretches()) {
      fill(stretch);
      const { from, to, own, other } = stretch;
      kernels.influenceSums({ plan, personStart, otherStart, from, to, byRow, ...shifts, pairShift: 0, pairs, cross, slopes, meat });
      tick(own.rows + other.rows);
      await control.breathe();
    }
    const read = (ptr: number, length: number) => kernels.arena.i64(ptr, length).slice();
    return given({
      pairs: read(pairs, functionals.pairs),
      cross: order.byFunctional(read(cross, functionals.count * p), p),
      slopes: readSlopes(),
      meat: read(meat, byRow ? 0 : p * p),
    });
  });
}
