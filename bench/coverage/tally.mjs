// How often intervals held their targets, cell by cell and over cells, with the error that so many populations leave.

/** Smallest mean number of persons of a cell, by band; the first is the one that is judged. */
export const bands = [150, 100, 50, 0];
export const bandLabel = (band) => (band === 0 ? 'at least 150' : `${bands[band]} to ${bands[band - 1] - 1}`);

/** `outcomes` by population: 1 held, 0 not, −1 without interval. */
const emptyCell = () => ({ trials: 0, held: 0, without: 0, error: 0, squaredError: 0, variance: 0, outcomes: [] });

export class Tally {
  constructor() {
    this.populations = 0;
    /** method → outcome → `county period` → counts. */
    this.cells = new Map();
    /** Sum over the populations, by `county period`. */
    this.persons = new Map();
  }

  add({ points, persons }) {
    this.populations++;
    for (const [key, count] of persons) this.persons.set(key, (this.persons.get(key) ?? 0) + count);
    for (const { outcome, method, county, period, target, estimate, standardError, low, high } of points) {
      const cell = this.cell(method, outcome, `${county} ${period}`);
      if (Number.isNaN(standardError)) {
        cell.without++;
        cell.outcomes.push(-1);
        continue;
      }
      const holds = low <= target && target <= high ? 1 : 0;
      cell.trials++;
      cell.held += holds;
      cell.outcomes.push(holds);
      cell.error += estimate - target;
      cell.squaredError += (estimate - target) ** 2;
      cell.variance += standardError ** 2;
    }
  }

  cell(method, outcome, key) {
    const of = `${method}|${outcome}`;
    if (!this.cells.has(of)) this.cells.set(of, new Map());
    const cells = this.cells.get(of);
    if (!cells.has(key)) cells.set(key, emptyCell());
    return cells.get(key);
  }

  /** Persons in a cell, the mean over the populations. */
  personsIn(key) {
    return this.persons.get(key) / this.populations;
  }

  /** Coverage of one method and outcome over the cells that `wanted` takes; null where there are none. */
  summary(method, outcome, wanted) {
    const cells = [...(this.cells.get(`${method}|${outcome}`) ?? [])].filter(([key, { trials }]) => trials > 0 && wanted(key));
    if (cells.length === 0) return null;
    const shares = cells.map(([key, { held, trials }]) => ({ key, share: held / trials })).sort((a, b) => a.share - b.share);
    const mean = (of) => cells.reduce((sum, [, cell]) => sum + of(cell), 0) / cells.length;
    const perPopulation = Array.from({ length: this.populations }, (_, k) => {
      const known = cells.map(([, cell]) => cell.outcomes[k]).filter((holds) => holds >= 0);
      return known.length === 0 ? NaN : known.reduce((sum, holds) => sum + holds, 0) / known.length;
    }).filter((share) => !Number.isNaN(share));
    return {
      cells: cells.length,
      mean: mean(({ held, trials }) => held / trials),
      monteCarloError: deviation(perPopulation) / Math.sqrt(perPopulation.length),
      lowest: shares[0],
      highest: shares.at(-1),
      outside: shares.filter(({ share }) => share < 0.925 || share > 0.975),
      /** Root of mean SE² over mean squared error: 1 where standard errors are right. */
      errorRatio: Math.sqrt(mean(({ variance, trials }) => variance / trials) / mean(({ squaredError, trials }) => squaredError / trials)),
      /** Mean error over its root mean square, the mean over cells. */
      bias: mean(({ error, squaredError, trials }) => error / trials / Math.sqrt(squaredError / trials)),
      without: cells.reduce((sum, [, { without }]) => sum + without, 0),
    };
  }
}

function deviation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}
