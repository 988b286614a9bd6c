// A process that reads inputs one after the other in a worker thread, and watches it: an input that takes more than its processor time or memory
// is told of, and the process is over. Processor time, so that a busy machine finds nothing.
import { Worker } from 'node:worker_threads';

const limits = { processorSeconds: Number(process.argv[2] ?? 5), bytes: 2 ** 30, silentSeconds: 300 };
const interval = 50;

const send = (/** @type {object} */ message) => /** @type {any} */ (process).send(message);
const worker = new Worker(new URL('reading.mjs', import.meta.url));
/** @type {{ cpu: NodeJS.CpuUsage, since: number, what: string } | null} */
let under = null;

const processorSeconds = (/** @type {NodeJS.CpuUsage} */ since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** @param {string} fault */
function over(fault) {
  send({ done: { what: under?.what, fault } });
  process.exit(1);
}

worker.on('message', (message) => {
  if (message.ready) send(message);
  else if (message.began !== undefined) under = { cpu: process.cpuUsage(), since: performance.now(), what: message.began };
  else {
    const seconds = under === null ? 0 : processorSeconds(under.cpu);
    under = null;
    const peak = process.resourceUsage().maxRSS * 1024;
    const fault = message.done.fault ?? (peak > limits.bytes ? `memory ${Math.round(peak / 2 ** 20)} MiB` : null);
    send({ done: { ...message.done, fault, seconds, peak } });
  }
});
worker.on('error', (error) => {
  send({ done: { what: under?.what, fault: `the thread died: ${error.message}`, cause: error.stack } });
  process.exit(1);
});
setInterval(() => {
  if (under === null) return;
  if (processorSeconds(under.cpu) > limits.processorSeconds) over('hang');
  else if (process.memoryUsage.rss() > 2 * limits.bytes) over(`memory over ${2 * limits.bytes} bytes`);
  else if (performance.now() - under.since > 1000 * limits.silentSeconds) over('no answer');
}, interval);
process.on('message', (message) => worker.postMessage(message));
process.on('disconnect', () => process.exit());
