import { EngineError } from '../errors.ts';
import { whatIfCells, type WhatIfCells } from './expected-cells.ts';
import { isWithheldCell, type GroupSums, type KeptSums } from './kept-sums.ts';
import { columnMap, levelMap, type LevelChange } from './level-map.ts';
import type { Note } from './notes.ts';

/** A group by its columns, as in `{ county: 'Troms' }`. */
export type GroupOf = Readonly<Record<string, string>>;

/** What to change in the people: levels, of everybody or of one group, or one group's whole mix for another's, month by month. */
export type PeopleChange =
  | (LevelChange & { readonly group?: GroupOf })
  | { readonly kind: 'mix'; readonly group: GroupOf; readonly like: GroupOf };

export interface ChangedPeople {
  /** Expected values of the changed people with the coefficients as they are; actual ones unchanged. NaN where it cannot be told. */
  readonly groupings: readonly WhatIfCells[];
  readonly notes: readonly Note[];
}

/** Changes of level, one after the other. */
export interface Moves {
  readonly steps: readonly LevelChange[];
  /** Who counts in column a of the frame counts in column `map[a]` afterwards. */
  readonly map: Uint16Array;
}

/** Where expected values of people come from. */
export interface ExpectedPeople {
  /** Factors of the frame that are in the model. */
  readonly factors: readonly number[];
  /** Expected sums by cell of a breakdown once everybody has moved; good for these groups, for all where none are named. */
  sums(grouping: GroupSums, moves: Moves, groups?: ReadonlySet<number>): Float64Array;
}

/** Who a group's people are: those of the group `source` (−1: nobody's), in its own number, moved. */
interface People {
  readonly source: number;
  readonly moves: Moves;
}

interface PeopleQuestion {
  readonly people: ExpectedPeople;
  readonly changes: readonly PeopleChange[];
  /** Whether a breakdown is answered; all are where absent. */
  readonly shown?: (by: readonly string[]) => boolean;
}

/** Expected values for changed people, with β kept. The changes are made in their order. */
export function peopleChange(kept: KeptSums, outcome: number, { people, changes, shown = () => true }: PeopleQuestion): ChangedPeople {
  checkPeopleChanges(kept, people, changes);
  const notes: Note[] = [];
  const changed = new Map<GroupSums, ChangedSums>();
  for (const grouping of toldApart(kept, changes)) changed.set(grouping, changedSums(grouping, people, peopleOf(kept, grouping, changes)));
  let untold = 0;
  const groupings = kept.groupings.filter(({ by }) => shown(by)).map((grouping): WhatIfCells => {
    const sums = changed.get(grouping) ?? fromFiner(grouping, changed, { people, unmoved: unmoved(kept) });
    if (!sums) {
      notes.push({ code: 'warning.what-if-untold', args: { by: grouping.by } });
      return whatIfCells(grouping, outcome, new Float64Array(grouping.n.length).fill(NaN));
    }
    untold += sums.untold.size;
    return whatIfCells(grouping, outcome, sums.expected, sums.untold);
  });
  if (untold > 0) notes.push({ code: 'warning.what-if-withheld', args: { cells: untold } });
  const empty = groupings.reduce((cells, { n, expected, withheld }) => cells + n.reduce((count, rows, cell) => count + Number(rows > 0 && Number.isNaN(expected[cell]!) && !withheld?.[cell]), 0), 0);
  if (empty > 0) notes.push({ code: 'warning.what-if-empty-cells', args: { cells: empty } });
  return { groupings, notes };
}

/** All the ways in which anybody is moved: what expected sums will be asked for. */
export function allMoves(kept: KeptSums, changes: readonly PeopleChange[]): (readonly LevelChange[])[] {
  const told = toldApart(kept, changes);
  const people = told.flatMap((grouping) => peopleOf(kept, grouping, changes));
  // Breakdowns that do not know the groups are told from finer ones by what the change does there.
  const before = told.length < kept.groupings.length ? [[]] : [];
  return [...new Map([...before, ...people.map(({ moves }) => moves.steps)].map((steps) => [JSON.stringify(steps), steps])).values()];
}

/** Breakdowns in which the groups that a change names are told apart. */
const toldApart = (kept: KeptSums, changes: readonly PeopleChange[]): GroupSums[] => kept.groupings.filter((grouping) => changes.every((change) => isTold(grouping, change)));
const unmoved = ({ frame }: KeptSums): Moves => ({ steps: [], map: Uint16Array.from({ length: frame.columns.length }, (_, a) => a) });
const columnsOf = (change: PeopleChange): string[] => Object.keys(change.group ?? {});
const isTold = ({ by }: GroupSums, change: PeopleChange): boolean => columnsOf(change).every((column) => by.includes(column));
const isIn = ({ by }: GroupSums, labels: readonly string[], group: GroupOf | undefined): boolean => by.every((column, c) => group?.[column] === undefined || group[column] === labels[c]);

/** Throws for a group or level that nobody has, and for a change of what is not in the model. */
export function checkPeopleChanges(kept: KeptSums, { factors }: Pick<ExpectedPeople, 'factors'>, changes: readonly PeopleChange[]): void {
  for (const change of changes) {
    for (const group of [change.group, change.kind === 'mix' ? change.like : undefined]) if (group) checkGroup(kept, group);
    if (change.kind === 'mix') {
      if (columnsOf(change).join('\n') !== Object.keys(change.like).join('\n')) throw new EngineError('spec.what-if-columns-differ', {});
    } else if (!factors.includes(levelMap(kept.frame, change).factor)) {
      throw new EngineError('spec.what-if-changes-nothing', { covariate: change.covariate });
    }
  }
}

