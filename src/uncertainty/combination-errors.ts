import { modelCells, modelGram } from '../coding/model-columns.ts';
import type { Multiply } from '../estimate/estimation-math.ts';
import type { PooledPeriod } from '../indicator/pooled.ts';
import { inverseHessian, type InfluenceErrorsRequest } from './analytic-errors.ts';
import { absoluteWeights, combinationKinds, groupingSums, mainShare, monthSums, WeightRows, type AskedSums, type CombinationPass, type GroupingSums } from './combinations.ts';
import { batchesOf as functionalBatches, functionalsByMonth, joined, partsOf, type Functionals, type GroupingCells } from './influence.ts';

/** How sure a weighted sum of a group's months is. */
export interface SumError {
  readonly variance: number;
  /** Satterthwaite's degrees of freedom of the own part; 0 of one cluster alone. */
  readonly freedom: number;
  /** The estimates themselves hold it at zero, or nothing varies about the expected values. */
  readonly held: boolean;
  /**
   * Share of the variance that is lost where rows are held against means of few rows, beyond what √(1 − h) gives back: of a sum of months
   * each row is held against its own month's mean.
   */
  readonly lost: number;
}

/** Errors of the sums that were asked for, by group of one breakdown. */
export interface GroupingErrors {
  of(group: number, weights: Float64Array): SumError;
}

export interface CombinationErrorsRequest extends InfluenceErrorsRequest {
  readonly passes: InfluenceErrorsRequest['passes'] & CombinationPass;
}

/** Rows of weights by group of one breakdown, as they are asked for. */
export interface AskedOf {
  readonly grouping: GroupingCells;
  readonly pooled: readonly PooledPeriod[];
  readonly rows: readonly WeightRows[];
}

/**
 * Variance and degrees of freedom of sums of a group's months. With g running over clusters, a the part of a cluster's influence that is
 * its own rows', b = −v′s the part that comes through the coefficients, and h its share of the sum's absolute weight,
 * V = Σ (a/√(1 − h) + b)²: with b = 0 the bias-reduced (CR2) variance of a mean, of Bell and McCaffrey (2002), Survey Methodology 28,
 * as Pustejovsky and Tipton (2018), Journal of Business & Economic Statistics 36, have it for clusters. The degrees of freedom are theirs
 * too, for the intercept model, here without terms that cancel: with u = h/(1 − h), 1/df = Σ h²(1 − u²) + (Σ h·u)². One cluster may have
 * most of the sum: what it adds is kept apart, or its 1/(1 − h) would take the others' digits.
 */
export async function combinationErrors(request: CombinationErrorsRequest, asked: readonly AskedOf[]): Promise<GroupingErrors[]> {
  const { cluster } = request;
  const parts = asked.map(({ grouping, pooled, rows }) => fewFirst({ grouping, pooled, rows: rows.map((own) => own.rows) }));
  const found = cluster === 'person' ? await overPersons(request, parts) : await overRows(request, parts);
  return asked.map(({ rows }, k) => ({
    of(group, weights) {
      const lane = parts[k]!.laneOf[group]![rows[group]!.find(weights)]!;
      const { given, ...error } = found[k]!(group, lane);
      return { ...error, lost: takenByMeans(parts[k]!, group, weights) - given };
    },
  }));
}

/** Rows by month of the groups, and pooled periods. */
interface Taken {
  readonly grouping: Pick<GroupingCells, 'groups'> & { readonly cells: Pick<GroupingCells['cells'], 'n'> };
  readonly pooled: readonly Pick<PooledPeriod, 'months'>[];
}

/** Of the variance of a sum of means of independent rows, the share that holding rows against these means takes. */
export function takenByMeans({ grouping: { groups, cells: { n } }, pooled }: Taken, group: number, weights: Float64Array): number {
  const months = n.length / groups;
  const rowsOf = (place: number): number =>
    place < months ? n[place * groups + group]! : pooled[place - months]!.months.reduce((sum, t) => sum + n[t * groups + group]!, 0);
  let [all, taken] = [0, 0];
  weights.forEach((weight, place) => {
    if (weight === 0) return;
    const rows = rowsOf(place);
    all += (weight * weight) / rows;
    taken += (weight * weight) / rows / rows;
  });
  return taken / all;
}

/** With the share of the variance that √(1 − h) has given back. */
type LaneErrors = (group: number, lane: number) => Omit<SumError, 'lost'> & { readonly given: number };

interface Ordered extends AskedSums {
  /** By group and row as asked for. */
  readonly laneOf: readonly Uint32Array[];
}

