import { EngineError } from '../errors.ts';
import { cellMoments, cellsHolding, expectedSums, rowsOutside, type ExpectedRequest, type LinearPrediction } from './expected-cells.ts';
import type { GroupSums, KeptSums } from './kept-sums.ts';
import type { ExpectedPeople } from './people-change.ts';

/**
 * Expected values of people from kept sums. Exact for least squares, which predicts with sums of columns: x moved from one
 * column to another takes the other's coefficient. To first order about the fit for a probit.
 */
export function keptPeople(kept: KeptSums, prediction: LinearPrediction, math: ExpectedRequest['math']): ExpectedPeople {
  const outside = rowsOutside(kept, prediction);
  return {
    factors: prediction.factors,
    sums(grouping, { map }, groups) {
      refuseUnestimated(kept, grouping, { map, prediction, ...(groups ? { groups } : {}) });
      const expected = expectedSums(grouping, cellMoments(kept, grouping, prediction), { coefficients: Float64Array.from(map, (a) => prediction.coefficients[a]!), only: groups, math });
      const staying = new Map([...outside].map(([month, columns]) => [month, columns.filter((a) => map[a] === a)]));
      for (const cell of cellsHolding(grouping, staying)) expected[cell] = NaN;
      return expected;
    },
  };
}

interface MovedPeople {
  readonly map: Uint16Array;
  readonly prediction: Pick<LinearPrediction, 'unestimated' | 'fitted'>;
  readonly groups?: ReadonlySet<number>;
}

/**
 * People who would come to a level without an estimate have no expected value, and those who come to or from a level that
 * is set aside have one that is not near the fit's: said, not made up.
 */
export function refuseUnestimated({ frame }: KeptSums, { groups, x, n }: GroupSums, { map, prediction, groups: mine }: MovedPeople): void {
  const [without, aside] = [new Set(prediction.unestimated), new Set(prediction.fitted?.aside)];
  const length = frame.columns.length;
  const moving = [...map.keys()].filter((a) => map[a] !== a && (without.has(map[a]!) || aside.has(a) || aside.has(map[a]!)));
  if (moving.length === 0) return;
  for (let cell = 0; cell < n.length; cell++) {
    if (mine && !mine.has(cell % groups.length)) continue;
    const a = moving.find((column) => x[cell * length + column]! > 0);
    if (a === undefined) continue;
    if (without.has(map[a]!)) {
      const { term, level } = frame.columns[map[a]!]!;
      throw new EngineError('spec.what-if-empty-level', { covariate: term, level });
    }
    const { term, level } = frame.columns[aside.has(a) ? a : map[a]!]!;
    throw new EngineError('spec.what-if-separated-level', { covariate: term, level });
  }
}
