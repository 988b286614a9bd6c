import type { ModelSpec, Covariate } from '../../src/spec/model-spec.ts';
import { codeCovariate, columnOf, type CodedCovariate } from './coding.ts';
import { numberOf, type Row } from './table.ts';

/** A column of the design matrix: 1 where a row has all of the levels, or the value of a numeric covariate. */
export interface DesignColumn {
  readonly term: string;
  readonly level: string;
  readonly levels: readonly { readonly coded: CodedCovariate; readonly level: number }[];
  value(row: Row): number;
}

export interface Design {
  readonly coded: readonly CodedCovariate[];
  readonly columns: readonly DesignColumn[];
  /** Pairs that interact. */
  readonly pairs: readonly (readonly [CodedCovariate, CodedCovariate])[];
  readonly numerics: readonly NumericTerm[];
  /** Terms of the coefficient table in order: a design column, a reference level, or a crossed cell of a reference, which is no column. */
  readonly table: readonly (DesignColumn | (DesignColumn & { readonly ofReference: true }) | { readonly term: string; readonly level: string; readonly reference: CodedCovariate })[];
}

interface DesignRows {
  readonly all: readonly Row[];
  readonly sample: readonly Row[];
  readonly horizon: number;
  /** Sample of every outcome with its horizon. */
  readonly samples: readonly { readonly rows: readonly Row[]; readonly horizon: number }[];
}

/** Constant, covariates as declared, interactions (non-reference × non-reference, first covariate fastest). */
export function designOf(spec: ModelSpec, covariates: readonly Covariate[], { all, sample, horizon, samples }: DesignRows): Design {
  const numerics: { readonly name: string; readonly column: string; readonly before: number }[] = [];
  const coded: CodedCovariate[] = [];
  for (const covariate of covariates) {
    if (covariate.coding === 'numeric') {
      numerics.push({ name: covariate.name, column: columnOf(covariate, horizon), before: coded.length });
      continue;
    }
    const everyHorizon = samples.flatMap(({ rows, horizon: h }) => rows.map((row) => numberOf(row, columnOf(covariate, h))).filter((x) => x !== null));
    coded.push(codeCovariate(covariate, { all, sample, horizon, everyHorizon }));
  }
  const named = (name: string): CodedCovariate => coded.find(({ covariate }) => covariate.name === name)!;
  return columnsOf(coded, (spec.interactions ?? []).map(([a, b]) => [named(a), named(b)] as const), numerics);
}

interface NumericTerm {
  readonly name: string;
  readonly column: string;
  /** How many coded covariates stand before it. */
  readonly before: number;
}

/** The columns of covariates that are coded already. */
export function columnsOf(coded: readonly CodedCovariate[], pairs: Design['pairs'], numerics: readonly NumericTerm[] = []): Design {
  const columns: DesignColumn[] = [{ term: 'constant', level: '', levels: [], value: () => 1 }];
  const table: Design['table'][number][] = [columns[0]!];
  const add = (column: DesignColumn): void => {
    columns.push(column);
    table.push(column);
  };
  const addNumerics = (before: number): void => {
    for (const numeric of numerics) {
      if (numeric.before === before) add({ term: numeric.name, level: '', levels: [], value: (row) => numberOf(row, numeric.column)! });
    }
  };
  coded.forEach((one, f) => {
    addNumerics(f);
    const { name } = one.covariate;
    one.labels.forEach((level, k) => {
      if (k === one.reference) table.push({ term: name, level, reference: one });
      else add({ term: name, level, levels: [{ coded: one, level: k }], value: (row) => Number(one.level(row) === k) });
    });
  });
  addNumerics(coded.length);
  for (const [a, b] of pairs) {
    b.labels.forEach((labelB, l) => {
      a.labels.forEach((labelA, k) => {
        const cell: DesignColumn = {
          term: `${a.covariate.name}:${b.covariate.name}`,
          level: `${labelA}:${labelB}`,
          levels: [{ coded: a, level: k }, { coded: b, level: l }],
          value: (row) => Number(a.level(row) === k && b.level(row) === l),
        };
        if (k === a.reference || l === b.reference) table.push({ ...cell, ofReference: true });
        else add(cell);
      });
    });
  }
  return { coded, columns, pairs, numerics, table };
}

/** The same levels relative to others. */
export function relativeTo({ coded, pairs, numerics }: Design, referenceOf: (one: CodedCovariate) => number): Design {
  const others = coded.map((one): CodedCovariate => ({ ...one, reference: referenceOf(one) }));
  return columnsOf(others, pairs.map(([a, b]) => [others[coded.indexOf(a)]!, others[coded.indexOf(b)]!] as const), numerics);
}
