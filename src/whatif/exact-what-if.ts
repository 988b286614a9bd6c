import { levelPredictor } from '../coding/design-matrix.ts';
import { estimateProbit } from '../estimate/estimate-probit.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit } from '../estimate/fit.ts';
import { askedParts, assembled, isShown, modelNotes, type AskedPart, type OutcomeAnswer, type WhatIfAnswer, type WhatIfRequest, type WhatIfSource } from './answer.ts';
import { rowPeople, sampleCells, type ExactOutcome, type ExactRows, type PredictedSample } from './exact-cells.ts';
import { fittedPrediction } from './fitted-prediction.ts';
import type { KeptSums } from './kept-sums.ts';
import { applyModelChange, baseModel, type ChangedModel, type ModelChange } from './model-change.ts';
import { columnSums, fromHalves, monthTotals } from './month-totals.ts';
import { onePerson } from './one-person.ts';
import { peopleChange } from './people-change.ts';
import { openProbitPreview } from './probit-preview.ts';
import type { Note } from './notes.ts';
import { refitNotes, type KeptRefit, type Refit } from './refit.ts';
import { openKeptAnswers, personOf } from './what-if.ts';

/**
 * Answers what-if questions exactly, of a run whose rows are resident: as a run over the rows with the same breaks would.
 * Least squares is answered from kept sums; a probit by Newton's method from its preview on, and by a pass over the rows
 * for each way in which people are changed. Throws as `openWhatIf` does, and `not-estimable` as a run does.
 */
export function openExactWhatIf(source: WhatIfSource, rows: ExactRows, math: EstimationMath): (request: WhatIfRequest, signal?: AbortSignal) => Promise<WhatIfAnswer> {
  const keptAnswer = openKeptAnswers(source, math);
  const probitAnswer = openProbitAnswers(source, math);
  return async (request, signal) => {
    const parts: { fit: Fit; answer: OutcomeAnswer | null }[] = [];
    for (const part of askedParts(source, request)) {
      const { fit, kept } = part;
      const resident = (): ExactOutcome => rows(fit.outcome, fit.population, signal);
      if (kept && fit.family === 'probit') parts.push({ fit, answer: await probitAnswer(kept, { part, resident: resident() }) });
      else {
        const answer = keptAnswer(part);
        parts.push({ fit, answer: answer && isUntold(answer) ? await leastSquaresOfRows(answer, resident()) : answer });
      }
    }
    return assembled(source, parts, math);
  };
}

/** Whether cells have no expected value because some of their rows have none, which the sums do not tell from the others. */
function isUntold({ model, groupings }: OutcomeAnswer): boolean {
  return model !== null && 'prediction' in model && groupings === model.groupings && model.groupings.some(({ n, expected }) => n.some((rows, cell) => rows > 0 && Number.isNaN(expected[cell]!)));
}

/** Least squares of a changed model over the rows: those without an expected value are left out of their cells. */
async function leastSquaresOfRows(answer: OutcomeAnswer, resident: ExactOutcome): Promise<OutcomeAnswer> {
  const { kept } = answer;
  const model = answer.model as KeptRefit;
  const { coefficients, unestimated, months: chosen } = model.prediction;
  const levels = levelPredictor(kept.frame, coefficients);
  const without = Float64Array.from(kept.frame.columns, (_, a) => (unestimated.includes(a) ? NaN : 0));
  const levelsOutside = levelPredictor(kept.frame, without).map((value, cell) => value + levels[cell]!);
  const inFit = kept.months.filter(({ inSample }) => inSample).map(({ month }) => month);
  const months = { chosen, added: chosen.some((month) => !inFit.includes(month)) };
  const { cells, withoutExpected } = await sampleCells(kept, resident, { predictor: { constant: coefficients[0]!, levels, levelsOutside, numeric: new Float64Array(0) }, months, family: 'gaussian' });
  const notes = answer.notes.flatMap((note): Note[] => {
    if (note.code !== 'warning.what-if-cells-outside') return [note];
    return withoutExpected > 0 ? [{ code: 'warning.what-if-rows-outside', args: { rows: withoutExpected } }] : [];
  });
  return { ...answer, groupings: cells, model: { ...model, groupings: cells }, notes };
}

interface ExactRefit {
  readonly refit: Refit;
  readonly sample: PredictedSample;
}

interface ProbitQuestion {
  readonly part: AskedPart;
  readonly resident: ExactOutcome;
}

