import type { OutcomeNote } from '../src/whatif/notes.ts';
import type { ModelChange } from '../src/whatif/model-change.ts';
import type { OnePerson, PersonLevels } from '../src/whatif/one-person.ts';
import type { PeopleChange } from '../src/whatif/people-change.ts';
import type { MonthlySeries } from './monthly-series.ts';

/** A covariate by its name in the coefficient table; several parts where covariates share it. */
export interface KeptCovariate {
  readonly name: string;
  readonly parts: readonly { readonly levels: readonly string[]; readonly reference: string }[];
}

/** What can be asked about one outcome. */
export interface KeptOutcome {
  readonly outcome: string;
  readonly covariates: readonly KeptCovariate[];
  readonly interactions: readonly (readonly [string, string])[];
  /** Months of the estimation sample. */
  readonly months: readonly string[];
  /** Without the whole. */
  readonly breakdowns: readonly { readonly by: readonly string[]; readonly groups: readonly (readonly string[])[] }[];
}

export interface WhatIfBase {
  /** Empty where nothing is kept. */
  readonly outcomes: readonly KeptOutcome[];
}

export interface WhatIfQuestion {
  readonly outcome: string;
  /** Columns of the breakdown that is shown beside the whole; none for the whole alone. */
  readonly by: readonly string[];
  readonly seasonal: boolean;
  /** Term whose coefficients are wanted before and after. */
  readonly term?: string;
  readonly model?: ModelChange;
  readonly people?: readonly PeopleChange[];
  readonly person?: PersonLevels;
}

/** One group as it is and as it would be. */
export interface ComparedSeries {
  readonly group: string;
  readonly before: MonthlySeries;
  readonly after: MonthlySeries;
}

export interface ModelFigures {
  readonly n: number;
  /** Number of coefficients, the constant among them. */
  readonly rank: number;
  /** R² of least squares, pseudo-R² of a probit. */
  readonly share: number | null;
}

export interface ComparedCoefficient {
  readonly population: string;
  readonly level: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface WhatIfReply {
  readonly outcome: string;
  /** The grid that the series stand on. */
  readonly months: readonly string[];
  /** Null where neither model nor people change, or where it takes the rows. */
  readonly whole: ComparedSeries | null;
  readonly groups: readonly ComparedSeries[];
  readonly models: readonly { readonly population: string; readonly before: ModelFigures; readonly after: ModelFigures }[];
  readonly coefficients: readonly ComparedCoefficient[];
  readonly persons: readonly (OnePerson & { readonly population: string })[];
  /** The engine's own words. */
  readonly notes: readonly OutcomeNote[];
  /** How near the answer is where it is not exact, as in `first-order`. */
  readonly approximation: string | null;
  readonly milliseconds: number;
}
