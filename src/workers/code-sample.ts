import { RowState } from '../coding/coded-rows.ts';
import type { Grouping, SamplePlan } from '../coding/sample-plan.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { groupReader, levelAdder, type AddLevels, type ReadGroups } from './row-levels.ts';
import type { Piece, RowStore } from './row-store.ts';
import { withScratch, type Scratch } from './scratch.ts';

/** A column in the kernels' memory. */
export interface ResidentCodes {
  readonly ptr: number;
  readonly levels: number;
  readonly width: 1 | 2;
}

export interface ResidentOutcome {
  readonly ptr: number;
  readonly width: 1 | 4 | 8;
}

/**
 * The coded rows of one sample in the kernels' memory: first the estimation rows, person by person, then the rows that
 * are only predicted, person by person in the same order.
 */
export interface ResidentSample {
  readonly plan: SamplePlan;
  readonly estimationRows: number;
  /** Estimation rows of the pilot, which come first. */
  readonly pilotRows: number;
  readonly rows: number;
  /** Persons with estimation rows. */
  readonly persons: number;
  /** Persons with any row here, and for each of them, u32: where its estimation rows begin, and its other rows (0: nobody has any). One more than clusters. */
  readonly clusters: number;
  readonly personStart: number;
  readonly otherStart: number;
  /** Two u32 words a cluster, from the person's identity alone. */
  readonly personKeys: number;
  /** Place of each cluster among the worker's persons, where one person may be in several samples of an outcome; null elsewhere. */
  readonly places: Uint32Array | null;
  readonly composites: readonly ResidentCodes[];
  /** u8, 1 for rows that are not shown, estimation rows all of them: they are in no cell. 0 where there are none. */
  readonly hidden: number;
  /** f64 columns, scaled to [−1, 1] on the estimation sample. */
  readonly numerics: readonly number[];
  /** By outcome of the sample: u8 for a probit, else f32 where that holds all of this worker's values, or f64. */
  readonly outcomes: readonly ResidentOutcome[];
  /** u8, counted from the first month. */
  readonly months: number;
  /** u8: 1 where the condition of the sample does not hold; 0 where there is no such row here. */
  readonly apart: number;
  /** By grouping, as wide as its groups need. */
  readonly groups: readonly { readonly ptr: number; readonly width: 1 | 2 | 4 }[];
  /** Largest |x| of each numeric column: 1, or more where a predicted row lies beyond the estimation sample. */
  readonly reach: readonly number[];
  /** Values of predicted rows outside the range of the estimation sample, moved to the end bins. */
  readonly outside: number;
}

/** Persons of the store in the order in which their rows are laid out: those of the pilot first, and by group. */
export interface PersonOrder {
  /** Place of each person, and two words of its identity by place. */
  readonly place: Uint32Array;
  readonly keys: Uint32Array;
  readonly pilotPersons: number;
}

/** Sums by group that are too many to stay near are added to where the persons of a group stand together: `breakdown` is the finest. */
export function orderPersons(store: RowStore, breakdown: Grouping): PersonOrder {
  const { persons } = store;
  const groups = groupsOfPersons(store, breakdown);
  const bins = 2 * breakdown.groups.length;
  const binOf = (p: number): number => groups[p]! + (persons.inPilot(p) ? 0 : breakdown.groups.length);
  const next = new Uint32Array(bins + 1);
  for (let p = 0; p < groups.length; p++) next[binOf(p) + 1]!++;
  for (let bin = 0; bin < bins; bin++) next[bin + 1]! += next[bin]!;
  const pilotPersons = next[breakdown.groups.length]!;
  const place = new Uint32Array(persons.size);
  const keys = new Uint32Array(2 * persons.size);
  for (let p = 0; p < place.length; p++) {
    place[p] = next[binOf(p)]!++;
    keys.set(persons.key(p), 2 * place[p]!);
  }
  return { place, keys, pilotPersons };
}

/** A group that each person was in. */
function groupsOfPersons(store: RowStore, breakdown: Grouping): Uint32Array {
  const groups = new Uint32Array(store.persons.size);
  if (breakdown.groups.length === 1) return groups;
  const read = groupReader(store, breakdown);
  for (const piece of store.pieces) {
    const ofRows = read(piece);
    for (let row = 0; row < piece.rows; row++) groups[piece.persons[row]!] = ofRows[row]!;
  }
  return groups;
}

interface LayoutOf {
  readonly kernels: Kernels;
  readonly order: PersonOrder;
  /** Address of as many zero bytes as the store has rows. */
  readonly zeros: number;
}

/** A piece while it is laid out, and what all samples share of it. */
export interface PieceInHand {
  readonly piece: Piece;
  readonly scratch: Scratch;
  /** Address of the place of each person. */
  readonly order: number;
  /** Addresses of columns that were made for another sample, by what they depend on. */
  readonly made: Map<string, number>;
}

