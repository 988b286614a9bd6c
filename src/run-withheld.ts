import { monthInSample } from './coding/row-plan.ts';
import { addCellSums, type CellSums } from './indicator/cell-sums.ts';
import { calendarPartition, type PersonCounts } from './indicator/person-counts.ts';
import type { EstimateAll, OutcomeCellSums, OutcomeEstimate } from './run-estimates.ts';
import { runPersons, type RunPersons } from './run-persons.ts';
import { modelledColumns } from './spec/columns.ts';
import type { ModelSpec } from './spec/model-spec.ts';
import type { RunWithheld } from './withhold/published.ts';
import { crossedPairs } from './withhold/equations.ts';
import { withheldCells, type CountedMargin, type Overlap } from './withhold/withheld-cells.ts';
import { countPersons } from './workers/count-persons.ts';
import { countOverlaps } from './workers/count-overlaps.ts';

export interface WithholdRun extends Omit<EstimateAll, 'options'> {
  readonly spec: ModelSpec;
  readonly by: readonly (readonly string[])[];
  readonly estimates: readonly OutcomeEstimate[];
  readonly cells: readonly OutcomeCellSums[];
  readonly threshold: number;
  /** Whether sums of each population are published beside those of all. */
  readonly populations: boolean;
  /** Where they have been counted already: by month at least. */
  readonly persons?: RunPersons;
}

/** What a run withholds, so that no hidden cell follows from its files. */
export async function runWithheld(run: WithholdRun): Promise<RunWithheld> {
  const { rows, threshold, pool, signal } = run;
  const { plan } = rows.samples[0]!;
  const persons = run.persons ?? (await runPersons({ ...run, periods: ['month'] }));
  const margins = marginsOfAll(run, persons);
  const pairs = crossedPairs(margins);
  const overlaps = (await countOverlaps({ pool, pairs, signal })).map((component, p): Overlap => ({ pair: pairs[p]!, component }));
  const separate = run.populations && rows.plan.separateBy !== null ? rows.plan.separateBy : null;
  const apart = separate === null ? null : await marginsApart(run, separate);
  const sizes = margins.map(({ groups }) => groups.length);
  const found = withheldCells({
    threshold,
    months: plan.months,
    inSample: Array.from({ length: plan.months }, (_, t) => monthInSample(rows.plan, plan.firstMonth + t)),
    margins: [...margins, ...(apart?.margins ?? [])],
    overlaps: [...overlaps, ...(apart ? overlaps.map((one) => overlapApart(one, { sizes, months: plan.months, populations: apart.labels.length })) : [])],
  });
  return {
    threshold,
    by: run.by,
    byGrouping: found.slice(0, margins.length),
    byPopulation: new Map((apart?.labels ?? []).map((label, p) => [label, margins.map(({ groups }, g) => populationCells(found[margins.length + g]!, { groups: groups.length, p, populations: apart!.labels.length }))])),
  };
}

function marginsOfAll({ rows, cells, by, spec }: WithholdRun, persons: RunPersons): CountedMargin[] {
  return rows.samples[0]!.plan.groupings.slice(0, 1 + by.length).map(({ groups }, g) => {
    const columns = g === 0 ? [] : by[g - 1]!;
    return {
      by: columns,
      groups,
      summed: summedBy(columns, spec),
      outcomes: rows.plan.outcomes.map((_, o) => {
        const own = cells.filter(({ outcome }) => outcome === o).map(({ groupings }) => groupings[g]!);
        const counts = persons.of(o, g, 'month');
        return own.length > 0 && counts ? outcomeCounts(addCellSums(own), counts, rows.zeroOne[o]!) : null;
      }),
    };
  });
}

const outcomeCounts = ({ n, outcome }: CellSums, persons: PersonCounts, zeroOne: boolean) => ({ zeroOne, n, outcome, persons });

/**
 * Columns by which sums over the months are known elsewhere: of the whole and of populations the rows of fits; of the
 * levels of a covariate, or of two together, their rows, and that residuals sum to zero.
 */
function summedBy(by: readonly string[], spec: ModelSpec): string[][] {
  if (by.length === 0) return spec.sample?.where ? [] : [[]];
  const modelled = modelledColumns(spec);
  const own = by.filter((column) => modelled.has(column));
  return own.flatMap((column, i) => [[column], ...own.slice(i + 1).map((other) => [column, other])]);
}

