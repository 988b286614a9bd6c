/** Something that two runs have, or only one of them. */
export type Pair<T> = { readonly a: T; readonly b: T } | { readonly a: T; readonly b: null } | { readonly a: null; readonly b: T };

/**
 * The items of two lists in pairs of the same key, in the order of `a`; what only `b` has comes after what stands before
 * it in `b`. No two items of one list have the same key.
 */
export function pairsOf<T>(a: readonly T[], b: readonly T[], keyOf: (item: T) => string): Pair<T>[] {
  const ofB = new Map(b.map((item) => [keyOf(item), item]));
  const keysOfA = new Set(a.map(keyOf));
  const following = new Map<string | null, T[]>();
  let anchor: string | null = null;
  for (const item of b) {
    const key = keyOf(item);
    const list = following.get(anchor);
    if (keysOfA.has(key)) anchor = key;
    else if (list) list.push(item);
    else following.set(anchor, [item]);
  }
  const onlyB = (key: string | null): Pair<T>[] => (following.get(key) ?? []).map((item) => ({ a: null, b: item }));
  return [
    ...onlyB(null),
    ...a.flatMap((item): Pair<T>[] => {
      const key = keyOf(item);
      const other = ofB.get(key);
      return [other === undefined ? { a: item, b: null } : { a: item, b: other }, ...onlyB(key)];
    }),
  ];
}
