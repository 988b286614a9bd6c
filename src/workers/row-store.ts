import type { DigitRequest } from '../coding/breaks.ts';
import { RowState, stateBits, type CodedRows, type HeldColumn } from '../coding/coded-rows.ts';
import type { DigitCounts } from '../coding/digit-counts.ts';
import type { SampleRows } from '../coding/resolve-samples.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { numberText, type FoundLabel } from '../spec/labels.ts';
import type { CodeArray } from '../register/partition.ts';
import { countedDigits, digitTable, putPrefixes } from './key-prefixes.ts';
import type { FoundRows, LabelSource } from './look-alike-labels.ts';
import { LabelDictionary } from './label-dictionary.ts';
import { PersonIndex } from './person-index.ts';
import { withScratch, type Scratch } from './scratch.ts';
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
  /** `RowState` by outcome, at its `stateBits`. */
  readonly states: readonly Uint8Array[];
  /** 1 where the row is not shown; null where all are. */
  readonly hidden: Uint8Array | null;
  /** One byte for a 0/1 outcome. */
  readonly outcomes: readonly (Uint8Array | Float32Array | Float64Array)[];
  readonly inputs: readonly HeldArray[];
  readonly groups: readonly (Uint8Array | Uint16Array | Uint32Array)[];
  readonly population: Uint8Array | Uint16Array | Uint32Array | null;
}

/** Labels as they stand in the data, by input, group column and for `separateBy`. */
export interface FoundLabels {
  readonly inputs: readonly (readonly FoundLabel[])[];
  readonly groups: readonly (readonly FoundLabel[])[];
  readonly population: readonly FoundLabel[];
}

/** Which of these columns hold numbers. */
export interface NumberColumns {
  readonly inputs: readonly boolean[];
  readonly groups: readonly boolean[];
  readonly population: boolean;
}

export interface RangeOf {
  readonly n: number;
  readonly lo: number;
  readonly hi: number;
}

/** Digits of an input's values in a sample, of the positive ones alone where asked. */
export interface AskedDigits {
  readonly sample: SampleRows;
  readonly positive: boolean;
  readonly request: DigitRequest;
}

