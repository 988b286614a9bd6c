import type { FaultLog } from '../register/faults.ts';
import { rowNumbersOf } from '../register/kept-rows.ts';
import type { LabelColumn, MonthColumn, NumberArray, NumberColumn, Partition, PersonColumn } from '../register/partition.ts';
import { missingZeroOne, RowState, type CodedRows, type HeldColumn } from './coded-rows.ts';
import { DroppedCounts } from './dropped-counts.ts';
import { labelsOfMonths } from './month-labels.ts';
import type { PlannedOutcome, RowPlan } from './row-plan.ts';
import { missingNumbers, packStates, populationPerRow, rowsWithCode, observedState, setOut, stateOf, type Marked } from './row-states.ts';
import { staticCodes } from './static-codes.ts';

export interface CodedPartition {
  readonly rows: CodedRows;
  readonly dropped: DroppedCounts;
  /** Rows in none of the groups that `separateBy` lists. */
  readonly ungrouped: number;
}

/**
 * Brings the rows of one partition into the form they are held in: levels as codes where they are known before the data,
 * outcomes checked, and for each outcome whether a row is estimated on, only predicted, or out.
 */
export function codePartition(plan: RowPlan, partition: Partition, file: number, faults: FaultLog): CodedPartition {
  const numbers = (column: string): NumberColumn => partition.columns.get(`number:${column}`) as NumberColumn;
  const number = (column: string): NumberArray => numbers(column).values;
  const rows = partition.rows;
  const rowNumbers = rowNumbersOf(partition);
  const months = (partition.columns.get(`month:${plan.month}`) as MonthColumn).values;
  let monthLabels: LabelColumn | null = null;
  const label = (column: string): LabelColumn =>
    column === plan.month ? (monthLabels ??= labelsOfMonths(months)) : (partition.columns.get(`label:${column}`) as LabelColumn);
  const held = (column: string): HeldColumn => {
    const { codes, labels, decimalComma } = label(column);
    return { codes, labels, ...(decimalComma ? { decimalComma } : {}) };
  };
  const populations = plan.separateBy === null ? null : label(plan.separateBy);

  const outcomes = plan.outcomes.map((outcome) => heldOutcome(outcome, number(outcome.column), rowNumbers, faults));
  const inputs = plan.inputs.map((input): HeldColumn => {
    if (input.held === 'labels') return held(input.column);
    const values = number(input.column);
    return input.held === 'numbers' ? { numbers: singleWhereExact(values) } : { levels: staticCodes(input, values, rowNumbers, faults) };
  });
  const missingNumber = remembered((column: string) => missingNumbers(numbers(column)));
  const missing = plan.inputs.map((input): Marked => {
    if (input.held === 'labels') return rowsWithCode(label(input.column).codes, label(input.column).labels.indexOf(''));
    return input.held === 'codes' && input.covariate.coding === 'present' ? null : missingNumber(input.column);
  });

  const dropped = new DroppedCounts();
  const populationOf = populationPerRow(plan, populations, rows);
  const states = packStates(plan.outcomes.map(({ column }) => missingNumber(column)), observedState(plan, months, partition.condition), populationOf);
  plan.outcomes.forEach((outcome, o) => {
    plan.populations.forEach((population, g) => {
      population.covariates.forEach((covariate, c) => {
        const isMissing = missing[population.inputs[o]![c]!];
        if (!isMissing || covariate.missing === 'level' || covariate.missing === 'reference') return;
        for (let i = 0; i < rows; i++) {
          if (!isMissing[i] || stateOf(states, o, i) === RowState.out || (populationOf !== null && populationOf[i] !== g)) continue;
          if (covariate.missing === 'drop') {
            setOut(states, o, i);
            dropped.add({ outcome: o, population: population.label ?? (populations && populations.labels[populations.codes[i]!]!), covariate: covariate.name, rows: 1 });
          } else {
            faults.add('fault.missing-where-observed', plan.inputs[population.inputs[o]![c]!]!.column, rowNumbers[i]!, null, { outcome: outcome.name });
          }
        }
      });
    });
  });

  refuseNegatives(plan, { inputs, states, populationOf, rowNumbers, faults });

  const hidden = partition.shown ? partition.shown.map((shown) => 1 - shown) : null;
  if (hidden) leaveUnseen(plan, states, hidden);

  return {
    rows: {
      rows,
      file,
      rowNumbers,
      persons: (partition.columns.get(`person:${plan.person}`) as PersonColumn).words,
      months: new Uint16Array(months),
      states,
      hidden,
      outcomes,
      inputs,
      groups: plan.groupColumns.map(held),
      population: plan.separateBy === null ? null : held(plan.separateBy),
    },
    dropped,
    ungrouped: populationOf === null ? 0 : populationOf.reduce((sum, population) => sum + (population < 0 ? 1 : 0), 0),
  };
}

