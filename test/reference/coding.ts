import type { Covariate } from '../../src/spec/model-spec.ts';
import { labelOf, numberOf, sortedLabels, type Row } from './table.ts';

/** A covariate with its levels settled on one estimation sample. */
export interface CodedCovariate {
  readonly covariate: Covariate;
  readonly labels: readonly string[];
  readonly reference: number;
  readonly breaks: readonly number[] | null;
  level(row: Row): number;
  /** Whether the value lies beyond those that the breaks were computed from. */
  beyond(row: Row): boolean;
}

export const columnOf = (covariate: Covariate, horizon: number): string =>
  (covariate.column ?? covariate.name).replaceAll('{horizon}', String(horizon));

/** Whether a row has no value here that could be coded. */
export const isMissing = (covariate: Covariate, row: Row, horizon: number): boolean =>
  covariate.coding !== 'present' && labelOf(row, columnOf(covariate, horizon)) === '';

interface Rows {
  /** The whole table. */
  readonly all: readonly Row[];
  /** The estimation sample. */
  readonly sample: readonly Row[];
  readonly horizon: number;
  /** Values of every horizon's column, each over its own outcomes' sample: what a common scale is laid over. */
  readonly everyHorizon: readonly number[];
}

const present = (values: readonly (number | null)[]): number[] => values.filter((x) => x !== null);

/** Level from 0 of x among breaks, each level open to the left and closed to the right. */
const among = (breaks: readonly number[], x: number): number => breaks.filter((b) => x > b).length;

export function codeCovariate(covariate: Covariate, { all, sample, horizon, everyHorizon }: Rows): CodedCovariate {
  const column = columnOf(covariate, horizon);
  const values = present(sample.map((row) => numberOf(row, column)));
  let labels: string[];
  let breaks: number[] | null = null;
  let raw: (row: Row) => number;
  let range: readonly [number, number] | null = null;
  const counting = (from: number, count: number): string[] => Array.from({ length: count }, (_, k) => String(from + k));

  switch (covariate.coding) {
    case 'values': {
      const { min, max } = covariate;
      if (min !== undefined && max !== undefined) {
        labels = counting(min, max - min + 1);
        raw = (row) => Math.min(max, Math.max(min, numberOf(row, column)!)) - min;
      } else {
        const found = sortedLabels(all.map((row) => labelOf(row, column)).filter((label) => label !== ''));
        labels = found;
        raw = (row) => found.indexOf(labelOf(row, column));
      }
      break;
    }
    case 'intervals':
      labels = counting(0, covariate.breaks.length + 1);
      raw = (row) => among(covariate.breaks, numberOf(row, column)!);
      break;
    case 'present':
      labels = ['0', '1'];
      raw = (row) => (labelOf(row, column) === '' ? 0 : 1);
      break;
    case 'quantiles': {
      const { groups, zero } = covariate;
      const sorted = (zero ? values.filter((x) => x > 0) : values).sort((a, b) => a - b);
      const q = covariate.breaks ?? (sorted.length === 0 ? [] : Array.from({ length: groups - 1 }, (_, k) => sorted[Math.ceil(((k + 1) * sorted.length) / groups) - 1]!));
      breaks = [...q];
      if (!covariate.breaks) range = [sorted[0] ?? Infinity, sorted.at(-1) ?? -Infinity];
      labels = zero ? counting(0, groups + 1) : counting(1, groups);
      raw = (row) => {
        const x = numberOf(row, column)!;
        return zero ? (x <= 0 ? 0 : 1 + among(q, x)) : among(q, x);
      };
      break;
    }
    case 'equal-width': {
      const { groups } = covariate;
      const scale = covariate.scale === 'common' ? everyHorizon : values;
      const [lo, hi] = [Math.min(...scale), Math.max(...scale)];
      const b = covariate.breaks ?? (lo < hi ? Array.from({ length: groups - 1 }, (_, k) => lo + ((hi - lo) * (k + 1)) / groups) : []);
      breaks = [...b];
      if (!covariate.breaks) range = [lo, hi];
      labels = counting(1, groups);
      raw = (row) => among(b, numberOf(row, column)!);
      break;
    }
    case 'numeric':
      throw new Error(`${covariate.name} has no levels`);
  }
  if (covariate.labels) labels = [...covariate.labels];
  if (covariate.missing === 'level') labels.push('missing');

  let reference = -1;
  const level = (row: Row): number => {
    if (!isMissing(covariate, row, horizon)) return raw(row);
    return covariate.missing === 'level' ? labels.length - 1 : reference;
  };
  if (covariate.reference !== undefined) reference = labels.indexOf(String(covariate.reference));
  else {
    const counts = labels.map((_, k) => sample.filter((row) => level(row) === k).length);
    reference = counts.indexOf(Math.max(...counts));
  }
  const zeroApart = covariate.coding === 'quantiles' && covariate.zero === 'separate';
  return {
    covariate, labels, reference, breaks, level,
    beyond: (row) => {
      const x = numberOf(row, column);
      if (range === null || x === null || (zeroApart && x <= 0)) return false;
      return x < range[0] || x > range[1];
    },
  };
}
