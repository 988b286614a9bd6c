import { mostCommonLevel } from '../coding/levels.ts';
import { modelColumns, type ModelColumns } from '../coding/model-columns.ts';
import type { DesignTerms } from '../coding/design-matrix.ts';
import type { LevelStatus, ReplacedReference } from './fit.ts';
import { diagonalSum } from './frame-sums.ts';

/**
 * The model with, in the place of each reference without a row, the most common level that has one (ties: the first). A
 * reference without rows would leave the other levels of its factor to sum to the constant, and one of them without a column.
 *
 * @param counts X′X of the frame over the rows that are estimated on, lower triangle
 * @param present a lower triangle whose diagonal tells which columns have such rows, where counts are of more rows than those
 */
export function effectiveReferences(frame: DesignTerms, columns: ModelColumns, counts: ArrayLike<number>, present = counts): ModelColumns {
  const { model } = columns;
  const references = model.factors.map(({ labels, reference }, f) => {
    const hasRows = (level: number): boolean => diagonalSum(present, columns.at([[f, level]])) > 0;
    if (hasRows(reference)) return reference;
    return mostCommonLevel(labels.map((_, level) => (hasRows(level) ? diagonalSum(counts, columns.at([[f, level]])) : 0)));
  });
  if (references.every((reference, f) => reference === model.factors[f]!.reference)) return columns;
  return modelColumns(frame, { ...model, factors: model.factors.map((factor, f) => ({ ...factor, reference: references[f]! })) });
}

/** References that others have taken the place of. */
export function replacedReferences(named: ModelColumns, effective: ModelColumns, status: readonly LevelStatus[]): ReplacedReference[] {
  return named.terms.factors.flatMap(({ name, labels, reference }, f): ReplacedReference[] => {
    const other = effective.terms.factors[f]!.reference;
    if (other === reference) return [];
    const j = effective.places.findIndex((place) => place.length === 1 && place[0]![0] === f && place[0]![1] === reference);
    return [{ term: name, named: labels[reference]!, effective: labels[other]!, why: status[j] === 'empty' ? 'empty' : 'separated' }];
  });
}
