// This engine, from coded resident rows with warm workers: node bench/peers/ours.mjs DATA ROUNDS WORKERS. Prints JSON lines.
import { openPool } from '../../dist/engine/workers/open-node.js';
import { estimateAll, estimatesDigest, loadMain } from './engine.mjs';

const [data, rounds, workers] = process.argv.slice(2);
const pool = await openPool({ workers: Number(workers) });
const rows = await loadMain(data, pool);
await estimateAll(rows, pool);
for (let round = 0; round < Number(rounds); round++) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const estimates = await estimateAll(rows, pool);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const steps = estimates.map(({ fit }) => ({ outcome: fit.outcome, trace: fit.trace.map(({ pass }) => pass), remainingStep: fit.trace.at(-1).remainingStep }));
  console.log(JSON.stringify({ round, rows: rows.rows, seconds, cpuSeconds: (user + system) / 1e6, digest: estimatesDigest(estimates), steps }));
}
await pool.close();
