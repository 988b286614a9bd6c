import { escapedName, joinNames } from '../spec/level-names.ts';
import type { DesignColumn, DesignMatrix, DesignTerms, MainTerm } from './design-matrix.ts';
import { frameColumns } from './frame.ts';

/** A factor of a model made from one of the frame: its levels are sets of the frame's levels. */
export interface MergedFactor {
  /** Index among the frame's factors. */
  readonly source: number;
  readonly labels: readonly string[];
  /** Levels of the frame's factor in each level, ascending. */
  readonly members: readonly (readonly number[])[];
  readonly reference: number;
}

/** Which model: its main terms in the order of the coefficient table, and interactions as index pairs into the factors. */
export interface ModelTerms {
  readonly factors: readonly MergedFactor[];
  /** Indices into `factors`, or into the frame's numeric terms. */
  readonly terms: readonly MainTerm[];
  readonly interactions: readonly { readonly pair: readonly [number, number]; /** Index among the frame's interactions. */ readonly source: number }[];
}

/**
 * The columns of a model's design matrix, each a sum of columns of the frame: column j is the sum of
 * `members[start[j] … start[j + 1])`. Order as in any design matrix: constant, covariates as declared, interactions with the
 * first factor fastest.
 */
export interface ModelColumns {
  readonly terms: DesignTerms;
  /** What the columns were made of. */
  readonly model: ModelTerms;
  /** Factor of the frame that each factor of the model is made from. */
  readonly sources: readonly number[];
  readonly columns: readonly DesignColumn[];
  /** By column: the level, or the crossed levels, that it stands for; none for the constant and numeric terms. */
  readonly places: readonly Levels[];
  readonly start: Uint32Array;
  readonly members: Uint16Array;
  /** Columns of the frame that make up a level of a factor, or the crossed levels of two that interact. */
  at(wanted: Levels): number[];
}

/** A level of a factor (one pair), or crossed levels of two that interact (two pairs). */
export type Levels = readonly (readonly [factor: number, level: number])[];

/** The model that a design is on its own frame: every level by itself. */
export function ownModel({ factors, terms, interactions }: DesignTerms): ModelTerms {
  return {
    factors: factors.map(({ labels, reference }, source) => ({ source, labels, members: labels.map((_, level) => [level]), reference })),
    terms,
    interactions: interactions.map((pair, source) => ({ pair, source })),
  };
}

export function modelColumns(frame: DesignTerms, model: ModelTerms): ModelColumns {
  const { main, numerics, crossed } = frameColumns(frame);
  const names = model.factors.map(({ source }) => frame.factors[source]!.name);
  const terms = names.map(escapedName);
  const at: ModelColumns['at'] = ([one, second]) => {
    const [a, levelA] = one!;
    const first = model.factors[a]!;
    if (!second) return first.members[levelA]!.map((x) => main[first.source]! + x);
    const [b, levelB] = second;
    const { source } = model.interactions.find(({ pair }) => pair[0] === a && pair[1] === b)!;
    const stride = frame.factors[first.source]!.labels.length;
    return model.factors[b]!.members[levelB]!.flatMap((y) => first.members[levelA]!.map((x) => crossed[source]! + y * stride + x));
  };

  const columns: DesignColumn[] = [{ term: 'constant', level: '', numeric: null }];
  const sets: number[][] = [[0]];
  const places: Levels[] = [[]];
  const add = (column: DesignColumn, place: Levels): void => {
    columns.push(column);
    places.push(place);
    sets.push(column.numeric === null ? at(place) : [numerics[column.numeric]!]);
  };
  for (const term of model.terms) {
    if ('numeric' in term) {
      add({ term: escapedName(frame.numerics[term.numeric]!.name), level: '', numeric: term.numeric }, []);
      continue;
    }
    const { labels, reference } = model.factors[term.factor]!;
    labels.forEach((label, level) => {
      if (level !== reference) add({ term: terms[term.factor]!, level: label, numeric: null }, [[term.factor, level]]);
    });
  }
  for (const { pair: [a, b] } of model.interactions) {
    const [first, second] = [model.factors[a]!, model.factors[b]!];
    second.labels.forEach((labelB, levelB) => {
      first.labels.forEach((labelA, levelA) => {
        if (levelA === first.reference || levelB === second.reference) return;
        add({ term: joinNames([terms[a]!, terms[b]!]), level: joinNames([labelA, labelB]), numeric: null }, [[a, levelA], [b, levelB]]);
      });
    });
  }
  const start = new Uint32Array(sets.length + 1);
  sets.forEach((set, j) => (start[j + 1] = start[j]! + set.length));
  const design: DesignTerms = {
    factors: model.factors.map(({ labels, reference }, f) => ({ name: names[f]!, labels, reference })),
    numerics: frame.numerics,
    terms: model.terms,
    interactions: model.interactions.map(({ pair }) => pair),
  };
  return { terms: design, model, places, sources: model.factors.map(({ source }) => source), columns, start, members: Uint16Array.from(sets.flat()), at };
}

