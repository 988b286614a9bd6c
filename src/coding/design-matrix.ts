import { escapedName, joinNames } from '../spec/level-names.ts';
import { packFactors } from './packing.ts';

/** A categorical covariate with its levels in order; the reference has no column. */
export interface Factor {
  readonly name: string;
  /** Names of the levels (`levelName`), no two alike. */
  readonly labels: readonly string[];
  readonly reference: number;
}
/** A covariate that enters as it is, held as (x − centre)/halfRange, within [−1, 1] on the estimation sample. */
export interface NumericTerm {
  readonly name: string;
  readonly centre: number;
  readonly halfRange: number;
  /**
   * Where some values are far from all others: about how many times the spread of the bulk the half range is, a power of
   * two; the centre is then the median, so that the bulk keeps its digits. Absent elsewhere.
   */
  readonly far?: number;
}
/** Terms in the order of the spec: an index into `factors` or `numerics`. */
export type MainTerm = { readonly factor: number } | { readonly numeric: number };

/** Several factors in one code: code = Σ level·stride, the first factor fastest. */
export interface Composite {
  readonly factors: readonly number[];
  readonly strides: readonly number[];
  readonly levels: number;
  readonly width: 1 | 2;
  /** Where this composite's cells begin in a level table. */
  readonly offset: number;
}

/** One column of the design matrix X. Column 0 is the constant. */
export interface DesignColumn {
  readonly term: string;
  readonly level: string;
  readonly numeric: number | null;
}

/**
 * The design matrix, n × p, never expanded: codes of composites and dense numeric columns in the place of dummies.
 * X′X between two composites is their joint histogram, X′v for any v is a sum by level.
 */
export interface DesignMatrix {
  readonly factors: readonly Factor[];
  readonly numerics: readonly NumericTerm[];
  readonly terms: readonly MainTerm[];
  /** Pairs of factors. */
  readonly interactions: readonly (readonly [number, number])[];
  readonly composites: readonly Composite[];
  /** Cells of a level table: the sum of the composites' levels. */
  readonly levelCells: number;
  readonly columns: readonly DesignColumn[];
  /** Columns that are 1 at a level cell, the constant left out: `levelColumns[start[cell] … start[cell + 1])`. */
  readonly levelColumnsStart: Uint32Array;
  readonly levelColumns: Uint16Array;
}

export interface DesignTerms {
  readonly factors: readonly Factor[];
  readonly numerics: readonly NumericTerm[];
  readonly terms: readonly MainTerm[];
  readonly interactions: readonly (readonly [number, number])[];
}

/** Lays out the design matrix: constant, covariates as declared, interactions (non-reference × non-reference, first factor fastest). */
export function designMatrix(design: DesignTerms): DesignMatrix {
  const { factors, numerics, terms, interactions } = design;
  const composites = layComposites(design);
  const levelCells = composites.reduce((cells, c) => cells + c.levels, 0);
  const columns: DesignColumn[] = [{ term: 'constant', level: '', numeric: null }];
  const cellColumns: number[][] = Array.from({ length: levelCells }, () => []);

  for (const term of terms) {
    if ('numeric' in term) {
      columns.push({ term: escapedName(numerics[term.numeric]!.name), level: '', numeric: term.numeric });
      continue;
    }
    const factor = factors[term.factor]!;
    const home = composites.find((c) => c.factors.includes(term.factor))!;
    factor.labels.forEach((label, level) => {
      if (level === factor.reference) return;
      for (const cell of cellsOf(home, [[term.factor, level]], factors)) cellColumns[cell]!.push(columns.length);
      columns.push({ term: escapedName(factor.name), level: label, numeric: null });
    });
  }
  for (const [a, b] of interactions) {
    const home = composites.find((c) => c.factors.includes(a) && c.factors.includes(b))!;
    const [first, second] = [factors[a]!, factors[b]!];
    second.labels.forEach((secondLabel, levelB) => {
      first.labels.forEach((firstLabel, levelA) => {
        if (levelA === first.reference || levelB === second.reference) return;
        for (const cell of cellsOf(home, [[a, levelA], [b, levelB]], factors)) cellColumns[cell]!.push(columns.length);
        columns.push({ term: joinNames([first.name, second.name].map(escapedName)), level: joinNames([firstLabel, secondLabel]), numeric: null });
      });
    });
  }

  const levelColumnsStart = new Uint32Array(levelCells + 1);
  cellColumns.forEach((list, cell) => (levelColumnsStart[cell + 1] = levelColumnsStart[cell]! + list.length));
  return { factors, numerics, terms, interactions, composites, levelCells, columns, levelColumnsStart, levelColumns: Uint16Array.from(cellColumns.flat()) };
}

function layComposites({ factors, interactions }: DesignTerms): Composite[] {
  let offset = 0;
  return packFactors(factors.map((f) => f.labels.length), interactions).map((members) => {
    const strides: number[] = [];
    let levels = 1;
    for (const f of members) {
      strides.push(levels);
      levels *= factors[f]!.labels.length;
    }
    const composite: Composite = { factors: members, strides, levels, width: levels > 256 ? 2 : 1, offset };
    offset += levels;
    return composite;
  });
}

/** Cells of a level table where each of the given factors has the given level. */
export function cellsOf(
  composite: Composite,
  wanted: readonly (readonly [factor: number, level: number])[],
  factors: readonly Factor[],
): number[] {
  const cells: number[] = [];
  for (let code = 0; code < composite.levels; code++) {
    const here = wanted.every(([factor, level]) => {
      const at = composite.factors.indexOf(factor);
      return Math.floor(code / composite.strides[at]!) % factors[factor]!.labels.length === level;
    });
    if (here) cells.push(composite.offset + code);
  }
  return cells;
}

/** What a row adds to the linear predictor at each level cell, the constant and the numeric terms apart. Length `levelCells`. */
export function levelPredictor(design: DesignMatrix, beta: ArrayLike<number>): Float64Array {
  const table = new Float64Array(design.levelCells);
  for (let cell = 0; cell < design.levelCells; cell++) {
    let sum = 0;
    for (let k = design.levelColumnsStart[cell]!; k < design.levelColumnsStart[cell + 1]!; k++) sum += beta[design.levelColumns[k]!]!;
    table[cell] = sum;
  }
  return table;
}

/** Coefficients of the numeric terms, by numeric term. */
export function numericCoefficients(design: DesignMatrix, beta: ArrayLike<number>): Float64Array {
  const out = new Float64Array(design.numerics.length);
  design.columns.forEach((column, j) => {
    if (column.numeric !== null) out[column.numeric] = beta[j]!;
  });
  return out;
}
