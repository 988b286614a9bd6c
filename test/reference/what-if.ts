import type { Covariate, ModelSpec, Outcome } from '../../src/spec/model-spec.ts';
import type { WhatIfRequest } from '../../src/whatif/answer.ts';
import type { ModelChange } from '../../src/whatif/model-change.ts';
import type { GroupOf, PeopleChange } from '../../src/whatif/people-change.ts';
import type { CodedCovariate } from './coding.ts';
import { columnsOf, designOf, type Design } from './design.ts';
import { columnOfOutcome, fitOutcome, populationsOf, rowsOf, type OutcomeRows, type ReferenceFit } from './model.ts';
import { labelOf, numberOf, withinRanges, type Row } from './table.ts';

export interface PlainCase {
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  /** The condition of `where`, as a function. */
  readonly where?: (row: Row) => boolean;
}

/** A row with its actual and expected value; null where there is none. */
export interface PlainRow {
  readonly row: Row;
  readonly actual: number;
  readonly expected: number | null;
}

/** One outcome in one population, coded once: the breaks and levels of the fit. */
export interface PlainPopulation {
  readonly outcome: Outcome;
  readonly label: string;
  readonly covariates: readonly Covariate[];
  readonly coded: readonly CodedCovariate[];
  readonly pairs: readonly (readonly [string, string])[];
  /** Rows with an observed outcome, the levels of each beside its columns, as `@covariate`. */
  readonly rows: readonly Row[];
  readonly isInMonths: (row: Row) => boolean;
  readonly isWhere: (row: Row) => boolean;
}

/** The same after a model was changed: its fit, and expected values by row. */
export interface PlainAnswer {
  readonly population: PlainPopulation;
  readonly fit: ReferenceFit;
  readonly design: Design;
  /** In the order of the population's rows. */
  readonly predicted: readonly PlainRow[];
  readonly inSample: ReadonlySet<Row>;
  /** Expected value of a row whose levels are others than those it comes from; of nobody's row where there is none. */
  moved(row: Row, from?: Row): number | null;
}

const at = (name: string): string => `@${name}`;

export function plainPopulations({ spec, rows, where }: PlainCase): PlainPopulation[] {
  const request = { spec, rows, ...(where ? { where } : {}) };
  return spec.outcomes.flatMap((outcome) => populationsOf(spec, rows).map(({ label, members, covariates }): PlainPopulation => {
    const all = spec.outcomes.map((one) => rowsOf(request, { outcome: one, members, covariates }));
    const mine = all.find((one) => one.outcome === outcome)!;
    const samples = all.map(({ sample, outcome: { horizon } }) => ({ rows: sample, horizon }));
    const { coded, pairs } = designOf(spec, covariates, { all: rows, sample: mine.sample, horizon: outcome.horizon, samples });
    const withLevels = (row: Row): Row => ({ ...row, ...Object.fromEntries(coded.map((one) => [at(one.covariate.name), one.level(row)])) });
    const { months, excludeMonths = [] } = spec.sample ?? {};
    return {
      outcome, label, covariates, coded,
      pairs: pairs.map(([a, b]) => [a.covariate.name, b.covariate.name] as const),
      rows: [...mine.sample, ...mine.outside].map(withLevels),
      isInMonths: (row) => (months === undefined || withinRanges(String(row[spec.month]), months)) && !withinRanges(String(row[spec.month]), excludeMonths),
      isWhere: where ?? (() => true),
    };
  }));
}

/** Months of the estimation sample after a change. */
export function changedMonths({ rows, isInMonths }: PlainPopulation, { months, dropMonths = [], addMonths = [] }: ModelChange, month: string): (row: Row) => boolean {
  const there = [...new Set(rows.map((row) => String(row[month])))];
  const base = new Set(rows.filter(isInMonths).map((row) => String(row[month])));
  const chosen = new Set(there.filter((one) => {
    const first = months ? withinRanges(one, months) : base.has(one);
    return (first && !withinRanges(one, dropMonths)) || withinRanges(one, addMonths);
  }));
  return (row) => chosen.has(String(row[month]));
}

