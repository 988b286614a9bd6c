/**
 * Whether the model holds the mean of a group's residuals over all its rows at zero: `exact` by least squares where the group is a
 * level or a sum of levels; `near` of a probit, or where rows are shown that were not estimated on; `no` where the group shares a
 * level with others, or the model has no levels for it.
 */
export type ZeroMean = 'exact' | 'near' | 'no';

export interface ZeroMeans {
  readonly outcome: string;
  readonly by: readonly string[];
  readonly groups: readonly (readonly string[])[];
  /** By group. */
  readonly zero: readonly ZeroMean[];
}
