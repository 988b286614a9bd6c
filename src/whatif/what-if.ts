import { EngineError } from '../errors.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit } from '../estimate/fit.ts';
import { addCellSums } from '../indicator/cell-sums.ts';
import { indicatorTable, type OutcomeCells } from '../indicator/indicator.ts';
import type { IndicatorTable, Period } from '../indicator/table.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { parseMonth } from '../spec/months.ts';
import { suggestion } from '../spec/nearest.ts';
import { standardErrorsOf } from '../uncertainty/standard-error.ts';
import type { WhatIfCells } from './expected-cells.ts';
import { fittedPrediction } from './fitted-prediction.ts';
import type { KeptSums } from './kept-sums.ts';
import { baseModel, type ModelChange } from './model-change.ts';
import { openOlsWhatIf } from './ols-what-if.ts';
import { onePerson, type OnePerson, type PersonLevels } from './one-person.ts';
import { peopleChange, type PeopleChange } from './people-change.ts';
import { openProbitPreview, previewPrediction } from './probit-preview.ts';
import type { Approximation, Refit } from './refit.ts';

/** What is known without the rows: a bundle, or a run that kept its sums. */
export interface WhatIfSource {
  readonly spec: Pick<ModelSpec, 'seasonal'>;
  readonly options: { readonly period: Period; readonly level: number; readonly relativeTo: string | null };
  readonly fits: readonly Fit[];
  readonly kept: readonly KeptSums[];
  /** Fewest rows of a cell of the tables; nothing is withheld where absent. */
  readonly threshold?: number;
}

/** First the model is changed, then the people, with the coefficients of the changed model. */
export interface WhatIfRequest {
  /** All where absent. */
  readonly outcomes?: readonly string[];
  readonly model?: ModelChange;
  readonly people?: readonly PeopleChange[];
  readonly person?: PersonLevels;
}

export interface WhatIfAnswer {
  readonly breaks: 'frozen';
  /** Changed models, by outcome and population; empty where the model is not changed. */
  readonly models: readonly Refit[];
  /** Σ y and Σ μ by cell of every breakdown, by outcome and population: what a chart needs at once. */
  readonly cells: readonly { readonly outcome: string; readonly population: string; readonly approximation: Approximation; readonly groupings: readonly WhatIfCells[] }[];
  /** Outcomes whose numbers are a first-order approximation about the fit, to be shown as such; all others are exact. */
  readonly firstOrder: readonly string[];
  /**
   * The whole first, then the breakdowns; empty where neither model nor people change. Intervals are those of the outcome.
   * Made when first asked for: labels and periods of some ten thousand cells take longer than the estimates.
   */
  readonly tables: readonly IndicatorTable[];
  /** By outcome and population. */
  readonly persons: readonly (OnePerson & { readonly population: string; readonly approximation: Approximation })[];
  readonly notes: readonly string[];
}

/**
 * Answers what-if questions from kept sums, without a row: the one way in for app, command line and edge. Least squares is
 * exact; a probit is answered to first order about its fit, and marked so. Keeps what it has summed, so that the next
 * question is quick. Throws `EngineError('spec')` for what is not kept or nobody has.
 */
