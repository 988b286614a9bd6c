import { counted, firstOf } from '../words.ts';

/** Of levels found in the data, and of how they are crossed. */
export const coding = {
  'spec.interaction-too-large': ({ cells, most }: { cells: number; most: number }) =>
    `An interaction has ${counted(cells, 'cell', 'cells')}; at most ${most} are possible. Merge levels or leave it out.`,
  'spec.interaction-covariate': ({ covariate }: { covariate: string }) => `The interaction names ${covariate}, which is not a covariate with levels here.`,
  'spec.label-count': ({ covariate, labels, values }: { covariate: string; labels: number; values: readonly string[] }) =>
    `${covariate} has ${counted(labels, 'label', 'labels')}, but the data have ${counted(values.length, 'value', 'values')}: ${firstOf(values)}.`,
  'spec.reference-level': ({ covariate, reference, levels }: { covariate: string; reference: string; levels: readonly string[] }) =>
    `The reference ${reference} of ${covariate} is not one of its levels: ${firstOf(levels)}.`,
  'data.no-value': ({ covariate }: { covariate: string }) =>
    `${covariate} has no value in any row, and so no levels. Fill the column in, or leave the covariate out.`,
  'data.too-many-levels': ({ covariate, values, most }: { covariate: string; values: number; most: number }) =>
    `${covariate} has ${counted(values, 'different value', 'different values')}; at most ${most} are possible. Is it a covariate with levels?`,
};
