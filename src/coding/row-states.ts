import type { CodeArray, LabelColumn, NumberColumn } from '../register/partition.ts';
import { RowState, stateBits } from './coded-rows.ts';
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

/** States of rows with an observed outcome, estimated or predicted; `unobserved` by outcome. Out where in no population. */
export function packStates(unobserved: readonly Marked[], inSample: Uint8Array, populationOf: Int16Array | null): Uint8Array[] {
  const states = Array.from({ length: Math.ceil(unobserved.length / 4) }, () => new Uint8Array(inSample.length));
  states.forEach((packed, byte) => {
    const here = unobserved.slice(4 * byte, 4 * byte + 4);
    addAlways(packed, inSample, here.reduce((sum, marked, k) => sum + (marked ? 0 : 1 << (2 * k)), 0));
    here.forEach((marked, k) => marked && addWhere(packed, inSample, marked, 2 * k));
    if (populationOf) for (let i = 0; i < packed.length; i++) if (populationOf[i]! < 0) packed[i] = 0;
  });
  return states;
}

function addAlways(packed: Uint8Array, inSample: Uint8Array, ones: number): void {
  for (let i = 0; i < packed.length; i++) packed[i] = ones * (inSample[i] === 1 ? RowState.estimated : RowState.predicted);
}

function addWhere(packed: Uint8Array, inSample: Uint8Array, unobserved: Uint8Array, shift: number): void {
  for (let i = 0; i < packed.length; i++) {
    if (unobserved[i] === 0) packed[i]! |= (inSample[i] === 1 ? RowState.estimated : RowState.predicted) << shift;
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

/** One byte a row, 1 where it is in the estimation sample if its outcome is observed. */
export function samplePerRow(plan: RowPlan, months: Int32Array, condition: Uint8Array | null): Uint8Array {
  const known = new Map<number, boolean>();
  const inSample = new Uint8Array(months.length).fill(1);
  if (plan.months === null && plan.excludeMonths.length === 0) return condition ?? inSample;
  let last = -1;
  let lastIn = 0;
  for (let i = 0; i < months.length; i++) {
    const month = months[i]!;
    if (month !== last) {
      last = month;
      let within = known.get(month);
      if (within === undefined) known.set(month, (within = monthInSample(plan, month)));
      lastIn = within ? 1 : 0;
    }
    inSample[i] = lastIn;
  }
  if (condition) for (let i = 0; i < inSample.length; i++) if (condition[i] !== 1) inSample[i] = 0;
  return inSample;
}

/** Index of the listed population a row belongs to, −1 for none; null where the groups are not listed in the spec. */
export function populationPerRow(plan: RowPlan, column: LabelColumn | null, rows: number): Int16Array | null {
  if (column === null || plan.populations[0]!.label === null) return null;
  const byCode = column.labels.map((text) => plan.populations.findIndex((population) => population.label === text));
  return Int16Array.from({ length: rows }, (_, i) => byCode[column.codes[i]!]!);
}
