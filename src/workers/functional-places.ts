import { combinationKinds, mainShare, type GroupingSums } from '../uncertainty/combinations.ts';
import type { Functionals, InfluenceRequest } from '../uncertainty/influence.ts';
import { fixedPointShift } from './fixed-point.ts';

/** A share beyond this is taken for it: see assembly/person.ts. */
const mostShare = 1 - 2 ** -20;

/**
 * Places of e by functional: half those that sums of its squares have room for, so that by Cauchy and Schwarz sums of products of any
 * two functionals have it too.
 *
 * @param residual bound on |r − centre|
 */
export function functionalPlaces({ functionals: { count, layers, divisor, rows }, cluster, smallSample = false }: InfluenceRequest, residual: number): Int16Array {
  // One row a month and cell at the most.
  const weight = new Float64Array(count);
  for (const layer of layers) {
    layer.ofCell.forEach((f, cell) => {
      if (f < count) weight[f] = cluster === 'row' ? Math.max(weight[f]!, layer.weight[cell]!) : weight[f]! + layer.weight[cell]!;
    });
  }
  return Int16Array.from(weight, (own, f) => {
    const share = smallSample ? Math.min(own / (divisor[f]! || 1), mostShare) : 0;
    const bound = residual * own;
    return Math.floor(fixedPointShift(rows[f]!, (bound * bound) / (1 - share)) / 2);
  });
}

/** Places of e·g, e at its own places: those bring |e| to no more than 2^25, and a sum of n to no more than 2^(31 + ½ log n). */
export function crossPlaces({ rows }: Functionals, g: number): number {
  const most = rows.reduce((largest, n) => Math.max(largest, n), 1);
  return Math.min(fixedPointShift(Math.ceil(Math.sqrt(most)), 2 ** 31 * g), fixedPointShift(1, 2 ** 25 * g));
}

/**
 * Places by group, kind and lane of the sums of combinations.
 *
 * @param rounded root of what a row's square may be rounded by in the cells' sums
 */
export function combinationPlaces({ groups, lanes, reach }: GroupingSums, { residual, rounded, g }: { residual: number; rounded: number; g: number }): Int16Array {
  const places = new Int16Array(groups * combinationKinds * lanes);
  for (let group = 0; group < groups; group++) {
    for (let lane = 0; lane < lanes; lane++) {
      const k = group * lanes + lane;
      const [a, b] = [Math.min(reach.own[k]! + rounded * reach.rounded[k]!, residual * reach.absolute[k]!), g * reach.estimate[k]!];
      const share = Math.min(reach.share[k]!, mainShare);
      const [q, u] = [1 / (1 - share), share / (1 - share)];
      const bounds = [a * a, a * b, a * a * q, a * b * Math.sqrt(q), share * share, share * u];
      // Of the person with most of the sum there is one at the most.
      const main = reach.share[k]! > 0.5 ? [a * a, a * b, 1] : [0, 0, 0];
      [...bounds, ...main].forEach((bound, kind) => {
        places[(group * combinationKinds + kind) * lanes + lane] = fixedPointShift(kind < bounds.length ? reach.rows[k]! : 1, bound);
      });
    }
  }
  return places;
}
