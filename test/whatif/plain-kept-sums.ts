import { designMatrix } from '../../src/coding/design-matrix.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Coefficient } from '../../src/estimate/fit.ts';
import type { GroupSums, KeptSums, MonthSums, ProbitSums } from '../../src/whatif/kept-sums.ts';
import { columnOf } from '../reference/coding.ts';
import { designOf } from '../reference/design.ts';
import { normalCdf, normalDensity } from '../reference/distributions.ts';
import { scoreResidual } from '../reference/probit.ts';
import { labelOf, monthNumber, numberOf, sortedLabels, withinRanges, type Row } from '../reference/table.ts';

export interface PlainRequest {
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  /** Outcomes that share one sample. */
  readonly outcomes: readonly string[];
  readonly by?: readonly (readonly string[])[];
  /** Rows that set levels and breaks; those of the sample where absent. */
  readonly codedBy?: readonly Row[];
  readonly yShift?: number;
  readonly y2Shift?: number;
  /** Coefficients of the probits, by outcome: then what they are like near them is kept too. */
  readonly fits?: Readonly<Record<string, readonly Pick<Coefficient, 'term' | 'level' | 'estimate'>[]>>;
}

/** Kept sums made of plain rows by loops over rows and pairs of columns. */
export function plainKeptSums({ spec, rows, outcomes: names, by = [], codedBy = rows, yShift = 40, y2Shift = 34, fits = {} }: PlainRequest): KeptSums {
  const outcomes = names.map((name) => spec.outcomes.find((outcome) => outcome.name === name)!);
  const { horizon } = outcomes[0]!;
  const valueOf = (row: Row, o: number): number | null => numberOf(row, outcomes[o]!.column ?? outcomes[o]!.name);
  const isInMonths = (row: Row): boolean => {
    const { months, excludeMonths } = spec.sample ?? {};
    const month = row[spec.month] as string;
    return (!months || withinRanges(month, months)) && !(excludeMonths && withinRanges(month, excludeMonths));
  };
  const observed = (all: readonly Row[]): Row[] => all.filter((row) => valueOf(row, 0) !== null);
  const shown = observed(rows);
  const sample = observed(codedBy).filter(isInMonths);
  const { coded, pairs } = designOf(spec, spec.covariates, { all: codedBy, sample, horizon, samples: [{ rows: sample, horizon }] });
  const factors = coded.map(({ covariate, labels }) => ({ name: covariate.name, labels, reference: -1 }));
  const interactions = pairs.map(([a, b]) => [coded.indexOf(a), coded.indexOf(b)] as const);
  const frame = designMatrix({ factors, numerics: [], terms: factors.map((_, factor) => ({ factor })), interactions });
  const L = frame.columns.length;

  const columnsOf = (row: Row): number[] => {
    const levels = coded.map((one) => one.level(row));
    const active = [0];
    let at = 1;
    coded.forEach(({ labels }, f) => {
      active.push(at + levels[f]!);
      at += labels.length;
    });
    for (const [a, b] of interactions) {
      active.push(at + levels[b]! * coded[a]!.labels.length + levels[a]!);
      at += coded[a]!.labels.length * coded[b]!.labels.length;
    }
    return active;
  };
  const active = new Map(shown.map((row) => [row, columnsOf(row)]));

  const monthsThere = [...new Set(shown.map((row) => monthNumber(row[spec.month] as string)))].sort((a, b) => a - b);
  const months = monthsThere.map((month): MonthSums => {
    const here = shown.filter((row) => monthNumber(row[spec.month] as string) === month);
    const gram = new Uint32Array((L * (L + 1)) / 2);
    const outcomeSums = outcomes.map(() => new BigInt64Array(L));
    const squares = new BigInt64Array(outcomes.length);
    for (const row of here) {
      const columns = active.get(row)!;
      for (const a of columns) for (const b of columns) if (b <= a) gram[(a * (a + 1)) / 2 + b]!++;
      outcomes.forEach((_, o) => {
        const y = valueOf(row, o)!;
        for (const a of columns) outcomeSums[o]![a]! += BigInt(Math.round(y * 2 ** yShift));
        squares[o]! += BigInt(Math.round(y * y * 2 ** y2Shift));
      });
    }
    return { month, inSample: here.some(isInMonths), gram, outcomeSums, squares };
  });

  const firstMonth = monthsThere[0] ?? 0;
  const span = monthsThere.length === 0 ? 0 : monthsThere.at(-1)! - firstMonth + 1;
  const groupings = [[], ...by].map((columns): GroupSums => {
    const groups = columns.length === 0 ? [[]] : groupsOf(shown, columns);
    const cells = span * groups.length;
    const index = new Map(groups.map((group, g) => [group.join('\n'), g]));
    const n = new Uint32Array(cells);
    const x = new Uint32Array(cells * L);
    const outcome = outcomes.map(() => new Float64Array(cells));
    const outcomeSquared = outcomes.map(() => new Float64Array(cells));
    for (const row of shown) {
      const group = index.get(columns.map((column) => labelOf(row, column)).join('\n'))!;
      const cell = (monthNumber(row[spec.month] as string) - firstMonth) * groups.length + group;
      n[cell]!++;
      for (const a of active.get(row)!) x[cell * L + a]!++;
      outcomes.forEach((_, o) => {
        outcome[o]![cell]! += valueOf(row, o)!;
        outcomeSquared[o]![cell]! += valueOf(row, o)! ** 2;
      });
    }
    return { by: columns, groups, firstMonth, months: span, n, x, outcome, outcomeSquared };
  });
  const probits = names.map((name, o) => (fits[name] ? probitSums(fits[name], o) : null));

  function probitSums(coefficients: NonNullable<PlainRequest['fits']>[string], o: number): ProbitSums {
    const found = new Map(coefficients.map(({ term, level, estimate }) => [`${term}\n${level}`, estimate ?? 0]));
    const b = frame.columns.map(({ term, level }) => found.get(`${term}\n${level}`) ?? 0);
    const etaOf = (row: Row): number => active.get(row)!.reduce((sum, a) => sum + b[a]!, 0);
    return {
      months: monthsThere.map((month) => {
        const information = new Float64Array((L * (L + 1)) / 2);
        const score = new Float64Array(L);
        for (const row of shown) {
          if (monthNumber(row[spec.month] as string) !== month) continue;
          const s = scoreResidual(valueOf(row, o)!, etaOf(row));
          // Minus the derivative of the score residual.
          const w = s * (s + etaOf(row));
          for (const a of active.get(row)!) {
            score[a]! += s;
            for (const c of active.get(row)!) if (c <= a) information[(a * (a + 1)) / 2 + c]! += w;
          }
        }
        return { month, information: Float32Array.from(information), score };
      }),
      groupings: groupings.map(({ by: columns, groups, n }) => {
        const expected = new Float64Array(n.length);
        const density = new Float64Array(n.length * L);
        const index = new Map(groups.map((group, g) => [group.join('\n'), g]));
        for (const row of shown) {
          const cell = (monthNumber(row[spec.month] as string) - firstMonth) * groups.length + index.get(columns.map((column) => labelOf(row, column)).join('\n'))!;
          expected[cell]! += normalCdf(etaOf(row));
          for (const a of active.get(row)!) density[cell * L + a]! += normalDensity(etaOf(row));
        }
        return { expected, density: Float32Array.from(density) };
      }),
    };
  }

  return {
    population: null,
    probits,
    frame,
    references: coded.map(({ reference }) => reference),
    breaks: coded.flatMap(({ covariate, breaks }) => (breaks && !('breaks' in covariate && covariate.breaks) ? [{ covariate: covariate.name, column: columnOf(covariate as Covariate, horizon), breaks }] : [])),
    months,
    outcomes: outcomes.map(({ name, family, horizon: h }, o) => ({
      name, family, horizon: h, zeroOne: shown.every((row) => [0, 1].includes(valueOf(row, o)!)), yShift, y2Shift,
    })),
    groupings,
  };
}

function groupsOf(rows: readonly Row[], columns: readonly string[]): string[][] {
  const groups = [...new Map(rows.map((row) => columns.map((column) => labelOf(row, column))).map((group) => [group.join('\n'), group])).values()];
  const orders = columns.map((_, c) => sortedLabels(groups.map((group) => group[c]!)));
  return groups.sort((a, b) => {
    for (let c = 0; c < columns.length; c++) {
      const difference = orders[c]!.indexOf(a[c]!) - orders[c]!.indexOf(b[c]!);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
