import { frameColumns } from '../coding/frame.ts';
import { placeOfLevel } from '../spec/level-names.ts';
import { formatMonth } from '../spec/months.ts';
import type { WhatIfRequest } from './answer.ts';
import { changesMonths, chosenMonths } from './chosen-months.ts';
import { interactionNamed } from './frame.ts';
import type { KeptSums } from './kept-sums.ts';
import type { ModelChange } from './model-change.ts';
import type { Note } from './notes.ts';
import type { PersonLevels } from './one-person.ts';
import { isGroupIn, type PeopleChange } from './people-change.ts';

/** What of a question is about one sample, and what is to be said of the rest. */
export interface OwnPart {
  readonly request: WhatIfRequest;
  readonly notes: readonly Note[];
}

/**
 * What of a question touches one sample among all that are asked: covariates, levels and interactions may be those of other
 * populations, and months those of other outcomes. What none of them has stays in, to be refused by name.
 */
export function ownPart(kept: KeptSums, all: readonly KeptSums[], request: WhatIfRequest): OwnPart {
  const others = new Set<string>();
  /** Whether a part of the change is for others alone. */
  const isOthers = (name: string, has: (sums: KeptSums) => boolean): boolean => {
    const found = !has(kept) && all.some(has);
    if (found) others.add(name);
    return found;
  };
  const { model, people, person } = request;
  const changed = model && ownModel(model, isOthers);
  const moved = people?.filter((change) => !isOthersPeople(change, { kept, all, isOthers }));
  const months = changed && changesMonths(changed) ? chosenMonths(all, changed)[all.indexOf(kept)]! : null;
  const { months: _, dropMonths: _drop, addMonths: _add, ...rest } = changed ?? {};
  const notes: Note[] = [];
  if (others.size > 0) notes.push({ code: 'warning.what-if-not-here', args: { names: [...others] } });
  if (months && months.lacking.length > 0) notes.push({ code: 'warning.what-if-months-lacking', args: { months: months.lacking.map(formatMonth) } });
  return {
    request: {
      ...request,
      ...(changed ? { model: months ? { ...rest, months: months.months.map(formatMonth) } : changed } : {}),
      ...(moved ? { people: moved } : {}),
      ...(person ? { person: ownLevels(person, (name) => isOthers(name, ({ frame }) => frame.factors.some((factor) => factor.name === name))) } : {}),
    },
    notes,
  };
}

type IsOthers = (name: string, has: (sums: KeptSums) => boolean) => boolean;

const hasCovariate = (name: string) => ({ frame }: KeptSums): boolean => frame.factors.some((factor) => factor.name === name);
/** A covariate with these levels; several covariates may share a name. */
const hasLevels = (name: string, levels: readonly string[]) => ({ frame }: KeptSums): boolean =>
  levels.every((level) => frame.factors.some((factor) => factor.name === name && placeOfLevel(factor.labels, level) >= 0));
/** Whether anybody is at a level, in any of the months. */
const hasRowsAt = (name: string, level: string) => ({ frame, months }: KeptSums): boolean => {
  const { main } = frameColumns(frame);
  return frame.factors.some((factor, f) => factor.name === name && placeOfLevel(factor.labels, level) >= 0 && months.some(({ gram }) => {
    const a = main[f]! + placeOfLevel(factor.labels, level);
    return gram[(a * (a + 3)) / 2]! > 0;
  }));
};
const hasInteraction = (pair: readonly [string, string]) => ({ frame }: KeptSums): boolean => interactionNamed(frame, pair) >= 0;

function ownModel(change: ModelChange, isOthers: IsOthers): ModelChange {
  const kept = <T>(parts: readonly T[] | undefined, isElsewhere: (part: T) => boolean): T[] | undefined => parts?.filter((part) => !isElsewhere(part));
  const covariates = (names: readonly string[] | undefined) => kept(names, (name) => isOthers(name, hasCovariate(name)));
  const interactions = (pairs: readonly (readonly [string, string])[] | undefined) => kept(pairs, (pair) => isOthers(pair.join(' × '), hasInteraction(pair)));
  // A merged level is a level from then on.
  const made = new Set((change.merge ?? []).map(({ covariate, levels, label = levels.join(' + ') }) => `${covariate}\n${label}`));
  const own = (covariate: string, levels: readonly string[]): string[] => levels.filter((level) => !made.has(`${covariate}\n${level}`));
  const parts = {
    drop: covariates(change.drop),
    add: covariates(change.add),
    merge: kept(change.merge, ({ covariate, levels }) => isOthers(`${covariate} ${levels.join(', ')}`, hasLevels(covariate, own(covariate, levels)))),
    reference: kept(change.reference, ({ covariate, level }) => isOthers(`${covariate} ${level}`, made.has(`${covariate}\n${level}`) ? hasCovariate(covariate) : hasRowsAt(covariate, level))),
    dropInteractions: interactions(change.dropInteractions),
    addInteractions: interactions(change.addInteractions),
  };
  return { ...change, ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) };
}

function isOthersPeople(change: PeopleChange, { kept, all, isOthers }: { kept: KeptSums; all: readonly KeptSums[]; isOthers: IsOthers }): boolean {
  // Nobody here is in the group: nothing to say, and nothing to do.
  const { group } = change;
  if (group && !isGroupIn(kept, group) && all.some((sums) => isGroupIn(sums, group))) return true;
  if (change.kind === 'mix') return false;
  return change.kind === 'set'
    ? isOthers(`${change.covariate} ${change.level}`, hasLevels(change.covariate, [change.level]))
    : isOthers(change.covariate, hasCovariate(change.covariate));
}

function ownLevels(levels: PersonLevels, isElsewhere: (name: string) => boolean): PersonLevels {
  return Object.fromEntries(Object.entries(levels).filter(([name]) => !isElsewhere(name)));
}
