/** Rows of one outcome and population (null where there is one only) left out because a covariate is missing. */
export interface DroppedCount {
  readonly outcome: number;
  readonly population: string | null;
  readonly covariate: string;
  readonly rows: number;
}

/** Counts rows left out by `missing: "drop"`. */
export class DroppedCounts {
  private readonly counts = new Map<string, DroppedCount>();

  add(count: DroppedCount): void {
    const key = JSON.stringify([count.outcome, count.population, count.covariate]);
    this.counts.set(key, { ...count, rows: count.rows + (this.counts.get(key)?.rows ?? 0) });
  }

  /** In the order of the covariates' names, whatever the order in which the rows came. */
  list(): DroppedCount[] {
    return [...this.counts.values()].sort((a, b) => (a.covariate < b.covariate ? -1 : a.covariate > b.covariate ? 1 : 0));
  }
}
