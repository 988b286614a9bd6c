import { rowNumbersOf } from '../register/kept-rows.ts';
import type { LabelColumn, NumberColumn, Partition, PersonColumn, MonthColumn } from '../register/partition.ts';
import { intervalLevel } from './breaks.ts';
import { DroppedCounts } from './dropped-counts.ts';
import { RowFaults } from './row-faults.ts';
import { RowState, type CodedRows, type HeldColumn } from './coded-rows.ts';
import { labelsOfMonths } from './month-labels.ts';
import { monthInSample, type CovariateInput, type PlannedOutcome, type RowPlan } from './row-plan.ts';

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
export function codePartition(plan: RowPlan, partition: Partition, file: number, faults: RowFaults): CodedPartition {
  const number = (column: string): Float64Array => (partition.columns.get(`number:${column}`) as NumberColumn).values;
  const rows = partition.rows;
  const rowNumbers = rowNumbersOf(partition);
  const months = (partition.columns.get(`month:${plan.month}`) as MonthColumn).values;
  let monthLabels: LabelColumn | null = null;
  const label = (column: string): LabelColumn =>
    column === plan.month ? (monthLabels ??= labelsOfMonths(months)) : (partition.columns.get(`label:${column}`) as LabelColumn);
  const populations = plan.separateBy === null ? null : label(plan.separateBy);

  const outcomes = plan.outcomes.map((outcome) => number(outcome.column));
  plan.outcomes.forEach((outcome, o) => checkRange(outcome, outcomes[o]!, rowNumbers, faults));
  const inputs = plan.inputs.map((input): HeldColumn => {
    if (input.held === 'labels') return { codes: label(input.column).codes, labels: label(input.column).labels };
    const values = number(input.column);
    return input.held === 'numbers' ? { numbers: values } : { levels: staticCodes(input, values, rowNumbers, faults) };
  });
  const missing = plan.inputs.map((input, i) => missingRows(input, inputs[i]!));

  const dropped = new DroppedCounts();
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
            dropped.add({ outcome: o, population: populations && populations.labels[populations.codes[i]!]!, covariate: covariate.name, rows: 1 });
          } else {
            const advice = 'Fill it in, or give the covariate "missing": "level", "reference" or "drop" in the spec.';
            faults.add(plan.inputs[population.inputs[o]![c]!]!.column, `no value where ${outcome.name} is observed`, advice, rowNumbers[i]!, '');
          }
        }
      });
    });
    return state;
  });

  const held = (column: string): HeldColumn => ({ codes: label(column).codes, labels: label(column).labels });
  return {
    rows: {
      rows,
      file,
      rowNumbers,
      persons: (partition.columns.get(`person:${plan.person}`) as PersonColumn).words,
      months: new Uint16Array(months),
      states,
      outcomes,
      inputs,
      groups: plan.groupColumns.map(held),
      population: plan.separateBy === null ? null : held(plan.separateBy),
    },
    dropped,
    ungrouped: populationOf === null ? 0 : populationOf.reduce((sum, population) => sum + (population < 0 ? 1 : 0), 0),
  };
}

function checkRange(outcome: PlannedOutcome, y: Float64Array, rowNumbers: Uint32Array, faults: RowFaults): void {
  const probit = outcome.family === 'probit';
  if (!probit && !outcome.range) return;
  const [lo, hi] = probit ? [0, 1] : outcome.range!;
  const what = probit ? 'a value that is neither 0 nor 1' : `a value outside ${lo} to ${hi}`;
  const advice = probit ? 'A probit outcome is 0, 1 or missing.' : 'Correct it, or change the range of the outcome in the spec.';
  for (let i = 0; i < y.length; i++) {
    const value = y[i]!;
    if (value !== value || (probit ? value === 0 || value === 1 : value >= lo && value <= hi)) continue;
    faults.add(outcome.column, what, advice, rowNumbers[i]!, String(value));
  }
}

/** Codes of a covariate whose levels are known before the data; missing is the code after the last level. */
function staticCodes(input: CovariateInput & { held: 'codes' }, values: Float64Array, rowNumbers: Uint32Array, faults: RowFaults): Uint8Array | Uint16Array {
  const { covariate, levels } = input;
  const codes = levels < 256 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  if (covariate.coding === 'present') {
    for (let i = 0; i < values.length; i++) codes[i] = values[i]! === values[i]! ? 1 : 0;
  } else if (covariate.coding === 'intervals') {
    const breaks = Float64Array.from(covariate.breaks);
    for (let i = 0; i < values.length; i++) codes[i] = values[i]! === values[i]! ? intervalLevel(breaks, values[i]!) : levels;
  } else if (covariate.coding === 'values') {
    const { min = 0, max = 0 } = covariate;
    const advice = 'Levels are whole numbers; use "intervals" for other values.';
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      const level = x !== x ? levels : (x < min ? min : x > max ? max : x) - min;
      codes[i] = level;
      if (codes[i] !== level) faults.add(input.column, 'a value between two levels', advice, rowNumbers[i]!, String(x));
    }
  }
  return codes;
}

/** One byte a row, 1 where the value is missing; null where none is. */
function missingRows(input: CovariateInput, { levels, numbers, codes, labels }: HeldColumn): Uint8Array | null {
  if (input.held === 'codes' && input.covariate.coding === 'present') return null;
  if (numbers) return marked(numbers.length, (i) => numbers[i] !== numbers[i]);
  const array = (levels ?? codes)!;
  const absent = input.held === 'codes' ? input.levels : labels!.indexOf('');
  return absent >= 0 && array.includes(absent) ? marked(array.length, (i) => array[i] === absent) : null;
}

function marked(rows: number, missing: (row: number) => boolean): Uint8Array | null {
  let out: Uint8Array | null = null;
  for (let i = 0; i < rows; i++) if (missing(i)) (out ??= new Uint8Array(rows))[i] = 1;
  return out;
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
