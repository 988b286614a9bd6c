import { columnSums, levelPredictor, numericCoefficients, sumAt, type DesignMatrix } from '../coding/design-matrix.ts';
import type { ComputedBreaks } from '../coding/sample-plan.ts';
import { EngineError } from '../errors.ts';
import { product, type Factorize } from './cholesky.ts';
import { coefficientTable, type ReferenceDistribution } from './coefficients.ts';
import type { DroppedRows, Fit, LevelStatus, VcovKind } from './fit.ts';
import { gaussianSummary } from './gaussian-summary.ts';
import { gramMatrix, type JointSums } from './gram-matrix.ts';
import { leastSquares } from './ols.ts';
import type { ColumnTotals, Family, GramPass, Predictor, SamplePasses } from './passes.ts';
import { fitProbit } from './probit.ts';
import { findSeparated, setAside, type Aside, type Separated } from './separation.ts';

/** Functions of the kernels that estimation needs besides the passes. */
export interface EstimationMath {
  readonly factorize: Factorize;
  log(x: number): number;
  normalQuantile(p: number): number;
  normalDensity(x: number): number;
  readonly normal: ReferenceDistribution;
  student(degreesOfFreedom: number): ReferenceDistribution;
}

export interface EstimateRequest {
  readonly outcome: string;
  /** Index among the sample's outcomes. */
  readonly index: number;
  readonly family: Family;
  readonly population: string | null;
  readonly passes: SamplePasses;
  readonly gram: GramPass;
  readonly vcov: VcovKind;
  /** Confidence level in percent. */
  readonly level: number;
  readonly breaks: readonly ComputedBreaks[];
  readonly dropped: readonly DroppedRows[];
  readonly math: EstimationMath;
}

export interface Estimate {
  readonly fit: Fit;
  /** What predicts every row, set-aside rows and rows outside the sample included. */
  readonly predictor: Predictor;
}

/** Estimates one outcome on one sample. */
export async function estimateOutcome(request: EstimateRequest): Promise<Estimate> {
  if (request.gram.n === 0) {
    throw new EngineError('not-estimable', `${nameOf(request)}: no row in the estimation sample has this outcome observed.`);
  }
  return request.family === 'gaussian' ? estimateGaussian(request) : estimateProbit(request);
}

async function estimateGaussian(request: EstimateRequest): Promise<Estimate> {
  const { passes, gram, math, vcov } = request;
  const { design } = passes;
  const { totals, sumOfSquares } = gram.outcomes[request.index]!;
  const solved = leastSquares(
    { n: gram.n, gram: gramMatrix(design, gram.joint), crossProduct: columnSums(design, totals.total, totals.byLevel, totals.numeric), sumOfSquares },
    math.factorize,
  );
  const { kept } = solved.factor;
  const status = columnStatus(design, gram.joint, kept, null);
  const predictor = predictorOf(design, solved.beta, { kept, status, aside: null });
  const summary = gaussianSummary(solved, { n: gram.n, total: totals.total }, math);
  const covariance =
    vcov === 'iid' ? solved.bread.map((value) => value * summary.sigmaSquared) : await sandwich(request, { bread: solved.bread, predictor, family: 'gaussian' });
  return {
    predictor,
    fit: {
      outcome: request.outcome,
      population: request.population ?? '',
      family: 'gaussian',
      vcov,
      n: gram.n,
      persons: gram.persons,
      breaks: request.breaks,
      dropped: request.dropped,
      coefficients: coefficientTable({
        design,
        beta: solved.beta,
        covariance,
        status,
        separatedReferences: new Set(),
        n: gram.n,
        rowsAt: (wanted) => sumAt(design, gram.joint.joint, wanted),
        distribution: vcov === 'iid' ? summary.distribution : math.normal,
        level: request.level,
      }),
      rank: solved.factor.rank,
      setAside: 0,
      rSquared: summary.rSquared,
      sigma: summary.sigma,
      logLikelihood: summary.logLikelihood,
      pseudoRSquared: null,
      meanOutcome: summary.meanOutcome,
      trace: [{ iteration: 1, pass: 'gram', logLikelihood: null, remainingStep: null, halvings: 0 }],
      largestScore: largest(solved.score),
    },
  };
}

