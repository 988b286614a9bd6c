import { RowState, stateBits } from '../coding/coded-rows.ts';
import type { RowPlan } from '../coding/row-plan.ts';
import type { WorkerSurvey } from './protocol.ts';
import type { RowStore } from './row-store.ts';

/** What a worker's rows are, before any sample is coded. */
export function surveyRows(store: RowStore, plan: RowPlan, by: readonly (readonly string[])[], digest: bigint): WorkerSurvey {
  return {
    rows: store.rows,
    persons: store.persons.size,
    months: distinctMonths(store),
    stateDifferences: plan.outcomes.map((_, a) => plan.outcomes.map((__, b) => (a === b ? 0 : store.stateDifferences(a, b)))),
    outcomes: plan.outcomes.map((_, o) => surveyOutcome(store, o)),
    inputLabels: plan.inputs.map((input, i) => (input.held === 'labels' ? store.inputLabels(i) : null)),
    populations: store.populationLabels(),
    groups: by.map((columns) => distinctGroups(store, columns.map((column) => plan.groupColumns.indexOf(column)))),
    digest,
  };
}

function distinctMonths(store: RowStore): number[] {
  const seen = new Uint8Array(65536);
  for (const { months } of store.pieces) for (let i = 0; i < months.length; i++) seen[months[i]!] = 1;
  return Array.from(seen.keys()).filter((month) => seen[month] === 1);
}

function surveyOutcome(store: RowStore, outcome: number): WorkerSurvey['outcomes'][number] {
  let [largest, zeroOne] = [0, true];
  const { byte, shift } = stateBits(outcome);
  for (const { states, outcomes } of store.pieces) {
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
  if (columns.length === 1) return labels[0]!.map((label) => [label]);
  const seen = new Set<number>();
  const groups: string[][] = [];
  for (const piece of store.pieces) {
    const codes = columns.map((c) => piece.groups[c]!);
    for (let i = 0; i < piece.rows; i++) {
      let key = 0;
      for (let c = 0; c < columns.length; c++) key = key * labels[c]!.length + codes[c]![i]!;
      if (seen.has(key)) continue;
      seen.add(key);
      groups.push(columns.map((_, c) => labels[c]![codes[c]![i]!]!));
    }
  }
  return groups;
}
