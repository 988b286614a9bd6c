import { RowState, type CodedRows, type HeldColumn } from '../coding/coded-rows.ts';
import { sortableHigh, sortableLow, type DigitRequest } from '../coding/breaks.ts';
import { DigitCounter } from '../coding/digit-counter.ts';
import type { SampleRows } from '../coding/resolve-samples.ts';
import { LabelDictionary } from './label-dictionary.ts';
import { PersonIndex } from './person-index.ts';
import { Slabs } from './slabs.ts';

export type HeldArray = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** Rows as they were absorbed. Labels are codes into the store's dictionaries; numbers are in single precision where that is exact. */
export interface Piece {
  readonly rows: number;
  readonly file: number;
  readonly rowNumbers: Uint32Array;
  /** Number of the person in `RowStore.persons`. */
  readonly persons: Uint32Array;
  readonly months: Uint16Array;
  readonly states: readonly Uint8Array[];
  /** One byte for a 0/1 outcome, anything there where it is missing. */
  readonly outcomes: readonly (Uint8Array | Float32Array | Float64Array)[];
  readonly inputs: readonly HeldArray[];
  readonly groups: readonly (Uint8Array | Uint16Array | Uint32Array)[];
  readonly population: Uint8Array | Uint16Array | Uint32Array | null;
}

export interface RangeOf {
  readonly n: number;
  readonly lo: number;
  readonly hi: number;
}

/** The rows a worker owns, from absorbing them to coding the samples: whole persons, in the pieces in which they came. */
export class RowStore {
  rows = 0;
  readonly persons = new PersonIndex();
  private held: Piece[] = [];
  private readonly slabs = new Slabs();
  private readonly masks: Uint8Array[] = [];
  private readonly probit: readonly boolean[];
  private readonly inputDictionaries: LabelDictionary[] = [];
  private readonly groupDictionaries: LabelDictionary[] = [];
  private readonly populationDictionary = new LabelDictionary();

  /** `probit[o]`: outcome o is 0 or 1. */
  constructor(probit: readonly boolean[]) {
    this.probit = probit;
  }

  get pieces(): readonly Piece[] {
    return this.held;
  }

  /** Gives up the pieces one by one: the memory of each is free again when the next is asked for. */
  *takePieces(): Generator<Piece> {
    this.held.reverse();
    for (let piece = this.held.pop(); piece; piece = this.held.pop()) {
      yield piece;
      this.slabs.release(columnsOf(piece));
    }
  }

  absorb(rows: CodedRows): void {
    if (rows.rows === 0) return;
    const keep = <T extends HeldArray>(array: T): T => this.slabs.keep(array);
    const column = (held: HeldColumn, dictionaries: LabelDictionary[], k: number): HeldArray =>
      keep(held.labels ? ownCodes(held, (dictionaries[k] ??= new LabelDictionary())) : held.numbers ? compact(held.numbers) : held.levels!);
    this.held.push({
      rows: rows.rows,
      file: rows.file,
      rowNumbers: keep(rows.rowNumbers),
      persons: keep(this.persons.number(rows.persons, rows.rows)),
      months: keep(rows.months),
      states: rows.states.map((state) => keep(state)),
      outcomes: rows.outcomes.map((y, o) => keep(this.probit[o] ? new Uint8Array(y) : compact(y))),
      inputs: rows.inputs.map((held, k) => column(held, this.inputDictionaries, k)),
      groups: rows.groups.map((held, k) => column(held, this.groupDictionaries, k) as Piece['groups'][number]),
      population: rows.population && keep(ownCodes(rows.population, this.populationDictionary)),
    });
    this.rows += rows.rows;
  }

  inputLabels = (input: number): readonly string[] => this.inputDictionaries[input]?.labels ?? [];
  groupLabels = (group: number): readonly string[] => this.groupDictionaries[group]?.labels ?? [];
  populationLabels = (): readonly string[] => this.populationDictionary.labels;

