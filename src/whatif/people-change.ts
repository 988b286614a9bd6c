import { EngineError } from '../errors.ts';
import { cellMoments, cellsHolding, expectedSums, rowsOutside, whatIfCells, type LinearPrediction, type WhatIfCells } from './expected-cells.ts';
import type { GroupSums, KeptSums } from './kept-sums.ts';
import { columnMap, levelMap, type LevelChange } from './level-map.ts';

/** A group by its columns, as in `{ county: 'Troms' }`. */
export type GroupOf = Readonly<Record<string, string>>;

/** What to change in the people: levels, of everybody or of one group, or one group's whole mix for another's, month by month. */
export type PeopleChange =
  | (LevelChange & { readonly group?: GroupOf })
  | { readonly kind: 'mix'; readonly group: GroupOf; readonly like: GroupOf };

export interface ChangedPeople {
  /** Expected values of the changed people with the coefficients as they are; actual ones unchanged. NaN where it cannot be told. */
  readonly groupings: readonly WhatIfCells[];
  readonly notes: readonly string[];
}

/** Who a group's people are: those of the group `source`, in its own number, each column of the frame moved to `map`. */
interface People {
  readonly source: number;
  readonly map: Uint16Array;
}

/**
 * Expected values for changed people, with β kept. The changes are made in their order. Exact for least squares, which
 * predicts with sums of columns: x moved from one column to another takes the other's coefficient. To first order about
 * the fit for a probit.
 */
export function peopleChange(kept: KeptSums, outcome: number, { prediction, changes }: { prediction: LinearPrediction; changes: readonly PeopleChange[] }): ChangedPeople {
  checkChanges(kept, prediction, changes);
  const notes: string[] = [];
  const outside = rowsOutside(kept, prediction);
  const changed = new Map<GroupSums, Float64Array>();
  for (const grouping of kept.groupings) {
    if (!changes.every((change) => isTold(grouping, change))) continue;
    changed.set(grouping, changedSums(grouping, { kept, prediction, outside, people: peopleOf(kept, grouping, changes) }));
  }
  const groupings = kept.groupings.map((grouping): WhatIfCells => {
    const expected = changed.get(grouping) ?? fromFiner(grouping, changed, { kept, prediction, outside });
    if (!expected) notes.push(`${grouping.by.join(' × ')}: which of its groups the change falls in is not kept, so that it cannot be told.`);
    return whatIfCells(grouping, outcome, expected ?? new Float64Array(grouping.n.length).fill(NaN));
  });
  const empty = groupings.reduce((cells, { n, expected }) => cells + n.reduce((count, rows, cell) => count + Number(rows > 0 && Number.isNaN(expected[cell]!)), 0), 0);
  if (empty > 0) notes.push(`${empty} cells have no expected value.`);
  return { groupings, notes };
}

const columnsOf = (change: PeopleChange): string[] => Object.keys(change.group ?? {});
const isTold = ({ by }: GroupSums, change: PeopleChange): boolean => columnsOf(change).every((column) => by.includes(column));
const isIn = ({ by }: GroupSums, labels: readonly string[], group: GroupOf | undefined): boolean => by.every((column, c) => group?.[column] === undefined || group[column] === labels[c]);

function checkChanges(kept: KeptSums, { factors }: LinearPrediction, changes: readonly PeopleChange[]): void {
  for (const change of changes) {
    for (const group of [change.group, change.kind === 'mix' ? change.like : undefined]) if (group) checkGroup(kept, group);
    if (change.kind === 'mix') {
      if (columnsOf(change).join('\n') !== Object.keys(change.like).join('\n')) throw new EngineError('spec', 'A group can be given the mix of a group of the same columns alone.', { group: change.group, like: change.like });
    } else if (!factors.includes(levelMap(kept.frame, change).factor)) {
      throw new EngineError('spec', `${change.covariate} is not in the model: changing it changes no expected value.`, { covariate: change.covariate });
    }
  }
}

function checkGroup({ groupings }: KeptSums, group: GroupOf): void {
  const columns = Object.keys(group);
  const told = groupings.filter(({ by }) => by.length > 0 && columns.every((column) => by.includes(column)));
  if (told.length === 0 || columns.length === 0) {
    throw new EngineError('spec', `No breakdown by ${columns.join(' × ')} is kept; kept are ${groupings.slice(1).map(({ by }) => by.join(' × ')).join(', ') || 'none'}.`, { group });
  }
  if (!told.some((grouping) => grouping.groups.some((labels) => isIn(grouping, labels, group)))) {
    throw new EngineError('spec', `Nobody is in the group ${Object.entries(group).map(([column, label]) => `${column} ${label}`).join(', ')}.`, { group });
  }
}

