// One population drawn, estimated and held against its truth: how far the indicator is from its target, and its intervals.
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { openKernels } from '../../dist/engine/kernels/wasm.js';
import { predictorOf } from '../../dist/engine/estimate/predictor.js';
import { seasonallyAdjusted } from '../../dist/engine/indicator/seasonal.js';
import { estimateResident, resultOf } from '../../dist/engine/pipeline.js';
import { completePeriods, formatMonth, monthsOfRanges } from '../../dist/engine/spec/months.js';
import { fillCovariates } from '../../dist/engine/synthetic/block.js';
import { allocateColumns, sliceColumns } from '../../dist/engine/synthetic/columns.js';
import { blockRows, openDraws } from '../../dist/engine/synthetic/draws.js';
import { ExpectedSums } from '../../dist/engine/synthetic/expected-sums.js';
import { countyLabels, countyOf } from '../../dist/engine/synthetic/places.js';
import { structureOf } from '../../dist/engine/synthetic/structure.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';

const outcomes = ['atid3', 'atid12', 'jobb3', 'jobb12'];
/** @type {import('../../dist/engine/run-result.js').RunOptions} */
const options = { by: [['county']], period: 'month', vcov: 'iid', interval: 'analytic', cluster: 'person', level: 95, relativeTo: null, where: null, threshold: null };
const kernels = openKernels(await loadKernelModule());
const columns = allocateColumns(blockRows);
const silent = () => {};

/**
 * Methods by name: the intervals of which table.
 * @type {{ name: string, interval: 'analytic' | 'residual' | 'outcome', period: import('../../dist/engine/spec/months.js').Period, adjusted: boolean }[]}
 */
export const methods = [
  { name: 'clustered', interval: 'analytic', period: 'tertial', adjusted: false },
  { name: 'clustered, adjusted', interval: 'analytic', period: 'tertial', adjusted: true },
  { name: 'naive `residual`', interval: 'residual', period: 'tertial', adjusted: false },
  { name: 'naive `outcome`', interval: 'outcome', period: 'tertial', adjusted: false },
  { name: 'clustered, month', interval: 'analytic', period: 'month', adjusted: false },
  { name: 'clustered, adjusted month', interval: 'analytic', period: 'month', adjusted: true },
];

/** Σ E[y] by month and county, and persons by county and tertial or month (`Oslo 2019-T2`, `Oslo 2019-05`), from the generator alone. */
export function expectations({ rows, seed, structureSeed }, { firstMonth, months }) {
  const tertials = tertialsOf(firstMonth, months);
  const mark = kernels.arena.mark();
  const draws = openDraws(kernels, seed);
  const { market, effects } = structureOf(structureSeed);
  const expected = new ExpectedSums();
  const labels = [...new Set(tertials)].filter((label) => label !== undefined);
  const tertialOf = tertials.map((label) => labels.indexOf(label));
  const counts = new Float64Array(countyLabels.length * labels.length);
  for (let block = 0; block * blockRows < rows; block++) {
    const here = sliceColumns(columns, 0, Math.min(blockRows, rows - block * blockRows));
    fillCovariates(here, draws, { seed, block, market, effects, expected });
    // A person's months stand together, and the county is one.
    for (let row = 0, person = -1, last = -1; row < here.rows; row++) {
      const tertial = tertialOf[here.month[row]] ?? -1;
      if (tertial >= 0 && (here.personId[row] !== person || tertial !== last)) counts[countyOf[here.office[row]] * labels.length + tertial]++;
      person = here.personId[row];
      last = tertial;
    }
  }
  const cells = expected.cells();
  // A person has one row a month.
  const inMonths = [...cells.n].map((n, cell) => [`${countyLabels[cell % countyLabels.length]} ${formatMonth(firstMonth + Math.floor(cell / countyLabels.length))}`, n]);
  const inTertials = [...counts].map((count, at) => [`${countyLabels[Math.floor(at / labels.length)]} ${labels[at % labels.length]}`, count]);
  kernels.arena.release(mark);
  return { ...cells, persons: new Map(/** @type {[string, number][]} */ ([...inMonths, ...inTertials])) };
}

/** Complete tertials' labels by month of the data, counted from the first. */
function tertialsOf(firstMonth, months) {
  const labels = new Array(months).fill(undefined);
  const every = Array.from({ length: months }, (_, t) => firstMonth + t);
  for (const [label, members] of completePeriods(every, 'tertial')) for (const month of members) labels[month - firstMonth] = label;
  return labels;
}

/** What predicts as the limit does; columns without a limit have no rows here either. */
function limitPredictor(frame, model, limit) {
  const values = model.columns.map(({ term, level }) => limit.get(`${term}\u0000${level}`));
  const kept = Uint8Array.from(values, (value) => (value === undefined ? 0 : 1));
  const unestimated = values.flatMap((value, j) => (value === undefined ? [...model.members.subarray(model.start[j], model.start[j + 1])] : []));
  const beta = Float64Array.from(values, (value) => value ?? 0);
  const predictor = predictorOf(frame, model, { beta, kept, unestimated, aside: null });
  // Rows of the sample too: one at a level without a limit is to be seen.
  return { ...predictor, levels: predictor.levelsOutside };
}

