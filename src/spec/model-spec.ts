/** The model spec: the one type that says what to estimate. Its text, meaning and defaults: docs/model-spec.md. */

export type Family = 'gaussian' | 'probit';
export type MissingPolicy = 'error' | 'level' | 'reference' | 'drop';

export interface Outcome {
  readonly name: string;
  /** Column of the table; the outcome's name where absent. */
  readonly column?: string;
  readonly family: Family;
  /** Months ahead; fills `{horizon}` in covariate columns and picks the seasonal reference months. */
  readonly horizon: number;
  /** Smallest and largest value allowed; a probit outcome is 0 or 1 always. */
  readonly range?: readonly [number, number];
}

interface CovariateBase {
  /** Term in the coefficient table. Two covariates may share a name if their level labels differ. */
  readonly name: string;
  /** Column of the table, `{horizon}` replaced by the outcome's; the covariate's name where absent. */
  readonly column?: string;
  readonly labels?: readonly string[];
  readonly reference?: string | number;
  readonly missing?: MissingPolicy;
}

export interface ValuesCovariate extends CovariateBase {
  readonly coding: 'values';
  readonly min?: number;
  readonly max?: number;
}
export interface IntervalsCovariate extends CovariateBase {
  readonly coding: 'intervals';
  readonly breaks: readonly number[];
}
export interface QuantilesCovariate extends CovariateBase {
  readonly coding: 'quantiles';
  readonly groups: number;
  readonly zero?: 'separate';
  readonly breaks?: readonly number[];
}
export interface EqualWidthCovariate extends CovariateBase {
  readonly coding: 'equal-width';
  readonly groups: number;
  readonly scale?: 'own' | 'common';
  readonly breaks?: readonly number[];
}
export interface PresentCovariate extends CovariateBase {
  readonly coding: 'present';
}
export interface NumericCovariate extends CovariateBase {
  readonly coding: 'numeric';
}
export type Covariate =
  | ValuesCovariate
  | IntervalsCovariate
  | QuantilesCovariate
  | EqualWidthCovariate
  | PresentCovariate
  | NumericCovariate;

export interface Sample {
  /** Months or `from/to` ranges, both ends included, as `YYYY-MM`. */
  readonly months?: readonly string[];
  readonly excludeMonths?: readonly string[];
  /** SQL condition on the columns of the table and derived ones. */
  readonly where?: string;
}

export interface SeparateGroups {
  readonly column: string;
  readonly groups: readonly { readonly label: string; readonly covariates?: readonly Covariate[] }[];
}

/** Which columns ask for care in reading; where absent, those of the analysis table (`src/guards/column-reading.ts`). */
export interface ReadingColumns {
  /** Columns that say what Nav itself has decided. */
  readonly decidedByNav?: readonly string[];
  /** Columns that say which measure a person is on. */
  readonly measures?: readonly string[];
}

export interface ModelSpec {
  readonly name: string;
  readonly person: string;
  readonly month: string;
  /** SQL expressions on the columns of the table, by the name of the column they make. */
  readonly derived?: Readonly<Record<string, string>>;
  readonly outcomes: readonly Outcome[];
  readonly covariates: readonly Covariate[];
  readonly interactions?: readonly (readonly [string, string])[];
  readonly sample?: Sample;
  readonly separateBy?: string | SeparateGroups | null;
  readonly seasonal?: { readonly reference: Readonly<Record<string, readonly string[]>> };
  readonly reading?: ReadingColumns;
}
