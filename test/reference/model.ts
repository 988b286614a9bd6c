import type { VcovKind } from '../../src/estimate/fit.ts';
import type { Covariate, ModelSpec, Outcome } from '../../src/spec/model-spec.ts';
import { isMissing } from './coding.ts';
import { designOf, relativeTo, type Design } from './design.ts';
import { normalCdf, normalQuantile, studentQuantile, studentTwoSided } from './distributions.ts';
import { leastSquares } from './least-squares.ts';
import { fitProbit, scoreResidual, setAside, type SetAside } from './probit.ts';
import { labelOf, numberOf, sortedLabels, withinRanges, type Row } from './table.ts';

export interface ReferenceCoefficient {
  readonly term: string;
  readonly level: string;
  readonly status: string;
  readonly n: number;
  readonly numbers: null | { readonly estimate: number; readonly standardError: number; readonly statistic: number; readonly pValue: number; readonly confLow: number; readonly confHigh: number };
}

export interface ReferenceFit {
  readonly outcome: string;
  readonly population: string;
  readonly coefficients: readonly ReferenceCoefficient[];
  readonly n: number;
  readonly persons: number;
  readonly rank: number;
  readonly setAside: number;
  readonly rSquared: number | null;
  readonly sigma: number | null;
  readonly logLikelihood: number;
  readonly dropped: ReadonlyMap<string, number>;
  readonly breaks: readonly (readonly number[])[];
}

/** A row with an observed outcome and an expected value. */
export interface Predicted {
  readonly row: Row;
  readonly actual: number;
  readonly expected: number;
}

export interface ReferenceOutcome {
  readonly outcome: Outcome;
  readonly predicted: readonly Predicted[];
  /** Rows outside the sample with a level that has no estimate. */
  readonly withoutExpected: number;
  /** Values of rows outside the sample beyond its range. */
  readonly beyond: number;
}

export interface ReferenceRequest {
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  readonly vcov?: VcovKind;
  readonly level?: number;
  /** The condition of `where`, as a function. */
  readonly where?: (row: Row) => boolean;
}

export interface OutcomeRows {
  readonly outcome: Outcome;
  readonly sample: readonly Row[];
  readonly outside: readonly Row[];
  readonly dropped: ReadonlyMap<string, number>;
}

/** The whole calculation, row by row and column by column as the method page writes it. */
export function referenceRun(request: ReferenceRequest): { fits: ReferenceFit[]; outcomes: ReferenceOutcome[] } {
  const { spec, rows } = request;
  const fits: ReferenceFit[] = [];
  const outcomes = spec.outcomes.map((outcome): ReferenceOutcome => {
    const parts = populationsOf(spec, rows).map(({ label, members, covariates }) => {
      const all = spec.outcomes.map((one) => rowsOf(request, { outcome: one, members, covariates }));
      const mine = all.find((one) => one.outcome === outcome)!;
      const samples = all.map(({ sample, outcome: { horizon } }) => ({ rows: sample, horizon }));
      const design = designOf(spec, covariates, { all: rows, sample: mine.sample, horizon: outcome.horizon, samples });
      const { fit, expected } = fitOutcome(request, { design, rows: mine, population: label });
      fits.push(fit);
      const pairs = [...mine.sample, ...mine.outside].map((row, i) => ({ row, actual: numberOf(row, columnOfOutcome(outcome))!, expected: expected(row, i) }));
      return {
        predicted: pairs.filter((pair): pair is Predicted => pair.expected !== null),
        withoutExpected: pairs.filter((pair) => pair.expected === null).length,
        beyond: mine.outside.reduce((sum, row) => sum + design.coded.filter((coded) => coded.beyond(row)).length, 0),
      };
    });
    return {
      outcome,
      predicted: parts.flatMap(({ predicted }) => predicted),
      withoutExpected: parts.reduce((sum, part) => sum + part.withoutExpected, 0),
      beyond: parts.reduce((sum, part) => sum + part.beyond, 0),
    };
  });
  return { fits, outcomes };
}

export const columnOfOutcome = (outcome: Outcome): string => outcome.column ?? outcome.name;

