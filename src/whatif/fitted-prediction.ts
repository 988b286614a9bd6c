import type { Fit } from '../estimate/fit.ts';
import type { LinearPrediction } from './expected-cells.ts';
import { frameColumns } from '../coding/frame.ts';
import { everyPlace } from '../coding/model-columns.ts';
import type { KeptSums } from './kept-sums.ts';
import { applyModelChange, baseModel, rowsOf } from './model-change.ts';

/** The fit's coefficients by column of the frame; a probit's with the fit about which it is taken as linear. */
export function fittedPrediction(kept: KeptSums, fit: Pick<Fit, 'outcome' | 'family' | 'coefficients'> & Partial<Pick<Fit, 'separated'>>): LinearPrediction {
  const { frame } = kept;
  const { main } = frameColumns(frame);
  const found = new Map(fit.coefficients.map((coefficient) => [`${coefficient.term}\n${coefficient.level}`, coefficient]));
  const coefficients = new Float64Array(frame.columns.length);
  const months = kept.months.filter(({ inSample }) => inSample).map(({ month }) => month);
  const unestimated = crossedWithoutRows(kept, fit, months);
  const separated: number[] = [];
  const limits = fit.separated && new Set(fit.separated.map(({ term, level }) => `${term}\n${level}`));
  frame.columns.forEach(({ term, level }, a) => {
    const coefficient = found.get(`${term}\n${level}`);
    if (coefficient?.status === 'empty' || coefficient?.status === 'collinear') unestimated.push(a);
    if (coefficient?.status === 'separated') {
      separated.push(a);
      // It has lost its rows to other levels, and has no limit of its own.
      if (limits?.has(`${term}\n${level}`) === false) unestimated.push(a);
    }
    coefficients[a] = coefficient?.estimate ?? 0;
  });
  const outcome = kept.outcomes.findIndex(({ name }) => name === fit.outcome);
  return {
    coefficients,
    unestimated: [...new Set(unestimated)],
    months,
    factors: [...frame.factors.keys()].filter((f) => frame.factors[f]!.labels.some((_, level) => found.has(keyOf(kept, main[f]! + level)))),
    fitted: fit.family === 'gaussian' ? null : { outcome, coefficients, aside: separated },
  };
}

/** Crossed cells of the fit without a row: those of a reference are not in its table. */
function crossedWithoutRows(kept: KeptSums, { coefficients }: Pick<Fit, 'coefficients'>, months: readonly number[]): number[] {
  const model = applyModelChange(kept, baseModel(kept, coefficients), {});
  return everyPlace(model.terms).flatMap((place) => (place.length === 2 && rowsOf(kept, months, model.at(place)) === 0 ? model.at(place) : []));
}

const keyOf = ({ frame }: KeptSums, column: number): string => `${frame.columns[column]!.term}\n${frame.columns[column]!.level}`;