/** Rows that are neither estimated on nor shown are out. */
function leaveUnseen({ outcomes }: RowPlan, states: readonly Uint8Array[], hidden: Uint8Array): void {
  outcomes.forEach((_, o) => {
    for (let i = 0; i < hidden.length; i++) if (hidden[i] === 1 && stateOf(states, o, i) !== RowState.estimated) setOut(states, o, i);
  });
}

interface CodedInputs {
  readonly inputs: readonly HeldColumn[];
  readonly states: readonly Uint8Array[];
  readonly populationOf: Int16Array | null;
  readonly rowNumbers: Uint32Array;
  readonly faults: FaultLog;
}

/** Where zero is a level of its own and the others are of positive values, a negative one has none, however near zero; −0 is zero. */
function refuseNegatives(plan: RowPlan, { inputs, states, populationOf, rowNumbers, faults }: CodedInputs): void {
  const refused = new Map<number, Set<number>>();
  const hasNegative = remembered((input: number) => someNegative(inputs[input]!.numbers!));
  plan.populations.forEach(({ covariates, inputs: indices }, g) => covariates.forEach((covariate, c) => {
    if (covariate.coding !== 'quantiles' || covariate.zero !== 'separate') return;
    for (const [o, own] of indices.entries()) {
      const input = own[c]!;
      if (!hasNegative(input)) continue;
      const values = inputs[input]!.numbers!;
      const rows = refused.get(input) ?? new Set();
      refused.set(input, rows);
      for (let i = 0; i < values.length; i++) {
        if (values[i]! < 0 && stateOf(states, o, i) !== RowState.out && (populationOf === null || populationOf[i] === g)) rows.add(i);
      }
    }
  }));
  for (const [input, rows] of refused) {
    for (const i of [...rows].sort((a, b) => a - b)) faults.add('fault.negative-beside-zero', plan.inputs[input]!.column, rowNumbers[i]!, String(inputs[input]!.numbers![i]));
  }
}

/** The outcome in the form it is held, its range checked. */
function heldOutcome(outcome: PlannedOutcome, values: NumberArray, rowNumbers: Uint32Array, faults: FaultLog): CodedRows['outcomes'][number] {
  const isProbit = outcome.family === 'probit';
  if (isProbit) return zeroOne(values, (row) => faults.add('fault.not-zero-one', outcome.column, rowNumbers[row]!, String(values[row])));
  const y = singleWhereExact(values);
  if (outcome.range) {
    const [lo, hi] = outcome.range;
    for (let i = 0; i < y.length; i++) if (y[i]! < lo || y[i]! > hi) faults.add('fault.outside-range', outcome.column, rowNumbers[i]!, String(values[i]), { low: lo, high: hi });
  }
  return y;
}

function zeroOne(values: NumberArray, refuse: (row: number) => void): Uint8Array {
  if (values instanceof Uint8Array) {
    for (let i = 0; i < values.length; i++) if (values[i]! > 1) refuse(i);
    return values;
  }
  const y = new Uint8Array(values.length);
  for (let i = 0; i < y.length; i++) {
    const x = values[i]!;
    if (x === 0 || x === 1) y[i] = x;
    else if (x !== x) y[i] = missingZeroOne;
    else refuse(i);
  }
  return y;
}

/** The same values in single precision where that holds every one of them. */
function singleWhereExact(values: NumberArray): Float32Array | Float64Array {
  if (values instanceof Float32Array) return values;
  const single = new Float32Array(values);
  if (!(values instanceof Float64Array)) return single;
  for (let i = 0; i < values.length; i++) if (single[i] !== values[i] && values[i] === values[i]) return values;
  return single;
}

function someNegative(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) return true;
  return false;
}

/** Several covariates may be of one column. */
function remembered<K, T>(make: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}
