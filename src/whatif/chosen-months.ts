import { EngineError } from '../errors.ts';
import { formatMonth, parseMonthRange } from '../spec/months.ts';
import type { KeptSums } from './kept-sums.ts';

/** Months, or ranges `from/to`, of an estimation sample: in the place of the fit's, left out, brought in. */
export interface MonthChange {
  readonly months?: readonly string[];
  readonly dropMonths?: readonly string[];
  readonly addMonths?: readonly string[];
}

export const changesMonths = ({ months, dropMonths, addMonths }: MonthChange): boolean => (months ?? dropMonths ?? addMonths) !== undefined;

/** Months of an estimation sample, and those asked for of which it has no rows. */
export interface ChosenMonths {
  /** Month indices, ascending. */
  readonly months: readonly number[];
  readonly lacking: readonly number[];
}

/**
 * The months of each sample after a change: those of the fit, or others in their place; some left out; some brought in.
 * Refused by name is a month that any of the samples has withheld, and what none of them can do: a month of which no sums are kept, nothing
 * to leave out, nothing to bring in, a month asked in and out at once. A range to leave out may reach beyond the sample, and one to
 * bring in into it.
 */
export function chosenMonths(samples: readonly Pick<KeptSums, 'months' | 'leftOut'>[], { months: given, dropMonths = [], addMonths = [] }: MonthChange): ChosenMonths[] {
  const [chosen, dropped, added] = [given && rangesOf(given), rangesOf(dropMonths), rangesOf(addMonths)];
  const inAny = (ranges: readonly Range[], month: number): boolean => ranges.some(({ months }) => months.includes(month));
  const own = samples.map(({ months }) => ({
    known: new Set(months.map(({ month }) => month)),
    before: new Set(months.filter(({ month, inSample }) => (chosen ? inAny(chosen, month) : inSample)).map(({ month }) => month)),
  }));
  const wanted = [...new Set([...(chosen ?? []), ...added].flatMap(({ months }) => months))].sort((a, b) => a - b);
  const isLeftOut = (month: number): boolean => samples.some(({ leftOut = [] }) => leftOut.includes(month));
  refuse('spec.what-if-months-withheld', wanted.filter((month) => isLeftOut(month) && !inAny(dropped, month)));
  refuse('spec.what-if-months-not-kept', wanted.filter((month) => !isLeftOut(month) && own.every(({ known }) => !known.has(month))));
  // All months of a range but some is a way to say which; a month by itself is in or out.
  const named = (chosen ?? []).filter(({ months }) => months.length === 1);
  refuse('spec.what-if-months-in-and-out', [...named, ...added].flatMap(({ months }) => months).filter((month) => inAny(dropped, month)));
  for (const { text, months } of dropped) {
    const isIn = (month: number): boolean => own.some(({ before }) => before.has(month)) || (chosen !== undefined && isLeftOut(month) && inAny(chosen, month));
    if (!months.some(isIn)) throw new EngineError('spec.what-if-months-not-in', { text });
  }
  for (const { text, months } of added) {
    if (months.every((month) => own.every(({ known, before }) => !known.has(month) || before.has(month)))) throw new EngineError('spec.what-if-months-in', { text });
  }
  return own.map(({ known, before }) => ({
    months: [...known].filter((month) => inAny(added, month) || (before.has(month) && !inAny(dropped, month))).sort((a, b) => a - b),
    lacking: wanted.filter((month) => !known.has(month)),
  }));
}

function refuse(code: 'spec.what-if-months-not-kept' | 'spec.what-if-months-withheld' | 'spec.what-if-months-in-and-out', months: readonly number[]): void {
  if (months.length > 0) throw new EngineError(code, { months: [...new Set(months)].map(formatMonth) });
}

interface Range {
  readonly text: string;
  readonly months: readonly number[];
}

function rangesOf(texts: readonly string[]): Range[] {
  return texts.map((text) => {
    const range = parseMonthRange(text);
    if (range === null) throw new EngineError('spec.what-if-no-month', { text });
    return { text, months: Array.from({ length: range.last - range.first + 1 }, (_, k) => range.first + k) };
  });
}
