import { GroupIndex, type RowGroups } from '../descriptive/members.ts';
import type { RowCells } from '../descriptive/cell-tally.ts';
import type { DescriptivePlan } from '../descriptive/plan.ts';
import { EngineError } from '../errors.ts';
import { PairSet, secondValues } from './pair-set.ts';
import { PersonIndex } from './person-index.ts';
import type { RepeatedMonths, RepeatedRow } from './repeated-months.ts';

/** Rows on their way to the worker that owns their persons: whose they are, when, and where they belong. */
export interface PersonRows extends RowCells {
  readonly file: number;
  readonly rowNumbers: Uint32Array;
  /** Four words a row. */
  readonly persons: Uint32Array;
  readonly months: Int32Array;
}

export const personRowBuffers = ({ rowNumbers, persons, months, members, groups }: PersonRows): ArrayBuffer[] =>
  [rowNumbers, persons, months, ...members, ...groups.map(({ codes }) => codes)].map((array) => array.buffer as ArrayBuffer);

/** How many persons there are in all and in each cell of a breakdown, and whose months are there more than once. */
export interface PersonSums {
  readonly persons: number;
  readonly breakdowns: readonly { readonly groups: RowGroups['labels']; readonly persons: Float64Array }[];
  readonly repeated: RepeatedMonths;
}

const repeatsKept = 1000;

/**
 * Counts the persons that a worker owns. What it holds grows with persons and the groups they are in, not with rows: a bit
 * for each of a person's months, a pair for each of a person's cells.
 */
export class PersonTally {
  private readonly plan: DescriptivePlan;
  private readonly index = new PersonIndex();
  private readonly breakdowns: { groups: GroupIndex; pairs: PairSet; persons: number[] }[];
  /** By 32 months: a word a person. */
  private readonly months = new Map<number, Uint32Array>();
  private repeats = 0;
  private readonly repeated: RepeatedRow[] = [];

  constructor(plan: DescriptivePlan) {
    this.plan = plan;
    this.breakdowns = plan.breakdowns.map(() => ({ groups: new GroupIndex(), pairs: new PairSet(), persons: [] }));
  }

  add(rows: PersonRows): void {
    const numbers = this.index.number(rows.persons, rows.months.length);
    this.markMonths(rows, numbers);
    this.breakdowns.forEach((breakdown, b) => this.countPersons(breakdown, rows.groups[b]!, rows.members, numbers));
  }

  sums(): PersonSums {
    return {
      persons: this.index.size,
      breakdowns: this.breakdowns.map(({ groups, persons }) => {
        const cells = groups.labels.length * this.plan.populations.length;
        return { groups: groups.labels, persons: Float64Array.from({ length: cells }, (_, cell) => persons[cell] ?? 0) };
      }),
      repeated: { rows: this.repeats, first: this.repeated },
    };
  }

  private markMonths({ months, file, rowNumbers }: PersonRows, numbers: Uint32Array): void {
    for (let i = 0; i < months.length; i++) {
      const month = months[i]!;
      const words = this.wordsOf(month >>> 5);
      const bit = 1 << (month & 31);
      if (words[numbers[i]!]! & bit) {
        this.repeats++;
        if (this.repeated.length < repeatsKept) this.repeated.push({ file, row: rowNumbers[i]!, month });
      }
      words[numbers[i]!]! |= bit;
    }
  }

  private wordsOf(block: number): Uint32Array {
    const held = this.months.get(block);
    if (held !== undefined && held.length >= this.index.size) return held;
    const words = new Uint32Array(2 * this.index.size);
    if (held !== undefined) words.set(held);
    this.months.set(block, words);
    return words;
  }

  private countPersons({ groups, pairs, persons }: { groups: GroupIndex; pairs: PairSet; persons: number[] }, { codes, labels }: RowGroups, members: PersonRows['members'], numbers: Uint32Array): void {
    const here = groups.number(labels);
    const populations = members.length;
    if (groups.labels.length * populations > secondValues) {
      throw new EngineError('data.too-many-groups', { groups: groups.labels.length, most: Math.floor(secondValues / populations) });
    }
    members.forEach((member, p) => {
      for (let i = 0; i < codes.length; i++) {
        if (member[i] === 0) continue;
        const cell = here[codes[i]!]! * populations + p;
        if (pairs.add(numbers[i]!, cell)) persons[cell] = (persons[cell] ?? 0) + 1;
      }
    });
  }
}
