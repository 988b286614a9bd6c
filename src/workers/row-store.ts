import { RowState, type CodedRows, type HeldColumn } from '../coding/coded-rows.ts';
import { sortableHigh, sortableLow, type DigitRequest } from '../coding/breaks.ts';
import { DigitCounter } from '../coding/digit-counter.ts';
import type { SampleRows } from '../coding/resolve-samples.ts';
import { LabelDictionary } from './label-dictionary.ts';
import { PersonIndex } from './person-index.ts';

type CodeArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Arrays that grow by pieces and are joined once. */
class Pieces<T extends CodeArray> {
  private pieces: T[] = [];
  push(piece: T): void {
    this.pieces.push(piece);
  }
  /** All pieces as one array. */
  joined(rows: number, kind: new (n: number) => T): T {
    if (this.pieces.length !== 1) {
      const all = new kind(rows);
      let at = 0;
      for (const piece of this.pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      this.pieces = [all];
    }
    return this.pieces[0]!;
  }
}

interface HeldPieces {
  readonly kind: new (n: number) => CodeArray;
  readonly pieces: Pieces<CodeArray>;
  readonly dictionary: LabelDictionary | null;
}

export interface PersonOrder {
  readonly order: Uint32Array;
  readonly start: Uint32Array;
  /** Persons that come first and make up the pilot. */
  readonly pilotPersons: number;
}

export interface RangeOf {
  readonly n: number;
  readonly lo: number;
  readonly hi: number;
}

/**
 * The rows a worker owns, from absorbing them to coding the samples: whole persons, in order of arrival.
 * Everything here is given up when the samples are coded.
 */
export class RowStore {
  rows = 0;
  readonly persons = new PersonIndex();
  private readonly personPieces = new Pieces<Uint32Array>();
  private readonly monthPieces = new Pieces<Uint16Array>();
  private readonly rowNumberPieces = new Pieces<Uint32Array>();
  private readonly filePieces: { file: number; rows: number }[] = [];
  private readonly statePieces: Pieces<Uint8Array>[] = [];
  private readonly outcomePieces: Pieces<Float64Array>[] = [];
  private readonly inputs: HeldPieces[] = [];
  private readonly groups: HeldPieces[] = [];
  private populationColumn: HeldPieces | null = null;

  absorb(rows: CodedRows): void {
    if (rows.rows === 0) return;
    this.personPieces.push(this.persons.number(rows.persons, rows.rows));
    this.monthPieces.push(rows.months);
    this.rowNumberPieces.push(rows.rowNumbers);
    this.filePieces.push({ file: rows.file, rows: rows.rows });
    rows.states.forEach((state, o) => (this.statePieces[o] ??= new Pieces()).push(state));
    rows.outcomes.forEach((y, o) => (this.outcomePieces[o] ??= new Pieces()).push(y));
    rows.inputs.forEach((column, i) => (this.inputs[i] = absorbColumn(this.inputs[i], column)));
    rows.groups.forEach((column, i) => (this.groups[i] = absorbColumn(this.groups[i], column)));
    if (rows.population) this.populationColumn = absorbColumn(this.populationColumn ?? undefined, rows.population);
    this.rows += rows.rows;
  }

  person = (): Uint32Array => this.personPieces.joined(this.rows, Uint32Array);
  months = (): Uint16Array => this.monthPieces.joined(this.rows, Uint16Array);
  states = (outcome: number): Uint8Array => this.statePieces[outcome]?.joined(this.rows, Uint8Array) ?? new Uint8Array(0);
  outcome = (outcome: number): Float64Array => this.outcomePieces[outcome]?.joined(this.rows, Float64Array) ?? new Float64Array(0);
  input = (input: number): CodeArray | null => this.inputs[input]?.pieces.joined(this.rows, this.inputs[input]!.kind) ?? null;
  inputLabels = (input: number): readonly string[] => this.inputs[input]?.dictionary?.labels ?? [];
  group = (group: number): Uint32Array => (this.groups[group]?.pieces.joined(this.rows, Uint32Array) as Uint32Array | undefined) ?? new Uint32Array(0);
  groupLabels = (group: number): readonly string[] => this.groups[group]?.dictionary?.labels ?? [];
  population = (): Uint32Array | null => (this.populationColumn?.pieces.joined(this.rows, Uint32Array) as Uint32Array | undefined) ?? null;
  populationLabels = (): readonly string[] => this.populationColumn?.dictionary?.labels ?? [];