async function estimateProbit(request: EstimateRequest): Promise<Estimate> {
  const { passes, gram, math, vcov, index } = request;
  const { design } = passes;
  const name = nameOf(request);
  const left = await setAsideSeparated(request);
  const gramLeft = gramMatrix(design, left.joint);
  const nLeft = gramLeft[0]!;
  const linear = leastSquares(
    {
      n: nLeft,
      gram: gramLeft,
      crossProduct: columnSums(design, left.totals.total, left.totals.byLevel, left.totals.numeric),
      sumOfSquares: left.totals.total,
    },
    math.factorize,
  );
  const { kept, rank } = linear.factor;
  const columnNames = design.columns.map(({ term, level }) => (level === '' ? term : `${term} ${level}`));
  const predict = (beta: Float64Array, status: readonly LevelStatus[] | null = null): Predictor => predictorOf(design, beta, { kept, status, aside: left.aside });

  const estimate = await fitProbit({
    name,
    columnNames,
    kept,
    start: probitStart(linear.beta, left.totals.total / nLeft, math),
    factorize: math.factorize,
    n: nLeft,
    pass: async (beta, information, rows) => {
      const { logLikelihood, score, joint } = await passes.probit(index, predict(beta), { information, rows });
      return { logLikelihood, score: columnSums(design, score.total, score.byLevel, score.numeric), hessian: joint && gramMatrix(design, joint) };
    },
    signedRange: (direction) => passes.signedRange(index, predictorOf(design, direction, { kept, status: null, aside: null }), left.aside.within),
  });

  const status = columnStatus(design, gram.joint, kept, left.separated);
  const predictor = predict(estimate.beta, status);
  const covariance = vcov === 'iid' ? estimate.bread : await sandwich(request, { bread: estimate.bread, predictor, family: 'probit' });
  const { total } = gram.outcomes[index]!.totals;
  const nullLikelihood = total * math.log(total / gram.n) + (gram.n - total) * math.log(1 - total / gram.n);
  return {
    predictor,
    fit: {
      outcome: request.outcome,
      population: request.population ?? '',
      family: 'probit',
      vcov,
      n: gram.n,
      persons: gram.persons,
      breaks: request.breaks,
      dropped: request.dropped,
      coefficients: coefficientTable({
        design,
        beta: estimate.beta,
        covariance,
        status,
        separatedReferences: separatedReferences(design, left.separated),
        n: gram.n,
        rowsAt: (wanted) => sumAt(design, gram.joint.joint, wanted),
        distribution: math.normal,
        level: request.level,
      }),
      rank,
      setAside: gram.n - nLeft,
      rSquared: null,
      sigma: null,
      logLikelihood: estimate.logLikelihood,
      pseudoRSquared: 1 - estimate.logLikelihood / nullLikelihood,
      meanOutcome: total / gram.n,
      trace: estimate.trace,
      largestScore: largest(estimate.score.map((value, j) => (kept[j] ? value : 0))),
    },
  };
}

interface RowsLeft {
  readonly aside: Aside;
  readonly separated: readonly Separated[];
  readonly joint: JointSums;
  readonly totals: ColumnTotals;
}

