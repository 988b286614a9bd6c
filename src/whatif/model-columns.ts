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
  readonly columns: readonly DesignColumn[];
  readonly start: Uint32Array;
  readonly members: Uint16Array;
}

export function modelColumns(frame: DesignTerms, model: ModelTerms): ModelColumns {
  const at = frameColumns(frame);
  const columns: DesignColumn[] = [{ term: 'constant', level: '', numeric: null }];
  const sets: number[][] = [[0]];
  const names = model.factors.map(({ source }) => frame.factors[source]!.name);
  model.factors.forEach(({ source, labels, members, reference }, f) => {
    labels.forEach((label, level) => {
      if (level === reference) return;
      columns.push({ term: names[f]!, level: label, numeric: null });
      sets.push(members[level]!.map((member) => at.main[source]! + member));
    });
  });
  for (const { pair: [a, b], source } of model.interactions) {
    const [first, second] = [model.factors[a]!, model.factors[b]!];
    const stride = frame.factors[first.source]!.labels.length;
    second.labels.forEach((labelB, levelB) => {
      first.labels.forEach((labelA, levelA) => {
        if (levelA === first.reference || levelB === second.reference) return;
        columns.push({ term: `${names[a]}:${names[b]}`, level: `${labelA}:${labelB}`, numeric: null });
        sets.push(second.members[levelB]!.flatMap((y) => first.members[levelA]!.map((x) => at.crossed[source]! + y * stride + x)));
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
  return { terms, columns, start, members: Uint16Array.from(sets.flat()) };
}

/** Coefficients of the frame's columns that predict as β does: a column of the frame has those of all columns it is in. */
export function frameCoefficients({ start, members }: ModelColumns, beta: ArrayLike<number>, length: number): Float64Array {
  const out = new Float64Array(length);
  for (let j = 0; j + 1 < start.length; j++) {
    for (let k = start[j]!; k < start[j + 1]!; k++) out[members[k]!]! += beta[j]!;
  }
  return out;
}
