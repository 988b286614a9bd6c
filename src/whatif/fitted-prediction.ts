import { EngineError } from '../errors.ts';
import type { Fit } from '../estimate/fit.ts';
import type { LinearPrediction } from './expected-cells.ts';
import { frameColumns } from '../coding/frame.ts';
import type { KeptSums } from './kept-sums.ts';

/** The fit's coefficients by column of the frame. A probit's expected values are no sums of columns, and are refused. */
export function fittedPrediction(kept: KeptSums, fit: Pick<Fit, 'outcome' | 'family' | 'coefficients'>): LinearPrediction {
  if (fit.family === 'probit') {
    throw new EngineError('spec', `${fit.outcome} is a probit: its expected values for other people need the rows; kept sums give them for least squares alone.`, { outcome: fit.outcome });
  }
  const { frame } = kept;
  const { main } = frameColumns(frame);
  const found = new Map(fit.coefficients.map((coefficient) => [`${coefficient.term}\n${coefficient.level}`, coefficient]));
  const coefficients = new Float64Array(frame.columns.length);
  const unestimated: number[] = [];
  frame.columns.forEach(({ term, level }, a) => {
    const coefficient = found.get(`${term}\n${level}`);
    if (coefficient?.status === 'empty' || coefficient?.status === 'collinear') unestimated.push(a);
    coefficients[a] = coefficient?.estimate ?? 0;
  });
  return {
    coefficients,
    unestimated,
    months: kept.months.filter(({ inSample }) => inSample).map(({ month }) => month),
    factors: [...frame.factors.keys()].filter((f) => frame.factors[f]!.labels.some((_, level) => found.has(keyOf(kept, main[f]! + level)))),
  };
}

const keyOf = ({ frame }: KeptSums, column: number): string => `${frame.columns[column]!.term}\n${frame.columns[column]!.level}`;