/** Every level of every factor, and every crossed cell of every interaction, references too. */
export function everyPlace({ factors, interactions }: DesignTerms): Levels[] {
  return [
    ...factors.flatMap(({ labels }, f) => labels.map((_, level): Levels => [[f, level]])),
    ...interactions.flatMap(([a, b]) => factors[b]!.labels.flatMap((_, y) => factors[a]!.labels.map((__, x): Levels => [[a, x], [b, y]]))),
  ];
}

/** Term and level of a place, as in the coefficient table. */
export function placeName({ factors }: DesignTerms, place: Levels): { readonly term: string; readonly level: string } {
  return {
    term: joinNames(place.map(([f]) => escapedName(factors[f]!.name))),
    level: joinNames(place.map(([f, level]) => factors[f]!.labels[level]!)),
  };
}

/** Coefficients of the frame's columns that predict as β does: a column of the frame has those of all columns it is in. */
export function frameCoefficients({ start, members }: ModelColumns, beta: ArrayLike<number>, length: number): Float64Array {
  const out = new Float64Array(length);
  for (let j = 0; j + 1 < start.length; j++) {
    for (let k = start[j]!; k < start[j + 1]!; k++) out[members[k]!]! += beta[j]!;
  }
  return out;
}

/** X′WX of the model, p × p and symmetric, from the lower triangle of the frame's, row by row. */
export function modelGram({ start, members }: ModelColumns, frame: ArrayLike<number>): Float64Array {
  const p = start.length - 1;
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = start[i]!; k < start[i + 1]!; k++) {
        const a = members[k]!;
        for (let l = start[j]!; l < start[j + 1]!; l++) {
          const b = members[l]!;
          sum += frame[a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a]!;
        }
      }
      out[i * p + j] = sum;
      out[j * p + i] = sum;
    }
  }
  return out;
}

/** X′v of the model from that of the frame. */
export function modelSums({ start, members }: ModelColumns, frame: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: start.length - 1 }, (_, j) => {
    let sum = 0;
    for (let k = start[j]!; k < start[j + 1]!; k++) sum += frame[members[k]!]!;
    return sum;
  });
}

/** Columns of a model, or of a frame, by level cell: `columns[start[cell] … start[cell + 1])`, the constant and the numeric terms left out. */
export interface CellColumns {
  readonly count: number;
  readonly start: Uint32Array;
  readonly columns: Uint16Array;
  /** Column of each numeric term. */
  readonly numerics: readonly number[];
}

/** Where a frame's own columns are 1. */
export function frameCells(frame: DesignMatrix): CellColumns {
  return { count: frame.columns.length, start: frame.levelColumnsStart, columns: frame.levelColumns, numerics: frameColumns(frame).numerics };
}

/** Where a model's columns are 1. Numeric terms that are not in the model have the column 0, the constant's. */
export function modelCells(frame: DesignMatrix, model: ModelColumns): CellColumns {
  const inModel: number[][] = frame.columns.map(() => []);
  model.columns.forEach((_, j) => {
    if (j > 0) for (const column of model.members.subarray(model.start[j], model.start[j + 1])) inModel[column]!.push(j);
  });
  const lists = Array.from({ length: frame.levelCells }, (_, cell) =>
    [...frame.levelColumns.subarray(frame.levelColumnsStart[cell], frame.levelColumnsStart[cell + 1])].flatMap((column) => inModel[column]!).sort((a, b) => a - b));
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, cell) => (start[cell + 1] = start[cell]! + list.length));
  return {
    count: model.columns.length,
    start,
    columns: Uint16Array.from(lists.flat()),
    numerics: frame.numerics.map((_, d) => Math.max(0, model.columns.findIndex(({ numeric }) => numeric === d))),
  };
}