/** Estimates a changed model again on plain rows, breaks and levels as they were. */
export function plainRefit(spec: ModelSpec, population: PlainPopulation, change: ModelChange): PlainAnswer {
  const { rows, outcome, label, isWhere } = population;
  const inMonths = changedMonths(population, change, spec.month);
  const inSample = new Set(rows.filter((row) => isWhere(row) && inMonths(row)));
  const factors = population.coded.filter(({ covariate: { name } }) => !change.drop?.includes(name)).map((one) => changedFactor(one, change));
  const named = (name: string): CodedCovariate => factors.find(({ covariate }) => covariate.name === name)!;
  const isSame = (pair: readonly [string, string], [a, b]: readonly [string, string]): boolean => (pair[0] === a && pair[1] === b) || (pair[0] === b && pair[1] === a);
  const pairs = population.pairs.filter((pair) => !change.dropInteractions?.some((one) => isSame(pair, one))).map(([a, b]) => [named(a), named(b)] as const);
  const design = columnsOf(factors, pairs);
  const sample = rows.filter((row) => inSample.has(row));
  const outside = rows.filter((row) => !inSample.has(row));
  const own: OutcomeRows = { outcome, sample, outside, dropped: new Map() };
  const { fit, expected, beyond } = fitOutcome({ spec, rows }, { design, rows: own, population: label });
  const values = new Map([...sample, ...outside].map((row, i) => [row, expected(row, i)]));
  const predicted = rows.map((row) => ({ row, actual: numberOf(row, columnOfOutcome(outcome))!, expected: values.get(row)! }));
  return { population, fit, design, predicted, inSample, moved: (row, from) => beyond(row, from && inSample.has(from) ? from : undefined) };
}

function changedFactor(one: CodedCovariate, { merge = [], reference = [] }: ModelChange): CodedCovariate {
  const { covariate } = one;
  let labels: string[] = [...one.labels];
  let place = labels.map((_, k) => k);
  let own = one.reference;
  for (const { covariate: name, levels, label = levels.join(' + ') } of merge) {
    if (name !== covariate.name) continue;
    const gone = labels.flatMap((text, k) => (levels.includes(text) ? [k] : []));
    const kept = [...labels.keys()].filter((k) => k === gone[0] || !gone.includes(k));
    const to = labels.map((_, k) => kept.indexOf(gone.includes(k) ? gone[0]! : k));
    labels = kept.map((k) => (k === gone[0] ? label : labels[k]!));
    place = place.map((k) => to[k]!);
    own = to[own]!;
  }
  for (const wanted of reference) if (wanted.covariate === covariate.name) own = labels.indexOf(wanted.level);
  return { ...one, labels, reference: own, level: (row) => place[row[at(covariate.name)] as number]!, beyond: () => false };
}

const isIn = (row: Row, group: GroupOf | undefined): boolean => Object.entries(group ?? {}).every(([column, label]) => labelOf(row, column) === label);

/** The row with its levels changed; the row itself where nothing of it is. */
export function movedRow({ coded }: PlainPopulation, row: Row, changes: readonly PeopleChange[]): Row {
  let out = row;
  for (const change of changes) {
    if (change.kind === 'mix' || !isIn(row, change.group)) continue;
    const factor = coded.find(({ covariate }) => covariate.name === change.covariate);
    if (!factor) continue;
    const { labels, covariate: { name } } = factor;
    const now = out[at(name)] as number;
    const last = labels.at(-1) === 'missing' ? labels.length - 2 : labels.length - 1;
    const to = change.kind === 'set' ? labels.indexOf(change.level) : now > last ? now : Math.min(last, Math.max(0, now + change.by));
    if (to !== now) out = { ...out, [at(name)]: to };
  }
  return out;
}

