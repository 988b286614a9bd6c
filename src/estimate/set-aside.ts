import { EngineError } from '../errors.ts';
import { nameOf, type EstimateRequest } from './estimate.ts';
import { findSeparated, setAside, type Aside, type Separated } from './separation.ts';

/** The rows left when separated levels have been set aside. */
export interface RowsLeft {
  readonly aside: Aside;
  readonly separated: readonly (Separated & { /** From 1. */ readonly round: number })[];
  /** X′X and X′y of the frame. */
  readonly gram: Float64Array;
  readonly crossProduct: Float64Array;
}

/** Names separated levels and cells and sets their rows aside, until nothing changes. */
export async function setAsideSeparated(request: EstimateRequest): Promise<RowsLeft> {
  const { passes, index, model } = request;
  const cells = passes.frame.levelCells;
  const aside: Aside = { within: new Float64Array(cells), outside: new Float64Array(cells) };
  const separated: (Separated & { round: number })[] = [];
  let { gram } = request.gram;
  let { crossProduct } = request.gram.outcomes[index]!;
  for (let round = 0; ; round++) {
    const [n, ones] = [gram[0]!, crossProduct[0]!];
    if (ones === 0 || ones === n) {
      throw new EngineError(
        'not-estimable',
        `${nameOf(request)}: ${round === 0 ? 'everybody has' : 'once the separated levels are set aside, everybody left has'} the outcome ${ones === 0 ? 0 : 1} (${n} rows), so that a probit has no estimate.`,
      );
    }
    const found = findSeparated(model, { gram, crossProduct });
    if (found.length === 0) return { aside, separated, gram, crossProduct };
    separated.push(...found.map((one) => ({ ...one, round: round + 1 })));
    setAside(aside, found, { frame: passes.frame, model, round });
    ({ gram, crossProduct } = await passes.left(index, aside.within));
  }
}