export function populationsOf(spec: ModelSpec, rows: readonly Row[]): { label: string; members: readonly Row[]; covariates: readonly Covariate[] }[] {
  const { separateBy } = spec;
  if (separateBy === undefined || separateBy === null) return [{ label: '', members: rows, covariates: spec.covariates }];
  const column = typeof separateBy === 'string' ? separateBy : separateBy.column;
  const groups = typeof separateBy === 'string' ? sortedLabels(rows.map((row) => labelOf(row, column))).map((label) => ({ label })) : separateBy.groups;
  return groups.map((group) => ({
    label: group.label,
    members: rows.filter((row) => labelOf(row, column) === group.label),
    covariates: ('covariates' in group ? group.covariates : undefined) ?? spec.covariates,
  }));
}

export function rowsOf({ spec, where }: ReferenceRequest, { outcome, members, covariates }: { outcome: Outcome; members: readonly Row[]; covariates: readonly Covariate[] }): OutcomeRows {
  const dropped = new Map<string, number>();
  const usable = members.filter((row) => {
    if (numberOf(row, columnOfOutcome(outcome)) === null) return false;
    const lacking = covariates.find((covariate) => covariate.missing === 'drop' && isMissing(covariate, row, outcome.horizon));
    if (lacking) dropped.set(lacking.name, (dropped.get(lacking.name) ?? 0) + 1);
    return lacking === undefined;
  });
  const { months, excludeMonths = [] } = spec.sample ?? {};
  const inSample = (row: Row): boolean => {
    const month = String(row[spec.month]);
    return (months === undefined || withinRanges(month, months)) && !withinRanges(month, excludeMonths) && (where?.(row) ?? true);
  };
  return { outcome, sample: usable.filter(inSample), outside: usable.filter((row) => !inSample(row)), dropped };
}

interface FitOf {
  readonly design: Design;
  readonly rows: OutcomeRows;
  readonly population: string;
}

/** In the place of a reference that no row has: the level that most rows have, the first where several do. */
function withRows(design: Design, rows: readonly Row[]): Design {
  return relativeTo(design, ({ labels, reference, level }) => {
    const counts = labels.map((_, k) => rows.filter((row) => level(row) === k).length);
    return counts[reference]! > 0 ? reference : counts.indexOf(Math.max(...counts));
  });
}