export function openWhatIf(source: WhatIfSource, math: EstimationMath): (request: WhatIfRequest) => WhatIfAnswer {
  const opened = source.kept.map((kept) => ({ kept, refit: openOlsWhatIf(kept, math), preview: openProbitPreview(kept, math) }));
  return (request) => {
    const asked = askedOutcomes(source, request.outcomes);
    const models: Refit[] = [];
    const persons: WhatIfAnswer['persons'][number][] = [];
    const notes: string[] = [];
    const cells = new Map<string, { kept: KeptSums; approximation: Approximation; groupings: readonly WhatIfCells[] }[]>();
    const { model, people = [], person } = request;
    for (const fit of source.fits.filter(({ outcome }) => asked.includes(outcome))) {
      const name = fit.population === '' ? fit.outcome : `${fit.outcome} (${fit.population})`;
      const tell = (lines: readonly string[]): void => void notes.push(...lines.map((line) => `${name}: ${line}`));
      const found = opened.find(({ kept }) => (kept.population ?? '') === fit.population && kept.outcomes.some((outcome) => outcome.name === fit.outcome));
      if (!found) {
        tell(['no sums are kept.']);
        continue;
      }
      const { kept, refit, preview } = found;
      const base = baseModel(kept, fit.coefficients);
      const isProbit = fit.family === 'probit';
      const needsRows = (why: string): void => tell([`${why}; this needs the rows, and is left out.`]);
      const question = { outcome: fit.outcome, base, level: source.options.level };
      const changed = model && (isProbit ? preview({ ...question, fit, change: model }) : refit({ ...question, change: model }));
      if (changed && 'needsRows' in changed) {
        needsRows(changed.needsRows);
        continue;
      }
      if (changed) {
        models.push(changed);
        tell(changed.notes);
      }
      if (person) {
        const terms = changed ? changed.model.terms : base;
        const estimated = changed ? { ...fit, coefficients: changed.coefficients } : fit;
        persons.push({ population: fit.population, approximation: changed?.approximation ?? null, ...onePerson({ fit: estimated, model: terms, levels: person }, math) });
      }
      const approximation = isProbit && (changed || people.length > 0) ? 'first-order' : null;
      if (approximation) tell(['a preview, of first order about the fit; exact values need the rows.']);
      if (!changed && people.length === 0) continue;
      const prediction = changed?.prediction ?? (isProbit ? previewPrediction(kept, { base, fit }) : fittedPrediction(kept, fit));
      if ('needsRows' in prediction) {
        needsRows(prediction.needsRows);
        continue;
      }
      const o = kept.outcomes.findIndex((outcome) => outcome.name === fit.outcome);
      const result = people.length === 0 ? null : peopleChange(kept, o, { prediction, changes: people });
      if (result) tell(result.notes);
      cells.set(fit.outcome, [...(cells.get(fit.outcome) ?? []), { kept, approximation, groupings: result?.groupings ?? changed!.groupings }]);
    }
    let tables: IndicatorTable[] | null = null;
    return {
      breaks: 'frozen', models, persons, notes,
      firstOrder: [...new Set([...models.filter((one) => one.approximation).map(({ outcome }) => outcome), ...[...cells].filter(([, parts]) => parts.some((one) => one.approximation)).map(([outcome]) => outcome)])],
      cells: [...cells].flatMap(([outcome, parts]) => parts.map(({ kept, approximation, groupings }) => ({ outcome, population: kept.population ?? '', approximation, groupings }))),
      get tables() {
        return (tables ??= tablesOf(source, cells, math));
      },
    };
  };
}

function askedOutcomes({ fits }: WhatIfSource, wanted: readonly string[] | undefined): string[] {
  const known = [...new Set(fits.map(({ outcome }) => outcome))];
  for (const name of wanted ?? []) {
    if (!known.includes(name)) throw new EngineError('spec', `${name} is not an outcome here${suggestion(name, known) || '.'} There are ${known.join(', ')}.`, { outcome: name });
  }
  return known.filter((name) => wanted?.includes(name) ?? true);
}

function tablesOf(source: WhatIfSource, cells: ReadonlyMap<string, readonly { kept: KeptSums; groupings: readonly WhatIfCells[] }[]>, math: EstimationMath): IndicatorTable[] {
  const all = [...cells.values()].flat();
  const cellsBy = ({ groupings }: (typeof all)[number], by: readonly string[]): WhatIfCells | undefined => groupings.find((one) => one.by.join('\n') === by.join('\n'));
  const { period, level, relativeTo } = source.options;
  // A breakdown too large for one sample's sums is not kept there, and so not shown.
  const shown = (all[0]?.groupings ?? []).filter(({ by }) => all.every((one) => cellsBy(one, by)));
  return shown.map(({ by, groups, firstMonth, months }) =>
    indicatorTable({
      by, groups, firstMonth, months, period,
      outcomes: [...cells].map(([outcome, populations]): OutcomeCells => {
        const { horizon } = populations[0]!.kept.outcomes.find(({ name }) => name === outcome)!;
        const zeroOne = populations.every(({ kept }) => kept.outcomes.find(({ name }) => name === outcome)!.zeroOne);
        return { outcome, horizon, zeroOne, cells: addCellSums(populations.map((one) => cellsBy(one, by)!)) };
      }),
      seasonalReference: source.spec.seasonal?.reference ?? {},
      standardErrors: standardErrorsOf('outcome'),
      z: math.normalQuantile(0.5 + level / 200),
      relativeTo: relativeTo === null ? null : parseMonth(relativeTo),
      threshold: source.threshold ?? null,
    }),
  );
}