  /**
   * One byte a row, 1 where the piece's row is in the given state, and in the population where one is named. The mask is
   * good until the next of the same state is asked for.
   */
  mask(piece: Piece, { outcome, population }: SampleRows, wantedState: number = RowState.estimated): Uint8Array {
    const state = piece.states[outcome]!;
    const kept = this.masks[wantedState];
    const room = kept && kept.length >= piece.rows ? kept : (this.masks[wantedState] = new Uint8Array(2 * piece.rows));
    const mask = room.subarray(0, piece.rows);
    for (let i = 0; i < mask.length; i++) mask[i] = state[i] === wantedState ? 1 : 0;
    if (population !== null) {
      const wanted = this.populationLabels().indexOf(population);
      const column = piece.population!;
      for (let i = 0; i < mask.length; i++) if (column[i] !== wanted) mask[i] = 0;
    }
    return mask;
  }

  /** Number and range of an input's values in a sample, of the positive ones alone where asked; missing values left out. */
  range(input: number, sample: SampleRows, positive: boolean): RangeOf {
    const floor = positive ? 0 : -Infinity;
    let [n, lo, hi] = [0, Infinity, -Infinity];
    for (const piece of this.held) {
      const mask = this.mask(piece, sample);
      const values = piece.inputs[input]!;
      for (let i = 0; i < values.length; i++) {
        const x = values[i]!;
        if (mask[i] === 0 || !(x > floor)) continue;
        n++;
        if (x < lo) lo = x;
        if (x > hi) hi = x;
      }
    }
    return { n, lo, hi };
  }

  /** Counts of the next 16 bits of the sortable keys of an input's values in a sample: 65,536 a prefix. */
  countDigits(input: number, sample: SampleRows, positive: boolean, request: DigitRequest): Uint32Array {
    const floor = positive ? 0 : -Infinity;
    const counter = new DigitCounter(request);
    const one = new Float64Array(1);
    const words = new Uint32Array(one.buffer);
    for (const piece of this.held) {
      const mask = this.mask(piece, sample);
      const values = piece.inputs[input]!;
      for (let i = 0; i < values.length; i++) {
        const x = values[i]!;
        if (mask[i] === 0 || !(x > floor)) continue;
        one[0] = x + 0;
        counter.count(sortableHigh(words[1]!), sortableLow(words[1]!, words[0]!));
      }
    }
    return counter.counts;
  }

  /** Rows on which two outcomes' states differ. */
  stateDifferences(a: number, b: number): number {
    let differences = 0;
    for (const { states } of this.held) {
      const [x, y] = [states[a]!, states[b]!];
      for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) differences++;
    }
    return differences;
  }
}

function columnsOf(piece: Piece): HeldArray[] {
  const columns = [piece.rowNumbers, piece.persons, piece.months, ...piece.states, ...piece.outcomes, ...piece.inputs, ...piece.groups];
  return piece.population ? [...columns, piece.population] : columns;
}

/** Labels as codes into a dictionary of the worker's own, as narrow as it allows. */
function ownCodes({ codes, labels }: HeldColumn, dictionary: LabelDictionary): Uint8Array | Uint16Array | Uint32Array {
  const remap = Uint32Array.from(labels!, (label) => dictionary.code(label));
  const size = dictionary.labels.length;
  const from = codes!;
  if (size <= 256) return remapped(from, remap, new Uint8Array(from.length));
  return size <= 65536 ? remapped(from, remap, new Uint16Array(from.length)) : remapped(from, remap, new Uint32Array(from.length));
}

function remapped<T extends Uint8Array | Uint16Array | Uint32Array>(from: Uint32Array, remap: Uint32Array, to: T): T {
  for (let i = 0; i < from.length; i++) to[i] = remap[from[i]!]!;
  return to;
}

/** The same values in half the room where single precision holds every one of them. */
function compact(values: Float64Array): Float32Array | Float64Array {
  const single = new Float32Array(values);
  for (let i = 0; i < values.length; i++) {
    if (single[i] !== values[i] && values[i] === values[i]) return values;
  }
  return single;
}
