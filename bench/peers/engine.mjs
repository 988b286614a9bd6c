// The built engine as the benches of this folder use it: rows loaded once, the four outcomes estimated from resident rows.
import { createHash } from 'node:crypto';
import { modelColumns, ownModel } from '../../dist/engine/coding/model-columns.js';
import { estimateOutcome } from '../../dist/engine/estimate/estimate-outcome.js';
import { estimationMath } from '../../dist/engine/estimate/math.js';
import { listRegisterFiles } from '../../dist/engine/register/files-node.js';
import { main } from '../../dist/engine/spec/built-in.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';

/** Rows of the files in `folder`, coded for the model `main` and resident in the workers of `pool`. */
export async function loadMain(folder, pool) {
  const files = await listRegisterFiles([folder]);
  return loadRows({ spec: main, source: { files }, by: [], where: null, pool, onProgress: () => {} });
}

/** Every outcome from coded resident rows to its coefficient table: all of the step that the peers are timed at. */
export async function estimateAll(rows, pool) {
  const math = estimationMath(pool.kernels);
  const estimates = [];
  for (const [s, { plan, breaks }] of rows.samples.entries()) {
    const passes = rows.passes(s, () => {});
    const model = modelColumns(passes.frame, ownModel(plan.design));
    const gram = await passes.gram();
    for (const [index, o] of plan.outcomes.entries()) {
      const { name, family } = rows.plan.outcomes[o];
      const estimate = await estimateOutcome({
        outcome: name, index, family, population: plan.population, passes, model, gram, vcov: 'iid', level: 95, breaks, dropped: [], math,
      });
      estimates.push({ name, family, sample: s, ...estimate });
    }
  }
  return estimates;
}

/** One text for all estimates: the fits that are timed and those that peers are held against have to be the same. */
export function estimatesDigest(estimates) {
  const lines = estimates.map(({ fit }) => [fit.outcome, ...fit.coefficients.map(({ term, level, estimate, standardError }) => `${term} ${level} ${estimate} ${standardError}`)]);
  return createHash('sha256').update(JSON.stringify(lines.sort((a, b) => (a[0] < b[0] ? -1 : 1)))).digest('hex');
}
