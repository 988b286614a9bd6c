// What-if at full size, without a row: sums of the size of 79 months, 15 counties and 300 offices, and 200 questions one after the
// other: coefficients with standard errors, and actual and expected sums of every cell. Least squares with other models, other people,
// the same for a probit as previews, and a month out and in again. node bench/what-if.mjs [--runs N]
import { machine, machineLine, numberFlags, record } from './measure.mjs';

const { runs } = numberFlags({ runs: 200 });
const load = (path) => import(new URL(`../dist/engine/${path}`, import.meta.url).href);
const [{ designMatrix }, { estimationMath }, { loadKernelModule }, { openKernels }, { builtInSpecs }, { staticLevels, referenceLabel }] = await Promise.all(
  ['coding/design-matrix.js', 'estimate/math.js', 'kernels/load-node.js', 'kernels/wasm.js', 'spec/built-in.js', 'spec/levels.js'].map(load),
);
const [{ openWhatIf }, { dropMonths, addMonths }] = await Promise.all(['whatif/what-if.js', 'whatif/months.js'].map(load));
const math = estimationMath(openKernels(await loadKernelModule()));
const months = 79;
const rowsAMonth = 4000;

/** Sums of drawn rows, multiplied up to the number of rows of the register: the work does not depend on the counts. */
function drawnSums(spec) {
  const factors = spec.covariates.map((covariate) => ({ name: covariate.name, labels: staticLevels(covariate), reference: -1 }));
  const named = (name) => factors.findIndex((factor) => factor.name === name);
  const interactions = spec.interactions.map(([a, b]) => [named(a), named(b)]);
  const frame = designMatrix({ factors, numerics: [], terms: factors.map((_, factor) => ({ factor })), interactions });
  const length = frame.columns.length;
  const firstMonth = 12 * 2017 + 11;
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  const grouping = (by, groups) => ({
    by, groups, firstMonth, months,
    n: new Uint32Array(months * groups.length), x: new Uint32Array(months * groups.length * length),
    outcome: [0, 1].map(() => new Float64Array(months * groups.length)), outcomeSquared: [0, 1].map(() => new Float64Array(months * groups.length)),
  });
  const labels = (n) => Array.from({ length: n }, (_, k) => [String(k)]);
  const groupings = [grouping([], [[]]), grouping(['county'], labels(15)), grouping(['office'], labels(300))];
  const kept = Array.from({ length: months }, (_, t) => {
    const gram = new Uint32Array((length * (length + 1)) / 2);
    const [sums, jobs] = [new BigInt64Array(length), new BigInt64Array(length)];
    let squares = 0n;
    for (let row = 0; row < rowsAMonth; row++) {
      const levels = factors.map((factor) => Math.floor(factor.labels.length * next() * next()));
      const active = [0];
      let at = 1;
      factors.forEach((factor, f) => {
        active.push(at + levels[f]);
        at += factor.labels.length;
      });
      for (const [a, b] of interactions) active.push(at + levels[b] * factors[a].labels.length + levels[a]);
      const job = Number(next() < 0.4);
      const y = Math.round(64 * (levels[0] / 4 + 20 * next()));
      for (const a of active) {
        sums[a] += BigInt(y) << 18n;
        jobs[a] += BigInt(job) << 24n;
        for (const b of active) if (b <= a) gram[(a * (a + 1)) / 2 + b] += 75;
      }
      squares += BigInt(y * y) << 12n;
      const office = Math.floor(300 * next());
      for (const [g, group] of [[0, 0], [1, office % 15], [2, office]]) {
        const cell = t * groupings[g].groups.length + group;
        groupings[g].n[cell] += 75;
        groupings[g].outcome[0][cell] += (75 * y) / 64;
        groupings[g].outcomeSquared[0][cell] += 75 * (y / 64) ** 2;
        groupings[g].outcome[1][cell] += 75 * job;
        groupings[g].outcomeSquared[1][cell] += 75 * job;
        for (const a of active) groupings[g].x[cell * length + a] += 75;
      }
    }
    return { month: firstMonth + t, inSample: true, gram, outcomeSums: [sums.map((v) => v * 75n), jobs.map((v) => v * 75n)], squares: BigInt64Array.of(squares * 75n, jobs[0] * 75n) };
  });
  const references = spec.covariates.map((covariate, f) => Math.max(0, factors[f].labels.indexOf(referenceLabel(covariate))));
  const outcome = (name, family) => ({ name, family, horizon: 3, zeroOne: family === 'probit', yShift: 24, y2Shift: 24 });
  // A probit near its fit: weights of 0.6 a row, densities of 0.35, expected values of 0.4.
  const probit = {
    months: kept.map(({ month, gram }) => ({ month, information: Float32Array.from(gram, (count) => 0.6 * count), score: Float64Array.from({ length }, () => 20 * (next() - 0.5)) })),
    groupings: groupings.map(({ n, x }) => ({ expected: Float64Array.from(n, (count) => 0.4 * count), density: Float32Array.from(x, (count) => 0.35 * count) })),
  };
  return { population: null, frame, references, breaks: [], months: kept, outcomes: [outcome('atid3', 'gaussian'), outcome('jobb3', 'probit')], groupings, probits: [null, probit] };
}

