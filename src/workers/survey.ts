import { RowState, stateBits } from '../coding/coded-rows.ts';
import type { PlannedOutcome, RowPlan } from '../coding/row-plan.ts';
import { summedColumns } from '../coding/summed-columns.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { columnSizes } from './column-sizes.ts';
import type { WorkerSurvey } from './protocol.ts';
import type { RowStore } from './row-store.ts';

interface Surveyed {
  readonly plan: RowPlan;
  readonly by: readonly (readonly string[])[];
  /** Of the rows. */
  readonly digest: bigint;
}

/** What a worker's rows are, before any sample is coded. */
export function surveyRows(kernels: Kernels, store: RowStore, { plan, by, digest }: Surveyed): WorkerSurvey {
  return {
    rows: store.rows,
    shown: store.pieces.reduce((sum, { rows, hidden }) => sum + rows - (hidden?.reduce((n, bit) => n + bit, 0) ?? 0), 0),
    persons: store.persons.size,
    months: distinctMonths(store),
    stateDifferences: symmetric(plan.outcomes.length, (a, b) => store.stateDifferences(a, b)),
    zeroOne: plan.outcomes.map((planned, o) => isZeroOne(store, o, planned)),
    sizes: summedColumns(plan).map((column) => columnSizes(kernels, store, column)),
    inputLabels: plan.inputs.map((input, i) => (input.held === 'labels' ? store.inputLabels(i) : null)),
    populations: store.populationLabels(),
    groups: by.map((columns) => distinctGroups(store, columns.map((column) => plan.groupColumns.indexOf(column)))),
    digest,
  };
}

/** A table with zeros on its diagonal, from the half above it. */
function symmetric(size: number, at: (a: number, b: number) => number): number[][] {
  const table = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) table[a]![b] = table[b]![a] = at(a, b);
  return table;
}

function distinctMonths(store: RowStore): number[] {
  const seen = new Uint8Array(65536);
  for (const { months } of store.pieces) for (let i = 0; i < months.length; i++) seen[months[i]!] = 1;
  return Array.from(seen.keys()).filter((month) => seen[month] === 1);
}

/** Looks at no more rows than it takes. */
function isZeroOne(store: RowStore, outcome: number, { family }: PlannedOutcome): boolean {
  if (family === 'probit') return true;
  const { byte, shift } = stateBits(outcome);
  return store.pieces.every(({ states, outcomes }) => {
    const [state, y] = [states[byte]!, outcomes[outcome]!];
    for (let i = 0; i < state.length; i++) {
      if (((state[i]! >> shift) & 3) !== RowState.out && y[i] !== 0 && y[i] !== 1) return false;
    }
    return true;
  });
}

function distinctGroups(store: RowStore, columns: readonly number[]): string[][] {
  const labels = columns.map((c) => store.groupLabels(c));
  const allShown = store.pieces.every(({ hidden }) => hidden === null);
  if (columns.length === 1 && allShown) return labels[0]!.map((label) => [label]);
  const seen = new Set<number>();
  const groups: string[][] = [];
  for (const piece of store.pieces) {
    const codes = columns.map((c) => piece.groups[c]!);
    for (let i = 0; i < piece.rows; i++) {
      if (piece.hidden?.[i] === 1) continue;
      let key = 0;
      for (let c = 0; c < columns.length; c++) key = key * labels[c]!.length + codes[c]![i]!;
      if (seen.has(key)) continue;
      seen.add(key);
      groups.push(columns.map((_, c) => labels[c]![codes[c]![i]!]!));
    }
  }
  return groups;
}
