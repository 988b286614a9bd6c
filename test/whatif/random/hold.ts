import { formatMonth } from '../../../src/spec/months.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../../../src/whatif/answer.ts';
import { labelOf } from '../../reference/table.ts';
import { trustedError } from '../../../src/whatif/preview-error.ts';
import { cellOf, movedRow, plainCells, plainRefit, type PlainAnswer, type PlainCell, type PlainPopulation } from '../../reference/what-if.ts';
import type { RandomCase } from './panel.ts';

/** What became of a question. */
export interface Tally {
  /** Runs that could not be estimated, and were not asked anything. */
  notEstimable: number;
  asked: number;
  refused: number;
  /** Cells whose expected value is that of the rows; those that are previews; those without one by rows either; those withheld or not told. */
  exact: number;
  previewed: number;
  /** Previews that are to be trusted, and those farther off than their error size. */
  trusted: number;
  beyond: number;
  without: number;
  untold: number;
  coefficients: number;
  persons: number;
  /** Largest difference, relative to the larger of 1 and the value. */
  largest: number;
  /** Largest distance of such a preview, in error sizes. */
  furthest: number;
  readonly faults: string[];
}

export const noTally = (): Tally => ({ notEstimable: 0, asked: 0, refused: 0, exact: 0, previewed: 0, trusted: 0, beyond: 0, without: 0, untold: 0, coefficients: 0, persons: 0, largest: 0, furthest: 0, faults: [] });

/** By outcome and population; null where the changed model cannot be estimated. */
export type PlainAnswers = readonly { readonly population: PlainPopulation; readonly answer: PlainAnswer | null; readonly why: string }[];

export function plainAnswers({ spec }: RandomCase, populations: readonly PlainPopulation[], { model = {} }: WhatIfRequest): PlainAnswers {
  return populations.map((population) => {
    try {
      return { population, answer: plainRefit(spec, population, model), why: '' };
    } catch (cause) {
      return { population, answer: null, why: (cause as Error).message };
    }
  });
}

export interface Held {
  readonly given: RandomCase;
  readonly request: WhatIfRequest;
  readonly plain: PlainAnswers;
  readonly answer: WhatIfAnswer;
  /** Breakdowns that are summed. */
  readonly kept: readonly (readonly string[])[];
  /** From the rows, nothing withheld: then every cell has an answer. */
  readonly isExact: boolean;
  readonly tally: Tally;
}

const tolerance = 1e-9;

/** Holds every number of an answer against plain sums over rows. */
export function holdAnswer(held: Held): void {
  holdModels(held);
  holdTables(held);
  holdPersons(held);
}

function holdModels({ plain, answer, tally }: Held): void {
  for (const model of answer.models) {
    const theirs = plain.find(({ population: { label, outcome } }) => label === model.population && outcome.name === model.outcome)!.answer;
    const at = `${model.outcome} ${model.population}`;
    if (!theirs) {
      tally.faults.push(`${at}: a model where there is none by rows`);
      continue;
    }
    if (model.n !== theirs.fit.n || model.rank !== theirs.fit.rank) tally.faults.push(`${at}: n ${model.n}, rank ${model.rank}; by rows ${theirs.fit.n}, ${theirs.fit.rank}`);
    const shown = model.coefficients.map(({ term, level, status, n }) => `${term} ${level} ${status} ${n}`).join('\n');
    const expected = theirs.fit.coefficients.map(({ term, level, status, n }) => `${term} ${level} ${status} ${n}`).join('\n');
    if (shown !== expected) {
      const [a, b] = [shown.split('\n'), expected.split('\n')];
      const k = a.findIndex((line, i) => line !== b[i]);
      tally.faults.push(`${at}: coefficient ${a[k]}; by rows ${b[k]}`);
      continue;
    }
    if (model.approximation) continue;
    theirs.fit.coefficients.forEach(({ term, level, numbers }, k) => {
      if (!numbers) return;
      const { estimate, standardError } = model.coefficients[k]!;
      near(tally, estimate!, numbers.estimate, { scale: Math.max(Math.abs(numbers.estimate), numbers.standardError, 1e-3) * 10, what: `${at}: ${term} ${level}` });
      // Of a fit without residuals there is none; by rows it is what rounding leaves.
      const isThere = Number.isFinite(numbers.standardError) && numbers.standardError > 1e-12 * Math.max(Math.abs(numbers.estimate), 1e-3);
      if (!isThere && standardError !== null) tally.faults.push(`${at}: s.e. of ${term} ${level} ${standardError}; by rows ${numbers.standardError}`);
      if (isThere) near(tally, standardError ?? NaN, numbers.standardError, { scale: Math.max(numbers.standardError, 1e-3) * 100, what: `${at}: s.e. of ${term} ${level}` });
      tally.coefficients++;
    });
  }
}

