import { modelCells } from '../coding/model-columns.ts';
import type { MeanError, MonthsOfGroup, OutcomeCells, StandardErrors } from '../indicator/indicator.ts';
import type { DrawPass } from './arrival-law.ts';
import { inverseHessian, type InfluenceErrorsRequest } from './analytic-errors.ts';
import type { DrawKind } from './draw-options.ts';
import { batchesOf, joined, partsOf, type Functionals } from './influence.ts';
import { percentileEnds } from './percentile-ends.ts';
import { deviationOf, drawnSums, replicateShifts, type ScorePass } from './replicates.ts';

export interface ScoreErrorsRequest extends InfluenceErrorsRequest {
  readonly passes: InfluenceErrorsRequest['passes'] & ScorePass & DrawPass;
  readonly seed: number;
  readonly draw: DrawKind;
  readonly replicates: number;
}

/** Functionals and how far each is from its estimate in each replicate. */
export interface Replicates {
  readonly functionals: Functionals;
  readonly replicates: number;
  /** A row of replicates a functional. */
  readonly shifts: Float64Array;
}

/** Replicates at a time: their tables stay small, and a seed gives the same ones however they are cut. */
const atATime = 256;

/** Replicates of functionals by weighted influence functions, each as it was asked for: a pass for every so many replicates of as many as fit. */
export async function scoreReplicates(request: ScoreErrorsRequest, wanted: readonly Functionals[]): Promise<Replicates[]> {
  const { passes, model, index, family, predictor, cluster, seed, draw, replicates, math } = request;
  const columns = modelCells(passes.frame, model);
  const inverse = await inverseHessian(request);
  const found: Replicates[] = [];
  for (const batch of batchesOf(wanted, 8 * (columns.count + Math.min(atATime, replicates)))) {
    const counts = batch.map(({ count }) => count);
    const functionals = joined(batch);
    const drawn = batch.map((own): Replicates => ({ functionals: own, replicates, shifts: new Float64Array(own.count * replicates) }));
    for (let first = 0; first < replicates; first += atATime) {
      const here = Math.min(atATime, replicates - first);
      const lanes = 4 * Math.ceil(here / 4);
      const drawing = { cluster, seed, first, replicates: lanes };
      const stops = draw === 'multinomial' ? { stops: await passes.drawStops({ ...drawing, of: 'score' }) } : {};
      const totals = await passes.scoreReplicates(index, { predictor, family, columns, functionals, smallSample: true, ...drawing, ...stops });
      partsOf(replicateShifts(functionals, totals, inverse, math.multiply), counts, lanes).forEach((part, k) => {
        const { shifts } = drawn[k]!;
        for (let f = 0; f < counts[k]!; f++) shifts.set(part.subarray(f * lanes, f * lanes + here), f * replicates + first);
      });
    }
    found.push(...drawn);
  }
  return found;
}

/**
 * Standard deviations over replicates of the months and pooled periods of each group, by outcome; and with a level in percent the
 * percentiles of the same as ends of its interval. What has none by the analytic limits has none here.
 */
export function replicateStandardErrors(found: ReadonlyMap<string, Replicates>, limits: StandardErrors, percentiles: number | null): StandardErrors {
  const months = ({ outcome }: OutcomeCells, { group, groups, weights }: MonthsOfGroup): Float64Array => {
    const { replicates, shifts } = found.get(outcome)!;
    return drawnSums(shifts, replicates, Array.from(weights, (weight, t) => ({ functional: t * groups + group, weight })).filter(({ weight }) => weight !== 0));
  };
  return {
    ofMonths(outcome, of): MeanError {
      const limit = limits.ofMonths(outcome, of);
      if (limit.state === 'held_at_zero' || Number.isNaN(limit.standardError)) return { ...limit, freedom: NaN };
      const drawn = months(outcome, of);
      const standardError = deviationOf(drawn);
      const error = { state: Number.isNaN(standardError) ? 'too_few_persons' : limit.state, standardError, freedom: Infinity } as const;
      return percentiles === null ? error : { ...error, ends: percentileEnds(drawn, percentiles) };
    },
    acrossMonths: true,
  };
}
