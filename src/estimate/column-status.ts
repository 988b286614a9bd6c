import { columnSums, type DesignMatrix } from '../coding/design-matrix.ts';
import type { LevelStatus } from './fit.ts';
import type { JointSums } from './gram-matrix.ts';
import type { Separated } from './separation.ts';

/** Whether each column has an estimate, and why where it has none. */
export function columnStatus(design: DesignMatrix, joint: JointSums, kept: Uint8Array, separated: readonly Separated[] | null): LevelStatus[] {
  const counts = columnSums(design, 1, joint.joint as Float64Array, new Float64Array(design.numerics.length).fill(1));
  const aside = new Set<number>();
  for (const { at } of separated ?? []) for (const j of columnsWithin(design, at)) aside.add(j);
  return design.columns.map((_, j) => {
    if (counts[j] === 0) return 'empty';
    if (kept[j]) return 'estimated';
    return aside.has(j) ? 'separated' : 'collinear';
  });
}

/** The column of a separated level or cell itself; none where it is a reference. */
function columnsWithin(design: DesignMatrix, at: Separated['at']): number[] {
  const term = at.map(([factor]) => design.factors[factor]!.name).join(':');
  const level = at.map(([factor, l]) => design.factors[factor]!.labels[l]!).join(':');
  const j = design.columns.findIndex((column) => column.term === term && column.level === level);
  return j < 0 ? [] : [j];
}

/** Reference levels, as `factor:level`, whose rows were all set aside. */
export function separatedReferences(design: DesignMatrix, separated: readonly Separated[]): Set<string> {
  return new Set(
    separated
      .filter(({ at }) => at.length === 1 && design.factors[at[0]![0]]!.reference === at[0]![1])
      .map(({ at }) => `${at[0]![0]}:${at[0]![1]}`),
  );
}
