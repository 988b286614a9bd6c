import { levelName, missingLabel } from './level-names.ts';
import type { Covariate } from './model-spec.ts';

/** Most levels one covariate may have. */
export const maxLevels = 4096;

/**
 * Number of levels before any row is read, the `missing` level not counted; null where the data decide (`values` without
 * `min` and `max`) or there are none (`numeric`).
 */
export function staticLevelCount(covariate: Covariate): number | null {
  switch (covariate.coding) {
    case 'values':
      return covariate.min === undefined || covariate.max === undefined ? null : covariate.max - covariate.min + 1;
    case 'intervals':
      return covariate.breaks.length + 1;
    case 'quantiles':
      return covariate.groups + (covariate.zero === 'separate' ? 1 : 0);
    case 'equal-width':
      return covariate.groups;
    case 'present':
      return 2;
    case 'numeric':
      return null;
  }
}

/** Number of the first level: what level 0 in level order is called without `labels`. */
function firstLevel(covariate: Covariate): number {
  switch (covariate.coding) {
    case 'values':
      return covariate.min ?? 0;
    case 'quantiles':
      return covariate.zero === 'separate' ? 0 : 1;
    case 'equal-width':
      return 1;
    default:
      return 0;
  }
}

/** Names of the levels in their order where they are known before any row is read, a `missing` level last; else null. */
export function staticLevels(covariate: Covariate): string[] | null {
  const count = staticLevelCount(covariate);
  if (count === null) return null;
  const first = firstLevel(covariate);
  const labels = covariate.labels ?? Array.from({ length: count }, (_, level) => String(first + level));
  return withMissing(covariate, labels.map(levelName));
}

/** As `staticLevels`, and also the labels given to a covariate whose number of levels the data decide. */
export function knownLevels(covariate: Covariate): string[] | null {
  return covariate.labels === undefined ? staticLevels(covariate) : withMissing(covariate, covariate.labels.map(levelName));
}

const withMissing = (covariate: Covariate, labels: readonly string[]): string[] =>
  covariate.missing === 'level' ? [...labels, missingLabel] : [...labels];

/** The label that `reference` names; null where the most common level is to be the reference. */
export function referenceLabel(covariate: Covariate): string | null {
  return covariate.reference === undefined ? null : String(covariate.reference);
}
