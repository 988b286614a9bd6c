import { describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import { refitReplicates, type WeightedScore } from '../../src/uncertainty/replicate-refit.ts';
import { open } from '../kernels/open.ts';

/** Of −√(1 + (x − 2)²), from whose flanks Newton's whole steps run away. */
const flat = (x: number): WeightedScore => {
  const d = x - 2;
  const root = Math.sqrt(1 + d * d);
  return { hessian: Float64Array.of(1 / (root * root * root)), score: Float64Array.of(-d / root) };
};
/** Of a straight line that is taken for a curve. */
const endless = (): WeightedScore => ({ hessian: Float64Array.of(1), score: Float64Array.of(1) });
const kept = Uint8Array.of(1);

describe('estimates of replicates', () => {
  it('are reached where whole steps would go ever further, and asked for no longer', async () => {
    const { factorize } = estimationMath(await open());
    const asked: boolean[][] = [];
    const of = [flat, (x: number): WeightedScore => ({ hessian: Float64Array.of(2), score: Float64Array.of(2 * (3 - x)) })];
    const found = await refitReplicates(of.map((at) => at(0)), {
      kept, factorize,
      pass: (changes) => {
        asked.push(changes.map((one) => one !== null));
        return Promise.resolve(of.map((at, b) => at(changes[b]?.change[0] ?? 0)));
      },
    });
    expect(found.map(({ reached }) => reached)).toEqual([true, true]);
    expect(found[0]!.change[0]).toBeCloseTo(2, 9);
    expect(found[1]!.change[0]).toBe(3);
    expect(asked[0]).toEqual([true, true]);
    expect(asked.slice(1).every(([first, second]) => first && !second)).toBe(true);
    expect(asked.length).toBeLessThan(15);
  });

  it('are told apart from those that are not reached', async () => {
    const { factorize } = estimationMath(await open());
    let passes = 0;
    const found = await refitReplicates([endless(), flat(1.9)], { kept, factorize, pass: (changes) => ((passes += 1), Promise.resolve([endless(), flat(changes[1]?.change[0] ?? 0)])) });
    expect(found.map(({ reached }) => reached)).toEqual([false, true]);
    expect(passes).toBe(49);
  });
});