/** A fit of every level that is kept, with coefficients of no meaning. */
const fitOf = (kept, outcome, family) => ({
  outcome, population: '', family,
  coefficients: kept.frame.columns.map(({ term, level }, a) => ({ term, level, status: 'estimated', estimate: family === 'probit' ? 0.02 * ((a % 7) - 3) : 0.1 * (a % 5) })),
});

const cases = {};
function timed(model, name, count, body) {
  const [wall, processor] = [[], []];
  for (let run = 0; run < Math.min(count, 10); run++) body(run);
  for (let run = 0; run < count; run++) {
    const before = process.cpuUsage();
    const started = performance.now();
    body(run);
    wall.push(performance.now() - started);
    processor.push(process.cpuUsage(before).user / 1000);
  }
  const at = (values, share) => Number([...values].sort((a, b) => a - b)[Math.ceil(share * count) - 1].toFixed(2));
  (cases[model] ??= {})[name] = { runs: count, medianMs: at(wall, 0.5), p95Ms: at(wall, 0.95), processorMedianMs: at(processor, 0.5), processorP95Ms: at(processor, 0.95) };
  console.log(`  ${model.padEnd(7)} ${name.padEnd(24)} median ${at(wall, 0.5).toFixed(1)} ms, p95 ${at(wall, 0.95).toFixed(1)} ms; processor ${at(processor, 0.5).toFixed(1)} and ${at(processor, 0.95).toFixed(1)} ms`);
}

const here = machine();
console.log(machineLine(here));
for (const model of ['main', 'table4']) {
  const kept = drawnSums(builtInSpecs.get(model));
  const fits = [fitOf(kept, 'atid3', 'gaussian'), fitOf(kept, 'jobb3', 'probit')];
  const whatIf = openWhatIf({ spec: builtInSpecs.get(model), options: { period: 'month', level: 95, relativeTo: null }, fits, kept: [kept] }, math);
  const covariates = [...new Set(kept.frame.factors.map((factor) => factor.name))].filter((covariate) => !/country|residence/.test(covariate));
  const changes = [
    (k) => ({ drop: [covariates[k % covariates.length]] }),
    (k) => ({ merge: [{ covariate: 'age', levels: ['30', '31', String(32 + (k % 20))] }] }),
    (k) => ({ reference: [{ covariate: 'age', level: String(20 + (k % 20)) }] }),
    () => ({ dropInteractions: [['country_group', 'residence_time']] }),
    (k) => ({ dropMonths: [`2020-03/2021-${String((k % 12) + 1).padStart(2, '0')}`] }),
  ];
  const people = [
    (k) => ({ kind: 'shift', covariate: 'unemployment_inflow', by: -1 - (k % 3) }),
    () => ({ kind: 'set', covariate: 'health_benefit', level: '0' }),
    (k) => ({ kind: 'mix', group: { county: String(k % 15) }, like: { county: String((k + 1) % 15) } }),
    (k) => ({ kind: 'set', covariate: 'children', level: '0', group: { county: String(k % 15) } }),
  ];
  for (const [outcome, kind] of [['atid3', 'least squares'], ['jobb3', 'probit preview']]) {
    const ask = (request) => {
      const { cells } = whatIf({ outcomes: [outcome], ...request });
      if (!(cells[0].groupings[2].expected.length === 79 * 300)) throw new Error(`${kind}: no answer.`);
    };
    timed(model, `${kind}, model`, runs, (k) => ask({ model: changes[k % changes.length](k) }));
    timed(model, `${kind}, people`, runs, (k) => ask({ people: [people[k % people.length](k)] }));
  }
  const month = (k) => kept.months[k % months].month;
  const others = (k) => kept.months.map((one) => one.month).filter((m) => m !== month(k));
  const newer = Array.from({ length: 3 }, (_, k) => dropMonths(kept, others(k)));
  const without = Array.from({ length: 3 }, (_, k) => dropMonths(kept, [month(k)]));
  timed(model, 'month out', Math.ceil(runs / 4), (k) => dropMonths(kept, [month(k)]));
  timed(model, 'month in', Math.ceil(runs / 4), (k) => addMonths(without[k % 3], newer[k % 3]));
}
record('what-if', { bench: 'what-if', ...here, months, counties: 15, offices: 300, cases });