/** Lays the rows of one sample out in memory, piece by piece. */
export class SampleLayout {
  private readonly store: RowStore;
  private readonly plan: SamplePlan;
  private readonly kernels: Kernels;
  private readonly resident: Omit<ResidentSample, 'reach' | 'outside'>;
  /** Where the next estimation row of each person goes, and the next of its other rows, by place. */
  private readonly starts: { readonly estimated: Uint32Array; readonly predicted: Uint32Array };
  private next = { estimated: 0, predicted: 0 };
  private outside = 0;
  private readonly composites: readonly { readonly add: readonly AddLevels[]; readonly key: string }[];
  private readonly groups: readonly (ReadGroups | null)[];

  constructor(store: RowStore, plan: SamplePlan, { kernels, order, zeros }: LayoutOf) {
    this.store = store;
    this.plan = plan;
    this.kernels = kernels;
    const { design } = plan;
    this.composites = design.composites.map(({ factors, strides }) => ({
      add: factors.map((f, k) => levelAdder(kernels, { store, source: plan.factorSources[f]!, levels: design.factors[f]!.labels.length, stride: strides[k]! })),
      key: JSON.stringify([factors.map((f) => plan.factorSources[f]!), strides]),
    }));
    this.groups = plan.groupings.map((grouping) => (grouping.groups.length === 1 ? null : groupReader(store, grouping)));

    const { estimated, predicted, apart } = this.countRows(order);
    const memory = kernels.arena;
    const clusters = estimated.reduce((sum, rows, p) => sum + (rows > 0 || predicted[p]! > 0 ? 1 : 0), 0);
    const estimationRows = estimated.reduce((sum, rows) => sum + rows, 0);
    const hasOthers = predicted.some((rows) => rows > 0);
    const personStart = memory.alloc(4 * (clusters + 1));
    const otherStart = hasOthers ? memory.alloc(4 * (clusters + 1)) : 0;
    const personKeys = memory.alloc(8 * Math.max(clusters, 1));
    const starts = memory.u32(personStart, clusters + 1);
    const others = hasOthers ? memory.u32(otherStart, clusters + 1) : null;
    const keys = memory.u32(personKeys, 2 * clusters);
    const places = plan.population === null ? null : new Uint32Array(clusters);
    let [at, other, cluster, persons, pilotRows] = [0, estimationRows, 0, 0, 0];
    for (let p = 0; p < estimated.length; p++) {
      const [rows, otherRows] = [estimated[p]!, predicted[p]!];
      if (rows + otherRows > 0) {
        keys.set(order.keys.subarray(2 * p, 2 * p + 2), 2 * cluster);
        starts[cluster] = at;
        if (others) others[cluster] = other;
        if (places) places[cluster] = p;
        cluster++;
      }
      if (rows > 0) persons++;
      estimated[p] = at;
      predicted[p] = other;
      at += rows;
      other += otherRows;
      if (p < order.pilotPersons) pilotRows = at;
    }
    starts[cluster] = at;
    if (others) others[cluster] = other;
    this.starts = { estimated, predicted };
    const rows = other;
    this.resident = {
      plan,
      estimationRows,
      pilotRows,
      rows,
      persons,
      clusters,
      personStart,
      otherStart,
      personKeys,
      places,
      composites: design.composites.map(({ levels, width }) => ({ ptr: memory.alloc(rows * width), levels, width })),
      numerics: plan.numericInputs.map(() => memory.alloc(8 * rows)),
      outcomes: plan.outcomes.map((o) => {
        const width = outcomeWidth(store, o);
        return { ptr: memory.alloc(rows * width), width };
      }),
      months: memory.alloc(rows),
      apart: apart ? memory.alloc(rows) : 0,
      hidden: store.pieces.some(({ hidden }) => hidden !== null) ? memory.alloc(rows) : 0,
      groups: plan.groupings.map(({ groups }) => {
        // Everybody is in the one group of the whole.
        if (groups.length === 1) return { ptr: zeros, width: 1 } as const;
        const width = groups.length <= 256 ? 1 : groups.length <= 65536 ? 2 : 4;
        return { ptr: memory.alloc(rows * width), width } as const;
      }),
    };
  }

  /** Before the first piece, with scratch memory that lasts to the end of the last. */
  begin(scratch: Scratch): void {
    this.next = { estimated: scratch.put(this.starts.estimated), predicted: scratch.put(this.starts.predicted) };
  }

