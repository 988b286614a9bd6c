import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Fit } from '../estimate/fit.ts';
import { addCellSums, withoutCells } from '../indicator/cell-sums.ts';
import { criticalValues } from '../indicator/critical-values.ts';
import { indicatorTable, type OutcomeCells } from '../indicator/indicator.ts';
import { pooledPeriods, withPooled } from '../indicator/pooled.ts';
import type { IndicatorTable, Period } from '../indicator/table.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { hiddenOf, type RunWithheld } from '../withhold/published.ts';
import { parseMonth } from '../spec/months.ts';
import { cellStandardErrors } from '../uncertainty/standard-error.ts';
import type { WhatIfCells } from './expected-cells.ts';
import { unknownOutcome } from './frame.ts';
import { freshBreaks, freshBreaksNotes } from './fresh-breaks.ts';
import type { KeptSums } from './kept-sums.ts';
import type { ModelChange } from './model-change.ts';
import type { Note, OutcomeNote } from './notes.ts';
import { ownPart, type OwnPart } from './own-part.ts';
import { refuseTwice } from './asked-twice.ts';
import { withKnownGroups } from './group-labels.ts';
import type { OnePerson, PersonLevels } from './one-person.ts';
import type { PeopleChange } from './people-change.ts';
import type { PreviewErrors } from './preview-error.ts';
import type { Approximation, Refit } from './refit.ts';

/** What is known without the rows: a bundle, or a run that kept its sums. */
export interface WhatIfSource {
  readonly spec: Pick<ModelSpec, 'seasonal' | 'covariates' | 'separateBy'>;
  readonly options: { readonly by: readonly (readonly string[])[]; readonly period: Period; readonly pooled?: boolean; readonly level: number; readonly relativeTo: string | null };
  readonly fits: readonly Fit[];
  readonly kept: readonly KeptSums[];
  /** Breakdowns that are answered, beside the whole; all that are kept where absent. */
  readonly shown?: readonly (readonly string[])[];
  /** Cells withheld from answers made of rows; what is withheld from kept sums is told by themselves. */
  readonly hidden?: Pick<RunWithheld, 'by' | 'byGrouping'> | null;
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
  /**
   * By table and row: how far an expected value, and with it the indicator, may be from the exact answer, in its own unit; 0 where
   * it is exact. Above `trustedError` it is not to be trusted. Made when first asked for.
   */
  readonly errors: readonly Float64Array[];
  /** By outcome and population. */
  readonly persons: readonly (OnePerson & { readonly population: string; readonly approximation: Approximation })[];
  readonly notes: readonly OutcomeNote[];
}

/** What is answered for one outcome in one population. */
export interface OutcomeAnswer {
  readonly kept: KeptSums;
  readonly approximation: Approximation;
  readonly model: Refit | null;
  readonly person: OnePerson | null;
  /** Null where neither model nor people change. */
  readonly groupings: readonly WhatIfCells[] | null;
  /** Of a preview. */
  readonly errors?: PreviewErrors;
  readonly notes: readonly Note[];
}

/** What is asked of one outcome in one population. */
export interface AskedPart extends OwnPart {
  readonly fit: Fit;
  /** Absent where no sums are kept. */
  readonly kept: KeptSums | undefined;
}

/** The question to each of the outcomes that are asked for. Throws for an outcome that is not there, and for what none of them has. */
export function askedParts(source: WhatIfSource, question: WhatIfRequest): AskedPart[] {
  const request = withKnownGroups(source.kept, question);
  refuseTwice(request);
  const asked = askedOutcomes(source, request.outcomes);
  const parts = source.fits.filter(({ outcome }) => asked.includes(outcome)).map((fit) => ({ fit, kept: keptOf(source, fit) }));
  const all = [...new Set(parts.flatMap(({ kept }) => kept ?? []))];
  return parts.map(({ fit, kept }) => ({ fit, kept, ...(kept ? ownPart(kept, all, request) : { request, notes: [] }) }));
}

/** What is to be said of a changed model: of its levels, and of breaks where its months are others. */
export function modelNotes({ spec }: WhatIfSource, kept: KeptSums, { model, notes }: Refit): Note[] {
  return [...notes, ...freshBreaksNotes(freshBreaks(kept, spec, model.months))];
}

/** Kept sums with an outcome of a population. */
export function keptOf({ kept }: WhatIfSource, { outcome, population }: Pick<Fit, 'outcome' | 'population'>): KeptSums | undefined {
  return kept.find((sums) => (sums.population ?? '') === population && sums.outcomes.some(({ name }) => name === outcome));
}