/** The people of each group of a breakdown after all changes. */
function peopleOf({ frame }: KeptSums, grouping: GroupSums, changes: readonly PeopleChange[]): People[] {
  const same = Uint16Array.from({ length: frame.columns.length }, (_, a) => a);
  let people: People[] = grouping.groups.map((_, source) => ({ source, map: same }));
  for (const change of changes) {
    if (change.kind === 'mix') {
      people = people.map((own, k) => {
        const labels = grouping.groups[k]!;
        if (!isIn(grouping, labels, change.group)) return own;
        const wanted = grouping.by.map((column, c) => change.like[column] ?? labels[c]!);
        const like = grouping.groups.findIndex((other) => other.every((label, c) => label === wanted[c]));
        return like < 0 ? { ...own, source: -1 } : people[like]!;
      });
      continue;
    }
    const step = columnMap(frame, levelMap(frame, change));
    const moved = new Map<Uint16Array, Uint16Array>();
    people = people.map((own, k) => {
      if (!isIn(grouping, grouping.groups[k]!, change.group)) return own;
      if (!moved.has(own.map)) moved.set(own.map, own.map.map((a) => step[a]!));
      return { source: own.source, map: moved.get(own.map)! };
    });
  }
  return people;
}

interface Sums {
  readonly kept: KeptSums;
  readonly prediction: LinearPrediction;
  readonly outside: ReadonlyMap<number, readonly number[]>;
}

function plainSums(grouping: GroupSums, { kept, prediction, outside }: Sums): Float64Array {
  const expected = expectedSums(grouping, cellMoments(kept, grouping, prediction), prediction.coefficients);
  for (const cell of cellsHolding(grouping, outside)) expected[cell] = NaN;
  return expected;
}

function changedSums(grouping: GroupSums, { kept, prediction, outside, people }: Sums & { readonly people: readonly People[] }): Float64Array {
  const { groups, months, n } = grouping;
  const moments = cellMoments(kept, grouping, prediction);
  const out = new Float64Array(n.length).fill(NaN);
  for (const map of new Set(people.map((own) => own.map))) {
    const members = [...people.keys()].filter((k) => people[k]!.map === map && people[k]!.source >= 0);
    refuseUnestimated(kept, grouping, { map, prediction, sources: members.map((k) => people[k]!.source) });
    const moved = new Map([...outside].map(([month, columns]) => [month, columns.filter((a) => map[a] === a)]));
    const sums = expectedSums(grouping, moments, Float64Array.from(map, (a) => prediction.coefficients[a]!), new Set(members.map((k) => people[k]!.source)));
    for (const cell of cellsHolding(grouping, moved)) sums[cell] = NaN;
    for (const k of members) {
      const { source } = people[k]!;
      for (let t = 0; t < months; t++) {
        const [cell, from] = [t * groups.length + k, t * groups.length + source];
        if (source === k) out[cell] = sums[cell]!;
        else out[cell] = n[from]! > 0 ? (n[cell]! * sums[from]!) / n[from]! : n[cell] === 0 ? 0 : NaN;
      }
    }
  }
  return out;
}

/**
 * People who would come to a level without an estimate have no expected value, and those who come to or from a level that
 * is set aside have one that is not near the fit's: said, not made up.
 */
function refuseUnestimated({ frame }: KeptSums, { groups, x, n }: GroupSums, { map, prediction, sources }: { map: Uint16Array; prediction: LinearPrediction; sources: readonly number[] }): void {
  const [without, aside] = [new Set(prediction.unestimated), new Set(prediction.fitted?.aside)];
  const length = frame.columns.length;
  const moving = [...map.keys()].filter((a) => map[a] !== a && (without.has(map[a]!) || aside.has(a) || aside.has(map[a]!)));
  if (moving.length === 0) return;
  const mine = new Set(sources);
  for (let cell = 0; cell < n.length; cell++) {
    if (!mine.has(cell % groups.length)) continue;
    const a = moving.find((column) => x[cell * length + column]! > 0);
    if (a === undefined) continue;
    if (!without.has(map[a]!)) {
      const { term, level } = frame.columns[aside.has(a) ? a : map[a]!]!;
      throw new EngineError('spec', `Everybody in the estimation sample who has ${term} ${level} has the same outcome, so that changing who has it needs the rows.`, { covariate: term, level });
    }
    const { term, level } = frame.columns[map[a]!]!;
    throw new EngineError('spec', `Nobody in the estimation sample has ${term} ${level}, so that it has no estimate and nobody can be given it.`, { covariate: term, level });
  }
}

/** Expected values of groups that the change's groups are not told apart in: what the change does to a breakdown that they are made of. */
function fromFiner(grouping: GroupSums, changed: ReadonlyMap<GroupSums, Float64Array>, sums: Sums): Float64Array | null {
  const [finer] = [...changed.keys()].filter(({ by }) => grouping.by.every((column) => by.includes(column))).sort((a, b) => a.by.length - b.by.length);
  if (!finer) return null;
  const [expected, before, after] = [plainSums(grouping, sums), plainSums(finer, sums), changed.get(finer)!];
  const place = new Map(grouping.groups.map((labels, k) => [JSON.stringify(labels), k]));
  const home = finer.groups.map((labels) => place.get(JSON.stringify(grouping.by.map((column) => labels[finer.by.indexOf(column)])))!);
  for (let cell = 0; cell < after.length; cell++) {
    if (finer.n[cell] === 0 || Object.is(after[cell], before[cell])) continue;
    const month = finer.firstMonth + Math.floor(cell / finer.groups.length);
    expected[(month - grouping.firstMonth) * grouping.groups.length + home[cell % finer.groups.length]!]! += after[cell]! - before[cell]!;
  }
  return expected;
}
