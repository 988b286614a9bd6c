import { intervalLevel } from '../coding/breaks.ts';
import { RowState } from '../coding/coded-rows.ts';
import type { Composite } from '../coding/design-matrix.ts';
import type { FactorSource, SamplePlan } from '../coding/sample-plan.ts';
import { EngineError } from '../errors.ts';
import type { PersonOrder, RowStore } from './row-store.ts';

/** What the arena of the kernels gives: addresses in its memory, and views that hold until it next grows. */
export interface Memory {
  alloc(bytes: number, align?: number): number;
  u8(pointer: number, length: number): Uint8Array;
  u16(pointer: number, length: number): Uint16Array;
  u32(pointer: number, length: number): Uint32Array;
  f64(pointer: number, length: number): Float64Array;
}

/** A column in the kernels' memory. */
export interface ResidentCodes {
  readonly ptr: number;
  readonly levels: number;
  readonly width: 1 | 2;
}

/**
 * The coded rows of one sample in the kernels' memory: first the estimation rows, person by person, then the rows that
 * are only predicted.
 */
export interface ResidentSample {
  readonly plan: SamplePlan;
  readonly estimationRows: number;
  /** Estimation rows of the pilot, which come first. */
  readonly pilotRows: number;
  readonly rows: number;
  readonly persons: number;
  /** u32, persons + 1 of them: where each person's estimation rows begin. */
  readonly personStart: number;
  readonly composites: readonly ResidentCodes[];
  /** f64 columns, scaled to [−1, 1] on the estimation sample. */
  readonly numerics: readonly number[];
  /** By outcome of the sample: f64, or u8 for a probit. */
  readonly outcomes: readonly number[];
  /** u8, counted from the first month. */
  readonly months: number;
  /** By grouping: u16, or u32 where there are more than 65,536 groups. */
  readonly groups: readonly { readonly ptr: number; readonly width: 2 | 4 }[];
  /** Largest |x| of each numeric column: 1, or more where a predicted row lies beyond the estimation sample. */
  readonly reach: readonly number[];
  /** Values of predicted rows outside the range of the estimation sample, moved to the end bins. */
  readonly outside: number;
}

/** Lays the rows of a sample out in memory. `probit[o]` tells how outcome o (of the row plan) is held. */
export function codeSample(
  store: RowStore,
  plan: SamplePlan,
  { memory, byPerson, probit }: { memory: Memory; byPerson: PersonOrder; probit: readonly boolean[] },
): ResidentSample {
  if (plan.months > 256) throw new EngineError('data', `The data span ${plan.months} months; at most 256 are possible.`);
  const { picked, estimationRows, pilotRows, personStart, persons } = pickRows(store, plan, byPerson);
  const n = picked.length;
  const personStartPtr = memory.alloc(4 * (persons + 1));
  memory.u32(personStartPtr, persons + 1).set(personStart.subarray(0, persons + 1));

  const composites = plan.design.composites.map((composite): ResidentCodes => {
    const codes = compositeCodes(store, plan, composite);
    const ptr = memory.alloc(n * composite.width);
    if (composite.width === 1) gatherBytes(codes, picked, memory.u8(ptr, n));
    else gatherWords(codes, picked, memory.u16(ptr, n));
    return { ptr, levels: composite.levels, width: composite.width };
  });
  const numerics = plan.numericInputs.map((input, d) => {
    const { centre, halfRange } = plan.design.numerics[d]!;
    const values = store.input(input) as Float64Array;
    return column(memory, picked, (row) => (values[row]! - centre) / halfRange);
  });
  const reach = numerics.map((ptr) => memory.f64(ptr, n).reduce((largest, x) => Math.max(largest, Math.abs(x)), 1));
  const outside = valuesOutside(store, plan, picked.subarray(estimationRows));
  const outcomes = plan.outcomes.map((outcome) => {
    const y = store.outcome(outcome);
    if (!probit[outcome]) return column(memory, picked, (row) => y[row]!);
    const ptr = memory.alloc(n);
    const to = memory.u8(ptr, n);
    for (let k = 0; k < n; k++) to[k] = y[picked[k]!]!;
    return ptr;
  });
  const monthsPtr = memory.alloc(n);
  const months = memory.u8(monthsPtr, n);
  const monthOf = store.months();
  for (let k = 0; k < n; k++) months[k] = monthOf[picked[k]!]! - plan.firstMonth;
  const groups = plan.groupings.map((grouping) => {
    const group = groupOfRows(store, grouping);
    const width = grouping.groups.length <= 65536 ? 2 : 4;
    const ptr = memory.alloc(n * width);
    const to = width === 2 ? memory.u16(ptr, n) : memory.u32(ptr, n);
    if (group) for (let k = 0; k < n; k++) to[k] = group[picked[k]!]!;
    else to.fill(0);
    return { ptr, width } as const;
  });
  return { plan, estimationRows, pilotRows, rows: n, persons, personStart: personStartPtr, composites, numerics, outcomes, months: monthsPtr, groups, reach, outside };
}

// One loop a kind of array: shared by both it would be several times slower.
function gatherBytes(from: Uint16Array, picked: Uint32Array, to: Uint8Array): void {
  for (let k = 0; k < picked.length; k++) to[k] = from[picked[k]!]!;
}
function gatherWords(from: Uint16Array, picked: Uint32Array, to: Uint16Array): void {
  for (let k = 0; k < picked.length; k++) to[k] = from[picked[k]!]!;
}