/** Sums of few months stand before those of many, so that a person of few months meets few of them. */
function fewFirst(asked: AskedSums): Ordered {
  const orders = asked.rows.map((rows) => {
    const wide = rows.map((row) => row.reduce((months, weight) => months + Number(weight !== 0), 0) > row.length / 4);
    return Uint32Array.from([...rows.keys()].sort((a, b) => Number(wide[a]) - Number(wide[b]) || a - b));
  });
  const laneOf = orders.map((order) => {
    const lanes = new Uint32Array(order.length);
    order.forEach((row, lane) => (lanes[row] = lane));
    return lanes;
  });
  return { ...asked, rows: asked.rows.map((rows, g) => Array.from(orders[g]!, (row) => rows[row]!)), laneOf };
}

/** Lanes of a breakdown: those of the group with the most. */
const lanesOf = ({ rows }: AskedSums): number => 8 * Math.ceil(Math.max(1, ...rows.map((own) => own.length)) / 8);

/** H⁻¹ times the mean slopes of the months of each group: [groups × p × months]. */
function slopesOf({ groups, cells }: GroupingCells, slopes: Float64Array, inverse: Float64Array, p: number, multiply: Multiply): Float64Array {
  const months = cells.n.length / groups;
  const solved = new Float64Array(groups * p * months);
  for (let g = 0; g < groups; g++) {
    const own = new Float64Array(p * months);
    for (let t = 0; t < months; t++) {
      const cell = t * groups + g;
      if (cells.n[cell] === 0) continue;
      for (let j = 0; j < p; j++) own[j * months + t] = slopes[cell * p + j]! / cells.n[cell]!;
    }
    solved.set(multiply(inverse, own, { rows: p, inner: p, columns: months }), g * p * months);
  }
  return solved;
}

async function overPersons(request: CombinationErrorsRequest, parts: readonly Ordered[]): Promise<LaneErrors[]> {
  const { passes, model, index, family, predictor, math: { multiply } } = request;
  const columns = modelCells(passes.frame, model);
  const p = columns.count;
  const inverse = await inverseHessian(request);
  const functionals = parts.map(({ grouping }) => functionalsByMonth(grouping));
  const slopes = await passes.slopes(index, { predictor, family, columns, functionals: joined(functionals), cluster: 'person' });
  const slopesOfPart = partsOf(slopes, functionals.map(({ count }) => count), p);
  const pieces = parts.map((part, k) => {
    const solved = slopesOf(part.grouping, slopesOfPart[k]!, inverse, p, multiply);
    return piecesOf(part, p).map((piece) => groupingSums(piece, lanesOf(piece), solved, multiply));
  });
  const done = parts.map((): { sums: GroupingSums; totals: Float64Array; through: Float64Array }[] => []);
  for (const batch of batchesOf(pieces, p)) {
    const { sums, meat } = await passes.combinations(index, { predictor, family, columns, groupings: batch.map(({ piece }) => piece) });
    batch.forEach(({ part, piece }, k) => done[part]!.push({ sums: piece, totals: sums[k]!, through: throughEstimates(piece, meat, p, multiply) }));
  }
  return done.map((own): LaneErrors => {
    const starts = own.map((_, k) => own.slice(0, k).reduce((lanes, { sums }) => lanes + sums.lanes, 0));
    return (group, lane) => {
      const k = starts.findLastIndex((start) => start <= lane);
      const { sums: { lanes }, totals, through } = own[k]!;
      const at = lane - starts[k]!;
      const [plain, cross, aa, ab, squares, shares, mainOwn, mainCross, mainShareOf] = Array.from({ length: combinationKinds }, (_, kind) => totals[(group * combinationKinds + kind) * lanes + at]!);
      const main = { own: mainOwn!, cross: mainCross!, share: mainShareOf! };
      return sumError({ plain: plain!, cross: cross!, through: through[group * lanes + at]!, aa: aa!, ab: ab!, squares: squares!, shares: shares!, main });
    };
  });
}

/** Sums over clusters; those after the first three without the cluster that has most of the sum. */
export interface LaneSums {
  /** Σ a², Σ a·b and Σ b². */
  readonly plain: number;
  readonly cross: number;
  readonly through: number;
  /** Σ a²/(1 − h) and Σ a·b/√(1 − h). */
  readonly aa: number;
  readonly ab: number;
  /** Σ h²(1 − u²) and Σ h·u. */
  readonly squares: number;
  readonly shares: number;
  /** a², a·b and h of that cluster; all 0 where none has most. */
  readonly main: { readonly own: number; readonly cross: number; readonly share: number };
}