/**
 * @param limits outcome → `term NUL level` → coefficient
 * Points are of an outcome, method, county and period: target, estimate, standard error and ends.
 */
export async function holdAgainstTruth({ population, spec, limits, pool }) {
  const rows = await loadRows({ spec, source: { synthetic: { ...population, effects: 'on' } }, by: options.by, where: null, pool, onProgress: silent });
  const [{ plan }] = rows.samples;
  const truth = expectations(population, plan);
  const estimated = await estimateResident({ spec, options, pool, onProgress: silent }, rows);
  const targets = new Map();
  for (const { sample, index, outcome, model, fit } of estimated.estimates) {
    const passes = rows.passes(sample, silent);
    const own = estimated.cells.find((sums) => sums.outcome === outcome).groupings;
    const limit = await passes.cells(index, limitPredictor(passes.frame, model, limits.get(fit.outcome)), fit.family);
    if (limit.withoutExpected > 0) throw new Error(`${fit.outcome}: ${limit.withoutExpected} rows are at levels that have no limit.`);
    for (const [g, { groups }] of plan.groupings.entries()) {
      targets.set(`${g} ${fit.outcome}`, monthlyTargets({ plan, truth, groups, o: outcomes.indexOf(fit.outcome), n: own[g].n, limit: limit.groupings[g].expected }));
    }
  }
  const tables = new Map();
  for (const { interval, period } of methods) {
    const key = `${interval} ${period}`;
    if (!tables.has(key)) tables.set(key, (await resultOf({ spec, options: { ...options, interval, period }, pool, onProgress: silent }, estimated)).tables);
  }
  const points = methods.flatMap((method) => tables.get(`${method.interval} ${method.period}`).flatMap((table, g) => pointsOf({ table, method, plan, spec, targetOf: (outcome) => targets.get(`${g} ${outcome}`) })));
  return { points, persons: truth.persons, fits: estimated.estimates.map(({ fit }) => fit) };
}

/** Mean of E[y] − μ(xβ°) by month · groups + group, NaN without rows; the generator and the run must have drawn the same rows. */
function monthlyTargets({ plan, truth, groups, o, n, limit }) {
  const county = groups.map(([label]) => (label === undefined ? null : countyLabels.indexOf(label)));
  return Float64Array.from(n, (count, cell) => {
    if (count === 0) return NaN;
    const t = Math.floor(cell / groups.length);
    const which = county[cell % groups.length];
    let [rows, sum] = [0, 0];
    for (let c = 0; c < countyLabels.length; c++) {
      if (which !== null && which !== c) continue;
      rows += truth.n[t * countyLabels.length + c];
      sum += truth.sums[(t * countyLabels.length + c) * outcomes.length + o];
    }
    if (rows !== count) throw new Error(`The generator has ${rows} rows where the run has ${count}: ${groups[cell % groups.length]} ${formatMonth(plan.firstMonth + t)}.`);
    return (sum - limit[cell]) / count;
  });
}

/** The table's points with their targets: the same linear combinations of the monthly ones. */
function pointsOf({ table, method, plan, spec, targetOf }) {
  const groups = table.by.length === 0 ? [[]] : plan.groupings[1].groups;
  const wanted = new Map();
  for (const { name, horizon } of spec.outcomes) {
    const monthly = targetOf(name);
    groups.forEach((group, g) => {
      const own = Float64Array.from({ length: plan.months }, (_, t) => monthly[t * groups.length + g]);
      const series = method.adjusted ? seasonallyAdjusted(own, plan.firstMonth, monthsOfRanges(spec.seasonal.reference[String(horizon)])) : own;
      if (!series) return;
      const present = [...own.keys()].filter((t) => !Number.isNaN(own[t])).map((t) => plan.firstMonth + t);
      const periods = method.period === 'month' ? new Map(present.map((month) => [formatMonth(month), [month]])) : completePeriods(present, method.period);
      for (const [label, members] of periods) {
        const target = members.reduce((sum, month) => sum + series[month - plan.firstMonth], 0) / members.length;
        wanted.set(`${name} ${group[0] ?? ''} ${label}`, target);
      }
    });
  }
  const [estimate, standardError, low, high] = method.adjusted
    ? [table.indicatorSeasonallyAdjusted, table.standardErrorSeasonallyAdjusted, table.confLowSeasonallyAdjusted, table.confHighSeasonallyAdjusted]
    : [table.indicator, table.standardError, table.confLow, table.confHigh];
  return table.periods.flatMap((period, i) => {
    const county = table.by.length === 0 ? '' : table.groups[0][i];
    const target = wanted.get(`${table.outcome[i]} ${county} ${period}`);
    if (target === undefined) return [];
    return [{ outcome: table.outcome[i], method: method.name, county, period, target, estimate: estimate[i], standardError: Number.isNaN(low[i]) ? NaN : standardError[i], low: low[i], high: high[i] }];
  });
}
