import type { ComparedCoefficient } from './compared-run.ts';

/** Coefficients by term and level. */
type Table = ReadonlyMap<string, ReadonlyMap<string, ComparedCoefficient>>;

/**
 * The level that both fits can be relative to: A's reference where B has an estimate of it, B's where A has one, or the level
 * with most rows, in the fit where it has fewer, of those estimated in both. Null where there is none.
 */
export function commonReference(a: readonly ComparedCoefficient[], b: readonly ComparedCoefficient[], term: string): string | null {
  const [ofA, ofB] = [a, b].map((coefficients) => new Map(coefficients.flatMap((one) => (one.term === term && one.estimate !== null ? [[one.level, one] as const] : []))));
  const shared = [...ofA!.keys()].filter((level) => ofB!.has(level));
  const rank = (level: string): number => {
    if (ofA!.get(level)!.status === 'reference') return Infinity;
    return ofB!.get(level)!.status === 'reference' ? Number.MAX_VALUE : Math.min(ofA!.get(level)!.n, ofB!.get(level)!.n);
  };
  return shared.sort((x, y) => rank(y) - rank(x))[0] ?? null;
}

/**
 * The same fit relative to another level of a covariate: what is crossed with the level goes into the main terms, and what was
 * the reference gets estimates of its own. Standard errors of what changes are not known without covariances, and are empty.
 */
export function relativeTo(coefficients: readonly ComparedCoefficient[], term: string, level: string): ComparedCoefficient[] {
  const table = tableOf(coefficients);
  const main = table.get(term)!;
  const [old] = [...main.values()].filter(({ status }) => status === 'reference');
  if (!old || old.level === level) return [...coefficients];
  const moved = main.get(level)!.estimate!;
  const levelled = [...table.keys()].filter((name) => [...table.get(name)!.values()].some(({ status }) => status === 'reference'));
  const crossed = levelled.flatMap((other): Crossed[] => {
    const name = [`${term}:${other}`, `${other}:${term}`].find((one) => table.has(one) && !levelled.includes(one));
    return name === undefined || other === term ? [] : [{ name, other, isFirst: name === `${term}:${other}` }];
  });
  const cellOf = ({ isFirst }: Crossed, own: string, others: string): string => (isFirst ? `${own}:${others}` : `${others}:${own}`);
  /** Estimate of a crossed cell: 0 at a reference, null where there is none. */
  const at = (one: Crossed, own: string, others: string): number | null => {
    if (own === old.level || table.get(one.other)!.get(others)!.status === 'reference') return 0;
    return table.get(one.name)!.get(cellOf(one, own, others))?.estimate ?? null;
  };
  const changed = (coefficient: ComparedCoefficient, by: number | null): ComparedCoefficient => {
    const estimate = coefficient.estimate === null || by === null ? null : coefficient.estimate - by;
    return { ...coefficient, estimate, standardError: by === 0 ? coefficient.standardError : null };
  };
  return coefficients.flatMap((coefficient): ComparedCoefficient[] => {
    if (coefficient.term === 'constant' && coefficient.level === '') return [changed(coefficient, -moved)];
    if (coefficient.term === term) {
      if (coefficient.level === level) return [{ ...coefficient, status: 'reference', estimate: 0, standardError: null }];
      return [{ ...changed(coefficient, moved), ...(coefficient === old ? { status: 'estimated' as const } : {}) }];
    }
    const asOther = crossed.find(({ other }) => other === coefficient.term);
    if (asOther && coefficient.status !== 'reference') {
      const by = crossed.filter(({ other }) => other === coefficient.term).reduce<number | null>((sum, one) => plus(sum, at(one, level, coefficient.level)), 0);
      return [changed(coefficient, by === null ? null : -by)];
    }
    const asCrossed = crossed.find(({ name }) => name === coefficient.term);
    if (!asCrossed) return [coefficient];
    for (const others of table.get(asCrossed.other)!.values()) {
      if (others.status === 'reference') continue;
      for (const own of main.values()) {
        if (coefficient.level !== cellOf(asCrossed, own.level, others.level)) continue;
        const by = at(asCrossed, level, others.level);
        if (own.level !== level) return [changed(coefficient, by)];
        // In the place of the level that is the reference now stands the one that was.
        const n = [...main.values()].reduce((rows, { level: one }) => rows - (one === old.level ? 0 : (table.get(asCrossed.name)!.get(cellOf(asCrossed, one, others.level))?.n ?? 0)), others.n);
        return [{ term: coefficient.term, level: cellOf(asCrossed, old.level, others.level), status: by === null ? coefficient.status : 'estimated', n, estimate: by === null ? null : -by, standardError: null }];
      }
    }
    return [coefficient];
  });
}

interface Crossed {
  readonly name: string;
  readonly other: string;
  /** Whether the covariate stands first in the name. */
  readonly isFirst: boolean;
}

function tableOf(coefficients: readonly ComparedCoefficient[]): Table {
  const table = new Map<string, Map<string, ComparedCoefficient>>();
  for (const coefficient of coefficients) {
    if (!table.has(coefficient.term)) table.set(coefficient.term, new Map());
    table.get(coefficient.term)!.set(coefficient.level, coefficient);
  }
  return table;
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