/** Key of a row's cell in a breakdown. */
export const cellOf = (row: Row, by: readonly string[], month: string): string => JSON.stringify([...by.map((column) => labelOf(row, column)), row[month]]);

export interface PlainCell {
  n: number;
  actual: number;
  actualSquared: number;
  /** NaN where it is not known for some of its rows. */
  expected: number;
}

export interface CellsOf {
  readonly spec: ModelSpec;
  readonly answer: PlainAnswer;
  readonly request: WhatIfRequest;
  readonly by: readonly string[];
  /** Breakdowns that are kept: what a mix is of where a breakdown has not its columns. */
  readonly kept: readonly (readonly string[])[];
  /** Rows without an expected value are left out of their cells, which have none otherwise. */
  readonly leavesOut?: boolean;
}

/**
 * Sums by cell of a breakdown, people changed. A change of levels is made row by row. A group's mix is another's, month by
 * month, in each cell of the breakdown by itself; where the breakdown has not the columns of the changes, in the smallest one
 * that has them and its own.
 */
export function plainCells({ spec, answer: { predicted, population, moved }, request: { people = [] }, by, kept, leavesOut = false }: CellsOf): Map<string, PlainCell> {
  const isMixed = people.some(({ kind }) => kind === 'mix');
  const wanted = [...new Set([...by, ...(isMixed ? people.flatMap(({ group }) => Object.keys(group ?? {})) : [])])];
  const own = kept.filter((one) => wanted.every((column) => one.includes(column))).sort((a, b) => a.length - b.length)[0] ?? wanted;
  const fine = new Map<string, { readonly labels: readonly string[]; readonly month: string; readonly rows: PlainRow[] }>();
  for (const one of predicted) {
    if (leavesOut && one.expected === null) continue;
    const key = cellOf(one.row, own, spec.month);
    if (!fine.has(key)) fine.set(key, { labels: own.map((column) => labelOf(one.row, column)), month: String(one.row[spec.month]), rows: [] });
    fine.get(key)!.rows.push(one);
  }
  const sumOf = (rows: readonly PlainRow[], changes: readonly PeopleChange[]): number => rows.reduce((sum, { row, expected }) => {
    const other = movedRow(population, row, changes);
    return sum + ((other === row ? expected : moved(other, row)) ?? NaN);
  }, 0);
  /** Mean expected value of the people of a cell once the first changes are made, and then some more. */
  const meanOf = (labels: readonly string[], month: string, { upTo, then }: { upTo: number; then: readonly PeopleChange[] }): number => {
    const change = people[upTo - 1];
    if (!change) {
      const rows = fine.get(JSON.stringify([...labels, month]))?.rows ?? [];
      return sumOf(rows, then) / rows.length;
    }
    const isHere = own.every((column, c) => change.group?.[column] === undefined || change.group[column] === labels[c]);
    const before = { upTo: upTo - 1, then };
    if (!isHere) return meanOf(labels, month, before);
    if (change.kind === 'mix') return meanOf(own.map((column, c) => change.like[column] ?? labels[c]!), month, before);
    const { group: _, ...move } = change;
    return meanOf(labels, month, { ...before, then: [move, ...then] });
  };
  const cells = new Map<string, PlainCell>();
  for (const { labels, month, rows } of fine.values()) {
    const key = JSON.stringify([...by.map((column) => labels[own.indexOf(column)]!), month]);
    const cell = cells.get(key) ?? { n: 0, actual: 0, actualSquared: 0, expected: 0 };
    cell.n += rows.length;
    for (const { actual } of rows) {
      cell.actual += actual;
      cell.actualSquared += actual * actual;
    }
    cell.expected += isMixed ? rows.length * meanOf(labels, month, { upTo: people.length, then: [] }) : sumOf(rows, people);
    cells.set(key, cell);
  }
  return cells;
}