export function fitOutcome({ spec, vcov = 'iid', level = 95 }: ReferenceRequest, { design: named, rows, population }: FitOf) {
  const { outcome, sample } = rows;
  const probit = outcome.family === 'probit';
  const y = Float64Array.from(sample, (row) => numberOf(row, columnOfOutcome(outcome))!);
  const aside: SetAside = probit ? setAside(named, sample, y) : { left: sample.map((_, i) => i), limits: new Map(), named: new Set(), limitsOf: () => new Set() };
  const { left } = aside;
  const design = withRows(named, left.map((i) => sample[i]!));
  const { columns } = design;
  const x = columns.map((column) => Float64Array.from(sample, (row) => column.value(row)));
  const yLeft = Float64Array.from(left, (i) => y[i]!);
  const xLeft = x.map((column) => Float64Array.from(left, (i) => column[i]!));
  const solved = probit ? fitProbit(xLeft, yLeft) : { ...leastSquares(xLeft, yLeft), logLikelihood: NaN };
  const { beta, kept, rank, inverse } = solved;
  const status = columns.map((column, j) => {
    if (column.levels.length > 0 && x[j]!.every((value) => value === 0)) return 'empty';
    if (kept[j]) return 'estimated';
    return column.levels.length > 0 && xLeft[j]!.every((value) => value === 0) ? 'separated' : 'collinear';
  });

  const predictor = (row: Row): number => columns.reduce((sum, column, j) => sum + (kept[j] ? beta[j]! * column.value(row) : 0), 0);
  const eta = left.map((i) => predictor(sample[i]!));
  const n = sample.length;
  const residuals = left.map((_, k) => yLeft[k]! - eta[k]!);
  const rss = residuals.reduce((sum, r) => sum + r * r, 0);
  const freedom = n - rank;
  const scores = left.map((_, k) => (probit ? scoreResidual(yLeft[k]!, eta[k]!) : residuals[k]!));
  const variances = ((): number[] => {
    if (vcov === 'iid') return columns.map((_, j) => inverse[j]![j]! * (probit ? 1 : rss / freedom));
    const clusters = new Map<string, number[]>();
    left.forEach((i, k) => {
      const key = vcov === 'cluster' ? labelOf(sample[i]!, spec.person) : String(i);
      const sum = clusters.get(key) ?? new Array<number>(columns.length).fill(0);
      columns.forEach((_, j) => (sum[j]! += scores[k]! * xLeft[j]![k]!));
      clusters.set(key, sum);
    });
    // The variance of column j is Σ over clusters of (row j of the inverse times the cluster's sum)².
    return columns.map((_, j) => [...clusters.values()].reduce((sum, g) => sum + g.reduce((dot, value, k) => dot + inverse[j]![k]! * value, 0) ** 2, 0));
  })();
  const student = !probit && vcov === 'iid';
  const critical = student ? studentQuantile(0.5 + level / 200, freedom) : normalQuantile(0.5 + level / 200);
  const numbers = (j: number): ReferenceCoefficient['numbers'] => {
    if (status[j] !== 'estimated') return null;
    const estimate = beta[j]!;
    const standardError = Math.sqrt(variances[j]!);
    const statistic = estimate / standardError;
    const pValue = student ? studentTwoSided(statistic, freedom) : 2 * normalCdf(-Math.abs(statistic));
    return { estimate, standardError, statistic, pValue, confLow: estimate - critical * standardError, confHigh: estimate + critical * standardError };
  };

  const coefficients = design.table.flatMap((entry): ReferenceCoefficient[] => {
    if ('reference' in entry) {
      const at = sample.filter((row) => entry.reference.level(row) === entry.reference.reference).length;
      return [{ term: entry.term, level: entry.level, status: 'reference', n: at, numbers: null }];
    }
    if ('ofReference' in entry) {
      const at = sample.filter((row) => entry.value(row) === 1).length;
      return aside.named.has(`${entry.term} ${entry.level}`) ? [{ term: entry.term, level: entry.level, status: 'separated', n: at, numbers: null }] : [];
    }
    const j = columns.indexOf(entry);
    return [{ term: entry.term, level: entry.level, status: status[j]!, n: entry.levels.length === 0 ? n : x[j]!.reduce((sum, value) => sum + value, 0), numbers: numbers(j) }];
  });
  const meanOutcome = y.reduce((sum, value) => sum + value, 0) / n;
  const fit: ReferenceFit = {
    outcome: outcome.name,
    population,
    coefficients,
    n,
    persons: new Set(sample.map((row) => labelOf(row, spec.person))).size,
    rank,
    setAside: n - left.length,
    rSquared: probit ? null : 1 - rss / y.reduce((sum, value) => sum + (value - meanOutcome) ** 2, 0),
    sigma: probit ? null : Math.sqrt(rss / freedom),
    logLikelihood: probit ? solved.logLikelihood : -0.5 * n * (Math.log(2 * Math.PI) + Math.log(rss / n) + 1),
    dropped: rows.dropped,
    breaks: design.coded.flatMap((coded) => (coded.breaks && !('breaks' in coded.covariate && coded.covariate.breaks) ? [coded.breaks] : [])),
  };

  const places = design.table.flatMap((entry): { term: string; level: string; value(row: Row): number }[] => {
    if ('reference' in entry) return [{ term: entry.term, level: entry.level, value: (row) => Number(entry.reference.level(row) === entry.reference.reference) }];
    return entry.levels.length > 0 ? [entry] : [];
  });
  const withoutEstimate = places.filter((place) => {
    const n = [sample, left.map((i) => sample[i]!)].map((those) => those.filter((row) => place.value(row) === 1).length);
    if (n[0] === 0) return true;
    if (n[1] === 0) return !aside.named.has(`${place.term} ${place.level}`);
    return status[columns.findIndex(({ term, level: l }) => term === place.term && l === place.level)] === 'collinear';
  });
  const mean = (row: Row): number => (probit ? normalCdf(predictor(row)) : predictor(row));
  /** Of a row that is none of the sample's, or that comes from one of them: what that one has is told. */
  const beyond = (row: Row, from?: Row): number | null => {
    if (withoutEstimate.some((place) => place.value(row) === 1 && !(from && place.value(from) === 1))) return null;
    const limits = [...aside.limitsOf(row)];
    if (limits.length === 2) return null;
    return limits[0] ?? mean(row);
  };
  /** The first rows are the sample's, in order; those that follow lie outside. */
  const expected = (row: Row, i: number): number | null => (i < n ? (aside.limits.get(i) ?? mean(row)) : beyond(row));
  return { fit, expected, beyond };
}
