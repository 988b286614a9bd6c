import type { Functionals } from '../uncertainty/influence.ts';

/** Functionals block by block, in the order of their places: a person is in the months of one group or two. */
export interface OrderedFunctionals {
  readonly functionals: Functionals;
  /** Four words a functional, as `InfluencePlan` has them. */
  readonly blocks: Uint32Array;
  /** By functional as it was asked for: its place here. */
  readonly slots: Uint32Array;
  /** `rows` of `width` values a functional, back in the order they were asked for. */
  inAskedOrder(values: BigInt64Array<ArrayBuffer>, width: number): BigInt64Array<ArrayBuffer>;
  /** From a row of places for each block and column to a row of columns for each functional, in the order they were asked for. */
  byFunctional(values: BigInt64Array<ArrayBuffer>, columns: number): BigInt64Array<ArrayBuffer>;
}

export function blockOrder(functionals: Functionals): OrderedFunctionals {
  const { count, base, place, layers, divisor, rows } = functionals;
  const from = Uint32Array.from({ length: count }, (_, f) => f).sort((a, b) => base[a]! - base[b]! || place[a]! - place[b]!);
  const slot = new Uint32Array(count);
  from.forEach((f, s) => (slot[f] = s));
  const sizes = new Map<number, number>();
  for (let f = 0; f < count; f++) sizes.set(base[f]!, (sizes.get(base[f]!) ?? 0) + 1);
  const blocks = Uint32Array.from({ length: 4 * count }, (_, at) => {
    const f = from[at >> 2]!;
    return [base[f]!, place[f]!, sizes.get(base[f]!)!, 0][at & 3]!;
  });
  return {
    functionals: {
      ...functionals,
      layers: layers.map((layer) => ({ ...layer, ofCell: layer.ofCell.map((f) => (f < count ? slot[f]! : f)) })),
      divisor: divisor.map((_, s) => divisor[from[s]!]!),
      rows: rows.map((_, s) => rows[from[s]!]!),
      base: base.map((_, s) => base[from[s]!]!),
      place: place.map((_, s) => place[from[s]!]!),
    },
    blocks,
    slots: slot,
    inAskedOrder(values, width) {
      const out = new BigInt64Array(values.length);
      slot.forEach((s, f) => out.set(values.subarray(s * width, (s + 1) * width), f * width));
      return out;
    },
    byFunctional(values, columns) {
      // Halves: an element of 64 bits by itself would be an object.
      const [halves, out] = [new Uint32Array(values.buffer), new Uint32Array(2 * values.length)];
      slot.forEach((s, f) => {
        const size = sizes.get(base[f]!)!;
        let at = 2 * ((s - place[f]!) * columns + place[f]!);
        for (let to = 2 * f * columns; to < 2 * (f + 1) * columns; to += 2, at += 2 * size) {
          out[to] = halves[at]!;
          out[to + 1] = halves[at + 1]!;
        }
      });
      return new BigInt64Array(out.buffer);
    },
  };
}
