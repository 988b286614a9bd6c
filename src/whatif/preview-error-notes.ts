import type { WhatIfAnswer } from './answer.ts';
import type { OutcomeNote } from './notes.ts';
import { trustedError } from './preview-error.ts';

/** How far off the previews of an answer may be, by outcome: the whole at most, and how many numbers of all tables are not to be trusted. */
export function previewErrorNotes({ firstOrder, tables, errors }: Pick<WhatIfAnswer, 'firstOrder' | 'tables' | 'errors'>): OutcomeNote[] {
  return firstOrder.flatMap((outcome): OutcomeNote[] => {
    const sizesOf = (t: number): number[] => [...errors[t]!].filter((size, row) => tables[t]!.outcome[row] === outcome && !Number.isNaN(size));
    const all = tables.flatMap((_, t) => sizesOf(t));
    if (all.length === 0) return [];
    const whole = tables.findIndex(({ by }) => by.length === 0);
    const points = (share: number): number => Math.round(1000 * share) / 10;
    const args = { whole: points(Math.max(0, ...sizesOf(whole))), limit: points(trustedError), untrusted: all.filter((size) => size > trustedError).length, numbers: all.length };
    return [{ outcome, population: '', note: { code: 'warning.what-if-preview-error', args } }];
  });
}

/** Columns of a table's previews: how near a number is, its error size in shares, and whether it is to be trusted; empty where it is exact. */
export function previewColumns({ firstOrder, tables, errors }: Pick<WhatIfAnswer, 'firstOrder' | 'tables' | 'errors'>, t: number) {
  const isPreview = tables[t]!.outcome.map((outcome) => firstOrder.includes(outcome));
  const sizes = errors[t]!;
  return {
    error: isPreview.map((preview, row) => (preview ? sizes[row]! : NaN)),
    trusted: isPreview.map((preview, row) => (!preview || Number.isNaN(sizes[row]) ? '' : sizes[row]! <= trustedError ? 'yes' : 'no')),
  };
}
