import type { PersonCounts } from '../indicator/person-counts.ts';

/** Rows whose persons are counted, those of a person next to each other. */
export interface MetRows {
  n: number;
  /** Place of each row in `y` and among the cells. */
  readonly place: Uint32Array;
  /** Number of each row's person, from 1. */
  readonly owner: Uint32Array;
  readonly y: Float64Array;
}

/** Counts persons by period and group: the last person met in a cell tells whether this one is new there. */
export class CellPersons {
  readonly counts: PersonCounts;
  /** Cell of each month and group, −1 for none. */
  private readonly cellOf: Int32Array;
  private readonly last: Uint32Array;
  /** Of the last person: rows, Σ |y|, and whether any y was above 0 (1) or below 1 (2). */
  private readonly rows: Uint32Array;
  private readonly size: Float64Array;
  private readonly seen: Uint8Array;

  constructor(ofMonth: Int32Array, groups: number) {
    const periods = ofMonth.reduce((most, period) => Math.max(most, period + 1), 0);
    const cells = periods * groups;
    this.cellOf = Int32Array.from({ length: ofMonth.length * groups }, (_, cell) => {
      const period = ofMonth[Math.floor(cell / groups)]!;
      return period < 0 ? -1 : period * groups + (cell % groups);
    });
    [this.last, this.rows, this.size, this.seen] = [new Uint32Array(cells), new Uint32Array(cells), new Float64Array(cells), new Uint8Array(cells)];
    const table = (from = 0): Float64Array => new Float64Array(cells).fill(from);
    this.counts = {
      rows: table(), persons: table(), above: table(), below: table(), mostRows: table(), size: table(), mostSize: table(),
      lowest: table(Infinity), highest: table(-Infinity),
    };
  }

  /** Adds rows; `cells` are month · groups + group, by place. */
  add({ n, place, owner, y: values }: MetRows, cells: Uint32Array): void {
    const { cellOf, last, rows, size, seen } = this;
    const { rows: allRows, persons, above, below, mostRows, size: allSize, mostSize, lowest, highest } = this.counts;
    for (let k = 0; k < n; k++) {
      const at = place[k]!;
      const cell = cellOf[cells[at]!]!;
      if (cell < 0) continue;
      const y = values[at]!;
      const magnitude = y < 0 ? -y : y;
      if (last[cell] !== owner[k]) {
        last[cell] = owner[k]!;
        persons[cell]!++;
        rows[cell] = size[cell] = seen[cell] = 0;
      }
      allRows[cell]!++;
      allSize[cell]! += magnitude;
      if (++rows[cell]! > mostRows[cell]!) mostRows[cell] = rows[cell]!;
      if ((size[cell]! += magnitude) > mostSize[cell]!) mostSize[cell] = size[cell]!;
      if (y > 0 && (seen[cell]! & 1) === 0) {
        seen[cell]! |= 1;
        above[cell]!++;
      }
      if (y < 1 && (seen[cell]! & 2) === 0) {
        seen[cell]! |= 2;
        below[cell]!++;
      }
      if (y < lowest[cell]!) lowest[cell] = y;
      if (y > highest[cell]!) highest[cell] = y;
    }
  }
}

/** Counts of the persons of several workers: a person is in one of them. */
export function addPersonCounts(parts: readonly PersonCounts[]): PersonCounts {
  const merged = (name: keyof PersonCounts, merge: (a: number, b: number) => number): Float64Array =>
    parts.map((part) => part[name]).reduce((all, next) => all.map((value, cell) => merge(value, next[cell]!)));
  const sum = (a: number, b: number): number => a + b;
  return {
    rows: merged('rows', sum), persons: merged('persons', sum), above: merged('above', sum), below: merged('below', sum), size: merged('size', sum),
    mostRows: merged('mostRows', Math.max), mostSize: merged('mostSize', Math.max), lowest: merged('lowest', Math.min), highest: merged('highest', Math.max),
  };
}