function column(memory: Memory, picked: Uint32Array, value: (row: number) => number): number {
  const ptr = memory.alloc(8 * picked.length);
  const to = memory.f64(ptr, picked.length);
  for (let k = 0; k < picked.length; k++) to[k] = value(picked[k]!);
  return ptr;
}

/** Estimation rows person by person, then predicted rows. */
function pickRows(store: RowStore, plan: SamplePlan, { order, start, pilotPersons }: PersonOrder) {
  const state = store.states(plan.outcomes[0]!);
  const population = plan.population === null ? null : store.population();
  const wanted = plan.population === null ? -1 : store.populationLabels().indexOf(plan.population);
  const within = (row: number): boolean => population === null || population[row] === wanted;
  let [estimated, predicted] = [0, 0];
  for (let i = 0; i < state.length; i++) {
    if (!within(i)) continue;
    if (state[i] === RowState.estimated) estimated++;
    else if (state[i] === RowState.predicted) predicted++;
  }
  const picked = new Uint32Array(estimated + predicted);
  const personStart = new Uint32Array(start.length);
  let persons = 0;
  let at = 0;
  let beyond = estimated;
  let pilotRows = 0;
  for (let p = 0; p + 1 < start.length; p++) {
    const first = at;
    for (let k = start[p]!; k < start[p + 1]!; k++) {
      const row = order[k]!;
      if (state[row] === RowState.out || !within(row)) continue;
      if (state[row] === RowState.estimated) picked[at++] = row;
      else picked[beyond++] = row;
    }
    if (at > first) personStart[persons++] = first;
    if (p < pilotPersons) pilotRows = at;
  }
  personStart[persons] = at;
  return { picked, estimationRows: estimated, pilotRows, personStart, persons };
}

/** Composite code of every row in order of arrival; rows outside the sample may hold any code. */
function compositeCodes(store: RowStore, plan: SamplePlan, composite: Composite): Uint16Array {
  const codes = new Uint16Array(store.rows);
  composite.factors.forEach((factor, k) => {
    const source = plan.factorSources[factor]!;
    const levels = rowLevels(store, source, plan.design.factors[factor]!.labels.length);
    const stride = composite.strides[k]!;
    for (let i = 0; i < levels.length; i++) codes[i]! += levels[i]! * stride;
  });
  return codes;
}

/** How many values of predicted rows lie beyond those that the breaks were computed from. */
function valuesOutside(store: RowStore, plan: SamplePlan, predicted: Uint32Array): number {
  let outside = 0;
  for (const { input, range, zeroSeparate } of plan.factorSources) {
    const values = store.input(input) as Float64Array | null;
    if (!range || !values) continue;
    for (const row of predicted) {
      const x = values[row]!;
      if (x > range[1] || (x < range[0] && !(zeroSeparate && x <= 0))) outside++;
    }
  }
  return outside;
}

/** Level of every row, for one factor. */
export function rowLevels(store: RowStore, source: FactorSource, levelCount: number): Uint16Array {
  const levels = new Uint16Array(store.rows);
  const held = store.input(source.input);
  if (!held) return levels;
  if (source.breaks) {
    const { zeroSeparate, missingLevel } = source;
    const breaks = Float64Array.from(source.breaks);
    for (let i = 0; i < held.length; i++) {
      const x = held[i]!;
      if (x !== x) levels[i] = missingLevel;
      else if (!zeroSeparate) levels[i] = intervalLevel(breaks, x);
      else levels[i] = x > 0 ? intervalLevel(breaks, x) + 1 : 0;
    }
    return levels;
  }
  const table = source.labels
    ? Uint16Array.from(store.inputLabels(source.input), (label) => (label === '' ? source.missingLevel : source.labels!.indexOf(label)))
    : Uint16Array.from({ length: levelCount + 1 }, (_, code) => code);
  const beyond = source.labels ? -1 : knownLevels(source, levelCount);
  for (let i = 0; i < held.length; i++) levels[i] = held[i]! === beyond ? source.missingLevel : table[held[i]!]!;
  return levels;
}

/** The code of a missing value among codes known before the data: the number of levels without the one for missing. */
function knownLevels(source: FactorSource, levelCount: number): number {
  return source.missingHasLevel ? levelCount - 1 : levelCount;
}

function groupOfRows(store: RowStore, { columns, groups }: SamplePlan['groupings'][number]): Uint32Array | null {
  if (columns.length === 0) return null;
  const index = new Map(groups.map((labels, g) => [labels.join('\u0000'), g]));
  const codes = columns.map((c) => store.group(c));
  const labels = columns.map((c) => store.groupLabels(c));
  const known = new Map<number, number>();
  const out = new Uint32Array(store.rows);
  for (let i = 0; i < out.length; i++) {
    let key = 0;
    for (let c = 0; c < columns.length; c++) key = key * labels[c]!.length + codes[c]![i]!;
    let group = known.get(key);
    if (group === undefined) {
      group = index.get(columns.map((_, c) => labels[c]![codes[c]![i]!]!).join('\u0000'))!;
      known.set(key, group);
    }
    out[i] = group;
  }
  return out;
}