/** Names separated levels and cells and sets their rows aside, until nothing changes. */
async function setAsideSeparated(request: EstimateRequest): Promise<RowsLeft> {
  const { passes, gram, index } = request;
  const cells = passes.design.levelCells;
  const aside: Aside = { within: new Float64Array(cells), outside: new Float64Array(cells) };
  const separated: Separated[] = [];
  let joint = gram.joint;
  let { totals } = gram.outcomes[index]!;
  for (let round = 0; ; round++) {
    const n = Array.from({ length: passes.design.composites[0]!.levels }, (_, cell) => joint.joint[cell]!).reduce((sum, count) => sum + count, 0);
    if (totals.total === 0 || totals.total === n) {
      throw new EngineError(
        'not-estimable',
        `${nameOf(request)}: ${round === 0 ? 'everybody has' : 'once the separated levels are set aside, everybody left has'} the outcome ${totals.total === 0 ? 0 : 1} (${n} rows), so that a probit has no estimate.`,
      );
    }
    const found = findSeparated(passes.design, joint.joint, totals);
    if (found.length === 0) return { aside, separated, joint, totals };
    separated.push(...found);
    setAside(passes.design, aside, found, round);
    ({ joint, totals } = await passes.left(index, aside.within));
  }
}

/** β of a linear probability model, carried over to the probit's scale at the mean outcome. */
function probitStart(linear: Float64Array, mean: number, math: EstimationMath): Float64Array {
  const centre = math.normalQuantile(mean);
  const density = math.normalDensity(centre);
  const start = linear.map((value) => value / density);
  start[0] = centre + (linear[0]! - mean) / density;
  return start;
}

interface PredictorParts {
  readonly kept: Uint8Array;
  /** Where given, levels without estimate give no expected value outside the sample. */
  readonly status: readonly LevelStatus[] | null;
  readonly aside: Aside | null;
}

function predictorOf(design: DesignMatrix, beta: Float64Array, { kept, status, aside }: PredictorParts): Predictor {
  const estimates = beta.map((value, j) => (kept[j] ? value : 0));
  const levels = levelPredictor(design, estimates);
  const levelsOutside = levels.slice();
  if (status) {
    const without = new Float64Array(beta.length);
    status.forEach((s, j) => (without[j] = s === 'empty' || s === 'collinear' ? NaN : 0));
    levelPredictor(design, without).forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  if (aside) {
    aside.within.forEach((value, cell) => (levels[cell]! += value));
    aside.outside.forEach((value, cell) => (levelsOutside[cell]! += value));
  }
  return { constant: estimates[0]!, levels, levelsOutside, numeric: numericCoefficients(design, estimates) };
}

function columnStatus(design: DesignMatrix, joint: JointSums, kept: Uint8Array, separated: readonly Separated[] | null): LevelStatus[] {
  const counts = columnSums(design, 1, joint.joint as Float64Array, new Float64Array(design.numerics.length).fill(1));
  const aside = new Set<number>();
  for (const { at } of separated ?? []) for (const j of columnsWithin(design, at)) aside.add(j);
  return design.columns.map((_, j) => {
    if (counts[j] === 0) return 'empty';
    if (kept[j]) return 'estimated';
    return aside.has(j) ? 'separated' : 'collinear';
  });
}

/** The column of a separated level or cell itself; none where it is a reference. */
function columnsWithin(design: DesignMatrix, at: Separated['at']): number[] {
  const term = at.map(([factor]) => design.factors[factor]!.name).join(':');
  const level = at.map(([factor, l]) => design.factors[factor]!.labels[l]!).join(':');
  const j = design.columns.findIndex((column) => column.term === term && column.level === level);
  return j < 0 ? [] : [j];
}

function separatedReferences(design: DesignMatrix, separated: readonly Separated[]): Set<string> {
  return new Set(
    separated
      .filter(({ at }) => at.length === 1 && design.factors[at[0]![0]]!.reference === at[0]![1])
      .map(({ at }) => `${at[0]![0]}:${at[0]![1]}`),
  );
}

async function sandwich(request: EstimateRequest, { bread, predictor, family }: { bread: Float64Array; predictor: Predictor; family: Family }): Promise<Float64Array> {
  const { passes, index, vcov } = request;
  const p = passes.design.columns.length;
  const meat =
    vcov === 'hc0' ? gramMatrix(passes.design, await passes.squaredScores(index, predictor, family)) : await passes.personScores(index, predictor, family);
  return product(product(bread, meat, p), bread, p);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function nameOf({ outcome, population }: EstimateRequest): string {
  return population === null ? outcome : `${outcome} (${population})`;
}
