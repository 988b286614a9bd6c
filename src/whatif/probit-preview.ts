import { frameCoefficients, modelGram, modelSums, type ModelColumns } from '../coding/model-columns.ts';
import type { DesignTerms } from '../coding/design-matrix.ts';
import { rankTolerance, restrict } from '../estimate/cholesky.ts';
import { coefficientTable } from '../estimate/coefficients.ts';
import { columnStatus, unestimatedColumns } from '../estimate/column-status.ts';
import { effectiveReferences } from '../estimate/effective-references.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit } from '../estimate/fit.ts';
import { diagonalSum } from '../estimate/frame-sums.ts';
import { findSeparated, type Separated } from '../estimate/separation.ts';
import { expectedCells, type LinearPrediction } from './expected-cells.ts';
import { fittedPrediction } from './fitted-prediction.ts';
import type { KeptSums, ProbitMonth, ProbitSums } from './kept-sums.ts';
import { applyModelChange, baseModel, type ChangedModel, type ModelChange } from './model-change.ts';
import { columnSums, monthTotals } from './month-totals.ts';
import type { Note } from './notes.ts';
import { refitNotes, type KeptRefit, type RefitRequest } from './refit.ts';

export interface PreviewRequest extends RefitRequest<ModelChange> {
  readonly fit: Pick<Fit, 'outcome' | 'family' | 'coefficients'>;
}

/** Why a preview cannot be given: the rows are needed. */
export interface NeedsRows {
  readonly needsRows: Note;
}

/** Share of a column's information that must be left after the earlier ones, where rows are set aside and counts do not tell. */
const informationTolerance = 1e-6;

/**
 * A changed probit, to first order: the maximum of its log-likelihood's quadratic approximation about the fit b, one step
 * of Newton's method from there. With H the observed information and s the score at b of the chosen months, and P the
 * model's columns as sums of the frame's, γ = (P′HP)⁻¹ P′(Hb + s). Counts, ranks and levels without rows are exact.
 */
export function openProbitPreview(kept: KeptSums, math: EstimationMath): (request: PreviewRequest) => KeptRefit | NeedsRows {
  const totalsOf = monthTotals(kept);
  const fits = new WeakMap<PreviewRequest['fit'], FitNear>();
  return ({ outcome: name, fit, change, level = 95 }) => {
    const o = kept.outcomes.findIndex((outcome) => outcome.name === name);
    if (!kept.probits[o]) return { needsRows: notKept };
    const near = fits.get(fit) ?? fitNear(kept, fit);
    fits.set(fit, near);
    const { atFit, base } = near;
    const asked = applyModelChange(kept, base, change);
    const totals = totalsOf(asked.months);
    const crossProduct = columnSums(kept, totals, o);
    const [n, ones] = [totals.gram[0]!, crossProduct[0]!];
    const separated = findSeparated(asked, { gram: totals.gram, crossProduct });
    const refused = needsRows(kept, near, { model: asked, separated }) ?? (ones === 0 || ones === n ? ({ code: 'warning.what-if-one-outcome', args: { value: ones === 0 ? 0 : 1 } } as const) : null);
    if (refused !== null) return { needsRows: refused };

    const { information, pull } = near.about(asked.months);
    // Rows that are set aside are at their limit, and have no information.
    const rows = { all: totals.gram, left: information };
    const model: ChangedModel = { ...effectiveReferences(kept.frame, asked, totals.gram, information), months: asked.months };
    const p = model.columns.length;
    const hessian = modelGram(model, information);
    const counted = math.factorize(modelGram(model, totals.gram), p, rankTolerance).kept;
    const present = counted.map((keep, j) => (keep && hessian[j * p + j]! > 0 ? 1 : 0));
    const factor = math.factorize(restrict(hessian, present), p, separated.length > 0 ? informationTolerance : rankTolerance);
    if (separated.length === 0 && counted.some((keep, j) => keep !== factor.kept[j])) return { needsRows: { code: 'warning.what-if-levels-not-told-apart', args: {} } };
    const gamma = factor.solve(modelSums(model, pull));
    const status = columnStatus(model, rows, factor.kept);
    const coefficients = coefficientTable({
      model,
      beta: gamma,
      covariance: factor.inverse(),
      status,
      separated,
      n,
      rowsAt: (wanted) => diagonalSum(totals.gram, model.at(wanted)),
      distribution: math.normal,
      level,
    });
    const prediction: LinearPrediction = {
      coefficients: frameCoefficients(model, gamma, kept.frame.columns.length),
      // Rows without an expected value in the fit have none that is near it.
      unestimated: [...new Set([...unestimatedColumns(model, rows, status, separated), ...atFit.unestimated])],
      months: model.months,
      factors: model.sources,
      fitted: { ...atFit.fitted!, aside: asideColumns(model, separated) },
    };
    const { groupings, withoutExpected } = expectedCells(kept, o, { prediction, math });
    return {
      outcome: name, population: kept.population ?? '', family: 'probit', approximation: 'first-order', breaks: 'frozen', model, n, rank: factor.rank,
      rSquared: null, sigma: null, logLikelihood: null, pseudoRSquared: null, meanOutcome: ones / n,
      coefficients, prediction, groupings, trace: [],
      notes: refitNotes(coefficients, withoutExpected),
    };
  };
}

const notKept: Note = { code: 'warning.what-if-fit-not-kept', args: {} };

