/** Letters to insert, delete or exchange to turn one text into the other (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchange = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(exchange, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** The candidate most like `text`, upper and lower case alike; null where none shares at least half of it. */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase());
    const limit = Math.max(text.length, candidate.length) / 2;
    if (distance < fewest && distance <= limit) {
      best = candidate;
      fewest = distance;
    }
  }
  return best;
}

/** `; did you mean "x"?`, or nothing where no candidate is near. */
export function suggestion(text: string, candidates: Iterable<string>): string {
  const near = nearest(text, candidates);
  return near === null ? '' : `; did you mean ${JSON.stringify(near)}?`;
}
