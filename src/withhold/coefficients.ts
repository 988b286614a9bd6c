import type { Coefficient, Fit } from '../estimate/fit.ts';
import { contrastsOf, nameOf } from './contrasts.ts';
import { protect, type ProtectRequest } from './protect.ts';
import { fewestPersonsOfLevel } from './threshold.ts';

/** Rows and persons of the estimation sample by column of a frame: every level of every factor, references too, and every crossed cell. */
export interface LevelCounts {
  readonly columns: readonly { readonly term: string; readonly level: string }[];
  readonly rows: ArrayLike<number>;
  readonly persons: ArrayLike<number>;
  /** Places of the columns whose rows add up to those of the first. */
  readonly sums: readonly { readonly of: number; readonly parts: readonly number[] }[];
}

export interface PublishedFitsOf {
  readonly fit: Fit;
  readonly counts: LevelCounts;
}

export interface WithheldLevels {
  readonly fits: readonly Fit[];
  /** Whether a level of a term in a population has too few persons, or the reference that it is held against. */
  isWithheld(population: string, term: string, level: string): boolean;
}

/**
 * Fits without what tells of few persons: estimates that hold levels under ten persons, or at which everybody has the same outcome, against others;
 * `n` of such levels, and of as many more as it takes that none follows from their sums; counts of rows set aside or dropped that are few, and breaks
 * that such levels lie at. A reference of few persons takes the estimates of its term with it, and the constant.
 *
 * @param silent terms whose `n` would tell of a withheld cell of a breakdown by their column
 */
export function withholdFits(all: readonly PublishedFitsOf[], { threshold, silent }: { readonly threshold: number; readonly silent: ReadonlySet<string> }): WithheldLevels {
  const few = new Map<string, Set<string>>();
  const shy = new Map<string, Set<string>>();
  for (const population of new Set(all.map(({ fit }) => fit.population))) {
    const own = all.filter(({ fit }) => fit.population === population);
    const names = [...new Set(own.flatMap(({ counts }) => counts.columns.map(nameOf)))];
    const place = new Map(names.map((name, k) => [name, k]));
    const hidden = new Uint8Array(names.length);
    for (const { fit, counts } of own) {
      counts.columns.forEach((column, k) => {
        if (counts.rows[k]! > 0 && counts.persons[k]! < fewestPersonsOfLevel) hidden[place.get(nameOf(column))!] = 1;
      });
      for (const coefficient of fit.coefficients) if (coefficient.status === 'separated' && place.has(nameOf(coefficient))) hidden[place.get(nameOf(coefficient))!] = 1;
    }
    few.set(population, new Set(names.filter((_, k) => hidden[k])));
    protect(requestOf(own, place, threshold), hidden);
    shy.set(population, new Set(names.filter((_, k) => hidden[k])));
  }
  const isFew = (population: string, name: string): boolean => few.get(population)?.has(name) ?? false;
  const own = all.map(({ fit }) => ({ fit, contrasts: contrastsOf(fit) }));
  return {
    isWithheld: (population, term, level) => own.some(({ fit, contrasts }) =>
      fit.population === population && [level, ...contrasts.references(term)].some((one) => isFew(population, nameOf({ term, level: one })))),
    fits: own.map(({ fit, contrasts }) => withoutLevels(fit, {
      threshold,
      isFew: (coefficient) => isFew(fit.population, nameOf(coefficient)),
      isContrastOfFew: (coefficient) => contrasts.of(coefficient).some((name) => isFew(fit.population, name)),
      isShy: ({ term, level }) => (shy.get(fit.population)?.has(nameOf({ term, level })) ?? false) || term.split(':').some((part) => silent.has(part)),
    })),
  };
}

function requestOf(own: readonly PublishedFitsOf[], place: ReadonlyMap<string, number>, threshold: number): ProtectRequest {
  const counts = own.map(({ counts: { columns, rows } }) => {
    const all = new Float64Array(place.size);
    columns.forEach((column, k) => (all[place.get(nameOf(column))!] = rows[k]!));
    return all;
  });
  const sums = new Map(own.flatMap(({ counts: { columns, sums: listed } }) => listed.map(({ of, parts }) => {
    const [one, other] = [[place.get(nameOf(columns[of]!))!], parts.map((part) => place.get(nameOf(columns[part]!))!)];
    return [`${one.join()}=${other.join()}`, { one, other }] as const;
  })));
  const equations = [...sums.values()];
  const equationsOf: number[][] = Array.from({ length: place.size }, () => []);
  equations.forEach(({ one, other }, e) => [...one, ...other].forEach((cell) => equationsOf[cell]!.push(e)));
  return {
    rows: Float64Array.from({ length: place.size }, (_, cell) => counts.reduce((most, rows) => Math.max(most, rows[cell]!), 0)),
    equations,
    equationsOf,
    numbers: counts.map((values) => ({ values, present: values, least: 1, needed: () => threshold - 1 })),
  };
}

interface Levels {
  readonly threshold: number;
  isFew(coefficient: Coefficient): boolean;
  isContrastOfFew(coefficient: Coefficient): boolean;
  isShy(coefficient: Coefficient): boolean;
}

const nothing = { estimate: null, standardError: null, statistic: null, pValue: null, confLow: null, confHigh: null };

function withoutLevels(fit: Fit, { threshold, isFew, isContrastOfFew, isShy }: Levels): Fit {
  const coefficients = fit.coefficients.map((coefficient): Coefficient => {
    const n = isFew(coefficient) || isShy(coefficient) ? NaN : coefficient.n;
    const isTold = coefficient.status === 'reference' || !isContrastOfFew(coefficient);
    return isTold ? { ...coefficient, n } : { ...coefficient, ...nothing, status: 'withheld', n };
  });
  const terms = new Set(fit.coefficients.filter(isFew).flatMap(({ term }) => term.split(':')));
  const small = (count: number): boolean => count > 0 && count < threshold;
  return {
    ...fit,
    coefficients,
    // Rows are set aside at levels that are withheld.
    setAside: fit.setAside > 0 ? NaN : 0,
    separated: [],
    references: fit.references.filter(({ why }) => why !== 'separated'),
    dropped: fit.dropped.map((dropped) => (small(dropped.rows) ? { ...dropped, rows: NaN } : dropped)),
    breaks: fit.breaks.filter(({ covariate }) => !terms.has(covariate)),
    ...(fit.persons < fewestPersonsOfLevel ? { n: NaN, persons: NaN, rSquared: null, sigma: null, logLikelihood: NaN, pseudoRSquared: null, meanOutcome: NaN, trace: [], largestScore: NaN } : {}),
  };
}
