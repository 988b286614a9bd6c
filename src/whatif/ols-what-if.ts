import type { DesignTerms } from '../coding/design-matrix.ts';
import { frameCoefficients, modelGram } from '../coding/model-columns.ts';
import { EngineError } from '../errors.ts';
import { coefficientTable } from '../estimate/coefficients.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import { columnStatus, unestimatedColumns } from '../estimate/column-status.ts';
import { effectiveReferences } from '../estimate/effective-references.ts';
import { diagonalSum } from '../estimate/frame-sums.ts';
import { gaussianSummary } from '../estimate/gaussian-summary.ts';
import { leastSquares } from '../estimate/ols.ts';
import { expectedCells, type LinearPrediction } from './expected-cells.ts';
import { unknownOutcome } from './frame.ts';
import type { KeptSums } from './kept-sums.ts';
import { applyModelChange, type ChangedModel, type ModelChange } from './model-change.ts';
import { fromHalves, monthTotals } from './month-totals.ts';
import { refitNotes, type KeptRefit, type RefitRequest } from './refit.ts';

export interface OlsChange extends RefitRequest<ModelChange> {
  readonly base: DesignTerms;
}

/**
 * Refits from kept sums: opens with the months' sums as they are, and moves from one set of months to the next by their
 * difference. A 0/1 outcome gives the linear probability model.
 */
export function openOlsWhatIf(kept: KeptSums, math: EstimationMath): (request: OlsChange) => KeptRefit {
  const totalsOf = monthTotals(kept);
  return ({ outcome: name, base, change, level = 95 }) => {
    const o = kept.outcomes.findIndex((outcome) => outcome.name === name);
    if (o < 0) throw unknownOutcome(name, kept.outcomes.map((outcome) => outcome.name));
    const asked = applyModelChange(kept, base, change);
    const totals = totalsOf(asked.months);
    const model: ChangedModel = { ...effectiveReferences(kept.frame, asked, totals.gram), months: asked.months };
    const { yShift, y2Shift } = kept.outcomes[o]!;
    const gram = modelGram(model, totals.gram);
    const crossProduct = collapsedSums(model, { high: totals.high[o]!, low: totals.low[o]!, shift: yShift });
    const n = gram[0]!;
    if (n === 0) throw new EngineError('not-estimable.no-row-in-months', { outcome: name });
    const solved = leastSquares({ n, gram, crossProduct, sumOfSquares: fromHalves(...totals.squares[o]!, y2Shift) }, math.factorize);
    const summary = gaussianSummary(solved, { n, total: crossProduct[0]! }, math);
    const { kept: estimated, rank } = solved.factor;
    const rows = { all: totals.gram, left: totals.gram };
    const status = columnStatus(model, rows, estimated);
    const coefficients = coefficientTable({
      model,
      beta: solved.beta,
      covariance: solved.bread.map((value) => value * summary.sigmaSquared),
      status,
      separated: [],
      n,
      rowsAt: (wanted) => diagonalSum(totals.gram, model.at(wanted)),
      distribution: summary.distribution,
      level,
    });
    const prediction: LinearPrediction = {
      coefficients: frameCoefficients(model, solved.beta.map((value, j) => (estimated[j] ? value : 0)), kept.frame.columns.length),
      unestimated: unestimatedColumns(model, rows, status, []),
      months: model.months,
      factors: model.sources,
      fitted: null,
    };
    const { groupings, withoutExpected } = expectedCells(kept, o, { prediction, math });
    return {
      outcome: name, population: kept.population ?? '', family: 'gaussian', approximation: null, breaks: 'frozen', model, n, rank,
      rSquared: summary.rSquared, sigma: summary.sigma, logLikelihood: summary.logLikelihood, pseudoRSquared: null, meanOutcome: summary.meanOutcome,
      coefficients, prediction, groupings, trace: [],
      notes: refitNotes(coefficients, withoutExpected),
    };
  };
}

function collapsedSums({ start, members }: ChangedModel, { high, low, shift }: { high: Float64Array; low: Float64Array; shift: number }): Float64Array {
  return Float64Array.from({ length: start.length - 1 }, (_, j) => {
    let [h, l] = [0, 0];
    for (let k = start[j]!; k < start[j + 1]!; k++) {
      h += high[members[k]!]!;
      l += low[members[k]!]!;
    }
    return fromHalves(h, l, shift);
  });
}
