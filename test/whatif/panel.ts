import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { panelSpec } from '../support/run-rows.ts';

/** Covariates of the random panel, all with levels and breaks that are given. */
export const covariates: readonly Covariate[] = [
  { name: 'age', coding: 'values', min: 18, max: 27, reference: 22 },
  { name: 'kids', coding: 'values', min: 0, max: 4, reference: 0 },
  { name: 'flag', coding: 'values', min: 0, max: 1, reference: 0 },
  { name: 'cohort', coding: 'values', reference: 'a' },
  { name: 'hours', coding: 'intervals', breaks: [0, 8, 16, 24, 32], labels: ['0', '0_8', '8_16', '16_24', '24_32', 'over_32'], reference: '0' },
  { name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate', breaks: [150_000, 300_000, 600_000], reference: 0 },
  { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 6, breaks: [0.015, 0.02, 0.025, 0.03, 0.035], reference: 1 },
];
export const interactions = [['cohort', 'kids'], ['flag', 'hours']] as const;
export const spec: ModelSpec = panelSpec(covariates, { interactions });

/** Rows whose hours are multiples of 1/8, so that their sums are exact in doubles whatever the order. */
export function dyadicPanel(seed: number, options: Parameters<typeof randomPanel>[1]): Row[] {
  const eighths = (value: unknown): number | null => (value === null ? null : Math.round(8 * (value as number)) / 8);
  return randomPanel(seed, options).map((row) => ({ ...row, hours3: eighths(row['hours3']), hours12: eighths(row['hours12']) }));
}