/** The breakdowns within each population, all populations of one as one. */
async function marginsApart({ rows, cells, estimates, by, pool, signal, onProgress, spec }: WithholdRun, separate: string): Promise<{ margins: CountedMargin[]; labels: string[] }> {
  const { firstMonth, months, groupings } = rows.samples[0]!.plan;
  const labels = [...new Set(estimates.map(({ fit }) => fit.population))];
  const partitions = [calendarPartition(firstMonth, months, 'month')];
  const counts = new Map<OutcomeEstimate, PersonCounts[]>();
  for (const estimate of estimates) {
    const { sample, index, predictor, fit } = estimate;
    const onRows = (done: number): void => onProgress({ phase: 'indicator', detail: `${fit.outcome}, ${fit.population}, persons`, done, total: rows.samples[sample]!.size.rows, unit: 'rows' });
    const found = await countPersons({ pool, parts: [{ sample, outcome: index, predictor }], partitions, signal, onRows });
    counts.set(estimate, found.map(([own]) => own!));
  }
  const margins = groupings.slice(0, 1 + by.length).map(({ groups }, g): CountedMargin => {
    const cellCount = months * groups.length;
    /** Cells of all populations, month by month. */
    const together = (of: (estimate: OutcomeEstimate) => Float64Array, o: number, none: number): Float64Array => {
      const all = new Float64Array(cellCount * labels.length).fill(none);
      labels.forEach((label, p) => {
        const estimate = estimates.find(({ outcome, fit }) => outcome === o && fit.population === label);
        if (!estimate) return;
        of(estimate).forEach((value, cell) => (all[cellApart(cell, { groups: groups.length, p, populations: labels.length })] = value));
      });
      return all;
    };
    const columns = [...(g === 0 ? [] : by[g - 1]!), separate];
    return {
      by: columns,
      groups: labels.flatMap((label) => groups.map((group) => [...(g === 0 ? [] : group), label])),
      summed: summedBy(columns, spec),
      outcomes: rows.plan.outcomes.map((_, o) => {
        if (!estimates.some(({ outcome }) => outcome === o)) return null;
        const sums = (field: keyof CellSums): Float64Array =>
          together(({ sample, index }) => cells.find((one) => one.sample === sample && one.index === index)!.groupings[g]![field], o, 0);
        const person = (field: keyof PersonCounts, none = 0): Float64Array => together((estimate) => counts.get(estimate)![g]![field], o, none);
        return {
          zeroOne: rows.zeroOne[o]!,
          n: sums('n'),
          outcome: sums('outcome'),
          persons: {
            rows: person('rows'), persons: person('persons'), above: person('above'), below: person('below'), mostRows: person('mostRows'),
            size: person('size'), mostSize: person('mostSize'), lowest: person('lowest', Infinity), highest: person('highest', -Infinity),
          },
        };
      }),
    };
  });
  return { margins, labels };
}

interface Apart {
  readonly groups: number;
  readonly p: number;
  readonly populations: number;
}

const cellApart = (cell: number, { groups, p, populations }: Apart): number => Math.floor(cell / groups) * groups * populations + p * groups + (cell % groups);

const populationCells = (cells: Uint8Array, apart: Apart): Uint8Array =>
  Uint8Array.from({ length: cells.length / apart.populations }, (_, cell) => cells[cellApart(cell, apart)]!);

/** Who is where holds within each population too. */
function overlapApart({ pair, component }: Overlap, { sizes, months, populations }: { readonly sizes: readonly number[]; readonly months: number; readonly populations: number }): Overlap {
  const [own, others] = pair.map((place) => sizes[place]!) as [number, number];
  const size = own + others;
  const apart = new Int32Array(component.length * populations);
  for (let t = 0; t < months; t++) {
    for (let p = 0; p < populations; p++) {
      for (let k = 0; k < size; k++) {
        const part = component[t * size + k]!;
        const at = k < own ? p * own + k : populations * own + p * others + (k - own);
        apart[t * size * populations + at] = part < 0 ? -1 : part * populations + p;
      }
    }
  }
  return { pair: [pair[0] + sizes.length, pair[1] + sizes.length], component: apart };
}
