import { EngineError } from '../errors.ts';
import { nameOf, type EstimateRequest } from './estimate.ts';
import type { JointSums } from './gram-matrix.ts';
import type { ColumnTotals } from './passes.ts';
import { findSeparated, setAside, type Aside, type Separated } from './separation.ts';

/** The rows left when separated levels have been set aside. */
export interface RowsLeft {
  readonly aside: Aside;
  readonly separated: readonly Separated[];
  readonly joint: JointSums;
  readonly totals: ColumnTotals;
}

/** Names separated levels and cells and sets their rows aside, until nothing changes. */
export async function setAsideSeparated(request: EstimateRequest): Promise<RowsLeft> {
  const { passes, gram, index } = request;
  const cells = passes.design.levelCells;
  const aside: Aside = { within: new Float64Array(cells), outside: new Float64Array(cells) };
  const separated: Separated[] = [];
  let joint = gram.joint;
  let { totals } = gram.outcomes[index]!;
  for (let round = 0; ; round++) {
    const n = Array.from({ length: passes.design.composites[0]!.levels }, (_, cell) => joint.joint[cell]!).reduce((sum, count) => sum + count, 0);
    if (totals.total === 0 || totals.total === n) {
      throw new EngineError(
        'not-estimable',
        `${nameOf(request)}: ${round === 0 ? 'everybody has' : 'once the separated levels are set aside, everybody left has'} the outcome ${totals.total === 0 ? 0 : 1} (${n} rows), so that a probit has no estimate.`,
      );
    }
    const found = findSeparated(passes.design, joint.joint, totals);
    if (found.length === 0) return { aside, separated, joint, totals };
    separated.push(...found);
    setAside(passes.design, aside, found, round);
    ({ joint, totals } = await passes.left(index, aside.within));
  }
}