function openProbitAnswers(source: WhatIfSource, math: EstimationMath) {
  const refitOf = openProbitRefits(math);
  return async (kept: KeptSums, { part, resident }: ProbitQuestion): Promise<OutcomeAnswer> => {
    const { fit, notes: said, request: { model: change, people, person } } = part;
    const changed = change ? await refitOf(kept, { fit, change, level: source.options.level, resident }) : null;
    const model = changed?.refit ?? null;
    const added = person ? onePerson(personOf(kept, { fit, levels: person, changed: changed && { ...changed.refit, unestimated: changed.sample.unestimated } }), math) : null;
    const answer = { kept, approximation: null, model, person: added, notes: [...said, ...(model ? modelNotes(source, kept, model) : [])] };
    if (!people) return { ...answer, groupings: model?.groupings ?? null };
    const sample = changed?.sample ?? { ...fittedPrediction(kept, fit), predictor: resident.predictor, months: null };
    const o = kept.outcomes.findIndex(({ name }) => name === fit.outcome);
    const result = peopleChange(kept, o, { people: await rowPeople(kept, resident, { sample, changes: people }), changes: people, shown: (by) => isShown(source, by) });
    return { ...answer, groupings: result.groupings, notes: [...answer.notes, ...result.notes] };
  };
}

function openProbitRefits(math: EstimationMath) {
  const opened = new Map<KeptSums, { totalsOf: ReturnType<typeof monthTotals>; preview: ReturnType<typeof openProbitPreview> }>();
  return async (kept: KeptSums, { fit, change, level, resident }: Omit<ProbitQuestion, 'part'> & { fit: Fit; change: ModelChange; level: number }): Promise<ExactRefit> => {
    const own = opened.get(kept) ?? { totalsOf: monthTotals(kept), preview: openProbitPreview(kept, math) };
    opened.set(kept, own);
    const base = baseModel(kept, fit.coefficients);
    const asked = applyModelChange(kept, base, change);
    const preview = own.preview({ outcome: fit.outcome, fit, change });
    const totals = own.totalsOf(asked.months);
    const inFit = kept.months.filter(({ inSample }) => inSample).map(({ month }) => month);
    const months = inFit.join() === asked.months.join() ? null : asked.months;
    const { fit: refitted, model: effective, predictor, unestimated } = await estimateProbit({
      outcome: fit.outcome, index: resident.index, family: 'probit', population: kept.population, passes: resident.passes(months), model: asked, vcov: 'iid', level,
      breaks: kept.breaks, dropped: fit.dropped, math,
      gram: {
        n: totals.gram[0]!,
        persons: fit.persons,
        gram: totals.gram,
        outcomes: kept.outcomes.map(({ y2Shift }, o) => ({ crossProduct: columnSums(kept, totals, o), sumOfSquares: fromHalves(...totals.squares[o]!, y2Shift) })),
      },
      ...('needsRows' in preview ? {} : { start: (columns: typeof asked.columns) => byColumn(columns, preview.coefficients) }),
    });
    const { coefficients } = refitted;
    const model: ChangedModel = { ...effective, months: asked.months };
    const sample: PredictedSample = {
      predictor,
      months: months && { chosen: months, added: months.some((month) => !inFit.includes(month)) },
      factors: model.sources,
      unestimated,
    };
    const { cells, withoutExpected } = await sampleCells(kept, resident, sample);
    const { n, rank, logLikelihood, pseudoRSquared, meanOutcome, trace } = refitted;
    return {
      sample,
      refit: {
        outcome: fit.outcome, population: fit.population, family: 'probit', approximation: null, breaks: 'frozen', model, n, rank,
        rSquared: null, sigma: null, logLikelihood, pseudoRSquared, meanOutcome, coefficients, trace,
        groupings: cells,
        notes: [
          ...refitNotes(coefficients, 0),
          ...(withoutExpected > 0 ? [{ code: 'warning.what-if-rows-outside', args: { rows: withoutExpected } } as const] : []),
        ],
      },
    };
  };
}

/** Estimates by column of a model; 0 where there is none. */
function byColumn(columns: readonly { readonly term: string; readonly level: string }[], coefficients: Refit['coefficients']): Float64Array {
  const found = new Map(coefficients.map(({ term, level, estimate }) => [`${term}\n${level}`, estimate ?? 0]));
  return Float64Array.from(columns, ({ term, level }) => found.get(`${term}\n${level}`) ?? 0);
}