  /** Rows by person, those of the pilot first: `order` lists the rows, `start[p] … start[p + 1]` are those of the p-th person. */
  byPerson(): PersonOrder {
    const person = this.person();
    const persons = this.persons.size;
    const place = new Uint32Array(persons);
    let pilotPersons = 0;
    for (let p = 0; p < persons; p++) if (this.persons.inPilot(p)) place[p] = pilotPersons++;
    for (let p = 0, others = pilotPersons; p < persons; p++) if (!this.persons.inPilot(p)) place[p] = others++;
    const start = new Uint32Array(persons + 1);
    for (let i = 0; i < this.rows; i++) start[place[person[i]!]! + 1]!++;
    for (let p = 0; p < persons; p++) start[p + 1]! += start[p]!;
    const next = start.slice();
    const order = new Uint32Array(this.rows);
    for (let i = 0; i < this.rows; i++) order[next[place[person[i]!]!]!++] = i;
    return { order, start, pilotPersons };
  }

  /** Where a row comes from: number of the file, and of the row in it. */
  origin(row: number): { file: number; row: number } {
    let left = row;
    const piece = this.filePieces.find(({ rows }) => (left -= rows) < 0)!;
    return { file: piece.file, row: this.rowNumberPieces.joined(this.rows, Uint32Array)[row]! };
  }

  /** One byte a row, 1 for the estimation rows of a sample. */
  private sampleMask({ outcome, population }: SampleRows): Uint8Array {
    const state = this.states(outcome);
    const column = population === null ? null : this.population();
    const wanted = population === null ? 0 : this.populationLabels().indexOf(population);
    const mask = new Uint8Array(state.length);
    for (let i = 0; i < mask.length; i++) mask[i] = state[i] === RowState.estimated && (column === null || column[i] === wanted) ? 1 : 0;
    return mask;
  }

  /** Number and range of an input's values in a sample, of the positive ones alone where asked; missing values left out. */
  range(input: number, sample: SampleRows, positive: boolean): RangeOf {
    const values = (this.input(input) as Float64Array | null) ?? new Float64Array(0);
    const mask = this.sampleMask(sample);
    const floor = positive ? 0 : -Infinity;
    let [n, lo, hi] = [0, Infinity, -Infinity];
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      if (mask[i] === 0 || !(x > floor)) continue;
      n++;
      if (x < lo) lo = x;
      if (x > hi) hi = x;
    }
    return { n, lo, hi };
  }

  /** Counts of the next 16 bits of the sortable keys of an input's values in a sample: 65,536 a prefix. */
  countDigits(input: number, sample: SampleRows, positive: boolean, request: DigitRequest): Uint32Array {
    const values = (this.input(input) as Float64Array | null) ?? new Float64Array(0);
    const mask = this.sampleMask(sample);
    const floor = positive ? 0 : -Infinity;
    const counter = new DigitCounter(request);
    const one = new Float64Array(1);
    const words = new Uint32Array(one.buffer);
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      if (mask[i] === 0 || !(x > floor)) continue;
      one[0] = x + 0;
      counter.count(sortableHigh(words[1]!), sortableLow(words[1]!, words[0]!));
    }
    return counter.counts;
  }

  /** Rows on which two outcomes' states differ. */
  stateDifferences(a: number, b: number): number {
    const [x, y] = [this.states(a), this.states(b)];
    let differences = 0;
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) differences++;
    return differences;
  }
}

function absorbColumn(held: HeldPieces | undefined, column: HeldColumn): HeldPieces {
  const array = (column.levels ?? column.numbers ?? column.codes)!;
  held ??= {
    kind: array.constructor as new (n: number) => CodeArray,
    pieces: new Pieces(),
    dictionary: column.labels ? new LabelDictionary() : null,
  };
  if (column.labels) {
    const remap = Uint32Array.from(column.labels, (label) => held.dictionary!.code(label));
    const codes = column.codes!;
    const own = new Uint32Array(codes.length);
    for (let i = 0; i < codes.length; i++) own[i] = remap[codes[i]!]!;
    held.pieces.push(own);
  } else held.pieces.push(array);
  return held;
}
