import type { Fit } from '../estimate/fit.ts';
import type { LinearPrediction } from './expected-cells.ts';
import { frameColumns } from '../coding/frame.ts';
import type { KeptSums } from './kept-sums.ts';

/** The fit's coefficients by column of the frame; a probit's with the fit about which it is taken as linear. */
export function fittedPrediction(kept: KeptSums, fit: Pick<Fit, 'outcome' | 'family' | 'coefficients'>): LinearPrediction {
  const { frame } = kept;
  const { main } = frameColumns(frame);
  const found = new Map(fit.coefficients.map((coefficient) => [`${coefficient.term}\n${coefficient.level}`, coefficient]));
  const coefficients = new Float64Array(frame.columns.length);
  const unestimated: number[] = [];
  const separated: number[] = [];
  frame.columns.forEach(({ term, level }, a) => {
    const coefficient = found.get(`${term}\n${level}`);
    if (coefficient?.status === 'empty' || coefficient?.status === 'collinear') unestimated.push(a);
    if (coefficient?.status === 'separated') separated.push(a);
    coefficients[a] = coefficient?.estimate ?? 0;
  });
  const outcome = kept.outcomes.findIndex(({ name }) => name === fit.outcome);
  return {
    coefficients,
    unestimated,
    months: kept.months.filter(({ inSample }) => inSample).map(({ month }) => month),
    factors: [...frame.factors.keys()].filter((f) => frame.factors[f]!.labels.some((_, level) => found.has(keyOf(kept, main[f]! + level)))),
    fitted: fit.family === 'gaussian' ? null : { outcome, coefficients, aside: separated },
  };
}

const keyOf = ({ frame }: KeptSums, column: number): string => `${frame.columns[column]!.term}\n${frame.columns[column]!.level}`;
