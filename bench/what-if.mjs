// What-if at full size: refits and people changes on sums of the size of 79 months, 15 counties and 300 offices: coefficients
// with standard errors, and actual and expected sums of every cell.
// node bench/what-if.mjs [folder of the built engine]
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const engine = pathToFileURL(`${resolve(process.argv[2] ?? new URL('../dist/engine', import.meta.url).pathname)}/`);
const load = (path) => import(new URL(path, engine));
const [{ designMatrix }, { estimationMath }, { loadKernelModule }, { openKernels }, { builtInSpecs }, { staticLevels, referenceLabel }] = await Promise.all(
  ['coding/design-matrix.js', 'estimate/math.js', 'kernels/load-node.js', 'kernels/wasm.js', 'spec/built-in.js', 'spec/levels.js'].map(load),
);
const [{ openOlsWhatIf }, { peopleChange }, { baseModel }, { dropMonths, addMonths }] = await Promise.all(
  ['whatif/ols-what-if.js', 'whatif/people-change.js', 'whatif/model-change.js', 'whatif/months.js'].map(load),
);
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
    outcome: [new Float64Array(months * groups.length)], outcomeSquared: [new Float64Array(months * groups.length)],
  });
  const labels = (n) => Array.from({ length: n }, (_, k) => [String(k)]);
  const groupings = [grouping([], [[]]), grouping(['county'], labels(15)), grouping(['office'], labels(300))];
  const kept = Array.from({ length: months }, (_, t) => {
    const gram = new Uint32Array((length * (length + 1)) / 2);
    const sums = new BigInt64Array(length);
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
      const y = Math.round(64 * (levels[0] / 4 + 20 * next()));
      for (const a of active) {
        sums[a] += BigInt(y) << 18n;
        for (const b of active) if (b <= a) gram[(a * (a + 1)) / 2 + b] += 75;
      }
      squares += BigInt(y * y) << 12n;
      const office = Math.floor(300 * next());
      for (const [g, group] of [[0, 0], [1, office % 15], [2, office]]) {
        const cell = t * groupings[g].groups.length + group;
        groupings[g].n[cell] += 75;
        groupings[g].outcome[0][cell] += (75 * y) / 64;
        groupings[g].outcomeSquared[0][cell] += 75 * (y / 64) ** 2;
        for (const a of active) groupings[g].x[cell * length + a] += 75;
      }
    }
    return { month: firstMonth + t, inSample: true, gram, outcomeSums: [sums.map((v) => v * 75n)], squares: BigInt64Array.of(squares * 75n) };
  });
  const references = spec.covariates.map((covariate, f) => Math.max(0, factors[f].labels.indexOf(referenceLabel(covariate))));
  return { population: null, frame, references, breaks: [], months: kept, outcomes: [{ name: 'atid3', family: 'gaussian', horizon: 3, zeroOne: false, yShift: 24, y2Shift: 24 }], groupings };
}

function timed(name, runs, body) {
  const [wall, processor] = [[], []];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const started = performance.now();
    body(run);
    wall.push(performance.now() - started);
    processor.push(process.cpuUsage(before).user / 1000);
  }
  const at = (values, share) => Number([...values].sort((a, b) => a - b)[Math.ceil(share * runs) - 1].toFixed(2));
  console.log(JSON.stringify({ bench: 'what-if', case: name, runs, medianMs: at(wall, 0.5), p95Ms: at(wall, 0.95), processorMedianMs: at(processor, 0.5), processorP95Ms: at(processor, 0.95) }));
}

for (const name of ['main', 'table4']) {
  const kept = drawnSums(builtInSpecs.get(name));
  const base = baseModel(kept, kept.frame.columns.map(({ term, level }) => ({ term, level })));
  const whatIf = openOlsWhatIf(kept, math);
  const covariates = [...new Set(base.factors.map((factor) => factor.name))].filter((covariate) => !/country|residence/.test(covariate));
  const changes = [
    (k) => ({ drop: [covariates[k % covariates.length]] }),
    (k) => ({ merge: [{ covariate: 'age', levels: ['30', '31', String(32 + (k % 20))] }] }),
    (k) => ({ reference: [{ covariate: 'age', level: String(20 + (k % 20)) }] }),
    () => ({ dropInteractions: [['country_group', 'residence_time']] }),
    (k) => ({ dropMonths: [`2020-03/2021-${String((k % 12) + 1).padStart(2, '0')}`] }),
  ];
  const refit = (k) => whatIf({ outcome: 'atid3', base, change: changes[k % changes.length](k) });
  for (let k = 0; k < 10; k++) refit(k);
  timed(`${name}: model change`, 200, refit);
  const { prediction } = whatIf({ outcome: 'atid3', base, change: {} });
  const people = [
    (k) => ({ kind: 'shift', covariate: 'unemployment_inflow', by: -1 - (k % 3) }),
    () => ({ kind: 'set', covariate: 'health_benefit', level: '0' }),
    (k) => ({ kind: 'mix', group: { county: String(k % 15) }, like: { county: String((k + 1) % 15) } }),
    (k) => ({ kind: 'set', covariate: 'children', level: '0', group: { county: String(k % 15) } }),
  ];
  const change = (k) => peopleChange(kept, 0, { prediction, changes: [people[k % people.length](k)] });
  for (let k = 0; k < 10; k++) change(k);
  timed(`${name}: people change`, 200, change);
  const month = (k) => kept.months[k % months].month;
  timed(`${name}: month out and in`, 10, (k) => addMonths(dropMonths(kept, [month(k)]), dropMonths(kept, kept.months.map((one) => one.month).filter((m) => m !== month(k)))));
}
