import type { DesignMatrix } from './coding/design-matrix.ts';
import { frameColumns, frameOf } from './coding/frame.ts';
import type { EstimateAll, OutcomeEstimate } from './run-estimates.ts';
import { covariateColumn } from './spec/columns.ts';
import type { ModelSpec } from './spec/model-spec.ts';
import { withholdFits, type LevelCounts, type WithheldLevels } from './withhold/coefficients.ts';
import { hiddenOf, type RunWithheld } from './withhold/published.ts';

export interface LevelsOfRun extends Pick<EstimateAll, 'rows' | 'pool' | 'signal'> {
  readonly spec: ModelSpec;
  readonly by: readonly (readonly string[])[];
  readonly estimates: readonly OutcomeEstimate[];
  readonly withheld: RunWithheld;
}

/** The fits without what tells of few persons. */
export async function withheldLevels({ rows, pool, signal, spec, by, estimates, withheld }: LevelsOfRun): Promise<WithheldLevels> {
  const bySample = new Map<number, Float64Array>();
  for (const sample of new Set(estimates.map((estimate) => estimate.sample))) {
    const parts = await pool.all((worker) => worker.levelPersons(sample), signal);
    bySample.set(sample, parts.reduce((sum, part) => sum.map((persons, column) => persons + part[column]!)));
  }
  const all = estimates.map(({ fit, sample, gram }) => ({ fit, counts: levelCounts(frameOf(rows.samples[sample]!.plan.design), gram.gram, bySample.get(sample)!) }));
  return withholdFits(all, { threshold: withheld.threshold, silent: silentTerms(spec, by, withheld) });
}

function levelCounts(frame: DesignMatrix, gram: Float64Array, persons: Float64Array): LevelCounts {
  const { main, crossed } = frameColumns(frame);
  const levelsOf = (f: number): number => frame.factors[f]!.labels.length;
  const run = (from: number, count: number, stride = 1): number[] => Array.from({ length: count }, (_, k) => from + k * stride);
  return {
    columns: frame.columns, rows: Float64Array.from(frame.columns, (_, a) => gram[(a * (a + 3)) / 2]!), persons,
    sums: [
      ...main.flatMap((first, f) => (first < 0 ? [] : [{ of: 0, parts: run(first, levelsOf(f)) }])),
      ...frame.interactions.flatMap(([a, b], i) => [
        ...run(0, levelsOf(a)).map((level) => ({ of: main[a]! + level, parts: run(crossed[i]! + level, levelsOf(b), levelsOf(a)) })),
        ...run(0, levelsOf(b)).map((level) => ({ of: main[b]! + level, parts: run(crossed[i]! + level * levelsOf(a), levelsOf(a)) })),
      ]),
    ],
  };
}

/** Terms whose column a breakdown with withheld cells has: their `n` over all months would tell of one. */
function silentTerms({ covariates, outcomes, separateBy = null }: ModelSpec, by: readonly (readonly string[])[], withheld: RunWithheld): Set<string> {
  // A breakdown that only answers are made of is not among those that are published, and held to tell of somebody.
  const columns = new Set(by.filter((one) => hiddenOf(withheld, one)?.includes(1) ?? true).flat());
  const listed = separateBy !== null && typeof separateBy === 'object' ? separateBy.groups.flatMap((group) => group.covariates ?? covariates) : covariates;
  return new Set(listed.filter((covariate) => outcomes.some(({ horizon }) => columns.has(covariateColumn(covariate, horizon)))).map(({ name }) => name));
}
