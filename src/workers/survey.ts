import { RowState, stateBits } from '../coding/coded-rows.ts';
import type { PlannedOutcome, RowPlan } from '../coding/row-plan.ts';
import type { WorkerSurvey } from './protocol.ts';
import type { RowStore } from './row-store.ts';

/** What a worker's rows are, before any sample is coded. */
export function surveyRows(store: RowStore, plan: RowPlan, by: readonly (readonly string[])[], digest: bigint): WorkerSurvey {
  return {
    rows: store.rows,
    shown: store.pieces.reduce((sum, { rows, hidden }) => sum + rows - (hidden?.reduce((n, bit) => n + bit, 0) ?? 0), 0),
    persons: store.persons.size,
    months: distinctMonths(store),
    stateDifferences: symmetric(plan.outcomes.length, (a, b) => store.stateDifferences(a, b)),
    outcomes: plan.outcomes.map((planned, o) => surveyOutcome(store, o, planned)),
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

/** Looks at no more rows than it takes: a probit's values are 0 and 1, and with a range the largest value does not matter. */
function surveyOutcome(store: RowStore, outcome: number, { family, range }: PlannedOutcome): WorkerSurvey['outcomes'][number] {
  let [largest, zeroOne] = [0, true];
  const { byte, shift } = stateBits(outcome);
  for (const { states, outcomes } of store.pieces) {
    if (family === 'probit' ? largest === 1 : range && !zeroOne) break;
    const [state, y] = [states[byte]!, outcomes[outcome]!];
    for (let i = 0; i < state.length; i++) {
      if (((state[i]! >> shift) & 3) === RowState.out) continue;
      const value = y[i]!;
      if (Math.abs(value) > largest) largest = Math.abs(value);
      if (value !== 0 && value !== 1) zeroOne = false;
    }
  }
  return { largest, zeroOne };
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
