import type { CodeArray, LabelColumn, NumberColumn } from '../register/partition.ts';
import { RowState, stateBits } from './coded-rows.ts';
import { numberText } from '../spec/labels.ts';
import { monthInSample, type RowPlan } from './row-plan.ts';

/** One byte a row, 1 where something holds; null where it holds for no row. */
export type Marked = Uint8Array | null;

/** Where a number is missing. */
export function missingNumbers({ values, isComplete }: NumberColumn): Marked {
  if (isComplete) return null;
  let out: Uint8Array | null = null;
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) (out ??= new Uint8Array(values.length))[i] = 1;
  return out;
}

/** Where a code is the one given; nowhere where it is negative. */
export function rowsWithCode(codes: CodeArray, code: number): Marked {
  if (code < 0) return null;
  const out = new Uint8Array(codes.length);
  for (let i = 0; i < out.length; i++) out[i] = codes[i] === code ? 1 : 0;
  return out;
}

/** States of rows with an observed outcome, `observed` what they are then; `unobserved` by outcome. Out where in no population. */
export function packStates(unobserved: readonly Marked[], observed: Uint8Array, populationOf: Int16Array | null): Uint8Array[] {
  const states = Array.from({ length: Math.ceil(unobserved.length / 4) }, () => new Uint8Array(observed.length));
  states.forEach((packed, byte) => {
    const here = unobserved.slice(4 * byte, 4 * byte + 4);
    addAlways(packed, observed, here.reduce((sum, marked, k) => sum + (marked ? 0 : 1 << (2 * k)), 0));
    here.forEach((marked, k) => marked && addWhere(packed, observed, marked, 2 * k));
    if (populationOf) for (let i = 0; i < packed.length; i++) if (populationOf[i]! < 0) packed[i] = 0;
  });
  return states;
}

function addAlways(packed: Uint8Array, observed: Uint8Array, ones: number): void {
  for (let i = 0; i < packed.length; i++) packed[i] = ones * observed[i]!;
}

function addWhere(packed: Uint8Array, observed: Uint8Array, unobserved: Uint8Array, shift: number): void {
  for (let i = 0; i < packed.length; i++) {
    if (unobserved[i] === 0) packed[i]! |= observed[i]! << shift;
  }
}

export function stateOf(states: readonly Uint8Array[], outcome: number, row: number): number {
  const { byte, shift } = stateBits(outcome);
  return (states[byte]![row]! >> shift) & 3;
}

export function setOut(states: readonly Uint8Array[], outcome: number, row: number): void {
  const { byte, shift } = stateBits(outcome);
  states[byte]![row]! &= ~(3 << shift);
}

/** One byte a row: its `RowState` for an outcome that is observed. */
export function observedState(plan: RowPlan, months: Int32Array, condition: Uint8Array | null): Uint8Array {
  const known = new Map<number, number>();
  const states = new Uint8Array(months.length).fill(RowState.estimated);
  if (plan.months !== null || plan.excludeMonths.length > 0) {
    let last = -1;
    let state: number = RowState.estimated;
    for (let i = 0; i < months.length; i++) {
      const month = months[i]!;
      if (month !== last) {
        last = month;
        state = known.get(month) ?? (monthInSample(plan, month) ? RowState.estimated : RowState.predicted);
        known.set(month, state);
      }
      states[i] = state;
    }
  }
  if (condition) for (let i = 0; i < states.length; i++) if (condition[i] !== 1) states[i] = RowState.apart;
  return states;
}

/** Index of the listed population a row belongs to, −1 for none; null where the groups are not listed in the spec. */
export function populationPerRow(plan: RowPlan, column: LabelColumn | null, rows: number): Int16Array | null {
  if (column === null || plan.populations[0]!.label === null) return null;
  // Labels that are the same number are the same group, unless the column turns out to be text, and then it is refused.
  const numbers = plan.populations.map(({ label }) => numberText(label!));
  const byCode = column.labels.map((text) => {
    const exact = plan.populations.findIndex((population) => population.label === text);
    const number = exact < 0 ? numberText(text, column.decimalComma) : null;
    return number === null ? exact : numbers.indexOf(number);
  });
  return Int16Array.from({ length: rows }, (_, i) => byCode[column.codes[i]!]!);
}