  add(hand: PieceInHand): void {
    const { piece, scratch } = hand;
    const { plan, kernels, resident } = this;
    const n = piece.rows;
    const places = this.placeRows(hand);
    this.composites.forEach(({ add, key }, a) => {
      const codes = made(hand, key, () => {
        const out = scratch.zeroed(2 * n);
        for (const addLevels of add) addLevels(piece, scratch, out);
        return out;
      });
      kernels.scatterIntegers({ ptr: codes, width: 2 }, places, n, resident.composites[a]!);
    });
    plan.numericInputs.forEach((input, d) => {
      const { centre, halfRange } = plan.design.numerics[d]!;
      const values = scratch.numbers(piece.inputs[input] as Float32Array | Float64Array);
      kernels.scatterNumbers(values, places, n, { centre, range: halfRange }, resident.numerics[d]!);
    });
    plan.outcomes.forEach((o, k) => {
      const y = piece.outcomes[o]!;
      const to = resident.outcomes[k]!;
      if (to.width === 8) kernels.scatterNumbers(scratch.numbers(y as Float32Array | Float64Array), places, n, { centre: 0, range: 1 }, to.ptr);
      // The bits of a single are moved as they are.
      else kernels.scatterIntegers({ ptr: scratch.put(y), width: to.width }, places, n, { ptr: to.ptr, width: to.width });
    });
    const months = made(hand, 'months', () => scratch.put(piece.months.map((month) => month - plan.firstMonth)));
    kernels.scatterIntegers({ ptr: months, width: 2 }, places, n, { ptr: resident.months, width: 1 });
    if (resident.hidden !== 0) kernels.scatterIntegers({ ptr: scratch.put(piece.hidden!), width: 1 }, places, n, { ptr: resident.hidden, width: 1 });
    if (resident.apart !== 0) kernels.scatterIntegers({ ptr: this.rowsOf(piece, scratch, RowState.apart), width: 1 }, places, n, { ptr: resident.apart, width: 1 });
    this.groups.forEach((read, g) => {
      if (read === null) return;
      const groups = made(hand, `groups ${g}`, () => scratch.put(read(piece)));
      kernels.scatterIntegers({ ptr: groups, width: 4 }, places, n, resident.groups[g]!);
    });
  }

  /** Once every piece has been added. */
  finish(): ResidentSample {
    const { resident, kernels } = this;
    const reach = resident.numerics.map((ptr) => kernels.arena.f64(ptr, resident.rows).reduce((largest, x) => Math.max(largest, Math.abs(x)), 1));
    return { ...resident, reach, outside: this.outside };
  }

  private rowsOf(piece: Piece, scratch: Scratch, state: number): number {
    return this.store.mask(piece, scratch, { outcome: this.plan.outcomes[0]!, population: this.plan.population }, state);
  }

  /** The same of all rows that are only predicted. */
  private othersOf(piece: Piece, scratch: Scratch): { readonly mask: number; readonly apart: boolean } {
    const { kernels: { arena } } = this;
    const [mask, apart] = [this.rowsOf(piece, scratch, RowState.predicted), this.rowsOf(piece, scratch, RowState.apart)];
    const [all, some] = [arena.u8(mask, piece.rows), arena.u8(apart, piece.rows)];
    if (!some.includes(1)) return { mask, apart: false };
    for (let i = 0; i < all.length; i++) all[i]! |= some[i]!;
    return { mask, apart: true };
  }

  /** Rows of either kind by place of the person, and whether the condition of the sample leaves any out. */
  private countRows({ place }: PersonOrder): { estimated: Uint32Array; predicted: Uint32Array; apart: boolean } {
    const { kernels, store } = this;
    return withScratch(kernels.arena, (outer) => {
      let isApart = false;
      const [order, estimated, predicted] = [outer.put(place), outer.zeroed(4 * place.length), outer.zeroed(4 * place.length)];
      for (const piece of store.pieces) {
        withScratch(kernels.arena, (scratch) => {
          const persons = scratch.put(piece.persons);
          kernels.countPersons(persons, piece.rows, this.rowsOf(piece, scratch, RowState.estimated), order, estimated);
          const { mask, apart } = this.othersOf(piece, scratch);
          isApart ||= apart;
          kernels.countPersons(persons, piece.rows, mask, order, predicted);
        });
      }
      return { estimated: kernels.arena.u32(estimated, place.length).slice(), predicted: kernels.arena.u32(predicted, place.length).slice(), apart: isApart };
    });
  }

  private placeRows({ piece, scratch, order }: PieceInHand): number {
    const { kernels } = this;
    const places = scratch.room(4 * piece.rows);
    const estimated = this.rowsOf(piece, scratch, RowState.estimated);
    const predicted = this.othersOf(piece, scratch).mask;
    const others = kernels.placeRows(scratch.put(piece.persons), piece.rows, { estimated, predicted }, order, this.next, places);
    if (others > 0) this.countOutside(piece, kernels.arena.u8(predicted, piece.rows));
    return places;
  }

  private countOutside(piece: Piece, predicted: Uint8Array): void {
    for (const { input, range, zeroSeparate } of this.plan.factorSources) {
      if (!range) continue;
      const values = piece.inputs[input]!;
      for (let i = 0; i < values.length; i++) {
        const x = values[i]!;
        if (predicted[i] && (x > range[1] || (x < range[0] && !(zeroSeparate && x <= 0)))) this.outside++;
      }
    }
  }
}

function outcomeWidth({ pieces }: RowStore, outcome: number): 1 | 4 | 8 {
  const widest = pieces.reduce((most, piece) => Math.max(most, piece.outcomes[outcome]!.BYTES_PER_ELEMENT), 1);
  return widest as 1 | 4 | 8;
}

function made({ made: known }: PieceInHand, key: string, make: () => number): number {
  let ptr = known.get(key);
  if (ptr === undefined) known.set(key, (ptr = make()));
  return ptr;
}
