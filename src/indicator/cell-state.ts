/**
 * What can be said of a number. Only an `ok` one has an interval, and covers zero or does not.
 *
 * - `held_at_zero`: the estimates themselves hold the mean at zero, so that it does not vary.
 * - `no_variation`: all outcomes are alike, and the spread of the outcomes says nothing.
 * - `too_few_events`: too few persons with, or without, the outcome.
 * - `too_few_persons`: too few persons, or too few degrees of freedom.
 * - `withheld`: too few persons for the number to be published.
 * - `not_applicable`: there is no number, or the method has no error of it.
 */
export const cellStates = ['ok', 'held_at_zero', 'no_variation', 'too_few_events', 'too_few_persons', 'withheld', 'not_applicable'] as const;

export type CellState = (typeof cellStates)[number];
