import type { LabelColumn, NumberColumn, Partition, PersonColumn, MonthColumn } from '../register/partition.ts';
import type { Covariate } from '../spec/model-spec.ts';
import { intervalLevel } from './breaks.ts';
import { RowFaults } from './row-faults.ts';
import { RowState, type CodedRows, type HeldColumn } from './coded-rows.ts';
import { monthInSample, type CovariateInput, type PlannedOutcome, type RowPlan } from './row-plan.ts';

export interface CodedPartition {
  readonly rows: CodedRows;
  /** Rows left out by `missing: "drop"`, by covariate. */
  readonly dropped: ReadonlyMap<string, number>;
}

/**
 * Brings the rows of one partition into the form they are held in: levels as codes where they are known before the data,
 * outcomes checked, and for each outcome whether a row is estimated on, only predicted, or out.
 */
export function codePartition(plan: RowPlan, partition: Partition, file: number, faults: RowFaults): CodedPartition {
  const number = (column: string): Float64Array => (partition.columns.get(`number:${column}`) as NumberColumn).values;
  const label = (column: string): LabelColumn => partition.columns.get(`label:${column}`) as LabelColumn;
  const rows = partition.rows;
  const months = (partition.columns.get(`month:${plan.month}`) as MonthColumn).values;
  const populations = plan.separateBy === null ? null : label(plan.separateBy);

  const outcomes = plan.outcomes.map((outcome) => number(outcome.column));
  plan.outcomes.forEach((outcome, o) => checkRange(outcome, outcomes[o]!, partition, faults));
  const inputs = plan.inputs.map((input): HeldColumn => {
    if (input.held === 'labels') return { codes: label(input.column).codes, labels: label(input.column).labels };
    const values = number(input.column);
    return input.held === 'numbers' ? { numbers: values } : { levels: staticCodes(input, values, partition, faults) };
  });
  const missing = plan.inputs.map((input, i) => missingRows(input, inputs[i]!));

  const dropped = new Map<string, number>();
  const inSample = samplePerRow(plan, months, partition.condition);
  const populationOf = populationPerRow(plan, populations, rows);
  const states = plan.outcomes.map((outcome, o) => {
    const state = new Uint8Array(rows);
    const y = outcomes[o]!;
    for (let i = 0; i < rows; i++) {
      if (y[i] === y[i] && (populationOf === null || populationOf[i]! >= 0)) state[i] = inSample[i] ? RowState.estimated : RowState.predicted;
    }
    plan.populations.forEach((population, g) => {
      population.covariates.forEach((covariate, c) => {
        const isMissing = missing[population.inputs[o]![c]!];
        if (!isMissing || covariate.missing === 'level' || covariate.missing === 'reference') return;
        for (let i = 0; i < rows; i++) {
          if (!isMissing[i] || state[i] === RowState.out || (populationOf !== null && populationOf[i] !== g)) continue;
          if (covariate.missing === 'drop') {
            state[i] = RowState.out;
            dropped.set(covariate.name, (dropped.get(covariate.name) ?? 0) + 1);
          } else {
            const advice = 'Fill it in, or give the covariate "missing": "level", "reference" or "drop" in the spec.';
            faults.add(plan.inputs[population.inputs[o]![c]!]!.column, `no value where ${outcome.name} is observed`, advice, partition.firstRow + i, '');
          }
        }
      });
    });
    return state;
  });

  const rowNumbers = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) rowNumbers[i] = partition.firstRow + i;
  const held = (column: string): HeldColumn => ({ codes: label(column).codes, labels: label(column).labels });
  return {
    rows: {
      rows,
      file,
      rowNumbers,
      persons: (partition.columns.get(`person:${plan.person}`) as PersonColumn).words,
      months: Uint16Array.from(months),
      states,
      outcomes,
      inputs,
      groups: plan.groupColumns.map(held),
      population: plan.separateBy === null ? null : held(plan.separateBy),
    },
    dropped,
  };
}

