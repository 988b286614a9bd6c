// The main path in Chromium, rows made and coded in the workers: node bench/browser/run.mjs [--rows N] [--rounds N] [--workers N]
// Four outcomes of `main` from coded rows, time from cancel to idle, and how long the page's main thread is away. Fails where idle comes
// later than asked.
import { cpus } from 'node:os';
import { machine, machineLine, median, numberFlags, record, temporaryFolder } from '../measure.mjs';
import { estimatesDigest } from '../peers/engine.mjs';
import { openChromium } from './open-chromium.mjs';
import { servePage } from './serve.mjs';

/** Milliseconds from a cancel until no worker is at work on the run. */
const asked = 200;
const by = [['county'], ['office'], ['support_group'], ['measure']];
const { rows, rounds, workers } = numberFlags({ rows: 2_000_000, rounds: 3, workers: 2 });
const here = machine();
console.log(machineLine(here));
const { address, close } = await servePage(temporaryFolder());
const spared = Math.max(1, cpus().length - 1);

try {
  const estimated = await inPage(estimate);
  const responsive = await inPage((page) => respond(page, spared));
  record('browser', { bench: 'browser', ...here, browser: estimated.version, rows, workers, rounds, ...estimated.line, app: responsive.line });
  const late = responsive.line.cancelled.filter(({ toIdle }) => toIdle > asked);
  if (late.length > 0) {
    console.error(`Idle later than ${asked} ms after a cancel: ${late.map(({ phase, after, toIdle }) => `${after} ms into ${phase}, ${toIdle.toFixed(0)} ms`).join('; ')}.`);
    process.exitCode = 1;
  }
} finally {
  await close();
}

/** Runs `work` on a fresh page of a fresh browser. */
async function inPage(work) {
  const chromium = await openChromium();
  try {
    const page = await chromium.browser.newPage();
    page.on('pageerror', (error) => console.error(String(error)));
    await page.goto(address);
    return { version: chromium.version, line: await work(page, chromium) };
  } finally {
    await chromium.close();
  }
}

async function estimate(page, chromium) {
  console.log(`${chromium.version}, ${rows.toLocaleString('en')} rows, ${workers} workers`);
  await call(page, 'open', workers);
  const loaded = await call(page, 'load', { model: 'main', rows, by });
  const peakMiB = await chromium.peakMiB();
  console.log(`  rows made, read and coded in ${seconds(total(loaded.timings))} s; coded ${mib(loaded.bytes)} MiB, at most ${peakMiB} MiB resident`);
  const runs = [];
  // The first is the one that the engine's compiler warms up on.
  for (let round = 0; round <= rounds; round++) runs.push(await call(page, 'run'));
  const digests = new Set(runs.map(({ fits }) => estimatesDigest(fits.map((fit) => ({ fit })))));
  if (digests.size !== 1) throw new Error(`The rounds do not agree: ${[...digests].join(', ')}`);
  const times = (phase) => runs.slice(1).map(({ timings }) => Math.round(timings.find((timing) => timing.phase === phase).milliseconds));
  const traces = runs[0].fits.map(({ outcome, trace }) => ({ outcome, passes: count(trace), remainingStep: trace.at(-1).remainingStep }));
  console.log(`  four outcomes from coded rows: ${seconds(median(times('estimate')))} s (${times('estimate').map(seconds).join(', ')}); by group and month ${seconds(median(times('indicator')))} s`);
  for (const { outcome, passes, remainingStep } of traces) console.log(`    ${outcome.padEnd(7)} ${Object.entries(passes).map(([pass, n]) => `${n} ${pass}`).join(', ')}${remainingStep === null ? '' : `, remaining step ${remainingStep.toExponential(1)} s.e.`}`);
  return {
    loadMilliseconds: phases(loaded.timings), codedBytes: loaded.bytes, persons: loaded.persons, peakMiB,
    estimateMilliseconds: { median: Math.round(median(times('estimate'))), rounds: times('estimate') },
    indicatorMilliseconds: { median: Math.round(median(times('indicator'))), rounds: times('indicator') },
    traces, digest: [...digests][0],
  };
}

/** The app's run: how long the page's main thread is away while other threads compute, and how soon they are idle once cancelled. */
async function respond(page, count) {
  const whole = await call(page, 'app', { rows, workers: count });
  console.log(`  the app's run with ${count} ${count === 1 ? 'worker' : 'workers'}: ${seconds(whole.milliseconds)} s`);
  for (const [phase, { longestTask, longTasks, longestGap }] of Object.entries(whole.gaps)) {
    console.log(`    ${phase.padEnd(10)} longest task of the main thread ${longestTask === 0 ? 'under 50' : longestTask.toFixed(0)} ms (${longTasks} of 50 and more), longest wait of a timer ${longestGap.toFixed(1)} ms`);
  }
  // To get to a moment, all before it has to be done: at full size few moments are worth their minutes.
  const moments = [
    { phase: 'read', after: 500 }, { phase: 'code', after: 200 }, { phase: 'estimate', detail: 'jobb3', after: 100 },
    ...(rows > 4_000_000 ? [] : [{ phase: 'read', after: 0 }, { phase: 'code', after: 0 }, { phase: 'estimate', after: 0 }, { phase: 'indicator', after: 5 }]),
  ];
  const cancelled = [];
  for (const cancel of moments) {
    const { toIdle, gaps } = await call(page, 'app', { rows, workers: count, cancel });
    cancelled.push({ ...cancel, toIdle: round(toIdle), longestTask: round(gaps.all.longestTask) });
    console.log(`  cancelled ${cancel.after} ms into ${cancel.detail ?? cancel.phase}: idle after ${toIdle.toFixed(0)} ms`);
  }
  return { workers: count, milliseconds: Math.round(whole.milliseconds), gaps: whole.gaps, cancelled };
}

function call(page, name, argument) {
  return page.evaluate(({ name, argument }) => window.bench[name](argument), { name, argument });
}
function count(trace) {
  const passes = {};
  for (const { pass } of trace) passes[pass] = (passes[pass] ?? 0) + 1;
  return passes;
}
function total(timings) {
  return timings.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}
function phases(timings) {
  return Object.fromEntries(timings.map(({ phase, milliseconds }) => [phase, Math.round(milliseconds)]));
}
function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}
function mib(bytes) {
  return Math.round(bytes / 2 ** 20);
}
function round(value) {
  return Math.round(value * 10) / 10;
}