/** A prediction from the fit itself, or why its expected values for other people cannot be told. */
export function previewPrediction(kept: KeptSums, fit: PreviewRequest['fit']): LinearPrediction | NeedsRows {
  const o = kept.outcomes.findIndex(({ name }) => name === fit.outcome);
  if (!kept.probits[o]) return { needsRows: notKept };
  const { atFit, aside } = fitNear(kept, fit);
  return { ...atFit, fitted: { ...atFit.fitted!, aside } };
}

/** What questions about one fit have in common. */
interface FitNear {
  readonly probit: ProbitSums;
  readonly base: DesignTerms;
  readonly atFit: LinearPrediction;
  /** Levels at which everybody has the same outcome, as columns with their limit; and all columns that are set aside. */
  readonly separated: ReadonlySet<string>;
  readonly aside: readonly number[];
  /** H of some months, lower triangle, and Hb + s. */
  about(months: readonly number[]): { readonly information: Float64Array; readonly pull: Float64Array };
}

function fitNear(kept: KeptSums, fit: PreviewRequest['fit']): FitNear {
  const base = baseModel(kept, fit.coefficients);
  const atFit = fittedPrediction(kept, fit);
  const { outcome, aside } = atFit.fitted!;
  const probit = kept.probits[outcome]!;
  const model = applyModelChange(kept, base, {});
  const separated = separatedIn(kept, outcome, model, atFit.months);
  let last: { key: string; about: ReturnType<FitNear['about']> } | null = null;
  return {
    probit, base, atFit,
    separated: setsOf(model, separated),
    aside: [...new Set([...aside, ...asideColumns(model, separated)])],
    about(months) {
      const key = months.join();
      if (last?.key !== key) last = { key, about: aboutFit(probit, months, atFit.coefficients) };
      return last.about;
    },
  };
}

const setsOf = (model: ModelColumns, separated: readonly Separated[]): Set<string> => new Set(separated.map(({ at, limit }) => [limit, ...model.at(at)].join()));

function needsRows(kept: KeptSums, { probit, atFit, separated: then, aside }: FitNear, { model, separated }: { model: ChangedModel; separated: readonly Separated[] }): Note | null {
  const known = new Set(probit.months.map(({ month }) => month));
  const unknown = model.months.filter((month) => !known.has(month));
  if (unknown.length > 0) return { code: 'warning.what-if-other-load', args: { months: unknown.length } };
  const inFit = new Set(atFit.months);
  const added = kept.months.filter(({ month }) => model.months.includes(month) && !inFit.has(month));
  const namesOf = (columns: readonly number[]): string[] => columns.map((a) => `${kept.frame.columns[a]!.term} ${kept.frame.columns[a]!.level}`);
  const without = atFit.unestimated.filter((a) => added.some(({ gram }) => gram[(a * (a + 3)) / 2]! > 0));
  if (without.length > 0) return { code: 'warning.what-if-added-levels', args: { levels: namesOf(without) } };
  // Rows at their limit say nothing of what they would be at a finite estimate, and so must be the same ones.
  const now = setsOf(model, separated);
  const asideNow = new Set(asideColumns(model, separated));
  const different = [...then].some((set) => !now.has(set)) || [...now].some((set) => !then.has(set)) || aside.some((a) => !asideNow.has(a));
  return different ? { code: 'warning.what-if-other-aside', args: { levels: namesOf([...new Set([...aside, ...asideNow])]) } } : null;
}

/** Levels of the fit's model at which everybody has the same outcome, from sums by column. */
function separatedIn(kept: KeptSums, o: number, model: ModelColumns, months: readonly number[]): Separated[] {
  const length = kept.frame.columns.length;
  const gram = new Float64Array((length * (length + 1)) / 2);
  const crossProduct = new Float64Array(length);
  const wanted = new Set(months);
  const { yShift } = kept.outcomes[o]!;
  for (const { month, gram: counts, outcomeSums } of kept.months) {
    if (!wanted.has(month)) continue;
    for (let a = 0; a < length; a++) {
      gram[(a * (a + 3)) / 2]! += counts[(a * (a + 3)) / 2]!;
      crossProduct[a]! += Number(outcomeSums[o]![a]! >> BigInt(yShift));
    }
  }
  return findSeparated(model, { gram, crossProduct });
}

const asideColumns = (model: ModelColumns, separated: readonly Separated[]): number[] => [...new Set(separated.flatMap(({ at }) => model.at(at)))];

function aboutFit({ months: all }: ProbitSums, wanted: readonly number[], b: Float64Array): { information: Float64Array; pull: Float64Array } {
  const length = b.length;
  const months: ProbitMonth[] = all.filter(({ month }) => wanted.includes(month));
  const information = new Float64Array((length * (length + 1)) / 2);
  const pull = new Float64Array(length);
  for (const { information: values, score } of months) {
    for (let k = 0; k < values.length; k++) information[k]! += values[k]!;
    for (let a = 0; a < length; a++) pull[a]! += score[a]!;
  }
  for (let i = 0, at = 0; i < length; i++) {
    for (let j = 0; j < i; j++, at++) {
      pull[i]! += information[at]! * b[j]!;
      pull[j]! += information[at]! * b[i]!;
    }
    pull[i]! += information[at++]! * b[i]!;
  }
  return { information, pull };
}
