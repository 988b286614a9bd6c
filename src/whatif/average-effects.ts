import { modelSums, type ModelColumns } from '../coding/model-columns.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit, LevelStatus } from '../estimate/fit.ts';
import type { Predictor, SamplePasses } from '../estimate/passes.ts';
import { escapedName } from '../spec/level-names.ts';
import { whyNotAt, type EffectModel } from './effect-status.ts';
import { columnMap, levelMap, movedPredictor, type LevelAt } from './level-map.ts';

/** Mean change of the expected outcome over the estimation rows if all had this level and not the reference; a share. */
export interface AverageEffect {
  readonly outcome: string;
  readonly population: string;
  readonly term: string;
  readonly level: string;
  /** `estimated`, `reference`, or why the data cannot tell: what all rows at the level, or at the reference, would need. */
  readonly status: LevelStatus;
  /** Null where the data cannot tell; 0 for a reference. */
  readonly effect: number | null;
  readonly standardError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/** The pass over estimation rows: Σ Φ(η), and Σ φ(η)·x by column of the frame, a row of L a predictor. */
export interface EffectPass {
  effects(predictors: readonly Predictor[]): Promise<{ readonly means: Float64Array; readonly slopes: Float64Array }>;
}

export interface AverageEffectsRequest extends Pick<Estimate, 'model' | 'kept' | 'rows' | 'separated' | 'predictor' | 'covariance'> {
  readonly passes: EffectPass & Pick<SamplePasses, 'frame' | 'left'>;
  /** Index among the sample's outcomes. */
  readonly index: number;
  readonly fit: Pick<Fit, 'outcome' | 'population' | 'n'>;
  /** Confidence level in percent. */
  readonly level: number;
  readonly math: Pick<EstimationMath, 'normalQuantile' | 'factorize'>;
}

/** Levels gone over at a time in one pass. */
const atATime = 32;

/**
 * Average marginal effects of a probit's levels: every row is given the level, the rest of it as it is, and its reference.
 * Standard errors by the delta method, rows held fixed. Numeric terms have none. Where the data cannot tell what a row would
 * be at the level, or at the reference, the effect is empty and says why.
 */
export async function averageEffects(request: AverageEffectsRequest): Promise<AverageEffect[]> {
  const { passes, model, kept, rows, separated, predictor, fit, covariance, level, math, index } = request;
  const left = async (aside: Float64Array): Promise<Float64Array> => (await passes.left(index, aside)).gram;
  const of: EffectModel = { frame: passes.frame, model, kept, rows, separated, factorize: math.factorize, left };
  const wanted: { factor: number; k: number; status: LevelStatus }[] = [];
  for (const term of model.terms.terms) {
    if (!('factor' in term)) continue;
    const { factor } = term;
    const { reference } = model.terms.factors[factor]!;
    const whyNot = await whyNotAt(of, factor);
    whyNot.forEach((why, k) => wanted.push({ factor, k, status: k === reference ? 'reference' : (why ?? whyNot[reference] ?? 'estimated') }));
  }
  const told = new Set(wanted.flatMap(({ factor, status }) => (status === 'estimated' ? [factor] : [])));
  const changes = wanted.filter(({ factor, status }) => status === 'estimated' || (status === 'reference' && told.has(factor))).map(({ factor, k }): LevelAt => ({ factor: model.sources[factor]!, level: k }));
  const found = await everybodyAt(passes, predictor, { changes, model, n: fit.n });
  const z = math.normalQuantile(0.5 + level / 200);
  return wanted.map(({ factor, k, status }): AverageEffect => {
    const { name, labels, reference } = model.terms.factors[factor]!;
    const at = { outcome: fit.outcome, population: fit.population, term: escapedName(name), level: labels[k]!, status };
    if (status !== 'estimated') return { ...at, effect: status === 'reference' ? 0 : null, standardError: null, confLow: null, confHigh: null };
    const [here, there] = [k, reference].map((one) => found.get(`${model.sources[factor]!}:${one}`)!) as [Everybody, Everybody];
    const effect = here.mean - there.mean;
    const gradient = here.gradient.map((value, j) => value - there.gradient[j]!);
    const standardError = Math.sqrt(Math.max(0, quadratic(covariance, gradient)));
    return { ...at, effect, standardError, confLow: effect - z * standardError, confHigh: effect + z * standardError };
  });
}

interface Everybody {
  readonly mean: number;
  /** ∂mean/∂β. */
  readonly gradient: Float64Array;
}

async function everybodyAt(
  passes: AverageEffectsRequest['passes'], predictor: Predictor, { changes, model, n }: { changes: readonly LevelAt[]; model: ModelColumns; n: number },
): Promise<Map<string, Everybody>> {
  const { frame } = passes;
  const length = frame.columns.length;
  const found = new Map<string, Everybody>();
  for (let from = 0; from < changes.length; from += atATime) {
    const here = changes.slice(from, from + atATime).map((change) => ({ ...change, map: levelMap(frame, change) }));
    const { means, slopes } = await passes.effects(here.map(({ map }) => movedPredictor(frame, predictor, map)));
    here.forEach(({ factor, level, map }, k) => {
      // φ(η)·x of the changed rows: what was summed at a column belongs to the column that its rows come to.
      const moved = new Float64Array(length);
      columnMap(frame, map).forEach((to, a) => (moved[to]! += slopes[k * length + a]!));
      found.set(`${factor}:${level}`, { mean: means[k]! / n, gradient: modelSums(model, moved).map((value) => value / n) });
    });
  }
  return found;
}

function quadratic(matrix: Float64Array, v: Float64Array): number {
  const p = v.length;
  let sum = 0;
  for (let i = 0; i < p; i++) {
    let row = 0;
    for (let j = 0; j < p; j++) row += matrix[i * p + j]! * v[j]!;
    sum += v[i]! * row;
  }
  return sum;
}
