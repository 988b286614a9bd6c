import type { DesignColumn, DesignTerms } from '../coding/design-matrix.ts';
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

/** Which model: factors in the order of the coefficient table, and interactions as index pairs into them. */
export interface ModelTerms {
  readonly factors: readonly MergedFactor[];
  readonly interactions: readonly { readonly pair: readonly [number, number]; /** Index among the frame's interactions. */ readonly source: number }[];
}

/**
 * The columns of a model's design matrix, each a sum of columns of the frame: column j is the sum of
 * `members[start[j] … start[j + 1])`. Order as in any design matrix: constant, factors, interactions with the first factor fastest.
 */
export interface ModelColumns {
  readonly terms: DesignTerms;
  /** Factor of the frame that each factor of the model is made from. */
  readonly sources: readonly number[];
  readonly columns: readonly DesignColumn[];
  readonly start: Uint32Array;
  readonly members: Uint16Array;
  /** Columns of the frame that make up a level of a factor, or the crossed levels of two that interact. */
  at(wanted: readonly (readonly [factor: number, level: number])[]): number[];
}

export function modelColumns(frame: DesignTerms, model: ModelTerms): ModelColumns {
  const { main, crossed } = frameColumns(frame);
  const names = model.factors.map(({ source }) => frame.factors[source]!.name);
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
  model.factors.forEach(({ labels, reference }, f) => {
    labels.forEach((label, level) => {
      if (level === reference) return;
      columns.push({ term: names[f]!, level: label, numeric: null });
      sets.push(at([[f, level]]));
    });
  });
  for (const { pair: [a, b] } of model.interactions) {
    const [first, second] = [model.factors[a]!, model.factors[b]!];
    second.labels.forEach((labelB, levelB) => {
      first.labels.forEach((labelA, levelA) => {
        if (levelA === first.reference || levelB === second.reference) return;
        columns.push({ term: `${names[a]}:${names[b]}`, level: `${labelA}:${labelB}`, numeric: null });
        sets.push(at([[a, levelA], [b, levelB]]));
      });
    });
  }
  const start = new Uint32Array(sets.length + 1);
  sets.forEach((set, j) => (start[j + 1] = start[j]! + set.length));
  const terms: DesignTerms = {
    factors: model.factors.map(({ labels, reference }, f) => ({ name: names[f]!, labels, reference })),
    numerics: [],
    terms: model.factors.map((_, factor) => ({ factor })),
    interactions: model.interactions.map(({ pair }) => pair),
  };
  return { terms, sources: model.factors.map(({ source }) => source), columns, start, members: Uint16Array.from(sets.flat()), at };
}

/** Coefficients of the frame's columns that predict as β does: a column of the frame has those of all columns it is in. */
export function frameCoefficients({ start, members }: ModelColumns, beta: ArrayLike<number>, length: number): Float64Array {
  const out = new Float64Array(length);
  for (let j = 0; j + 1 < start.length; j++) {
    for (let k = start[j]!; k < start[j + 1]!; k++) out[members[k]!]! += beta[j]!;
  }
  return out;
}
