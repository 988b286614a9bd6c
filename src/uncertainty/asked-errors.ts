import type { StandardErrors } from '../indicator/indicator.ts';
import { WeightRows } from './combinations.ts';

/** Takes down which sums of months a table is made of, by outcome and group, before their errors are computed. */
export interface AskedErrors extends StandardErrors {
  of(outcome: string): readonly WeightRows[];
}

export function askedErrors(groups: number): AskedErrors {
  const asked = new Map<string, WeightRows[]>();
  const of = (outcome: string): WeightRows[] => {
    const known = asked.get(outcome);
    if (known) return known;
    const rows = Array.from({ length: groups }, () => new WeightRows());
    asked.set(outcome, rows);
    return rows;
  };
  return {
    of,
    acrossMonths: true,
    ofMonths({ outcome }, { group, weights }) {
      of(outcome)[group]!.add(weights);
      return { state: 'not_applicable', standardError: NaN, freedom: NaN };
    },
  };
}
