import { RowState } from '../coding/coded-rows.ts';
import type { SamplePlan } from '../coding/sample-plan.ts';
import { EngineError } from '../errors.ts';
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

/**
 * The coded rows of one sample in the kernels' memory: first the estimation rows, person by person, then the rows that
 * are only predicted.
 */
export interface ResidentSample {
  readonly plan: SamplePlan;
  readonly estimationRows: number;
  /** Estimation rows of the pilot, which come first. */
  readonly pilotRows: number;
  readonly rows: number;
  readonly persons: number;
  /** u32, persons + 1 of them: where each person's estimation rows begin. */
  readonly personStart: number;
  readonly composites: readonly ResidentCodes[];
  /** f64 columns, scaled to [−1, 1] on the estimation sample. */
  readonly numerics: readonly number[];
  /** By outcome of the sample: f64, or u8 for a probit. */
  readonly outcomes: readonly number[];
  /** u8, counted from the first month. */
  readonly months: number;
  /** By grouping, as wide as its groups need. */
  readonly groups: readonly { readonly ptr: number; readonly width: 1 | 2 | 4 }[];
  /** Largest |x| of each numeric column: 1, or more where a predicted row lies beyond the estimation sample. */
  readonly reach: readonly number[];
  /** Values of predicted rows outside the range of the estimation sample, moved to the end bins. */
  readonly outside: number;
}

/** Persons of the store in the order in which their rows are laid out: those of the pilot first. */
export interface PersonOrder {
  /** Place of each person. */
  readonly place: Uint32Array;
  readonly pilotPersons: number;
}

export function orderPersons({ persons }: RowStore): PersonOrder {
  const place = new Uint32Array(persons.size);
  let pilotPersons = 0;
  for (let p = 0; p < place.length; p++) if (persons.inPilot(p)) place[p] = pilotPersons++;
  for (let p = 0, others = pilotPersons; p < place.length; p++) if (!persons.inPilot(p)) place[p] = others++;
  return { place, pilotPersons };
}

interface LayoutOf {
  readonly kernels: Kernels;
  readonly order: PersonOrder;
  /** How each outcome of the row plan is held. */
  readonly probit: readonly boolean[];
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
  /** Where the next estimation row of each person goes, by place, and the next predicted row of anybody. */
  private readonly starts: Uint32Array;
  private next = 0;
  private nextPredicted: number;
  private outside = 0;
  private readonly composites: readonly { readonly add: readonly AddLevels[]; readonly key: string }[];
  private readonly groups: readonly (ReadGroups | null)[];

  constructor(store: RowStore, plan: SamplePlan, { kernels, order, probit, zeros }: LayoutOf) {
    if (plan.months > 256) throw new EngineError('data', `The data span ${plan.months} months; at most 256 are possible.`);
    this.store = store;
    this.plan = plan;
    this.kernels = kernels;
    const { design } = plan;
    this.composites = design.composites.map(({ factors, strides }) => ({
      add: factors.map((f, k) => levelAdder(kernels, { store, source: plan.factorSources[f]!, levels: design.factors[f]!.labels.length, stride: strides[k]! })),
      key: JSON.stringify([factors.map((f) => plan.factorSources[f]!), strides]),
    }));
    this.groups = plan.groupings.map((grouping) => (grouping.groups.length === 1 ? null : groupReader(store, grouping)));

    const { counts, predicted } = this.countRows(order);
    const persons = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const memory = kernels.arena;
    const personStart = memory.alloc(4 * (persons + 1));
    const starts = memory.u32(personStart, persons + 1);
    let [at, person, pilotRows] = [0, 0, 0];
    for (let p = 0; p < counts.length; p++) {
      const rows = counts[p]!;
      if (rows > 0) starts[person++] = at;
      counts[p] = at;
      at += rows;
      if (p < order.pilotPersons) pilotRows = at;
    }
    starts[person] = at;
    this.starts = counts;
    this.nextPredicted = at;
    const rows = at + predicted;
    this.resident = {
      plan,
      estimationRows: at,
      pilotRows,
      rows,
      persons,
      personStart,
      composites: design.composites.map(({ levels, width }) => ({ ptr: memory.alloc(rows * width), levels, width })),
      numerics: plan.numericInputs.map(() => memory.alloc(8 * rows)),
      outcomes: plan.outcomes.map((o) => memory.alloc(probit[o] ? rows : 8 * rows)),
      months: memory.alloc(rows),
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
    this.next = scratch.put(this.starts);
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
      if (y instanceof Uint8Array) kernels.scatterIntegers(scratch.integers(y), places, n, { ptr: to, width: 1 });
      else kernels.scatterNumbers(scratch.numbers(y), places, n, { centre: 0, range: 1 }, to);
    });
    const months = made(hand, 'months', () => scratch.put(piece.months.map((month) => month - plan.firstMonth)));
    kernels.scatterIntegers({ ptr: months, width: 2 }, places, n, { ptr: resident.months, width: 1 });
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

  /** Estimation rows by place of the person, and all predicted rows. */
  private countRows({ place }: PersonOrder): { counts: Uint32Array; predicted: number } {
    const { kernels, store } = this;
    return withScratch(kernels.arena, (outer) => {
      const [order, counts] = [outer.put(place), outer.zeroed(4 * place.length)];
      let predicted = 0;
      for (const piece of store.pieces) {
        withScratch(kernels.arena, (scratch) => {
          const estimated = this.rowsOf(piece, scratch, RowState.estimated);
          kernels.countPersons(scratch.put(piece.persons), piece.rows, estimated, order, counts);
          const others = kernels.arena.u8(this.rowsOf(piece, scratch, RowState.predicted), piece.rows);
          for (let i = 0; i < others.length; i++) predicted += others[i]!;
        });
      }
      return { counts: kernels.arena.u32(counts, place.length).slice(), predicted };
    });
  }

  private placeRows({ piece, scratch, order }: PieceInHand): number {
    const { kernels } = this;
    const places = scratch.room(4 * piece.rows);
    const estimated = this.rowsOf(piece, scratch, RowState.estimated);
    const predicted = this.rowsOf(piece, scratch, RowState.predicted);
    const first = this.nextPredicted;
    this.nextPredicted = kernels.placeRows(scratch.put(piece.persons), piece.rows, { estimated, predicted }, order, this.next, first, places);
    if (this.nextPredicted > first) this.countOutside(piece, kernels.arena.u8(predicted, piece.rows));
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

function made({ made: known }: PieceInHand, key: string, make: () => number): number {
  let ptr = known.get(key);
  if (ptr === undefined) known.set(key, (ptr = make()));
  return ptr;
}