/** Whether anybody is, or is withheld, in a group. */
export function isGroupIn({ groupings }: Pick<KeptSums, 'groupings'>, group: GroupOf): boolean {
  const told = groupings.filter(({ by }) => Object.keys(group).every((column) => by.includes(column)));
  return told.some((grouping) => grouping.groups.some((labels) => isIn(grouping, labels, group)));
}

function checkGroup({ groupings }: KeptSums, group: GroupOf): void {
  const columns = Object.keys(group);
  const told = groupings.filter(({ by }) => by.length > 0 && columns.every((column) => by.includes(column)));
  if (told.length === 0 || columns.length === 0) {
    throw new EngineError('spec.what-if-no-breakdown', { columns, kept: groupings.slice(1).map(({ by }) => by.join(' × ')) });
  }
  if (!isGroupIn({ groupings: told }, group)) {
    throw new EngineError('spec.what-if-nobody', { group: Object.entries(group).map(([column, label]) => `${column} ${label}`).join(', ') });
  }
}

/** The people of each group of a breakdown after all changes. */
function peopleOf(kept: KeptSums, grouping: GroupSums, changes: readonly PeopleChange[]): People[] {
  const same = unmoved(kept);
  let people: People[] = grouping.groups.map((_, source) => ({ source, moves: same }));
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
    const { group: _, ...step } = change;
    const map = columnMap(kept.frame, levelMap(kept.frame, step));
    const moved = new Map<Moves, Moves>();
    people = people.map((own, k) => {
      if (!isIn(grouping, grouping.groups[k]!, change.group)) return own;
      if (!moved.has(own.moves)) moved.set(own.moves, { steps: [...own.moves.steps, step], map: own.moves.map.map((a) => map[a]!) });
      return { source: own.source, moves: moved.get(own.moves)! };
    });
  }
  return people;
}

/** Expected sums by cell, and the cells that would take a withheld one. */
interface ChangedSums {
  readonly expected: Float64Array;
  readonly untold: ReadonlySet<number>;
  /** Withheld cells whose people change. */
  readonly moved: ReadonlySet<number>;
}

function changedSums(grouping: GroupSums, expected: ExpectedPeople, people: readonly People[]): ChangedSums {
  const { groups, months, n } = grouping;
  const out = new Float64Array(n.length).fill(NaN);
  const [untold, moved] = [new Set<number>(), new Set<number>()];
  for (const moves of new Set(people.map((own) => own.moves))) {
    const members = [...people.keys()].filter((k) => people[k]!.moves === moves && people[k]!.source >= 0);
    const sums = expected.sums(grouping, moves, new Set(members.map((k) => people[k]!.source)));
    for (const k of members) {
      const { source } = people[k]!;
      for (let t = 0; t < months; t++) {
        const [cell, from] = [t * groups.length + k, t * groups.length + source];
        if (isWithheldCell(grouping, cell)) {
          if (source !== k || moves.steps.length > 0) moved.add(cell);
        } else if (source !== k && n[cell]! > 0 && isWithheldCell(grouping, from)) untold.add(cell);
        if (source === k) out[cell] = sums[cell]!;
        else out[cell] = n[from]! > 0 ? (n[cell]! * sums[from]!) / n[from]! : n[cell] === 0 ? 0 : NaN;
      }
    }
  }
  // A group that is given the mix of one that is not there has no people to take it from, withheld or not.
  people.forEach(({ source }, k) => {
    if (source >= 0) return;
    for (let t = 0; t < months; t++) if (isWithheldCell(grouping, t * groups.length + k)) moved.add(t * groups.length + k);
  });
  for (const cell of untold) out[cell] = NaN;
  return { expected: out, untold, moved };
}

/** Expected values of groups that the change's groups are not told apart in: what the change does to a breakdown that they are made of. */
function fromFiner(grouping: GroupSums, changed: ReadonlyMap<GroupSums, ChangedSums>, { people, unmoved: same }: { people: ExpectedPeople; unmoved: Moves }): ChangedSums | null {
  const [finer] = [...changed.keys()].filter(({ by }) => grouping.by.every((column) => by.includes(column))).sort((a, b) => a.by.length - b.by.length);
  if (!finer) return null;
  const { expected: after, untold: gone, moved } = changed.get(finer)!;
  const [expected, before] = [people.sums(grouping, same), people.sums(finer, same)];
  const untold = new Set<number>();
  const place = new Map(grouping.groups.map((labels, k) => [JSON.stringify(labels), k]));
  const home = finer.groups.map((labels) => place.get(JSON.stringify(grouping.by.map((column) => labels[finer.by.indexOf(column)])))!);
  const homeOf = (cell: number): number => (finer.firstMonth + Math.floor(cell / finer.groups.length) - grouping.firstMonth) * grouping.groups.length + home[cell % finer.groups.length]!;
  // Where all of a cell's parts are there, their sum says what it is, also where some had no expected value before.
  const [rows, sums, isChanged] = [new Float64Array(expected.length), new Float64Array(expected.length), new Uint8Array(expected.length)];
  for (let cell = 0; cell < after.length; cell++) {
    if (finer.n[cell] === 0) continue;
    const at = homeOf(cell);
    rows[at]! += finer.n[cell]!;
    sums[at]! += after[cell]!;
    if (Object.is(after[cell], before[cell])) continue;
    isChanged[at] = 1;
    expected[at]! += after[cell]! - before[cell]!;
  }
  isChanged.forEach((changes, at) => {
    if (changes === 1 && rows[at] === grouping.n[at]) expected[at] = sums[at]!;
  });
  // What the change does to people who are withheld is not told, and so no sum with them in it is.
  for (const cell of [...gone, ...moved]) if (!isWithheldCell(grouping, homeOf(cell))) untold.add(homeOf(cell));
  for (const cell of untold) expected[cell] = NaN;
  return { expected, untold, moved: new Set() };
}
