import { EngineError } from '../errors.ts';
import type { PeopleChange } from './people-change.ts';

type By = readonly string[];

/** Whether a breakdown is among others, in whatever order its columns. */
const isAmong = (others: readonly By[], by: By): boolean => others.some((other) => other.length === by.length && by.every((column) => other.includes(column)));

/**
 * Breakdowns to sum the rows by, so that each of these is told once people are changed: where one has not the columns of the
 * groups that change, it is made of one that has them too. New ones come last and have no columns that none of these has.
 */
export function tellingBreakdowns(shown: readonly By[], changes: readonly PeopleChange[]): readonly By[] {
  const columns = [...new Set(changes.flatMap(({ group }) => Object.keys(group ?? {})))];
  const known = new Set(shown.flat());
  const strange = columns.filter((column) => !known.has(column));
  if (strange.length > 0) throw new EngineError('spec.what-if-no-breakdown', { columns: strange, kept: shown.map((by) => by.join(' × ')) });
  const all = [...shown];
  if (columns.length === 0) return all;
  for (const by of [[], ...shown]) {
    const finer = [...by, ...columns.filter((column) => !by.includes(column))];
    if (!isAmong(all, finer)) all.push(finer);
  }
  return all;
}