/** A variance below this share of what it would be with the expected values known is what rounding leaves of terms that cancel. */
const heldShare = 1e-7;

/** Beyond this share there is one cluster alone; h is rounded. */
const mostShare = 1 - 2 ** -40;

export function sumError({ plain, cross, through, aa, ab, squares, shares, main }: LaneSums): ReturnType<LaneErrors> {
  const alone = main.share > mostShare;
  const q = alone ? 1 : 1 / (1 - main.share);
  const corrected = aa + main.own * q;
  return {
    given: corrected > 0 ? 1 - plain / corrected : 0,
    variance: Math.max(0, corrected + 2 * (ab + main.cross * Math.sqrt(q)) + through),
    freedom: alone ? 0 : 1 / (squares + shares * shares + main.share * main.share * (1 + 2 * q * shares)),
    held: plain + 2 * cross + through <= heldShare * plain,
  };
}

/** Sums of a breakdown cut into pieces whose slopes fit. */
function piecesOf(part: AskedSums, p: number): AskedSums[] {
  const lanes = lanesOf(part);
  const bytes = 8 * part.grouping.groups * (p + combinationKinds + 1);
  const most = Math.max(8, 8 * Math.floor(mostBytes / bytes / 8));
  if (lanes <= most) return [part];
  return Array.from({ length: Math.ceil(lanes / most) }, (_, k) => ({ ...part, rows: part.rows.map((rows) => rows.slice(k * most, (k + 1) * most)) }));
}

/** Of the tables of a pass, in each worker. */
const mostBytes = 2 ** 28;

function batchesOf(pieces: readonly (readonly GroupingSums[])[], p: number): { part: number; piece: GroupingSums }[][] {
  const batches: { part: number; piece: GroupingSums }[][] = [];
  let bytes = Infinity;
  pieces.forEach((own, part) => {
    for (const piece of own) {
      const more = 8 * piece.groups * piece.lanes * (p + combinationKinds + 1);
      // A breakdown has one piece a pass.
      if (bytes + more > mostBytes || batches.at(-1)!.some((other) => other.part === part)) {
        batches.push([]);
        bytes = 0;
      }
      batches.at(-1)!.push({ part, piece });
      bytes += more;
    }
  });
  return batches;
}

/** Σ b² = w′(v′Mv)w by group and lane, M = Σ g·g′ over clusters. */
function throughEstimates({ groups, months, lanes, patterns, patternOf, slopes }: GroupingSums, meat: Float64Array, p: number, multiply: Multiply): Float64Array {
  const out = new Float64Array(groups * lanes);
  for (let g = 0; g < groups; g++) {
    const v = slopes!.subarray(g * p * months, (g + 1) * p * months);
    const inner = multiply(transposed(v, p, months), multiply(meat, v, { rows: p, inner: p, columns: months }), { rows: months, inner: p, columns: months });
    out.set(quadraticForms(inner, patterns[patternOf[g]!]!.weights, { months, lanes }, multiply), g * lanes);
  }
  return out;
}

/** w′Qw by lane. */
function quadraticForms(q: Float64Array, weights: Float64Array, { months, lanes }: { months: number; lanes: number }, multiply: Multiply): Float64Array {
  const product = multiply(q, weights, { rows: months, inner: months, columns: lanes });
  const out = new Float64Array(lanes);
  for (let t = 0; t < months; t++) for (let k = 0; k < lanes; k++) out[k]! += weights[t * lanes + k]! * product[t * lanes + k]!;
  return out;
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j]!;
  return out;
}

/**
 * Rows as clusters: those of a month have one and the same share, and so sums over the rows of each month are enough. What the row adds
 * through `constants` takes Σ g over the month's rows: the difference of Σ (r − c)·g at two centres.
 */
