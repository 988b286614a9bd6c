import type { LabelColumn } from '../register/partition.ts';
import { formatMonth } from '../spec/months.ts';

/** Months as labels `YYYY-MM`, whatever they were read from, coded in order of first appearance. */
export function labelsOfMonths(months: Int32Array): LabelColumn {
  const codes = new Uint32Array(months.length);
  const labels: string[] = [];
  const known = new Map<number, number>();
  let last = NaN;
  let code = 0;
  for (let i = 0; i < months.length; i++) {
    const month = months[i]!;
    if (month !== last) {
      last = month;
      code = known.get(month) ?? labels.push(formatMonth(month)) - 1;
      known.set(month, code);
    }
    codes[i] = code;
  }
  return { kind: 'label', codes, labels };
}
