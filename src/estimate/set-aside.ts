import { placeName } from '../coding/model-columns.ts';
import { EngineError } from '../errors.ts';
import { nameOf, type EstimateRequest } from './estimate.ts';
import { Asides, findSeparated, type Aside, type Separated } from './separation.ts';

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
  const aside = new Asides(passes.frame);
  const separated: (Separated & { round: number })[] = [];
  let { gram } = request.gram;
  let { crossProduct } = request.gram.outcomes[index]!;
  for (let round = 0; ; round++) {
    const [n, ones] = [gram[0]!, crossProduct[0]!];
    if (ones === 0 || ones === n) {
      const args = { outcome: nameOf(request), limit: ones === 0 ? 0 : 1, rows: n } as const;
      if (round === 0) throw new EngineError('not-estimable.one-outcome', args);
      throw new EngineError('not-estimable.one-outcome-left', { ...args, setAside: request.gram.n - n, rounds: round, levels: separated.map(({ at }) => placeName(model.terms, at)) });
    }
    const found = findSeparated(model, { gram, crossProduct });
    if (found.length === 0) return { aside, separated, gram, crossProduct };
    separated.push(...found.map((one) => ({ ...one, round: round + 1 })));
    aside.add(model, found, () => nameOf(request));
    ({ gram, crossProduct } = await passes.left(index, aside.within));
  }
}
