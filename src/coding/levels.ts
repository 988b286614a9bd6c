/** Order of labels found in the data: by number where every label is one, else by code unit; the empty label first. */
export function sortLabels(labels: readonly string[]): string[] {
  const numeric = labels.every((label) => Number.isFinite(Number(label)));
  return [...labels].sort((a, b) => {
    if (numeric && a !== '' && b !== '' && Number(a) !== Number(b)) return Number(a) - Number(b);
    return a < b ? -1 : a > b ? 1 : 0;
  });
}

/** Groups in the order of their labels, column by column. */
export function sortGroups(groups: readonly (readonly string[])[]): string[][] {
  const columns = groups[0]?.length ?? 0;
  const ranks = Array.from({ length: columns }, (_, c) => {
    const sorted = sortLabels([...new Set(groups.map((group) => group[c]!))]);
    return new Map(sorted.map((label, rank) => [label, rank]));
  });
  return groups.map((g) => [...g]).sort((a, b) => {
    for (let c = 0; c < columns; c++) {
      const difference = ranks[c]!.get(a[c]!)! - ranks[c]!.get(b[c]!)!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** The most common level; ties go to the first. */
export function mostCommonLevel(counts: ArrayLike<number>): number {
  let best = 0;
  for (let level = 1; level < counts.length; level++) if (counts[level]! > counts[best]!) best = level;
  return best;
}
