import { RowState } from '../coding/coded-rows.ts';
import type { SamplePlan } from '../coding/sample-plan.ts';
import { EngineError } from '../errors.ts';
import { nowhere, scatterF64, scatterU16, scatterU32, scatterU8 } from './gather.ts';
import { groupReader, levelReader } from './row-levels.ts';
import type { Piece, RowStore } from './row-store.ts';

/** What the arena of the kernels gives: addresses in its memory, and views that hold until it next grows. */
export interface Memory {
  alloc(bytes: number, align?: number): number;
  u8(pointer: number, length: number): Uint8Array;
  u16(pointer: number, length: number): Uint16Array;
  u32(pointer: number, length: number): Uint32Array;
  f64(pointer: number, length: number): Float64Array;
}

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

/** Lays the rows of one sample out in memory, piece by piece. */
export class SampleLayout {
  private readonly store: RowStore;
  private readonly plan: SamplePlan;
  private readonly memory: Memory;
  private readonly order: PersonOrder;
  private readonly resident: Omit<ResidentSample, 'reach' | 'outside'>;
  /** Where the next estimation row of each person goes, by place, and the next predicted row of anybody. */
  private readonly next: Uint32Array;
  private nextPredicted: number;
  private outside = 0;
  private readonly levels: ((piece: Piece) => Uint16Array)[];
  /** What a composite's codes depend on: samples that agree in it share them. */
  private readonly compositeKeys: readonly string[];
  private readonly groups: ((piece: Piece) => Uint32Array | null)[];

  /** `probit[o]` tells how outcome o of the row plan is held; at `zeros` there are as many zero bytes as the store has rows. */
  constructor(store: RowStore, plan: SamplePlan, { memory, order, probit, zeros }: { memory: Memory; order: PersonOrder; probit: readonly boolean[]; zeros: number }) {
    if (plan.months > 256) throw new EngineError('data', `The data span ${plan.months} months; at most 256 are possible.`);
    this.store = store;
    this.plan = plan;
    this.memory = memory;
    this.order = order;
    const { design } = plan;
    this.levels = plan.factorSources.map((source, f) => levelReader(store, source, design.factors[f]!.labels.length));
    this.compositeKeys = design.composites.map(({ factors, strides }) => JSON.stringify([factors.map((f) => plan.factorSources[f]!), strides]));
    this.groups = plan.groupings.map((grouping) => groupReader(store, grouping));

    const { counts, predicted } = this.countRows();
    const persons = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
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
    this.next = counts;
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
    for (const { ptr, width } of this.resident.groups) memory.u8(ptr, rows * width).fill(0);
  }

  /** `codes` keeps the piece's composite codes for the next sample. */
  add(piece: Piece, codes: Map<string, Uint16Array>): void {
    const { plan, memory, resident } = this;
    const place = this.placeRows(piece);
    const { rows } = resident;
    this.countOutside(piece);
    plan.design.composites.forEach(({ width }, a) => {
      const here = this.compositeCodes(piece, a, codes);
      if (width === 1) scatterU8(here, place, memory.u8(resident.composites[a]!.ptr, rows));
      else scatterU16(here, place, memory.u16(resident.composites[a]!.ptr, rows));
    });
    plan.numericInputs.forEach((input, d) => {
      const { centre, halfRange } = plan.design.numerics[d]!;
      const scaled = new Float64Array(piece.inputs[input] as Float64Array);
      for (let i = 0; i < scaled.length; i++) scaled[i] = (scaled[i]! - centre) / halfRange;
      scatterF64(scaled, place, memory.f64(resident.numerics[d]!, rows));
    });
    plan.outcomes.forEach((o, k) => {
      const y = piece.outcomes[o]!;
      if (y instanceof Uint8Array) scatterU8(y, place, memory.u8(resident.outcomes[k]!, rows));
      else scatterF64(y, place, memory.f64(resident.outcomes[k]!, rows));
    });
    const months = new Uint16Array(piece.rows);
    for (let i = 0; i < months.length; i++) months[i] = piece.months[i]! - plan.firstMonth;
    scatterU8(months, place, memory.u8(resident.months, rows));
    this.groups.forEach((read, g) => {
      const group = read(piece);
      if (!group) return;
      const { ptr, width } = resident.groups[g]!;
      if (width === 1) scatterU8(new Uint16Array(group), place, memory.u8(ptr, rows));
      else if (width === 2) scatterU16(new Uint16Array(group), place, memory.u16(ptr, rows));
      else scatterU32(group, place, memory.u32(ptr, rows));
    });
  }

  /** Once every piece has been added. */
  finish(): ResidentSample {
    const { memory, resident } = this;
    const reach = resident.numerics.map((ptr) => memory.f64(ptr, resident.rows).reduce((largest, x) => Math.max(largest, Math.abs(x)), 1));
    return { ...resident, reach, outside: this.outside };
  }

  private compositeCodes(piece: Piece, a: number, known: Map<string, Uint16Array>): Uint16Array {
    const key = this.compositeKeys[a]!;
    let codes = known.get(key);
    if (!codes) {
      const { factors, strides } = this.plan.design.composites[a]!;
      codes = new Uint16Array(piece.rows);
      for (const [k, f] of factors.entries()) addLevels(codes, this.levels[f]!(piece), strides[k]!);
      known.set(key, codes);
    }
    return codes;
  }

  private rowsOf(piece: Piece, state: number): Uint8Array {
    return this.store.mask(piece, { outcome: this.plan.outcomes[0]!, population: this.plan.population }, state);
  }

  private countRows(): { counts: Uint32Array; predicted: number } {
    const counts = new Uint32Array(this.order.place.length);
    let predicted = 0;
    for (const piece of this.store.pieces) {
      const estimated = this.rowsOf(piece, RowState.estimated);
      for (let i = 0; i < piece.rows; i++) counts[this.order.place[piece.persons[i]!]!]! += estimated[i]!;
      for (const row of this.rowsOf(piece, RowState.predicted)) predicted += row;
    }
    return { counts, predicted };
  }

  private placeRows(piece: Piece): Uint32Array {
    const places = new Uint32Array(piece.rows).fill(nowhere);
    const [estimated, predicted] = [this.rowsOf(piece, RowState.estimated), this.rowsOf(piece, RowState.predicted)];
    for (let i = 0; i < places.length; i++) {
      if (estimated[i]) places[i] = this.next[this.order.place[piece.persons[i]!]!]!++;
      else if (predicted[i]) places[i] = this.nextPredicted++;
    }
    return places;
  }

  private countOutside(piece: Piece): void {
    if (this.nextPredicted === this.resident.estimationRows) return;
    const predicted = this.rowsOf(piece, RowState.predicted);
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

function addLevels(codes: Uint16Array, levels: Uint16Array, stride: number): void {
  for (let i = 0; i < codes.length; i++) codes[i]! += levels[i]! * stride;
}
