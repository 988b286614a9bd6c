import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit } from '../estimate/fit.ts';
import { askedParts, assembled, isShown, modelNotes, type AskedPart, type OutcomeAnswer, type WhatIfAnswer, type WhatIfRequest, type WhatIfSource } from './answer.ts';
import type { LinearPrediction } from './expected-cells.ts';
import { fittedPrediction } from './fitted-prediction.ts';
import { keptPeople } from './kept-people.ts';
import type { KeptSums } from './kept-sums.ts';
import { applyModelChange, baseModel } from './model-change.ts';
import type { Note } from './notes.ts';
import { openOlsWhatIf } from './ols-what-if.ts';
import { crossedUnestimated, onePerson, type PersonLevels, type PersonRequest } from './one-person.ts';
import { peopleChange } from './people-change.ts';
import { previewErrors, type PreviewErrors } from './preview-error.ts';
import { openProbitPreview, previewPrediction } from './probit-preview.ts';
import type { Refit } from './refit.ts';

/**
 * Answers what-if questions from kept sums, without a row: the one way in for app, command line and edge. Least squares is
 * exact; a probit is answered to first order about its fit, and marked so. Keeps what it has summed, so that the next
 * question is quick. Throws `EngineError('spec')` for what is not kept or nobody has.
 */
export function openWhatIf(source: WhatIfSource, math: EstimationMath): (request: WhatIfRequest) => WhatIfAnswer {
  const answer = openKeptAnswers(source, math);
  return (request) => assembled(source, askedParts(source, request).map((part) => ({ fit: part.fit, answer: answer(part) })), math);
}

/** Answers for one outcome of one population; null where no sums of it are kept. */
export function openKeptAnswers(source: WhatIfSource, math: EstimationMath): (part: AskedPart) => OutcomeAnswer | null {
  const opened = new Map(source.kept.map((kept) => [kept, { refit: openOlsWhatIf(kept, math), preview: openProbitPreview(kept, math) }]));
  return ({ fit, kept, notes: said, request: { model: change, people, person } }) => {
    if (!kept) return null;
    const { refit, preview } = opened.get(kept)!;
    const base = baseModel(kept, fit.coefficients);
    const isProbit = fit.family === 'probit';
    const question = { outcome: fit.outcome, level: source.options.level };
    const model = change ? (isProbit ? preview({ ...question, fit, change }) : refit({ ...question, base, change })) : null;
    if (model && 'needsRows' in model) return needingRows(kept, model.needsRows);
    const notes = [...said, ...(model ? modelNotes(source, kept, model) : [])];
    const approximation = isProbit && (model || people) ? 'first-order' : null;
    if (approximation) notes.push({ code: 'warning.what-if-preview', args: {} });
    const added = person ? onePerson(personOf(kept, { fit, levels: person, changed: model && { ...model, unestimated: model.prediction.unestimated } }), math) : null;
    const answer = { kept, approximation, model, person: added, notes } as const;
    const o = kept.outcomes.findIndex(({ name }) => name === fit.outcome);
    const errorsOf = (found: LinearPrediction): Pick<OutcomeAnswer, 'errors'> => {
      if (!isProbit) return {};
      let made: PreviewErrors | null = null;
      return { errors: (by) => (made ??= previewErrors(kept, o, { prediction: found, refitted: model !== null, changes: people }))(by) };
    };
    if (!people) return { ...answer, groupings: model?.groupings ?? null, ...(model ? errorsOf(model.prediction) : {}) };
    const prediction = model?.prediction ?? (isProbit ? previewPrediction(kept, fit) : fittedPrediction(kept, fit));
    if ('needsRows' in prediction) return { ...needingRows(kept, prediction.needsRows), person: added };
    const changed = peopleChange(kept, o, { people: keptPeople(kept, prediction, math), changes: people, shown: (by) => isShown(source, by) });
    return { ...answer, groupings: changed.groupings, ...errorsOf(prediction), notes: [...notes, ...changed.notes] };
  };
}

interface PersonOf {
  readonly fit: Fit;
  readonly levels: PersonLevels;
  readonly changed: (Pick<Refit, 'coefficients' | 'model'> & { readonly unestimated: readonly number[] }) | null;
}

/** A question about one person, of the fit or of a changed model. */
export function personOf(kept: KeptSums, { fit, levels, changed }: PersonOf): PersonRequest {
  const { model, coefficients, unestimated } = changed ?? {
    model: applyModelChange(kept, baseModel(kept, fit.coefficients), {}), coefficients: fit.coefficients, unestimated: fittedPrediction(kept, fit).unestimated,
  };
  return { fit: { ...fit, coefficients }, model: model.terms, levels, unestimated: crossedUnestimated(model, unestimated) };
}

const needingRows = (kept: KeptSums, why: Note): OutcomeAnswer =>
  ({ kept, approximation: null, model: null, person: null, groupings: null, notes: [why] });
