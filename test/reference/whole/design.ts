import type { ModelSpec, Outcome } from '../../../src/spec/model-spec.ts';
import { codeCovariate, columnOf } from '../coding.ts';
import { numberOf, type Row } from '../table.ts';

/** A column of the design, or a level or crossed cell that is none. */
export interface Place {
  readonly term: string;
  readonly level: string;
  /** Its column; −1 for a reference level and for crossed cells of one. */
  readonly column: number;
  readonly n: number;
  /** Rows that are not set aside. */
  readonly left: number;
}

/** A model of levels alone, row by row: which columns of a row are 1. */
export interface Design {
  /** By column of the design, the constant first. */
  readonly places: readonly Place[];
  /** Levels in the place of their covariate's reference, and their rows. */
  readonly references: readonly Place[];
  readonly columnsOf: readonly Uint16Array[];
  /** By row: 0 or 1 where all of its level, or crossed cell, have that outcome; −1 for the rows that are estimated on. */
  readonly limit: Int8Array;
}

/** @param rows with an observed outcome; every covariate has levels. */
export function wholeDesign(spec: ModelSpec, outcome: Outcome, rows: readonly Row[], all: readonly Row[]): Design {
  const y = rows.map((row) => numberOf(row, outcome.name)!);
  const observed = spec.outcomes.map(({ name, horizon }) => ({ horizon, own: all.filter((row) => numberOf(row, name) !== null) }));
  const factors = spec.covariates.map((covariate) => {
    const common = 'scale' in covariate && covariate.scale === 'common';
    const everyHorizon: number[] = [];
    if (common) for (const { horizon, own } of observed) for (const row of own) everyHorizon.push(numberOf(row, columnOf(covariate, horizon))!);
    // Ends of the range are all that a common scale is laid over.
    const ends = [everyHorizon.reduce((a, b) => Math.min(a, b), Infinity), everyHorizon.reduce((a, b) => Math.max(a, b), -Infinity)];
    const coded = codeCovariate(covariate, { all, sample: rows, horizon: outcome.horizon, everyHorizon: ends });
    return { name: covariate.name, labels: coded.labels, named: coded.reference, level: Uint8Array.from(rows, (row) => coded.level(row)) };
  });
  const pairs = (spec.interactions ?? []).map(([a, b]) => [factors.find(({ name }) => name === a)!, factors.find(({ name }) => name === b)!] as const);
  const limit = new Int8Array(rows.length).fill(-1);
  if (outcome.family === 'probit') setAside(factors, pairs, y, limit);

  const counts = (of: Uint8Array, size: number, left: boolean): number[] => {
    const found = new Array<number>(size).fill(0);
    of.forEach((k, i) => {
      if (!left || limit[i] === -1) found[k]!++;
    });
    return found;
  };
  const places: Place[] = [{ term: 'constant', level: '', column: 0, n: rows.length, left: limit.reduce((sum, one) => sum + Number(one === -1), 0) }];
  const references: Place[] = [];
  const columnOfLevel = factors.map(({ name, labels, named, level }) => {
    const [n, left] = [counts(level, labels.length, false), counts(level, labels.length, true)];
    const reference = left[named]! > 0 ? named : left.indexOf(Math.max(...left));
    return labels.map((label, k) => {
      const place = { term: name, level: label, column: k === reference ? -1 : places.length, n: n[k]!, left: left[k]! };
      (k === reference ? references : places).push(place);
      return place.column;
    });
  });
  const crossed = pairs.map(([a, b]) => {
    const cell = Uint8Array.from(a.level, (k, i) => k + a.labels.length * b.level[i]!);
    const size = a.labels.length * b.labels.length;
    const [n, left] = [counts(cell, size, false), counts(cell, size, true)];
    const columns = Array.from({ length: size }, (_, at) => {
      const [k, l] = [at % a.labels.length, Math.floor(at / a.labels.length)];
      if (columnOfLevel[factors.indexOf(a)]![k] === -1 || columnOfLevel[factors.indexOf(b)]![l] === -1) return -1;
      return places.push({ term: `${a.name}:${b.name}`, level: `${a.labels[k]}:${b.labels[l]}`, column: places.length, n: n[at]!, left: left[at]! }) - 1;
    });
    return { cell, columns };
  });
  const columnsOf = rows.map((_, i) => Uint16Array.from([
    0, ...factors.map(({ level }, f) => columnOfLevel[f]![level[i]!]!), ...crossed.map(({ cell, columns }) => columns[cell[i]!]!),
  ].filter((column) => column >= 0)));
  return { places, references, columnsOf, limit };
}

interface Levels {
  readonly labels: readonly string[];
  readonly level: Uint8Array;
}

/** Levels and crossed cells of one outcome alone go with their rows, until none is left. */
function setAside(factors: readonly Levels[], pairs: readonly (readonly [Levels, Levels])[], y: readonly number[], limit: Int8Array): void {
  const cells = [
    ...factors.map(({ level, labels }) => ({ of: level, size: labels.length })),
    ...pairs.map(([a, b]) => ({ of: Uint8Array.from(a.level, (k, i) => k + a.labels.length * b.level[i]!), size: a.labels.length * b.labels.length })),
  ];
  for (let changed = true; changed; ) {
    changed = false;
    const found = cells.map(({ of, size }) => {
      const [n, ones] = [new Float64Array(size), new Float64Array(size)];
      of.forEach((k, i) => {
        if (limit[i] !== -1) return;
        n[k]!++;
        ones[k]! += y[i]!;
      });
      return { of, n, ones };
    });
    for (const { of, n, ones } of found) {
      of.forEach((k, i) => {
        if (limit[i] !== -1 || (ones[k] !== 0 && ones[k] !== n[k])) return;
        limit[i] = ones[k] === 0 ? 0 : 1;
        changed = true;
      });
    }
  }
}