/** One answer of those of the outcomes; null where nothing is known of one. */
export function assembled(source: WhatIfSource, parts: readonly { readonly fit: Fit; readonly answer: OutcomeAnswer | null }[], math: EstimationMath): WhatIfAnswer {
  const answered = parts.flatMap(({ fit, answer }) => {
    if (!answer) return [];
    return [{ outcome: fit.outcome, population: fit.population, ...answer, groupings: answer.groupings && answer.groupings.filter(({ by }) => isShown(source, by)) }];
  });
  // An outcome of which one population is not answered has no table: it would leave persons out.
  const partial = new Set(parts.filter(({ answer }) => !answer?.groupings).map(({ fit }) => fit.outcome));
  const cells = answered.flatMap(({ outcome, population, kept, approximation, groupings, errors }) => (groupings && !partial.has(outcome) ? [{ outcome, population, kept, approximation, groupings, errors }] : []));
  const without = new Set(answered.filter(({ outcome, groupings }) => groupings && partial.has(outcome)).map(({ outcome }) => outcome));
  let tables: IndicatorTable[] | null = null;
  let errors: Float64Array[] | null = null;
  const allTables = (): IndicatorTable[] => (tables ??= tablesOf(source, cells, math));
  return {
    breaks: 'frozen',
    models: answered.flatMap(({ model }) => model ?? []),
    cells: cells.map(({ kept: _, errors: _errors, ...rest }) => rest),
    firstOrder: [...new Set(answered.filter(({ approximation, groupings, model, person }) => approximation && (groupings ?? model ?? person)).map(({ outcome }) => outcome))],
    persons: answered.flatMap(({ population, model, person }) => (person ? [{ population, approximation: model?.approximation ?? null, ...person }] : [])),
    notes: [
      ...parts.flatMap(({ fit: { outcome, population }, answer }) => (answer?.notes ?? [nothingKept]).map((note) => ({ outcome, population, note }))),
      ...[...without].map((outcome): OutcomeNote => ({ outcome, population: '', note: { code: 'warning.what-if-partial', args: {} } })),
    ],
    get tables() {
      return allTables();
    },
    get errors() {
      return (errors ??= errorsOf(allTables(), () => tablesOf(source, cells.map(inErrors), math)));
    },
  };
}

/** Whether a breakdown is answered; others are kept for the changes that they tell. */
export const isShown = ({ shown }: Pick<WhatIfSource, 'shown'>, by: readonly string[]): boolean =>
  by.length === 0 || shown === undefined || shown.some((one) => one.join('\n') === by.join('\n'));

const nothingKept: Note = { code: 'warning.what-if-nothing-kept', args: {} };

function askedOutcomes({ fits }: WhatIfSource, wanted: readonly string[] | undefined): string[] {
  const known = [...new Set(fits.map(({ outcome }) => outcome))];
  for (const name of wanted ?? []) {
    if (!known.includes(name)) throw unknownOutcome(name, known);
  }
  return known.filter((name) => wanted?.includes(name) ?? true);
}

interface AnsweredCells {
  readonly outcome: string;
  readonly kept: KeptSums;
  readonly groupings: readonly WhatIfCells[];
  readonly errors: PreviewErrors | undefined;
}

/** The same cells with error sizes in the place of expected values: tables of them have the same rows and means. */
function inErrors(one: AnsweredCells): AnsweredCells {
  return { ...one, groupings: one.groupings.map((cells) => ({ ...cells, expected: one.errors?.(cells.by) ?? new Float64Array(cells.n.length) })) };
}

function errorsOf(tables: readonly IndicatorTable[], made: () => readonly IndicatorTable[]): Float64Array[] {
  if (tables.length === 0) return [];
  return made().map(({ expected }, t) => expected.map((value, row) => (Number.isNaN(tables[t]!.expected[row]) ? NaN : value)));
}

function tablesOf(source: WhatIfSource, all: readonly AnsweredCells[], math: EstimationMath): IndicatorTable[] {
  const cellsBy = ({ groupings }: AnsweredCells, by: readonly string[]): WhatIfCells | undefined => groupings.find((one) => one.by.join('\n') === by.join('\n'));
  const { period, pooled = false, level, relativeTo } = source.options;
  // A breakdown too large for one sample's sums is not kept there, and so not shown.
  const shown = (all[0]?.groupings ?? []).filter(({ by }) => all.every((one) => cellsBy(one, by)));
  return shown.map(({ by, groups, firstMonth, months }) => {
    const hidden = source.hidden ? hiddenOf(source.hidden, by) : undefined;
    const periods = pooled ? pooledPeriods({ firstMonth, months }, period) : [];
    return indicatorTable({
      by, groups, firstMonth, months, period,
      pooled: periods,
      outcomes: [...new Set(all.map(({ outcome }) => outcome))].map((outcome): OutcomeCells => {
        const populations = all.filter((one) => one.outcome === outcome);
        const kept = populations.map((one) => one.kept.outcomes.find(({ name }) => name === outcome)!);
        const parts = populations.map((one) => cellsBy(one, by)!);
        const sums = addCellSums(parts);
        // What lacks one population's part is not the cell.
        const withheld = Uint8Array.from(sums.n, (n, cell) => Number(parts.some((part) => part.withheld?.[cell] === 1) || (n > 0 && hidden?.[cell] === 1)));
        const cells = withPooled(withoutCells(sums, withheld), groups.length, periods);
        return { outcome, horizon: kept[0]!.horizon, zeroOne: kept.every(({ zeroOne }) => zeroOne), cells, withheld };
      }),
      seasonalReference: source.spec.seasonal?.reference ?? {},
      standardErrors: cellStandardErrors('outcome'),
      critical: criticalValues(level, math),
      relativeTo: relativeTo === null ? null : parseMonth(relativeTo),
    });
  });
}
