import type { ModelChange } from '../../../src/whatif/model-change.ts';
import type { GroupOf, PeopleChange } from '../../../src/whatif/people-change.ts';
import type { WhatIfRequest } from '../../../src/whatif/answer.ts';
import { labelOf, sortedLabels } from '../../reference/table.ts';
import type { PlainPopulation } from '../../reference/what-if.ts';
import { chanceOf, type Chance, type RandomCase } from './panel.ts';

interface Asking {
  readonly chance: Chance;
  readonly given: RandomCase;
  /** Labels of each covariate, in any population. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** Questions about a case: what is asked may be there or not, but is of the right form. */
export function randomQuestions(given: RandomCase, populations: readonly PlainPopulation[], count: number): WhatIfRequest[] {
  const chance = chanceOf(given.seed + 100_003);
  const labels = new Map<string, string[]>();
  for (const { coded } of populations) for (const { covariate: { name }, labels: own } of coded) labels.set(name, [...new Set([...(labels.get(name) ?? []), ...own])]);
  const asking = { chance, given, labels };
  return Array.from({ length: count }, (): WhatIfRequest => {
    const kind = chance.pick(['model', 'model', 'people', 'people', 'both', 'person'] as const);
    const model = kind === 'model' || kind === 'both' ? modelChange(asking) : undefined;
    const people = kind === 'people' || kind === 'both' ? chance.some([0, 1], 0.4).map(() => peopleChange(asking)) : undefined;
    const person = kind === 'person' ? Object.fromEntries([...labels].map(([name, own]) => [name, chance.pick(own)])) : undefined;
    return { ...(model ? { model } : {}), ...(people ? { people } : {}), ...(person ? { person } : {}) };
  });
}

function modelChange({ chance, given: { months, spec }, labels }: Asking): ModelChange {
  const { pick, maybe, some } = chance;
  const names = [...labels.keys()];
  const parts: (() => ModelChange)[] = [
    () => {
      const drop = some(names, 0.25);
      const dropInteractions = (spec.interactions ?? []).filter((pair) => pair.some((name) => drop.includes(name)) && maybe(0.9));
      return { drop, ...(dropInteractions.length > 0 ? { dropInteractions } : {}) };
    },
    () => {
      const covariate = pick(names);
      return { merge: [{ covariate, levels: some(labels.get(covariate)!, 0.5) }] };
    },
    () => {
      const covariate = pick(names);
      return { reference: [{ covariate, level: pick(labels.get(covariate)!) }] };
    },
    () => ({ dropMonths: [pick(months), ...(maybe(0.2) ? ['2019-12'] : [])] }),
    () => ({ addMonths: [pick(months)] }),
    () => ({ months: [pick(months), `${months[2]}/${months[3]}`] }),
    () => ({ dropInteractions: [...(spec.interactions ?? [])].slice(0, 1) }),
  ];
  const asked = some([0, 1], 0.35).map(() => pick(parts)());
  return Object.assign({}, ...asked) as ModelChange;
}

function peopleChange({ chance, given: { by, rows }, labels }: Asking): PeopleChange {
  const { pick, maybe } = chance;
  const columns = pick(by);
  const groupOf = (): GroupOf => Object.fromEntries(columns.map((column) => [column, pick(sortedLabels(rows.map((row) => labelOf(row, column))))]));
  if (maybe(0.3)) return { kind: 'mix', group: groupOf(), like: groupOf() };
  const covariate = pick([...labels.keys()]);
  const change = maybe(0.5) ? ({ kind: 'set', covariate, level: pick(labels.get(covariate)!) } as const) : ({ kind: 'shift', covariate, by: pick([-2, -1, 1, 2]) } as const);
  return maybe(0.5) ? { ...change, group: groupOf() } : change;
}
