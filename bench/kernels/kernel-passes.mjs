import { constant } from './rows.mjs';

const shifts = { sShift: 40, wShift: 40, lShift: 36 };

/** The same passes by the kernels. */
export function kernelPasses(kernels, { n, levels, codes, outcome, table }, block) {
  const { arena } = kernels;
  const put = (bytes) => {
    const ptr = arena.alloc(bytes.byteLength);
    arena.u8(ptr, bytes.byteLength).set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return ptr;
  };
  const set = kernels.composites(codes.map((column, a) => ({ ptr: put(column), levels: levels[a], width: 1 })));
  const [y, tables] = [put(outcome), put(table)];
  const [counts, weights, sums] = [4 * set.cells, 8 * set.cells, 8 * set.levelCells].map((bytes) => arena.alloc(bytes));
  const [eta, s, w] = [0, 0, 0].map(() => arena.alloc(8 * block));
  let logLikelihood = 0n;

  const gradient = (from, rows) => {
    kernels.linearPredictor(set, from, rows, constant, tables, eta);
    logLikelihood += kernels.probitScore(eta, y + from, rows, shifts, s);
    kernels.sumLevels(set, from, rows, s, sums);
  };
  const hessian = (from, rows) => {
    kernels.linearPredictor(set, from, rows, constant, tables, eta);
    logLikelihood += kernels.probitRows(eta, y + from, rows, shifts, s, w, 0);
    kernels.sumLevels(set, from, rows, s, sums);
    kernels.weighJoint(set, from, rows, w, weights);
  };
  const pass = (work, fold) => () => {
    arena.u8(counts, 4 * set.cells).fill(0);
    arena.u8(weights, 8 * set.cells).fill(0);
    arena.u8(sums, 8 * set.levelCells).fill(0);
    logLikelihood = 0n;
    for (let from = 0; from < n; from += block) work(from, Math.min(block, n - from));
    fold();
  };
  return {
    gram: pass((from, rows) => kernels.countJoint(set, from, rows, counts), () => kernels.foldCounts(set, counts)),
    gradient: pass(gradient, () => {}),
    hessian: pass(hessian, () => kernels.foldWeights(set, weights)),
    results: () => ({
      counts: arena.u32(counts, set.cells), weights: arena.i64(weights, set.cells), sums: arena.i64(sums, set.levelCells), logLikelihood, shifts,
      levelCells: set.levelCells,
    }),
  };
}
