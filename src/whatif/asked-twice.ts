import { EngineError } from '../errors.ts';
import type { WhatIfRequest } from './answer.ts';
import type { GroupOf, PeopleChange } from './people-change.ts';

/** Refuses a question of which a later part would undo an earlier one: the earlier would be asked for and not kept. */
export function refuseTwice({ people = [] }: WhatIfRequest): void {
  people.forEach((later, k) => {
    for (const earlier of people.slice(0, k)) {
      if (later.kind === 'set' && earlier.kind === 'set' && later.covariate === earlier.covariate && covers(later.group, earlier.group)) {
        throw new EngineError('spec.what-if-set-twice', { covariate: later.covariate, levels: [earlier.level, later.level] });
      }
      if (later.kind === 'mix' && earlier.kind === 'mix' && covers(later.group, earlier.group)) {
        throw new EngineError('spec.what-if-mixed-twice', { group: named(earlier.group), like: [named(earlier.like), named(later.like)] });
      }
    }
  });
}

/** Whether everybody in one group is in another; everybody where none is named. */
const covers = (group: PeopleChange['group'], other: PeopleChange['group']): boolean => Object.entries(group ?? {}).every(([column, label]) => other?.[column] === label);
const named = (group: GroupOf): string => Object.entries(group).map(([column, label]) => `${column} ${label}`).join(', ');
