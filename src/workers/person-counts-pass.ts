import type { Predictor } from '../estimate/passes.ts';
import type { PersonCounts } from '../indicator/person-counts.ts';
import { CellPersons } from './cell-persons.ts';
import { clustersOf, type Stretch } from './clusters.ts';
import type { Block, RowBlocks } from './row-blocks.ts';

/** Rows of one outcome in one sample, and what tells which of them have an expected value. */
export interface CountedRows {
  readonly rows: RowBlocks;
  readonly outcome: number;
  readonly predictor: Predictor;
}

type Kind = 'own' | 'other';
const kinds: readonly Kind[] = ['own', 'other'];

/** Persons by cell of each grouping and partition of months, over the samples of one outcome. */
export function personCountsPass(parts: readonly CountedRows[], partitions: readonly Int32Array[]): Promise<PersonCounts[][]> {
  const { rows } = parts[0]!;
  const { kernels, control, sample: { plan } } = rows;
  const { arena } = kernels;
  return rows.scratch(async (alloc) => {
    const persons = parts.map(({ rows: own }) => personsOf(own));
    const { room, stretches } = stretchesOf(parts, persons);
    const [y, eta] = [alloc(8 * room), alloc(8 * room)];
    const cells = plan.groupings.map(() => alloc(4 * room));
    const predictors = parts.map(({ rows: own, predictor }) => ({
      own: own.predictor(alloc, predictor, predictor.levels), other: own.predictor(alloc, predictor, predictor.levelsOutside),
    }));
    const met = { n: 0, place: new Uint32Array(room), owner: new Uint32Array(room), y: arena.f64(y, room) };
    const [predicted, cellsOf] = [arena.f64(eta, room), cells.map((ptr) => arena.u32(ptr, room))];
    const tables = plan.groupings.map(({ groups }) => partitions.map((ofMonth) => new CellPersons(ofMonth, groups.length)));

    /** Fills the rows of a block from `at` on. */
    const fill = (p: number, kind: Kind, block: Block, at: number): void => {
      const { rows: { sample }, rows: own, outcome } = parts[p]!;
      predictors[p]![kind](block, eta + 8 * at);
      own.hide(block, eta + 8 * at);
      const values = own.outcome(outcome, block, y + 8 * at);
      if (values !== y + 8 * at) met.y.set(arena.f64(values, block.rows), at);
      cells.forEach((ptr, g) => kernels.cellIndex(sample.groups[g]!, sample.months, block.start, block.rows, plan.groupings[g]!.groups.length, ptr + 4 * at));
    };
    for (const stretch of stretches()) {
      let filled = 0;
      const moved = stretch.map((part, p) => Object.fromEntries(kinds.map((kind) => {
        const at = filled;
        fill(p, kind, part[kind], at);
        filled += part[kind].rows;
        return [kind, at - part[kind].start];
      })) as Record<Kind, number>);
      met.n = 0;
      eachPerson(persons, stretch, (p, kind, from, to, owner) => {
        const by = moved[p]![kind];
        for (let at = from + by; at < to + by; at++) {
          if (Number.isNaN(predicted[at]!)) continue;
          met.place[met.n] = at;
          met.owner[met.n++] = owner;
        }
      });
      tables.forEach((own, g) => own.forEach((table) => table.add(met, cellsOf[g]!)));
      rows.tick(filled);
      await control.breathe();
    }
    control.check();
    return tables.map((own) => own.map(({ counts }) => counts));
  });
}

/** Persons of several samples are taken so many places at a time. */
const stride = 256;

/** The rows of the same persons in each part, and room for those of the largest stretch. */
function stretchesOf(parts: readonly CountedRows[], persons: readonly Persons[]): { readonly room: number; stretches(): Iterable<readonly Stretch[]> } {
  if (parts.length === 1) {
    const { room, stretches } = clustersOf(parts[0]!.rows);
    return {
      room: 2 * room,
      *stretches() {
        for (const stretch of stretches()) yield [stretch];
      },
    };
  }
  const places = persons.reduce((most, { place }) => Math.max(most, (place.at(-1) ?? -1) + 1), 0);
  function* stretches(): Generator<Stretch[]> {
    const next = persons.map(() => 0);
    for (let end = stride; end < places + stride; end += stride) {
      yield persons.map(({ place, own, other }, p) => {
        const from = next[p]!;
        let to = from;
        while (to < place.length && place[to]! < end) to++;
        next[p] = to;
        const block = (starts: Uint32Array | null): Block => ({ start: starts ? starts[from]! : 0, rows: starts ? starts[to]! - starts[from]! : 0 });
        return { from, to, own: block(own), other: block(other) };
      });
    }
  }
  let room = 1;
  for (const stretch of stretches()) room = Math.max(room, stretch.reduce((sum, { own, other }) => sum + own.rows + other.rows, 0));
  return { room, stretches };
}

/** Persons of a sample: their place among the worker's, and where their rows begin. */
interface Persons {
  readonly place: Uint32Array;
  readonly own: Uint32Array;
  readonly other: Uint32Array | null;
}

function personsOf({ kernels: { arena }, sample: { clusters, places, personStart, otherStart } }: RowBlocks): Persons {
  return {
    place: places ?? Uint32Array.from({ length: clusters }, (_, c) => c),
    own: arena.u32(personStart, clusters + 1).slice(),
    other: otherStart === 0 ? null : arena.u32(otherStart, clusters + 1).slice(),
  };
}

/** Calls `each` for a person's rows in every part before the next person's. */
function eachPerson(persons: readonly Persons[], stretch: readonly Stretch[], each: (part: number, kind: Kind, from: number, to: number, owner: number) => void): void {
  const next = stretch.map(({ from }) => from);
  for (;;) {
    let place = Infinity;
    persons.forEach((own, p) => {
      if (next[p]! < stretch[p]!.to) place = Math.min(place, own.place[next[p]!]!);
    });
    if (place === Infinity) return;
    persons.forEach((own, p) => {
      const c = next[p]!;
      if (c >= stretch[p]!.to || own.place[c] !== place) return;
      for (const kind of kinds) {
        const starts = own[kind];
        if (starts) each(p, kind, starts[c]!, starts[c + 1]!, place + 1);
      }
      next[p] = c + 1;
    });
  }
}