/** The rows a worker owns, from absorbing them to coding the samples: whole persons, in the pieces in which they came. */
export class RowStore {
  rows = 0;
  readonly persons = new PersonIndex();
  private held: Piece[] = [];
  private readonly slabs = new Slabs();
  private readonly kernels: Kernels;
  private readonly inputDictionaries: LabelDictionary[] = [];
  private readonly groupDictionaries: LabelDictionary[] = [];
  private readonly populationDictionary = new LabelDictionary();
  private populationsAreNumbers = false;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
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
      keep(held.labels ? ownCodes(held, (dictionaries[k] ??= new LabelDictionary())) : (held.numbers ?? held.levels)!);
    this.held.push({
      rows: rows.rows,
      file: rows.file,
      rowNumbers: keep(rows.rowNumbers),
      persons: keep(this.persons.number(rows.persons, rows.rows)),
      months: keep(rows.months),
      states: rows.states.map((state) => keep(state)),
      hidden: rows.hidden && keep(rows.hidden),
      outcomes: rows.outcomes.map((y) => keep(y)),
      inputs: rows.inputs.map((held, k) => column(held, this.inputDictionaries, k)),
      groups: rows.groups.map((held, k) => column(held, this.groupDictionaries, k) as Piece['groups'][number]),
      population: rows.population && keep(ownCodes(rows.population, this.populationDictionary)),
    });
    this.rows += rows.rows;
  }

  /** Labels as they were found, of every column that has some. */
  foundLabels(): FoundLabels {
    const found = (dictionary: LabelDictionary | undefined): readonly FoundLabel[] => dictionary?.foundLabels ?? [];
    return { inputs: Array.from(this.inputDictionaries, found), groups: Array.from(this.groupDictionaries, found), population: found(this.populationDictionary) };
  }

  /** Rows that have one of the labels, by column, and the first of them in the order of the pieces. */
  rowsWith(columns: readonly { readonly source: LabelSource; readonly labels: readonly string[] }[]): FoundRows[] {
    return columns.map(({ source, labels }) => {
      const texts = source.kind === 'inputs' ? this.inputLabels(source.index) : source.kind === 'groups' ? this.groupLabels(source.index) : this.populationLabels();
      const wanted = texts.map((text) => labels.includes(text));
      let found: FoundRows = { rows: 0, piece: Infinity, row: Infinity };
      for (const piece of this.held) {
        const codes = source.kind === 'population' ? piece.population! : piece[source.kind][source.index]!;
        for (let i = 0; i < codes.length; i++) {
          if (!wanted[codes[i]!]) continue;
          const isFirst = piece.file < found.piece || (piece.file === found.piece && piece.rowNumbers[i]! < found.row);
          found = isFirst ? { rows: found.rows + 1, piece: piece.file, row: piece.rowNumbers[i]! } : { ...found, rows: found.rows + 1 };
        }
      }
      return found;
    });
  }

  /** From now on the labels of these columns are numbers. */
  settleNumbers({ inputs, groups, population }: NumberColumns): void {
    this.inputDictionaries.forEach((dictionary, i) => inputs[i] && dictionary.settleNumbers());
    this.groupDictionaries.forEach((dictionary, g) => groups[g] && dictionary.settleNumbers());
    if (population) this.populationDictionary.settleNumbers();
    this.populationsAreNumbers = population;
  }

  inputLabels = (input: number): readonly string[] => this.inputDictionaries[input]?.labels ?? [];
  groupLabels = (group: number): readonly string[] => this.groupDictionaries[group]?.labels ?? [];
  populationLabels = (): readonly string[] => this.populationDictionary.labels;

  /**
   * Address of one byte a row, 1 where the piece's row is in the given state, and in the population where one is named.
   */
  mask(piece: Piece, scratch: Scratch, { outcome, population }: SampleRows, wantedState: number = RowState.estimated): number {
    const { byte, shift } = stateBits(outcome);
    const mask = scratch.room(piece.rows);
    this.kernels.stateMask(scratch.put(piece.states[byte]!), piece.rows, shift, wantedState, mask);
    if (population !== null) {
      const name = this.populationsAreNumbers ? (numberText(population) ?? population) : population;
      const wanted = this.populationLabels().map((label) => label === name);
      const [column, here] = [piece.population!, this.kernels.arena.u8(mask, piece.rows)];
      for (let i = 0; i < here.length; i++) if (!wanted[column[i]!]) here[i] = 0;
    }
    return mask;
  }

  /** Number and range of an input's values in a sample, of the positive ones alone where asked; missing values left out. */
  range(input: number, sample: SampleRows, positive: boolean): RangeOf {
    const { kernels } = this;
    const floor = positive ? 0 : -Infinity;
    return withScratch(kernels.arena, (outer) => {
      const ends = outer.room(16);
      kernels.arena.f64(ends, 2).set([Infinity, -Infinity]);
      const n = this.held.reduce((sum, piece) => sum + withScratch(kernels.arena, (scratch) => {
        const mask = this.mask(piece, scratch, sample);
        return kernels.rangeOfRows(scratch.numbers(numbersOf(piece, input)), piece.rows, mask, floor, ends);
      }), 0);
      const [lo, hi] = kernels.arena.f64(ends, 2);
      return { n, lo: lo!, hi: hi! };
    });
  }

  /** Counts of the next 16 bits of the sortable keys of an input's values in a sample. */
  countDigits(input: number, sample: SampleRows, positive: boolean, request: DigitRequest): DigitCounts {
    const { kernels } = this;
    const floor = positive ? 0 : -Infinity;
    return withScratch(kernels.arena, (outer) => {
      const table = digitTable(outer, request);
      const prefixes = putPrefixes(outer, kernels.arena, request);
      for (const piece of this.held) {
        withScratch(kernels.arena, (scratch) => {
          const mask = this.mask(piece, scratch, sample);
          kernels.countDigits(scratch.numbers(numbersOf(piece, input)), piece.rows, mask, floor, prefixes, table);
        });
      }
      return countedDigits(kernels.arena, table, request);
    });
  }

  /** Rows on which two outcomes' states differ. */
  stateDifferences(a: number, b: number): number {
    const [x, y] = [stateBits(a), stateBits(b)];
    const { kernels } = this;
    return this.held.reduce((sum, { rows, states }) => sum + withScratch(kernels.arena, (scratch) => {
      const at = ({ byte, shift }: typeof x) => ({ ptr: scratch.put(states[byte]!), shift });
      return kernels.differingStates(at(x), at(y), rows);
    }), 0);
  }
}

/** An input whose values are held, not codes. */
const numbersOf = (piece: Piece, input: number): Float32Array | Float64Array => piece.inputs[input] as Float32Array | Float64Array;

function columnsOf(piece: Piece): HeldArray[] {
  const columns = [piece.rowNumbers, piece.persons, piece.months, ...piece.states, ...piece.outcomes, ...piece.inputs, ...piece.groups];
  return [...columns, ...(piece.population ? [piece.population] : []), ...(piece.hidden ? [piece.hidden] : [])];
}

/** Labels as codes into a dictionary of the worker's own, as narrow as it allows. */
function ownCodes({ codes, labels, decimalComma }: HeldColumn, dictionary: LabelDictionary): CodeArray {
  const remap = Uint32Array.from(labels!, (label) => dictionary.code(label, decimalComma));
  const size = dictionary.labels.length;
  const from = codes!;
  if (size <= 256) return from instanceof Uint8Array ? remappedBytes(from, remap) : remapped(from, remap, new Uint8Array(from.length));
  return remapped(from, remap, size <= 65536 ? new Uint16Array(from.length) : new Uint32Array(from.length));
}

function remappedBytes(from: Uint8Array, remap: Uint32Array): Uint8Array {
  const to = new Uint8Array(from.length);
  for (let i = 0; i < from.length; i++) to[i] = remap[from[i]!]!;
  return to;
}

function remapped<T extends CodeArray>(from: CodeArray, remap: Uint32Array, to: T): T {
  for (let i = 0; i < from.length; i++) to[i] = remap[from[i]!]!;
  return to;
}
