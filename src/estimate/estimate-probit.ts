import { modelGram, modelSums, placeName, type ModelColumns } from '../coding/model-columns.ts';
import { restrict } from './cholesky.ts';
import { coefficientTable } from './coefficients.ts';
import { columnStatus, unestimatedColumns } from './column-status.ts';
import { effectiveReferences, replacedReferences } from './effective-references.ts';
import { askedFields, nameOf, type Estimate, type EstimateRequest } from './estimate.ts';
import type { EstimationMath } from './estimation-math.ts';
import { diagonalSum } from './frame-sums.ts';
import { largestOf, leastSquares } from './ols.ts';
import type { Predictor } from './passes.ts';
import { predictorFrom, predictorOf } from './predictor.ts';
import { fitProbit } from './probit.ts';
import { sandwich } from './sandwich.ts';
import { setAsideSeparated } from './set-aside.ts';

/** Probit: separated levels set aside, the rank rule on the rows left, and Newton's method. */
export async function estimateProbit(request: EstimateRequest): Promise<Estimate> {
  const { passes, gram, math, vcov, index } = request;
  const name = nameOf(request);
  const left = await setAsideSeparated(request);
  const model = effectiveReferences(passes.frame, request.model, left.gram);
  const gramLeft = modelGram(model, left.gram);
  const [nLeft, onesLeft] = [gramLeft[0]!, left.crossProduct[0]!];
  const linear = leastSquares({ n: nLeft, gram: gramLeft, crossProduct: modelSums(model, left.crossProduct), sumOfSquares: onesLeft }, math.factorize);
  const { kept, rank } = linear.factor;
  const columnNames = model.columns.map(({ term, level }) => (level === '' ? term : `${term} ${level}`));
  const predict = (beta: Float64Array, unestimated: readonly number[] = []): Predictor =>
    predictorOf(passes.frame, model, { beta, kept, unestimated, aside: left.aside });

  const estimate = await fitProbit({
    name,
    columnNames,
    kept,
    starts: request.start ? [request.start(model.columns).map((value, j) => (kept[j] ? value : 0))] : [probitStart(linear.beta, onesLeft / nLeft, math), ...(await coreStarts(request, { model, aside: left.aside.within, kept }))],
    usual: Float64Array.from(model.columns, ({ numeric }) => (numeric === null ? 1 : 1 / (model.terms.numerics[numeric]!.far ?? 1))),
    warm: request.start !== undefined,
    factorize: math.factorize,
    n: nLeft,
    pass: async (beta, information, rows) => {
      const { score, hessian, ...rest } = await passes.probit(index, predict(beta), { information, rows });
      return { ...rest, score: modelSums(model, score), hessian: hessian && modelGram(model, hessian) };
    },
    signed: async (direction, tolerance) => {
      const question = { direction: predictorFrom({ passes, model }, direction), size: predictorFrom({ passes, model }, direction.map(Math.abs)), aside: left.aside.within, tolerance };
      const signed = await passes.signed(index, question);
      return { ...signed, gram: signed.gram && modelGram(model, signed.gram) };
    },
  });

  const rows = { all: gram.gram, left: left.gram };
  const status = columnStatus(model, rows, kept);
  const unestimated = unestimatedColumns(model, rows, status, left.separated);
  const predictor = predict(estimate.beta, unestimated);
  const covariance = vcov === 'iid' ? estimate.bread : await sandwich({ ...request, model }, estimate.bread, predictor);
  const total = gram.outcomes[index]!.crossProduct[0]!;
  const nullLikelihood = total * math.log(total / gram.n) + (gram.n - total) * math.log(1 - total / gram.n);
  return {
    model,
    predictor,
    kept,
    rows,
    separated: left.separated,
    unestimated,
    covariance,
    fit: {
      ...askedFields(request),
      coefficients: coefficientTable({
        model,
        beta: estimate.beta,
        covariance,
        usual: Float64Array.from(model.columns, (_, j) => estimate.bread[j * model.columns.length + j]!),
        status,
        separated: left.separated,
        n: gram.n,
        rowsAt: (wanted) => diagonalSum(gram.gram, model.at(wanted)),
        distribution: math.normal,
        level: request.level,
      }),
      rank,
      setAside: gram.n - nLeft,
      separated: left.separated.map(({ at, limit, rows: there, round }) => ({ ...placeName(model.terms, at), limit, rows: there, round })),
      references: replacedReferences(request.model, model, status),
      rSquared: null,
      sigma: null,
      logLikelihood: estimate.logLikelihood,
      pseudoRSquared: 1 - estimate.logLikelihood / nullLikelihood,
      meanOutcome: total / gram.n,
      trace: estimate.trace,
      largestScore: largestOf(estimate.score.map((value, j) => (kept[j] ? value : 0))),
    },
  };
}

interface CoreOf {
  readonly model: ModelColumns;
  readonly aside: Float64Array;
  readonly kept: Uint8Array;
}

/** Where some numeric values are far from all others: a start from the rows without them, which may be at the limit of their probability. */
async function coreStarts({ passes, index, math }: EstimateRequest, { model, aside, kept }: CoreOf): Promise<Float64Array[]> {
  if (model.terms.numerics.every(({ far }) => far === undefined)) return [];
  const core = await passes.left(index, aside, true);
  const [n, ones] = [core.gram[0]!, core.crossProduct[0]!];
  if (ones === 0 || ones === n) return [];
  const crossProduct = modelSums(model, core.crossProduct).map((value, j) => (kept[j] ? value : 0));
  const linear = leastSquares({ n, gram: restrict(modelGram(model, core.gram), kept), crossProduct, sumOfSquares: ones }, math.factorize);
  return [probitStart(linear.beta, ones / n, math)];
}

/** β of a linear probability model, carried over to the probit's scale at the mean outcome. */
function probitStart(linear: Float64Array, mean: number, math: EstimationMath): Float64Array {
  const centre = math.normalQuantile(mean);
  const density = math.normalDensity(centre);
  const start = linear.map((value) => value / density);
  start[0] = centre + (linear[0]! - mean) / density;
  return start;
}