function near(tally: Tally, ours: number, theirs: number, { scale, what }: { scale: number; what: string }): void {
  const off = Math.abs(ours - theirs) / scale;
  if (off <= tolerance) tally.largest = Math.max(tally.largest, off);
  else tally.faults.push(`${what}: ${ours}; by rows ${theirs}`);
}

function holdTables({ given: { spec, rows }, kept, request, plain, answer, isExact, tally }: Held): void {
  const names = [...new Set(plain.map(({ population }) => population.outcome.name))].filter((name) => request.outcomes?.includes(name) ?? true);
  for (const [t, table] of answer.tables.entries()) {
    const found = new Map<string, number>();
    table.outcome.forEach((outcome, row) => found.set(JSON.stringify([outcome, cellKey(table.groups.map((labels) => labels[row]!), table.periods[row]!)]), row));
    for (const name of names) {
      if (!table.outcome.includes(name)) continue;
      const parts = plain.filter(({ population }) => population.outcome.name === name);
      if (parts.some((part) => !part.answer)) {
        tally.faults.push(`${name}: a table where ${parts.find((part) => !part.answer)!.why}`);
        continue;
      }
      const cells = new Map<string, PlainCell>();
      for (const part of parts) {
        for (const [key, cell] of plainCells({ spec, answer: part.answer!, request, by: table.by, kept, leavesOut: isExact && !request.people })) {
          const sum = cells.get(key) ?? { n: 0, actual: 0, actualSquared: 0, expected: 0 };
          cells.set(key, { n: sum.n + cell.n, actual: sum.actual + cell.actual, actualSquared: sum.actualSquared + cell.actualSquared, expected: sum.expected + cell.expected });
        }
      }
      const zeroOne = rows.every((row) => row[name] === null || row[name] === 0 || row[name] === 1);
      const isPreview = answer.firstOrder.includes(name);
      for (const [key, cell] of cells) {
        const row = found.get(JSON.stringify([name, key]));
        const at = `${name} by ${table.by.join('+') || 'nothing'} ${key}`;
        if (row === undefined) {
          tally.untold++;
          if (isExact) tally.faults.push(`${at}: no row`);
          continue;
        }
        const [n, actual, expected] = [table.n[row]!, table.actual[row]!, table.expected[row]!];
        if (!Number.isNaN(n) && n !== cell.n) tally.faults.push(`${at}: n ${n}; by rows ${cell.n}`);
        if (Number.isNaN(expected)) {
          if (Number.isNaN(cell.expected)) tally.without++;
          else {
            tally.untold++;
            if (isExact) tally.faults.push(`${at}: no expected value; by rows ${cell.expected / cell.n}`);
          }
        } else if (isPreview && !Number.isNaN(cell.expected)) {
          holdPreview(tally, { size: answer.errors[t]![row]!, off: Math.abs(expected - cell.expected / cell.n), isBound: !request.model, at });
        } else if (Number.isNaN(cell.expected)) tally.faults.push(`${at}: expected ${expected}; by rows it cannot be told`);
        else {
          tally.exact++;
          near(tally, expected, cell.expected / cell.n, { scale: Math.max(1, Math.abs(cell.expected / cell.n)), what: `${at}: expected` });
        }
        if (!Number.isNaN(actual)) near(tally, actual, cell.actual / cell.n, { scale: Math.max(1, Math.abs(cell.actual / cell.n)), what: `${at}: actual` });
        const error = table.standardError[row]!;
        if (!Number.isNaN(error) && !Number.isNaN(actual)) near(tally, error, outcomeError(cell, zeroOne), { scale: 10, what: `${at}: standard error` });
      }
    }
  }
}

