import type { Coefficient, Fit } from '../src/estimate/fit.ts';
import type { EstimationMath } from '../src/estimate/estimation-math.ts';
import type { IndicatorTable } from '../src/indicator/table.ts';
import type { RunResult } from '../src/run-result.ts';
import { formatMonth } from '../src/spec/months.ts';
import type { KeptSums } from '../src/whatif/kept-sums.ts';
import { previewErrorNotes } from '../src/whatif/preview-error-notes.ts';
import { openWhatIf } from '../src/whatif/what-if.ts';
import { monthlySeries } from './monthly-series.ts';
import type { MonthlySeries } from './monthly-series.ts';
import type { ComparedCoefficient, ComparedSeries, KeptCovariate, KeptOutcome, ModelFigures, WhatIfBase, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

/** What answers are made from: a run that kept its sums, or a bundle. */
export type DeskSource = Pick<RunResult, 'spec' | 'options' | 'fits' | 'kept'> & { readonly threshold?: number };

export interface WhatIfDesk {
  readonly base: WhatIfBase;
  /** Throws `EngineError('spec')` for what is not kept or nobody has. */
  ask(question: WhatIfQuestion): WhatIfReply;
}

/** Whole table and breakdown of one outcome. */
type Tables = readonly [whole: IndicatorTable | undefined, groups: IndicatorTable | undefined];

/** Answers the page's questions. Only the breakdown that is shown is summed, so that an answer takes milliseconds. */
export function openDesk(source: DeskSource, math: EstimationMath): WhatIfDesk {
  const options = { ...source.options, period: 'month', relativeTo: null } as const;
  const months = monthsOf(source.kept);
  const opened = new Map<string, ReturnType<typeof openWhatIf>>();
  const askBy = (by: readonly string[]): ReturnType<typeof openWhatIf> => {
    const key = by.join('\n');
    if (!opened.has(key)) opened.set(key, openWhatIf({ ...source, options, kept: source.kept.map((sums) => showing(sums, by)) }, math));
    return opened.get(key)!;
  };
  const unchanged = new Map<string, Tables>();
  /** Tables of the model and the people as they are, from the same cells as those of every answer. */
  const tablesBefore = (outcome: string, by: readonly string[]): Tables => {
    const key = [outcome, ...by].join('\n');
    if (!unchanged.has(key)) unchanged.set(key, tablesOf(askBy(by)({ outcomes: [outcome], model: {} }).tables));
    return unchanged.get(key)!;
  };
  return {
    base: { outcomes: source.spec.outcomes.flatMap(({ name }) => keptOutcome(source, name) ?? []) },
    ask({ outcome, by, seasonal, term, model, people, person }) {
      const started = performance.now();
      const answer = askBy(by)({ outcomes: [outcome], ...(model ? { model } : {}), ...(people ? { people } : {}), ...(person ? { person } : {}) });
      const changed = (model ?? people) !== undefined && answer.cells.length > 0;
      const series = (tables: Tables): MonthlySeries[][] => tables.map((table) => (table ? monthlySeries(table, { outcome, months, seasonal }) : []));
      const [before, after] = changed ? [series(tablesBefore(outcome, by)), series(tablesOf(answer.tables))] : [[], []];
      const fitOf = (population: string): Fit => source.fits.find((fit) => fit.outcome === outcome && fit.population === population)!;
      return {
        outcome, months,
        whole: compared(before[0], after[0])[0] ?? null,
        groups: compared(before[1], after[1]),
        models: answer.models.map((refit) => ({ population: refit.population, before: figures(fitOf(refit.population)), after: figures(refit) })),
        coefficients: answer.models.flatMap(({ population, coefficients }) => comparedCoefficients(fitOf(population).coefficients, coefficients, term).map((row) => ({ population, ...row }))),
        persons: answer.persons,
        notes: [...answer.notes, ...(changed ? previewErrorNotes(answer) : [])],
        approximation: approximationOf([...answer.models, ...answer.cells, ...answer.persons]),
        milliseconds: performance.now() - started,
      };
    },
  };
}

/** The sums with one breakdown beside the whole. */
function showing(sums: KeptSums, by: readonly string[]): KeptSums {
  const [whole, ...breakdowns] = sums.groupings;
  return { ...sums, groupings: [whole!, ...breakdowns.filter((grouping) => by.length > 0 && grouping.by.join('\n') === by.join('\n'))] };
}

const tablesOf = (tables: readonly IndicatorTable[]): Tables => [tables.find(({ by }) => by.length === 0), tables.find(({ by }) => by.length > 0)];

function compared(before: readonly MonthlySeries[] = [], after: readonly MonthlySeries[] = []): ComparedSeries[] {
  return before.flatMap((one) => {
    const other = after.find(({ group }) => group === one.group);
    return other ? [{ group: one.group, before: one, after: other }] : [];
  });
}

function figures(fit: Pick<Fit, 'n' | 'rank' | 'rSquared'> & { readonly pseudoRSquared?: number | null }): ModelFigures {
  return { n: fit.n, rank: fit.rank, share: fit.rSquared ?? fit.pseudoRSquared ?? null };
}

function comparedCoefficients(before: readonly Coefficient[], after: readonly Coefficient[], term: string | undefined): Omit<ComparedCoefficient, 'population'>[] {
  const found = new Map(after.filter((row) => row.term === term).map(({ level, estimate }) => [level, estimate]));
  return before.filter((row) => row.term === term).map(({ level, estimate }) => ({ level, before: estimate, after: found.get(level) ?? null }));
}

/** How near an answer is, where its parts say so. */
function approximationOf(parts: readonly object[]): string | null {
  const said = parts.flatMap((part) => ('approximation' in part && typeof part.approximation === 'string' ? [part.approximation] : []));
  return said[0] ?? null;
}

/** Every month from the first that is kept to the last. */
function monthsOf(kept: readonly KeptSums[]): string[] {
  const all = kept.flatMap(({ groupings: [whole] }) => (whole && whole.months > 0 ? [whole.firstMonth, whole.firstMonth + whole.months - 1] : []));
  if (all.length === 0) return [];
  const first = Math.min(...all);
  return Array.from({ length: Math.max(...all) - first + 1 }, (_, k) => formatMonth(first + k));
}

function keptOutcome({ kept, fits }: DeskSource, outcome: string): KeptOutcome | null {
  const samples = kept.filter(({ outcomes }) => outcomes.some(({ name }) => name === outcome));
  const [first] = samples;
  if (!first) return null;
  const names = ({ frame }: KeptSums): [string, string][] => frame.interactions.map(([a, b]) => [frame.factors[a]!.name, frame.factors[b]!.name]);
  return {
    outcome,
    covariates: covariatesOf(samples, (population) => fits.find((fit) => fit.outcome === outcome && fit.population === (population ?? ''))?.coefficients ?? []),
    interactions: [...new Map(samples.flatMap(names).map((pair) => [pair.join('\n'), pair])).values()],
    months: [...new Set(samples.flatMap(({ months }) => months.filter(({ inSample }) => inSample).map(({ month }) => month)))].sort((a, b) => a - b).map(formatMonth),
    breakdowns: first.groupings.slice(1).filter(({ by }) => samples.every(({ groupings }) => groupings.some((other) => other.by.join('\n') === by.join('\n')))).map(({ by, groups }) => ({ by, groups })),
  };
}

/** Covariates of all populations, in the order of the coefficient table. */
function covariatesOf(samples: readonly KeptSums[], coefficientsOf: (population: string | null) => Fit['coefficients']): KeptCovariate[] {
  const found = new Map<string, KeptCovariate['parts']>();
  for (const { frame, references, population } of samples) {
    const relative = new Set(coefficientsOf(population).flatMap(({ term, level, status }) => (status === 'reference' ? [`${term}\n${level}`] : [])));
    const own = new Map<string, KeptCovariate['parts'][number][]>();
    for (const term of frame.terms) {
      if (!('factor' in term)) continue;
      const { name, labels } = frame.factors[term.factor]!;
      own.set(name, [...(own.get(name) ?? []), { levels: labels, reference: labels.find((label) => relative.has(`${name}\n${label}`)) ?? labels[references[term.factor]!]! }]);
    }
    for (const [name, parts] of own) if (!found.has(name)) found.set(name, parts);
  }
  return [...found].map(([name, parts]) => ({ name, parts }));
}
