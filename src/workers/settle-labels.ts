import type { RowPlan } from '../coding/row-plan.ts';
import { EngineError } from '../errors.ts';
import { areNumbers, numberText, type FoundLabel } from '../spec/labels.ts';
import type { FoundLabels, NumberColumns } from './row-store.ts';

/**
 * Which columns of labels hold numbers, decided over the labels of all files: those in which every label is one. A column that
 * is both a covariate and a breakdown is the same in both.
 */
export function settleLabels(plan: RowPlan, workers: readonly FoundLabels[]): NumberColumns {
  const columns = new Map<string, FoundLabel[]>();
  const add = (column: string, labels: readonly FoundLabel[]): void => {
    if (!columns.has(column)) columns.set(column, []);
    columns.get(column)!.push(...labels);
  };
  for (const { inputs, groups, population } of workers) {
    plan.inputs.forEach(({ held, column }, i) => held === 'labels' && add(column, inputs[i] ?? []));
    plan.groupColumns.forEach((column, g) => add(column, groups[g] ?? []));
    if (plan.separateBy !== null) add(plan.separateBy, population);
  }
  const numbers = new Map([...columns].map(([column, labels]) => [column, areNumbers(labels)]));
  if (plan.separateBy !== null) {
    const found = columns.get(plan.separateBy)!;
    if (numbers.get(plan.separateBy)!) refuseSameNumber(plan, plan.separateBy);
    else refuseHalfNumbers(plan, plan.separateBy, found);
  }
  return {
    inputs: plan.inputs.map(({ held, column }) => held === 'labels' && numbers.get(column)!),
    groups: plan.groupColumns.map((column) => numbers.get(column)!),
    population: plan.separateBy !== null && numbers.get(plan.separateBy)!,
  };
}

function refuseSameNumber({ populations }: RowPlan, column: string): void {
  const numbers = populations.map(({ label }) => label !== null && (numberText(label) ?? label));
  const again = numbers.findIndex((number, p) => number !== false && numbers.indexOf(number) < p);
  if (again < 0) return;
  const labels = [populations[numbers.indexOf(numbers[again]!)]!.label!, populations[again]!.label!] as const;
  throw new EngineError('spec.same-number-listed', { column, labels });
}

/** Rows were taken to be of a listed group whose number they have, before it was known that the column is text. */
function refuseHalfNumbers({ populations }: RowPlan, column: string, labels: readonly FoundLabel[]): void {
  for (const { label } of populations) {
    if (label === null) return;
    const number = numberText(label);
    const found = number === null ? undefined : labels.find((one) => one.number === number && populations.every((other) => other.label !== one.text));
    if (!found) continue;
    const text = labels.find((one) => one.text !== '' && one.number === null)!.text;
    throw new EngineError('data.half-numbers', { column, found: found.text, listed: label, text });
  }
}