async function overRows(request: CombinationErrorsRequest, parts: readonly Ordered[]): Promise<LaneErrors[]> {
  const { passes, model, index, family, predictor, math: { multiply } } = request;
  const columns = modelCells(passes.frame, model);
  const p = columns.count;
  const inverse = await inverseHessian(request);
  const meat = modelGram(model, await passes.squaredScores(index, predictor, family));
  const found: LaneErrors[] = [];
  const functionals = parts.map(({ grouping }) => functionalsByMonth(grouping));
  for (const batch of functionalBatches(functionals, 16 * p)) {
    const own = joined(batch);
    const moved = { ...own, layers: own.layers.map((layer) => ({ ...layer, centre: layer.centre.map((c) => c - 1) })) };
    const ask = async (asked: Functionals) => {
      const { scale, pairs, cross, slopes } = await passes.influence(index, { predictor, family, columns, functionals: asked, cluster: 'row' });
      return { scale, pairs, slopes, cross: cross.map((value, at) => value / scale[Math.floor(at / p)]!) };
    };
    const totals = await ask(own);
    const again = parts.some(({ pooled }) => pooled.length > 0) ? (await ask(moved)).cross : null;
    const squares = Float64Array.from(own.base, (base, f) => totals.pairs[base + (own.place[f]! * (own.place[f]! + 3)) / 2]! / totals.scale[f]! / totals.scale[f]!);
    const counts = batch.map(({ count }) => count);
    const [slopesOfPart, crossOf, squaresOf] = [partsOf(totals.slopes, counts, p), partsOf(totals.cross, counts, p), partsOf(squares, counts)];
    const scoreOf = again && partsOf(again.map((value, at) => value - totals.cross[at]!), counts, p);
    batch.forEach((_, k) => {
      const part = parts[found.length]!;
      const solved = slopesOf(part.grouping, slopesOfPart[k]!, inverse, p, multiply);
      found.push(lanesOverRows(part, { p, meat, solved, squares: squaresOf[k]!, cross: crossOf[k]!, score: scoreOf && scoreOf[k]! }, multiply));
    });
  }
  return found;
}

interface RowTotals {
  readonly p: number;
  readonly meat: Float64Array;
  readonly solved: Float64Array;
  /** By cell: Σ (r − mean)², Σ (r − mean)·g, Σ g. */
  readonly squares: Float64Array;
  readonly cross: Float64Array;
  readonly score: Float64Array | null;
}

function lanesOverRows(part: Ordered, totals: RowTotals, multiply: Multiply): LaneErrors {
  const { grouping: { groups, cells } } = part;
  const lanes = lanesOf(part);
  const months = cells.n.length / groups;
  const byGroup = new Map<number, ReturnType<LaneErrors>[]>();
  const errorsOf = (group: number): ReturnType<LaneErrors>[] => {
    const { weights, constants } = monthSums(part, group, part.rows[group]!, lanes);
    const absolute = absoluteWeights({ lanes, months, weights, constants });
    const v = totals.solved.subarray(group * totals.p * months, (group + 1) * totals.p * months);
    /** v′ times a p-vector a month, by month and month. */
    const against = (vectors: Float64Array): Float64Array => {
      const own = new Float64Array(totals.p * months);
      for (let t = 0; t < months; t++) for (let j = 0; j < totals.p; j++) own[j * months + t] = vectors[(t * groups + group) * totals.p + j]!;
      return multiply(transposed(v, totals.p, months), own, { rows: months, inner: totals.p, columns: months });
    };
    const [crossed, scored] = [against(totals.cross), totals.score && against(totals.score)];
    const spread = multiply(totals.meat, v, { rows: totals.p, inner: totals.p, columns: months });
    const inner = multiply(transposed(v, totals.p, months), spread, { rows: months, inner: totals.p, columns: months });
    const through = quadraticForms(inner, weights, { months, lanes }, multiply);
    return Array.from({ length: lanes }, (_, k) => {
      const sums = { plain: 0, cross: 0, through: through[k]!, aa: 0, ab: 0, squares: 0, shares: 0, main: { own: 0, cross: 0, share: 0 } };
      for (let t = 0; t < months; t++) {
        const cell = t * groups + group;
        const n = cells.n[cell]!;
        if (n === 0 || weights[t * lanes + k] === 0) continue;
        const weight = weights[t * lanes + k]! / n;
        const constant = constants ? constants[t * lanes + k]! : 0;
        const own = weight * weight * totals.squares[cell]! + constant * constant * n;
        let cross = 0;
        for (let s = 0; s < months; s++) cross -= weights[s * lanes + k]! * (weight * crossed[s * months + t]! + (scored ? constant * scored[s * months + t]! : 0));
        sums.plain += own;
        sums.cross += cross;
        const h = Math.abs(weight) / absolute[k]!;
        if (h > mainShare) {
          sums.main = { own, cross, share: h };
          continue;
        }
        const q = 1 / (1 - h);
        const u = h * q;
        sums.aa += own * q;
        sums.ab += cross * Math.sqrt(q);
        sums.squares += n * h * h * (1 - u * u);
        sums.shares += n * h * u;
      }
      return sumError(sums);
    });
  };
  return (group, lane) => {
    let found = byGroup.get(group);
    if (!found) byGroup.set(group, (found = errorsOf(group)));
    return found[lane]!;
  };
}