/** Of changed people the error size is a bound; single precision of what is kept aside. */
function holdPreview(tally: Tally, { size, off, isBound, at }: { size: number; off: number; isBound: boolean; at: string }): void {
  tally.previewed++;
  if (size <= trustedError) tally.trusted++;
  if (off <= size + 1e-7) return;
  tally.beyond++;
  tally.furthest = Math.max(tally.furthest, off / Math.max(size, 1e-7));
  if (isBound) tally.faults.push(`${at}: a preview ${off} off, its error size ${size}`);
}

const cellKey = (labels: readonly string[], month: string): string => JSON.stringify([...labels, month]);

function outcomeError({ n, actual, actualSquared }: PlainCell, zeroOne: boolean): number {
  const mean = actual / n;
  return Math.sqrt(zeroOne ? (mean * (1 - mean)) / n : (actualSquared - n * mean * mean) / (n - 1) / n);
}

function holdPersons({ plain, request, answer, tally }: Held): void {
  for (const person of answer.persons) {
    const part = plain.find(({ population: { label, outcome } }) => label === person.population && outcome.name === person.outcome)!;
    const { population } = part;
    if (!part.answer || person.approximation) continue;
    const levels = population.coded.map((one) => [`@${one.covariate.name}`, one.labels.indexOf(String(request.person![one.covariate.name]))] as const);
    const expected = part.answer.moved(Object.fromEntries(levels));
    tally.persons++;
    near(tally, person.expected, expected ?? NaN, { scale: Math.max(1, Math.abs(expected ?? 0)), what: `${person.outcome} ${person.population}: the person` });
  }
}

