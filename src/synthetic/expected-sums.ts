import { lastMonthOf12, months } from './calendar.ts';
import { outcomeCount } from './coefficients.ts';
import type { Columns } from './columns.ts';
import { countyLabels, countyOf } from './places.ts';

/** A place of the sums: they are whole numbers of these, which doubles add up exactly for any population there can be. */
const place = 2 ** -22;

/** Rows and sums of the outcomes' expected values by month and county: cell = month · counties + county. */
export interface ExpectedCells {
  readonly n: Float64Array;
  /** Σ E[y], entry `cell * 4 + outcome`: hours a week, or persons in work. 12-month outcomes are 0 where they are not observed. */
  readonly sums: Float64Array;
}

/** Adds up E[y] of a population's rows; the same whatever their order and split. */
export class ExpectedSums {
  private readonly n = new Float64Array(months * countyLabels.length);
  private readonly places = new Float64Array(months * countyLabels.length * outcomeCount);

  /** Rows of `columns`, with E[y] at `row * 4 + outcome`. */
  add(columns: Columns, expected: Float64Array): void {
    for (let row = 0; row < columns.rows; row++) {
      const month = columns.month[row]!;
      const cell = month * countyLabels.length + countyOf[columns.office[row]!]!;
      this.n[cell]!++;
      for (let o = 0; o < outcomeCount; o++) {
        if ((o & 1) === 1 && month > lastMonthOf12) continue;
        this.places[cell * outcomeCount + o]! += Math.floor(expected[row * outcomeCount + o]! / place + 0.5);
      }
    }
  }

  addCells({ n, sums }: ExpectedCells): void {
    n.forEach((rows, cell) => (this.n[cell]! += rows));
    sums.forEach((sum, at) => (this.places[at]! += sum / place));
  }

  cells(): ExpectedCells {
    return { n: this.n.slice(), sums: this.places.map((value) => value * place) };
  }
}
