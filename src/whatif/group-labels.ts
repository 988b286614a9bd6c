import { numberText } from '../spec/labels.ts';
import type { WhatIfRequest } from './answer.ts';
import type { KeptSums } from './kept-sums.ts';
import type { GroupOf, PeopleChange } from './people-change.ts';

/** The request with groups of columns of numbers called as the sums call them: `county=3.0` is `county=3`. */
export function withKnownGroups(kept: readonly KeptSums[], request: WhatIfRequest): WhatIfRequest {
  const { people } = request;
  if (!people) return request;
  const labelsOf = (column: string): Set<string> => new Set(kept.flatMap(({ groupings }) =>
    groupings.flatMap(({ by, groups }) => (by.includes(column) ? groups.map((labels) => labels[by.indexOf(column)]!) : []))));
  const known = (group: GroupOf): GroupOf => Object.fromEntries(Object.entries(group).map(([column, label]) => {
    const [labels, number] = [labelsOf(column), numberText(label)];
    const areNumbers = [...labels].every((one) => one === '' || numberText(one) === one);
    return [column, !labels.has(label) && number !== null && areNumbers && labels.has(number) ? number : label];
  }));
  return {
    ...request,
    people: people.map((change): PeopleChange => {
      if (change.kind === 'mix') return { ...change, group: known(change.group), like: known(change.like) };
      return change.group ? { ...change, group: known(change.group) } : change;
    }),
  };
}