/** Why a question may be refused; empty where it must be answered. */
export function reasons({ given: { spec, rows, by }, request, plain, isPreview }: Pick<Held, 'given' | 'request' | 'plain'> & { isPreview: boolean }): string[] {
  const found = new Set<string>();
  const { model = {}, people = [], person } = request;
  const parts = plain.map(({ population }) => population);
  const labelsOf = (name: string): string[][] => parts.flatMap(({ coded }) => coded.flatMap((one) => (one.covariate.name === name ? [[...one.labels]] : [])));
  for (const { answer, why } of plain) {
    if (!answer) found.add(`model: ${why}`);
    // What separates them is a combination of levels, or all who are left have one outcome.
    else if (answer.population.outcome.family === 'probit' && (answer.fit.n - answer.fit.setAside <= answer.fit.rank || answer.fit.coefficients.some(({ numbers }) => Math.abs(numbers?.estimate ?? 0) > 5))) found.add('not estimable');
  }
  const { drop = [], merge = [], reference = [], dropInteractions = [] } = model;
  for (const { covariate, levels, label } of merge) {
    if (new Set(levels).size < 2) found.add('merge of one');
    if (drop.includes(covariate)) found.add('not in the model');
    for (const labels of labelsOf(covariate)) {
      const left = labels.filter((one) => !levels.includes(one));
      if (left.length === 0 || left.includes(label ?? levels.join(' + '))) found.add('merge of all');
    }
  }
  for (const { covariate, level } of reference) {
    if (drop.includes(covariate)) found.add('not in the model');
    if (merge.some((one) => one.covariate === covariate && one.levels.includes(level))) found.add('merged away');
    for (const { answer, population } of plain) {
      const one = population.coded.find(({ covariate: { name } }) => name === covariate);
      if (answer && one && ![...answer.inSample].some((row) => one.labels[one.level(row)] === level)) found.add('nobody is at the reference');
    }
  }
  const pairs = spec.interactions ?? [];
  const isDropped = (pair: readonly [string, string]): boolean => dropInteractions.some((one) => one.join() === pair.join());
  if (pairs.some((pair) => !isDropped(pair) && pair.some((name) => drop.includes(name)))) found.add('needs both');
  monthReasons(found, { spec, parts, model });
  people.forEach((later, k) => {
    for (const earlier of people.slice(0, k)) {
      const covers = Object.entries(later.group ?? {}).every(([column, label]) => earlier.group?.[column] === label);
      const isSame = later.kind === 'mix' ? earlier.kind === 'mix' : later.kind === 'set' && earlier.kind === 'set' && later.covariate === earlier.covariate;
      if (covers && isSame) found.add('asked twice');
    }
  });
  for (const change of people) {
    for (const group of [change.group, change.kind === 'mix' ? change.like : undefined]) {
      if (group && !rows.some((row) => Object.entries(group).every(([column, label]) => labelOf(row, column) === label))) found.add('nobody in the group');
    }
    if (change.kind !== 'mix' && drop.includes(change.covariate)) found.add('not in the model');
  }
  if (people.some(({ kind }) => kind !== 'mix')) {
    for (const { answer, population } of plain) {
      if (!answer) continue;
      const aside = answer.fit.coefficients.some(({ status }) => status === 'separated');
      const moving = answer.predicted.filter(({ row }) => movedRow(population, row, people) !== row);
      if (moving.some(({ row }) => answer.moved(movedRow(population, row, people), row) === null)) found.add('no estimate');
      // Told from sums: somebody who stays, or who never was there, may stand for those who move.
      if (!isPreview && by.length > 0 && answer.fit.coefficients.some(({ status }) => status === 'empty' || status === 'collinear')) found.add('no estimate');
      if (aside && isPreview) found.add('set aside');
    }
  }
  if (person) {
    for (const { answer, population } of plain) {
      const levels = population.coded.map((one) => [`@${one.covariate.name}`, one.labels.indexOf(String(person[one.covariate.name]))] as const);
      if (levels.some(([, k]) => k < 0)) found.add('no such level');
      else if (answer && (answer.moved(Object.fromEntries(levels)) === null || answer.fit.coefficients.some(({ status }) => status === 'separated'))) found.add('no estimate');
    }
  }
  return [...found];
}

function monthReasons(found: Set<string>, { spec, parts, model: { months, dropMonths, addMonths } }: { spec: RandomCase['spec']; parts: readonly PlainPopulation[]; model: NonNullable<WhatIfRequest['model']> }): void {
  const expand = (texts: readonly string[] | undefined): string[] => (texts ?? []).flatMap((text) => {
    const [from, to = from] = text.split('/') as [string, string?];
    const all: string[] = [];
    const number = (one: string): number => 12 * Number(one.slice(0, 4)) + Number(one.slice(5)) - 1;
    for (let m = number(from); m <= number(to); m++) all.push(formatMonth(m));
    return all;
  });
  const could = new Set(parts.flatMap(({ rows, isWhere }) => rows.filter(isWhere).map((row) => String(row[spec.month]))));
  const base = new Set(parts.flatMap(({ rows, isWhere, isInMonths }) => rows.filter((row) => isWhere(row) && isInMonths(row)).map((row) => String(row[spec.month]))));
  if ([...expand(months), ...expand(addMonths)].some((month) => !could.has(month))) found.add('month not there');
  const before = new Set([...(months ? expand(months) : base)].filter((month) => could.has(month)));
  if ((dropMonths ?? []).some((text) => expand([text]).every((month) => !before.has(month)))) found.add('month not in the sample');
  if ((addMonths ?? []).some((text) => expand([text]).every((month) => before.has(month)))) found.add('month in the sample');
  const named = [...(months ?? []).filter((text) => !text.includes('/')), ...expand(addMonths)];
  if (expand(dropMonths).some((month) => named.includes(month))) found.add('in and out');
}

export { cellOf };
