import type { Functionals } from '../uncertainty/influence.ts';

/** Functionals in another order, and where each was before. */
export interface OrderedFunctionals {
  readonly functionals: Functionals;
  /** `rows` of `width` values a functional, back in the order they were asked for. */
  inAskedOrder(values: BigInt64Array<ArrayBuffer>, width: number): BigInt64Array<ArrayBuffer>;
}

/**
 * Functionals of a block next to each other, in the order of the block: a person is in the months of one group or two, so that what its
 * rows add to lies together in memory.
 */
export function blockOrder(functionals: Functionals): OrderedFunctionals {
  const { count, base, place, layers, divisor, rows } = functionals;
  const from = Uint32Array.from({ length: count }, (_, f) => f).sort((a, b) => base[a]! - base[b]! || place[a]! - place[b]! || a - b);
  const slot = new Uint32Array(count);
  from.forEach((f, s) => (slot[f] = s));
  return {
    functionals: {
      ...functionals,
      layers: layers.map((layer) => ({ ...layer, ofCell: layer.ofCell.map((f) => (f < count ? slot[f]! : f)) })),
      divisor: divisor.map((_, s) => divisor[from[s]!]!),
      rows: rows.map((_, s) => rows[from[s]!]!),
      base: base.map((_, s) => base[from[s]!]!),
      place: place.map((_, s) => place[from[s]!]!),
    },
    inAskedOrder(values, width) {
      const out = new BigInt64Array(values.length);
      slot.forEach((s, f) => out.set(values.subarray(s * width, (s + 1) * width), f * width));
      return out;
    },
  };
}
