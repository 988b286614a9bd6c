import { modelGram, modelSums, placeName } from '../coding/model-columns.ts';
import { coefficientTable } from './coefficients.ts';
import { columnStatus, unestimatedColumns } from './column-status.ts';
import { effectiveReferences, replacedReferences } from './effective-references.ts';
import { askedFields, nameOf, type Estimate, type EstimateRequest } from './estimate.ts';
import type { EstimationMath } from './estimation-math.ts';
import { diagonalSum } from './frame-sums.ts';
import { largestOf, leastSquares } from './ols.ts';
import type { Predictor } from './passes.ts';
import { predictorOf } from './predictor.ts';
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
    start: request.start ? request.start(model.columns).map((value, j) => (kept[j] ? value : 0)) : probitStart(linear.beta, onesLeft / nLeft, math),
    warm: request.start !== undefined,
    factorize: math.factorize,
    n: nLeft,
    pass: async (beta, information, rows) => {
      const { logLikelihood, score, hessian } = await passes.probit(index, predict(beta), { information, rows });
      return { logLikelihood, score: modelSums(model, score), hessian: hessian && modelGram(model, hessian) };
    },
    signedRange: (direction) => passes.signedRange(index, predictorOf(passes.frame, model, { beta: direction, kept, aside: null }), left.aside.within),
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

/** β of a linear probability model, carried over to the probit's scale at the mean outcome. */
function probitStart(linear: Float64Array, mean: number, math: EstimationMath): Float64Array {
  const centre = math.normalQuantile(mean);
  const density = math.normalDensity(centre);
  const start = linear.map((value) => value / density);
  start[0] = centre + (linear[0]! - mean) / density;
  return start;
}
