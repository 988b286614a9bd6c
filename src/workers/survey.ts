import { RowState } from '../coding/coded-rows.ts';
import type { RowPlan } from '../coding/row-plan.ts';
import type { WorkerSurvey } from './protocol.ts';
import type { RowStore } from './row-store.ts';

/** What a worker's rows are, before any sample is coded. */
export function surveyRows(store: RowStore, plan: RowPlan, by: readonly (readonly string[])[], digest: Uint32Array): WorkerSurvey {
  return {
    rows: store.rows,
    persons: store.persons.size,
    months: distinctMonths(store.months()),
    stateDifferences: plan.outcomes.map((_, a) => plan.outcomes.map((__, b) => (a === b ? 0 : store.stateDifferences(a, b)))),
    outcomes: plan.outcomes.map((_, o) => surveyOutcome(store.states(o), store.outcome(o))),
    inputLabels: plan.inputs.map((input, i) => (input.held === 'labels' ? store.inputLabels(i) : null)),
    populations: store.populationLabels(),
    groups: by.map((columns) => distinctGroups(store, columns.map((column) => plan.groupColumns.indexOf(column)))),
    digest,
  };
}

function distinctMonths(months: Uint16Array): number[] {
  const seen = new Uint8Array(65536);
  for (const month of months) seen[month] = 1;
  return Array.from(seen.keys()).filter((month) => seen[month] === 1);
}

function surveyOutcome(state: Uint8Array, y: Float64Array): WorkerSurvey['outcomes'][number] {
  let [estimated, predicted, largest, zeroOne] = [0, 0, 0, true];
  for (let i = 0; i < state.length; i++) {
    if (state[i] === RowState.out) continue;
    if (state[i] === RowState.estimated) estimated++;
    else predicted++;
    const value = y[i]!;
    if (Math.abs(value) > largest) largest = Math.abs(value);
    if (value !== 0 && value !== 1) zeroOne = false;
  }
  return { estimated, predicted, largest, zeroOne };
}

function distinctGroups(store: RowStore, columns: readonly number[]): string[][] {
  const codes = columns.map((c) => store.group(c));
  const labels = columns.map((c) => store.groupLabels(c));
  const seen = new Set<number>();
  const groups: string[][] = [];
  for (let i = 0; i < store.rows; i++) {
    let key = 0;
    for (let c = 0; c < columns.length; c++) key = key * labels[c]!.length + codes[c]![i]!;
    if (seen.has(key)) continue;
    seen.add(key);
    groups.push(columns.map((_, c) => labels[c]![codes[c]![i]!]!));
  }
  return groups;
}
