import { CellTally, cellsOfRows, type BreakdownSums } from '../descriptive/cell-tally.ts';
import { largestAddend } from '../descriptive/exact-sum.ts';
import { numbersOf } from '../descriptive/members.ts';
import type { DescriptivePlan } from '../descriptive/plan.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { FaultLog } from '../register/faults.ts';
import { rowNumbersOf } from '../register/kept-rows.ts';
import { columnKey, type MonthColumn, type Partition, type PersonColumn } from '../register/partition.ts';
import type { FilesTogether } from '../register/read-together.ts';
import { dealPersonRows } from './deal-person-rows.ts';
import { LabelsMet, type DescribedLabels } from './described-labels.ts';
import { PersonTally, type PersonRows, type PersonSums } from './person-tally.ts';

export interface DescribedSums {
  readonly breakdowns: readonly BreakdownSums[];
  readonly persons: PersonSums;
  readonly labels: DescribedLabels;
}

export interface DescribeHooks {
  readonly hand: (owner: number, rows: PersonRows) => Promise<void>;
  /** May take a turn of the event loop. */
  readonly pause: () => Promise<unknown>;
  /** Hears of rows. */
  readonly tell: (rows: number) => void;
}

/** What a worker knows of the rows that it read and the persons that it owns; no row stays. */
export class DescribedRows {
  private readonly plan: DescriptivePlan;
  private readonly kernels: Kernels;
  private readonly workers: number;
  private readonly cells: CellTally;
  private readonly persons: PersonTally;
  private readonly labels = new LabelsMet();

  constructor(plan: DescriptivePlan, kernels: Kernels, workers: number) {
    this.kernels = kernels;
    this.plan = plan;
    this.workers = workers;
    this.cells = new CellTally(plan);
    this.persons = new PersonTally(plan);
  }

  /** Reads the files of one piece and hands their persons out. Returns the rows. */
  async read(files: FilesTogether, number: number, { hand, pause, tell }: DescribeHooks): Promise<number> {
    const { plan } = this;
    let rows = 0;
    for await (const read of files.partitions({ columns: plan.requests, where: null, filter: plan.filter }, pause)) {
      const partition = this.labels.settle(read);
      const months = (partition.columns.get(monthKey(plan)) as MonthColumn).values;
      const numbers = rowNumbersOf(partition);
      checkValues(plan, partition, numbers, files.faults);
      const cells = cellsOfRows(plan, partition);
      this.cells.add(partition, cells, months);
      const persons = (partition.columns.get(personKey(plan)) as PersonColumn).words;
      const dealt = dealPersonRows(this.kernels, { file: number, rowNumbers: numbers, persons, months, ...cells }, this.workers);
      await Promise.all(dealt.map((part, owner) => hand(owner, part)));
      rows += partition.rows;
      tell(partition.rows);
      await pause();
    }
    return rows;
  }

  absorb(rows: PersonRows): void {
    this.persons.add(rows);
  }

  sums(): DescribedSums {
    return { breakdowns: this.cells.sums(), persons: this.persons.sums(), labels: this.labels.found };
  }
}

const personKey = ({ requests }: DescriptivePlan): string => columnKey(requests.find(({ as }) => as === 'person')!);
const monthKey = ({ requests }: DescriptivePlan): string => columnKey(requests.find(({ as }) => as === 'month')!);

/** Numbers whose squares the sums cannot hold. */
const tooLarge = Math.sqrt(largestAddend);

function checkValues(plan: DescriptivePlan, partition: Partition, numbers: Uint32Array, faults: FaultLog): void {
  for (const column of new Set(plan.variables.map((variable) => variable.column))) {
    const values = numbersOf(partition, column);
    for (let i = 0; i < values.length; i++) {
      if (Math.abs(values[i]!) >= tooLarge) faults.add('fault.too-large', column, numbers[i]!, String(values[i]));
    }
  }
  for (const { column, range } of plan.variables) {
    if (range === undefined) continue;
    const [low, high] = range;
    const zeroOne = low === 0 && high === 1;
    const values = numbersOf(partition, column);
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      if (zeroOne ? x < 0 || x > 1 || (x > 0 && x < 1) : x < low || x > high) {
        if (zeroOne) faults.add('fault.not-zero-one', column, numbers[i]!, String(x));
        else faults.add('fault.implausible', column, numbers[i]!, String(x), { low, high });
      }
    }
  }
}