function checkRange(outcome: PlannedOutcome, y: Float64Array, partition: Partition, faults: RowFaults): void {
  const probit = outcome.family === 'probit';
  if (!probit && !outcome.range) return;
  const [lo, hi] = probit ? [0, 1] : outcome.range!;
  const what = probit ? 'a value that is neither 0 nor 1' : `a value outside ${lo} to ${hi}`;
  const advice = probit ? 'A probit outcome is 0, 1 or missing.' : 'Correct it, or change the range of the outcome in the spec.';
  for (let i = 0; i < y.length; i++) {
    const value = y[i]!;
    if (value !== value || (probit ? value === 0 || value === 1 : value >= lo && value <= hi)) continue;
    faults.add(outcome.column, what, advice, partition.firstRow + i, String(value));
  }
}

/** Codes of a covariate whose levels are known before the data; missing is the code after the last level. */
function staticCodes(input: CovariateInput & { held: 'codes' }, values: Float64Array, partition: Partition, faults: RowFaults): Uint8Array | Uint16Array {
  const { covariate, levels } = input;
  const codes = levels < 256 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  const level = levelFunction(covariate);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (covariate.coding === 'present') codes[i] = x === x ? 1 : 0;
    else if (x !== x) codes[i] = levels;
    else {
      const code = level(x);
      if (code === Math.floor(code)) codes[i] = code;
      else faults.add(input.column, 'a value between two levels', 'Levels are whole numbers; use "intervals" for other values.', partition.firstRow + i, String(x));
    }
  }
  return codes;
}

function levelFunction(covariate: Covariate): (x: number) => number {
  if (covariate.coding === 'values') {
    const { min = 0, max = 0 } = covariate;
    return (x) => Math.min(Math.max(x, min), max) - min;
  }
  if (covariate.coding === 'intervals') return (x) => intervalLevel(covariate.breaks, x);
  return () => 0;
}

/** One byte a row, 1 where the value is missing; null where none can be. */
function missingRows(input: CovariateInput, held: HeldColumn): Uint8Array | null {
  if (input.held === 'codes' && input.covariate.coding === 'present') return null;
  let any = false;
  const mark = (n: number, missing: (i: number) => boolean): Uint8Array => {
    const out = new Uint8Array(n);
    for (let i = 0; i < n; i++) if (missing(i)) any = !!(out[i] = 1);
    return out;
  };
  const { levels, numbers, codes, labels } = held;
  let out: Uint8Array;
  if (levels) {
    const absent = (input as CovariateInput & { held: 'codes' }).levels;
    out = mark(levels.length, (i) => levels[i] === absent);
  } else if (numbers) out = mark(numbers.length, (i) => numbers[i] !== numbers[i]);
  else {
    const empty = labels!.indexOf('');
    if (empty < 0) return null;
    out = mark(codes!.length, (i) => codes![i] === empty);
  }
  return any ? out : null;
}

function samplePerRow(plan: RowPlan, months: Int32Array, condition: Uint8Array | null): Uint8Array {
  const known = new Map<number, boolean>();
  const inSample = new Uint8Array(months.length);
  let last = -1;
  let lastIn = false;
  for (let i = 0; i < months.length; i++) {
    const month = months[i]!;
    if (month !== last) {
      last = month;
      lastIn = known.get(month) ?? monthInSample(plan, month);
      known.set(month, lastIn);
    }
    inSample[i] = lastIn && (condition === null || condition[i] === 1) ? 1 : 0;
  }
  return inSample;
}

/** Index of the listed population a row belongs to, −1 for none; null where the groups are not listed in the spec. */
function populationPerRow(plan: RowPlan, column: LabelColumn | null, rows: number): Int16Array | null {
  if (column === null || plan.populations[0]!.label === null) return null;
  const byCode = column.labels.map((text) => plan.populations.findIndex((population) => population.label === text));
  return Int16Array.from({ length: rows }, (_, i) => byCode[column.codes[i]!]!);
}
