// The coded levels of a population, one folder an outcome, for peers to estimate the same model on the same rows:
//   node bench/peers/export.mjs DATA OUT
// <outcome>/factors.csv  factor, covariate, number of levels; the last factor is the interaction's crossed cells
//           f01.u8 …     one byte a row: 0 the reference, 1, 2, … the levels with an estimate
//           y.f64        the outcome
//           ours.csv     name (f01_1 is level 1 of factor f01), term, level, estimate and standard error of this engine
// The peers get the problem that is left: no columns without an estimate, no rows set aside by separation. So none of
// them has to find either, and their coefficients are the same numbers as ours.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RowState } from '../../dist/engine/coding/coded-rows.js';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { openKernels } from '../../dist/engine/kernels/wasm.js';
import { nodeAssets } from '../../dist/engine/register/assets-node.js';
import { rowLevels } from '../../dist/engine/workers/code-sample.js';
import { RowWorker } from '../../dist/engine/workers/row-worker.js';
import { estimateAll, estimatesDigest, loadMain } from './engine.mjs';

/** A worker on this thread that also keeps each row's level of every factor. */
class LevelKeeper extends RowWorker {
  kept = [];
  async code(plans, tick) {
    for (const plan of plans) {
      const { factors } = plan.design;
      this.kept.push({
        design: plan.design,
        levels: plan.factorSources.map((source, f) => rowLevels(this.store, source, factors[f].labels.length)),
        outcomes: plan.outcomes.map((o) => this.store.outcome(o).slice()),
        states: plan.outcomes.map((o) => this.store.states(o).slice()),
        order: plan.outcomes,
      });
    }
    return super.code(plans, tick);
  }
}

const [data, out] = process.argv.slice(2);
const module = await loadKernelModule();
const worker = new LevelKeeper(nodeAssets);
worker.open({ module, index: 0, workers: 1 });
const pool = { size: 1, kernels: openKernels(module), all: async (call) => [await call(worker, 0)], deliver: async () => {} };
const rows = await loadMain(data, pool);
const estimates = await estimateAll(rows, pool);
for (const estimate of estimates) writeOutcome(estimate, worker.kept[estimate.sample]);
console.log(JSON.stringify({ rows: rows.rows, persons: rows.persons, dataDigest: rows.digest, digest: estimatesDigest(estimates) }));

function writeOutcome({ name, predictor, fit }, sample) {
  const { design, levels } = sample;
  const index = sample.order.findIndex((o) => rows.plan.outcomes[o].name === name);
  const picked = rowsLeft(sample, index, predictor);
  const estimated = sample.states[index].reduce((sum, state) => sum + (state === RowState.estimated), 0);
  if (estimated !== fit.n || fit.n - picked.length !== fit.setAside) throw new Error(`${name}: ${estimated} rows and ${estimated - picked.length} set aside, where the fit says ${fit.n} and ${fit.setAside}.`);

  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  const table = [...fit.coefficients];
  const constant = table.shift();
  const ours = [`constant,constant,,${constant.estimate},${constant.standardError}`];
  const factors = [];
  const write = (covariate, codes, coefficients) => {
    const factor = `f${String(factors.length + 1).padStart(2, '0')}`;
    factors.push(`${factor},${covariate},${1 + coefficients.length}`);
    coefficients.forEach(({ term, level, estimate, standardError }, i) => ours.push(`${factor}_${i + 1},${term},${level},${estimate},${standardError}`));
    writeFileSync(join(folder, `${factor}.u8`), codes);
  };

  design.factors.forEach(({ name: covariate, labels }, f) => {
    const own = table.splice(0, labels.length);
    const { code, kept } = recode(own);
    write(covariate, Uint8Array.from(picked, (row) => code[levels[f][row]]), kept);
  });
  for (const [a, b] of design.interactions) {
    const [first, second] = [design.factors[a], design.factors[b]];
    const cells = [];
    second.labels.forEach((_, j) => first.labels.forEach((__, i) => {
      if (i !== first.reference && j !== second.reference) cells.push([i, j]);
    }));
    const { code, kept } = recode(table.splice(0, cells.length));
    const byCell = new Uint8Array(first.labels.length * second.labels.length);
    cells.forEach(([i, j], k) => (byCell[i + j * first.labels.length] = code[k]));
    write(`${first.name}:${second.name}`, Uint8Array.from(picked, (row) => byCell[levels[a][row] + levels[b][row] * first.labels.length]), kept);
  }
  if (table.length > 0) throw new Error(`${name}: ${table.length} coefficients belong to no factor.`);
  const y = sample.outcomes[index];
  writeFileSync(join(folder, 'y.f64'), Float64Array.from(picked, (row) => y[row]));
  writeFileSync(join(folder, 'factors.csv'), `factor,covariate,levels\n${factors.join('\n')}\n`);
  writeFileSync(join(folder, 'ours.csv'), `name,term,level,estimate,std_error\n${ours.join('\n')}\n`);
}

/** Estimated levels counted from 1 in their order; all others are as the reference. */
function recode(coefficients) {
  const kept = coefficients.filter(({ status }) => status === 'estimated');
  return { kept, code: coefficients.map((coefficient) => 1 + kept.indexOf(coefficient)) };
}

/** Estimation rows whose linear predictor is finite in kind: separation carries it beyond all measure. */
function rowsLeft({ design, levels, states }, index, predictor) {
  const picked = [];
  for (let row = 0; row < states[index].length; row++) {
    if (states[index][row] !== RowState.estimated) continue;
    const aside = design.composites.some(({ factors, strides, offset }) => {
      const cell = factors.reduce((code, f, k) => code + strides[k] * levels[f][row], offset);
      return Math.abs(predictor.levels[cell]) > 1e19;
    });
    if (!aside) picked.push(row);
  }
  return Uint32Array.from(picked);
}
