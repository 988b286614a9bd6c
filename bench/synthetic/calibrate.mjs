// What the hand-set numbers of src/synthetic/groups.ts and effects.ts come from: node bench/synthetic/calibrate.mjs, after the engine is built.
// Prints county effects that bring county means to Table 3, and the shares of rows in each wage and pension decile, which are to be 10 %.
import { readFileSync } from 'node:fs';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { openKernels } from '../../dist/engine/kernels/wasm.js';
import { fillBlock } from '../../dist/engine/synthetic/block.js';
import { lastMonthOf12 } from '../../dist/engine/synthetic/calendar.js';
import { allocateColumns, missingPension } from '../../dist/engine/synthetic/columns.js';
import { blockRows, openDraws } from '../../dist/engine/synthetic/draws.js';
import { decileBorders, mainGroupKeys } from '../../dist/engine/synthetic/groups.js';
import { countyLabels, countyOf } from '../../dist/engine/synthetic/places.js';
import { structureOf } from '../../dist/engine/synthetic/structure.js';

const kernels = openKernels(await loadKernelModule());
const columns = allocateColumns(blockRows);
const structure = structureOf(0);
const seeds = [21, 22];
const blocks = 2900;

const forEachBlock = (effects, visit) => {
  for (const seed of seeds) {
    const mark = kernels.arena.mark();
    const draws = openDraws(kernels, seed);
    for (let block = 0; block < blocks; block++) {
      fillBlock(columns, draws, { seed, block, effects, market: structure.market });
      visit();
    }
    kernels.arena.release(mark);
  }
};

const [header, ...lines] = readFileSync(new URL('../../test/fixtures/reference/outcomes_by_county.csv', import.meta.url), 'utf8').trim().split('\n');
const names = header.split(',');
const printed = new Map(lines.map((line) => line.split(',')).filter(([population]) => population === 'all').map((cells) => [cells[2], ['atid3', 'atid12', 'jobb3', 'jobb12'].map((name) => Number(cells[names.indexOf(name)]))]));

const countyMeans = (effects) => {
  const sums = countyLabels.map(() => new Float64Array(6));
  forEachBlock(effects, () => {
    for (let row = 0; row < blockRows; row++) {
      const sum = sums[countyOf[columns.office[row]]];
      const known = columns.month[row] <= lastMonthOf12 ? 1 : 0;
      [columns.atid3[row] / 1024, columns.atid12[row] / 1024, columns.jobb3[row], columns.jobb12[row], 1, known].forEach((value, k) => (sum[k] += value));
    }
  });
  return sums.map((sum) => [sum[0] / sum[4], sum[1] / sum[5], sum[2] / sum[4], sum[3] / sum[5]]);
};

const { effects } = structure;
const slopes = [1, 1, 0.2, 0.23];
for (let round = 0; round < 2; round++) {
  countyMeans(effects).forEach((means, county) => means.forEach((mean, o) => {
    effects.county[county * 4 + o] += (printed.get(countyLabels[county])[o] - mean) / slopes[o];
  }));
}
countyLabels.forEach((county, k) => console.log(`  [${[...effects.county.subarray(4 * k, 4 * k + 4)].map((value) => +value.toFixed(2)).join(', ')}], // ${county}`));

const decileOf = (income) => decileBorders.findIndex((border) => income <= border);
const wage = new Map(['all', ...mainGroupKeys].map((key) => [key, new Float64Array(11)]));
const pension = new Float64Array(11);
forEachBlock(null, () => {
  for (let row = 0; row < blockRows; row++) {
    if (columns.pension[row] !== missingPension) pension[decileOf(columns.pension[row])]++;
    const decile = decileOf(columns.wage[row]);
    wage.get('all')[decile]++;
    wage.get(mainGroupKeys[columns.mainGroup[row]])[decile]++;
  }
});
for (const [name, counts] of wage.set('pension', pension)) {
  const positive = counts.subarray(1);
  const total = positive.reduce((sum, count) => sum + count, 0);
  console.log(name.padEnd(24), Array.from(positive, (count) => (count / total).toFixed(4)).join(' '));
}
