import { constant } from './rows.mjs';

/** The passes as plain loops over typed arrays, block by block and pair by pair, in doubles. `coefficients` are those of the kernels. */
export function plainPasses({ n, levels, codes, outcome, offsets, levelCells, table, pairs }, coefficients, block) {
  const pairOffset = [];
  const pairCells = pairs.reduce((sum, [a, b]) => (pairOffset.push(sum), sum + levels[a] * levels[b]), 0);
  const counts = new Uint32Array(pairCells);
  const weights = new Float64Array(pairCells);
  const sums = new Float64Array(levelCells);
  const [eta, score, weight] = [new Float64Array(block), new Float64Array(block), new Float64Array(block)];
  const { MILLS_P, MILLS_Q } = coefficients;
  let logLikelihood = 0;

  const linearPredictor = (from, to) => {
    for (let i = from; i < to; i++) {
      let sum = constant;
      for (let a = 0; a < codes.length; a++) sum += table[offsets[a] + codes[a][i]];
      eta[i - from] = sum;
    }
  };
  const horner = (c, x) => {
    let sum = c[c.length - 1];
    for (let k = c.length - 2; k >= 0; k--) sum = sum * x + c[k];
    return sum;
  };
  const probit = (from, to, weighted) => {
    for (let i = from; i < to; i++) {
      const q = outcome[i] ? 1 : -1;
      const z = q * eta[i - from];
      const a = Math.abs(z);
      const phi = Math.exp(-0.5 * a * a) * 0.3989422804014327;
      const p = horner(MILLS_P, a);
      const d = horner(MILLS_Q, a);
      const u = d - phi * p;
      const upper = (phi * d) / u;
      const lower = d / p;
      score[i - from] = q * (z < 0 ? lower : upper);
      if (weighted) weight[i - from] = upper * lower;
      logLikelihood += Math.log((z < 0 ? p : u) / d) + (z < 0 ? -0.5 * a * a - 0.9189385332046728 : 0);
    }
  };
  const sumLevels = (from, to) => {
    for (let a = 0; a < codes.length; a++) {
      const column = codes[a];
      const offset = offsets[a];
      for (let i = from; i < to; i++) sums[offset + column[i]] += score[i - from];
    }
  };
  const joint = (from, to, weighted) => {
    for (let k = 0; k < pairs.length; k++) {
      const first = codes[pairs[k][0]];
      const second = codes[pairs[k][1]];
      const width = levels[pairs[k][1]];
      const offset = pairOffset[k];
      if (weighted) for (let i = from; i < to; i++) weights[offset + first[i] * width + second[i]] += weight[i - from];
      else for (let i = from; i < to; i++) counts[offset + first[i] * width + second[i]]++;
    }
  };
  const pass = (work) => () => {
    counts.fill(0);
    weights.fill(0);
    sums.fill(0);
    logLikelihood = 0;
    for (let from = 0; from < n; from += block) work(from, Math.min(from + block, n));
  };
  return {
    gram: pass((from, to) => joint(from, to, false)),
    gradient: pass((from, to) => (linearPredictor(from, to), probit(from, to, false), sumLevels(from, to))),
    hessian: pass((from, to) => (linearPredictor(from, to), probit(from, to, true), sumLevels(from, to), joint(from, to, true))),
    results: () => ({ counts, weights, sums, logLikelihood }),
  };
}
