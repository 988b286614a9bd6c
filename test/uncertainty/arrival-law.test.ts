import { describe, expect, it } from 'vitest';
import { arrivalLaw, drawStops } from '../../src/uncertainty/arrival-law.ts';

describe('where draws stop', () => {
  const law = arrivalLaw(10);
  const part = (before: number, ...times: number[]) => ({ totals: Float64Array.of(before), times: Float64Array.from(times), lanes: new Uint32Array(times.length) });

  it('is the arrival that completes the total, whoever had those before it', () => {
    expect([...drawStops([part(4, 0.9, 0.1), part(3, 0.5, 0.4)], law, 0).stops]).toEqual([0.5]);
    expect([...drawStops([part(4, 0.1, 0.5), part(3, 0.9), part(0, 0.4)], law, 0).stops]).toEqual([0.5]);
  });

  it.each([
    ['the total is there before the window', [part(10, 0.1)]],
    ['the window ends before it', [part(7, 0.1, 0.2)]],
    ['two arrivals come at once', [part(9, 0.3), part(0, 0.3)]],
  ])('is an error where %s', (_, parts) => {
    expect(() => drawStops(parts, law, 32)).toThrow(/Replicate 33 of 10 draws.*another seed/);
  });

  it('is in a window that narrows about 1 as clusters become many', () => {
    // Its length, by the chance that a cluster has no arrival in it: 2·√(2·25/n) or a little more.
    const lengths = [1e4, 1e6, 24e6].map((units) => -Math.log(arrivalLaw(units).words[0]! / 2 ** 32));
    [0.1414, 0.01414, 0.002887].forEach((length, k) => expect(lengths[k]! / length).toBeCloseTo(1, 1));
    expect(arrivalLaw(40).words[1]).toBe(0);
  });
});
