import type { DesignMatrix } from '../coding/design-matrix.ts';
import { modelSums, type ModelColumns } from '../coding/model-columns.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit } from '../estimate/fit.ts';
import type { Predictor } from '../estimate/passes.ts';
import { columnMap, levelMap, remapPredictor, type LevelChange } from './level-map.ts';

/** Mean change of the expected outcome over the estimation rows if all had this level and not the reference; a share. */
export interface AverageEffect {
  readonly outcome: string;
  readonly population: string;
  readonly term: string;
  readonly level: string;
  /** Null where the level has no estimate; 0 for a reference. */
  readonly effect: number | null;
  readonly standardError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/** The pass over estimation rows: Σ Φ(η), and Σ φ(η)·x by column of the frame, a row of L a predictor. */
export interface EffectPass {
  effects(predictors: readonly Predictor[]): Promise<{ readonly means: Float64Array; readonly slopes: Float64Array }>;
}

export interface AverageEffectsRequest {
  readonly passes: EffectPass & { readonly frame: DesignMatrix };
  readonly model: ModelColumns;
  readonly predictor: Predictor;
  readonly fit: Pick<Fit, 'outcome' | 'population' | 'n' | 'coefficients'>;
  /** Of β, p × p. */
  readonly covariance: Float64Array;
  /** Confidence level in percent. */
  readonly level: number;
  readonly math: Pick<EstimationMath, 'normalQuantile'>;
}

/** Levels gone over at a time in one pass. */
const atATime = 32;

/**
 * Average marginal effects of a probit's levels: every row is given the level, the rest of it as it is, and its reference.
 * Standard errors by the delta method, rows held fixed. Numeric terms have none.
 */
export async function averageEffects({ passes, model, predictor, fit, covariance, level, math }: AverageEffectsRequest): Promise<AverageEffect[]> {
  const known = new Map(fit.coefficients.map((coefficient) => [`${coefficient.term}\n${coefficient.level}`, coefficient.status]));
  const wanted = model.terms.terms.flatMap((term) => {
    if (!('factor' in term)) return [];
    const { name, labels, reference } = model.terms.factors[term.factor]!;
    return labels.map((label, k) => ({ term: name, label, reference: labels[reference]!, status: k === reference ? 'reference' : known.get(`${name}\n${label}`) }));
  });
  const changes = wanted.filter(({ status }) => status === 'estimated' || status === 'reference').map(({ term, label }): LevelChange => ({ kind: 'set', covariate: term, level: label }));
  const found = await everybodyAt(passes, predictor, { changes, model, n: fit.n });
  const z = math.normalQuantile(0.5 + level / 200);
  const none = { effect: null, standardError: null, confLow: null, confHigh: null };
  return wanted.map(({ term, label, reference, status }): AverageEffect => {
    const at = { outcome: fit.outcome, population: fit.population, term, level: label };
    if (status === 'reference') return { ...at, ...none, effect: 0 };
    const [here, there] = [found.get(`${term}\n${label}`), found.get(`${term}\n${reference}`)];
    if (status !== 'estimated' || !here || !there) return { ...at, ...none };
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
  passes: AverageEffectsRequest['passes'], predictor: Predictor, { changes, model, n }: { changes: readonly LevelChange[]; model: ModelColumns; n: number },
): Promise<Map<string, Everybody>> {
  const { frame } = passes;
  const length = frame.columns.length;
  const found = new Map<string, Everybody>();
  for (let from = 0; from < changes.length; from += atATime) {
    const here = changes.slice(from, from + atATime);
    const { means, slopes } = await passes.effects(here.map((change) => remapPredictor(frame, predictor, [change])));
    here.forEach((change, k) => {
      if (change.kind !== 'set') return;
      // φ(η)·x of the changed rows: what was summed at a column belongs to the column that its rows come to.
      const map = columnMap(frame, levelMap(frame, change));
      const moved = new Float64Array(length);
      map.forEach((to, a) => (moved[to]! += slopes[k * length + a]!));
      found.set(`${change.covariate}\n${change.level}`, { mean: means[k]! / n, gradient: modelSums(model, moved).map((value) => value / n) });
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
