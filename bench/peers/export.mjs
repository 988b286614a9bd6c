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
import { MessageChannel } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { nodeAssets } from '../../dist/engine/register/assets-node.js';
import { Pool } from '../../dist/engine/workers/pool.js';
import { RowWorker } from '../../dist/engine/workers/row-worker.js';
import { estimateAll, estimatesDigest, loadMain } from './engine.mjs';

/** A worker on this thread that lets its coded rows be read. */
class OpenWorker extends RowWorker {
  resident(sample) {
    return this['samples'][sample];
  }
}

const [data, out] = process.argv.slice(2);
const worker = new OpenWorker(nodeAssets);
const { port1: far, port2: near } = new MessageChannel();
expose(worker, nodeEndpoint(far));
const pool = await Pool.open([{ endpoint: nodeEndpoint(near), gone: new Promise(() => {}), terminate: () => {} }], await loadKernelModule());
const rows = await loadMain(data, pool);
const estimates = await estimateAll(rows, pool);
for (const estimate of estimates) writeOutcome(estimate, estimationRows(estimate));
console.log(JSON.stringify({ rows: rows.rows, persons: rows.persons, dataDigest: rows.digest, digest: estimatesDigest(estimates) }));
// The channel would keep the process.
process.exit();

function writeOutcome({ name, predictor, fit }, { design, codes, y, n }) {
  const picked = rowsLeft({ design, codes, n }, predictor);
  if (n !== fit.n || n - picked.length !== fit.setAside) throw new Error(`${name}: ${n} rows and ${n - picked.length} set aside, where the fit says ${fit.n} and ${fit.setAside}.`);
  const levels = design.factors.map((_, f) => factorLevels({ design, codes, n }, f));

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
  writeFileSync(join(folder, 'y.f64'), Float64Array.from(picked, (row) => y[row]));
  writeFileSync(join(folder, 'factors.csv'), `factor,covariate,levels\n${factors.join('\n')}\n`);
  writeFileSync(join(folder, 'ours.csv'), `name,term,level,estimate,std_error\n${ours.join('\n')}\n`);
}

/** Estimated levels counted from 1 in their order; all others are as the reference. */
function recode(coefficients) {
  const kept = coefficients.filter(({ status }) => status === 'estimated');
  return { kept, code: coefficients.map((coefficient) => 1 + kept.indexOf(coefficient)) };
}

/** The estimation rows of an outcome as they lie in the worker: composite codes and y. */
function estimationRows({ name, sample }) {
  const { kernels, sample: resident } = worker.resident(sample);
  const { plan, composites, outcomes, estimationRows: n } = resident;
  const { arena } = kernels;
  const { ptr: at, width: bytes } = outcomes[plan.outcomes.findIndex((o) => rows.plan.outcomes[o].name === name)];
  return {
    n,
    design: plan.design,
    codes: composites.map(({ ptr, width }) => (width === 1 ? arena.u8(ptr, n) : arena.u16(ptr, n))),
    y: bytes === 1 ? arena.u8(at, n) : bytes === 4 ? arena.f32(at, n) : arena.f64(at, n),
  };
}

/** Level of each row for one factor, taken out of the composite code it shares. */
function factorLevels({ design, codes, n }, f) {
  const home = design.composites.findIndex(({ factors }) => factors.includes(f));
  const stride = design.composites[home].strides[design.composites[home].factors.indexOf(f)];
  const count = design.factors[f].labels.length;
  const levels = new Uint8Array(n);
  for (let row = 0; row < n; row++) levels[row] = Math.floor(codes[home][row] / stride) % count;
  return levels;
}

/** Rows that are not set aside: separation carries the others' linear predictor beyond all measure. */
function rowsLeft({ design, codes, n }, predictor) {
  const picked = [];
  for (let row = 0; row < n; row++) {
    if (!design.composites.some(({ offset }, c) => Math.abs(predictor.levels[offset + codes[c][row]]) > 1e19)) picked.push(row);
  }
  return Uint32Array.from(picked);
}
