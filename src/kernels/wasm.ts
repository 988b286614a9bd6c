import { EngineError } from '../errors.ts';
import { arrivalKernels } from './arrival-kernels.ts';
import { Arena } from './arena.ts';
import { checkCount, checkMultiple, checkShift, checkSpan, type Span } from './checks.ts';
import { writeCombinationPlan } from './combination-plan.ts';
import { writeCompositeSet } from './composite-set.ts';
import { writeInfluencePlan } from './influence-plan.ts';
import type { ClusterRange, CompositeSet, Kernels, LevelColumns, PhiloxCounter } from './kernels.ts';
import { replicateKernels } from './replicate-kernels.ts';
import { rowKernels } from './row-kernels.ts';

type Raw = Record<string, (...values: number[]) => number>;
type RawBig = Record<string, (...values: number[]) => bigint>;

/** Compiles the bytes of kernels.wasm; the module can be sent to workers. */
export async function compileKernels(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new EngineError('internal.no-simd', {}, { cause });
  }
}

/** A fresh instance with a memory of its own. */
export function openKernels(module: WebAssembly.Module): Kernels {
  const { exports } = new WebAssembly.Instance(module, {});
  const memory = exports.memory as WebAssembly.Memory;
  const raw = exports as unknown as Raw;
  const big = exports as unknown as RawBig;
  const arena = new Arena(memory, raw.heapBase!() >>> 0);

  const check = (kernel: string, n: number, ...spans: readonly Span[]): void => {
    checkCount(kernel, 'n', n);
    const end = memory.buffer.byteLength;
    for (const span of spans) checkSpan(kernel, end, span);
  };
  const checkRows = (kernel: string, set: CompositeSet, start: number, n: number, ...spans: readonly Span[]): void => {
    checkCount(kernel, 'start', start);
    check(kernel, n, ...spans);
    const end = memory.buffer.byteLength;
    for (const { ptr, width } of set.composites) checkSpan(kernel, end, ['codes', ptr, start + n, width]);
  };
  const checkColumns = (kernel: string, set: CompositeSet, { count, start, columns }: LevelColumns, ...spans: readonly Span[]): void =>
    check(kernel, count, ['start', start, set.levelCells + 1, 4], ['columns', columns, 0, 2], ...spans);
  const checkClusters = (kernel: string, { plan, personStart, otherStart, from, to }: Omit<ClusterRange, 'sShift' | 'eShift' | 'wShift'>, ...spans: readonly Span[]): void => {
    checkCount(kernel, 'from', from);
    check(kernel, to, ['plan', plan, 1, 4], ['personStart', personStart, to + 1, 4], ...spans);
    if (otherStart !== 0) checkSpan(kernel, memory.buffer.byteLength, ['otherStart', otherStart, to + 1, 4]);
  };
  const shifts = (kernel: string, values: Readonly<Record<string, number>>): void => {
    for (const name in values) checkShift(kernel, name, values[name]!);
  };
  const map = (kernel: string) => (x: number, n: number, out: number): void => {
    check(kernel, n, ['x', x, n, 8], ['out', out, n, 8]);
    raw[kernel]!(x, n, out);
  };
  const dots = (kernel: 'countDots' | 'singleDots') => (table: number, rows: number, columns: number, vector: number, out: number): void => {
    checkCount(kernel, 'columns', columns);
    check(kernel, rows, ['table', table, rows * columns, 4], ['vector', vector, columns, 8], ['out', out, rows, 8]);
    raw[kernel]!(table, rows, columns, vector, out);
  };
  const philox = (kernel: 'uniforms' | 'philoxWords', values: number) =>
    ({ key, counter }: PhiloxCounter, n: number, out: number): void => {
      check(kernel, n, ['out', out, n * values, kernel === 'uniforms' ? 8 : 4]);
      raw[kernel]!(...key, ...counter, n, out);
    };

  return {
    arena,
    ...rowKernels({ raw, big, check }),
    another: () => openKernels(module),
    ...arrivalKernels({ raw, check }),
    ...replicateKernels({ raw, check, checkRows, checkShift }),
    composites: (list) => writeCompositeSet(arena, list),

    countJoint(set, start, n, table) {
      checkRows('countJoint', set, start, n, ['table', table, set.cells, 4]);
      raw.countJoint!(set.ptr, start, n, table);
    },
    weighJoint(set, start, n, w, table) {
      checkRows('weighJoint', set, start, n, ['w', w, n, 8], ['table', table, set.cells, 8]);
      raw.weighJoint!(set.ptr, start, n, w, table);
    },
    foldCounts(set, table) {
      check('foldCounts', 0, ['table', table, set.cells, 4]);
      raw.foldCounts!(set.ptr, table);
    },
    foldWeights(set, table) {
      check('foldWeights', 0, ['table', table, set.cells, 8]);
      raw.foldWeights!(set.ptr, table);
    },
    gramOfCounts(set, columns, table, gram) {
      checkColumns('gramOfCounts', set, columns, ['table', table, set.cells, 4], ['gram', gram, (columns.count * (columns.count + 1)) / 2, 8]);
      raw.gramOfCounts!(set.ptr, columns.start, columns.columns, table, gram);
    },
    gramOfWeights(set, columns, table, gram) {
      checkColumns('gramOfWeights', set, columns, ['table', table, set.cells, 8], ['gram', gram, (columns.count * (columns.count + 1)) / 2, 8]);
      raw.gramOfWeights!(set.ptr, columns.start, columns.columns, table, gram);
    },
    sumColumns(set, columns, table, sums) {
      checkColumns('sumColumns', set, columns, ['table', table, set.levelCells, 8], ['sums', sums, columns.count, 8]);
      raw.sumColumns!(set.ptr, columns.start, columns.columns, table, sums);
    },
    countColumns(set, columns, table, sums) {
      checkColumns('countColumns', set, columns, ['table', table, set.levelCells, 4], ['sums', sums, columns.count, 4]);
      raw.countColumns!(set.ptr, columns.start, columns.columns, table, sums);
    },
    countGroupLevels(set, group, start, n, groups, table) {
      checkRows('countGroupLevels', set, start, n, ['group', group.ptr, start + n, group.width], ['table', table, groups * set.levelCells, 4]);
      raw.countGroupLevels!(set.ptr, group.ptr, group.width, start, n, table);
    },
    sumGroupLevels(set, group, start, n, groups, v, table) {
      checkRows('sumGroupLevels', set, start, n, ['group', group.ptr, start + n, group.width], ['v', v, n, 8], ['table', table, groups * set.levelCells, 8]);
      raw.sumGroupLevels!(set.ptr, group.ptr, group.width, start, n, v, table);
    },
    sumLevels(set, start, n, v, table) {
      checkRows('sumLevels', set, start, n, ['v', v, n, 8], ['table', table, set.levelCells, 8]);
      raw.sumLevels!(set.ptr, start, n, v, table);
    },

    linearPredictor(set, start, n, constant, tables, eta) {
      checkRows('linearPredictor', set, start, n, ['tables', tables, set.levelCells, 8], ['eta', eta, n, 8]);
      raw.linearPredictor!(set.ptr, start, n, constant, tables, eta);
    },
    addDense(x, start, n, beta, eta) {
      checkCount('addDense', 'start', start);
      check('addDense', n, ['x', x, start + n, 8], ['eta', eta, n, 8]);
      raw.addDense!(x, start, n, beta, eta);
    },

    probitRows(eta, y, n, { sShift, wShift, lShift }, s, w, observed) {
      shifts('probitRows', { sShift, wShift, lShift });
      check('probitRows', n, ['eta', eta, n, 8], ['y', y, n, 1], ['s', s, n, 8], ['w', w, n, 8]);
      return big.probitRows!(eta, y, n, sShift, wShift, lShift, s, w, observed);
    },
    probitScore(eta, y, n, { sShift, lShift }, s) {
      shifts('probitScore', { sShift, lShift });
      check('probitScore', n, ['eta', eta, n, 8], ['y', y, n, 1], ['s', s, n, 8]);
      return big.probitScore!(eta, y, n, sShift, lShift, s);
    },
    probitResidual(eta, y, n, s) {
      check('probitResidual', n, ['eta', eta, n, 8], ['y', y, n, 1], ['s', s, n, 8]);
      raw.probitResidual!(eta, y, n, s);
    },
    probitMean: map('normalCdf'),
    probitDensity: map('normalDensity'),
    gaussianRows(eta, y, n, shift, r) {
      shifts('gaussianRows', { shift });
      check('gaussianRows', n, ['eta', eta, n, 8], ['y', y, n, 8], ['r', r, n, 8]);
      raw.gaussianRows!(eta, y, n, shift, r);
    },
    gaussianResidual(eta, y, n, r) {
      check('gaussianResidual', n, ['eta', eta, n, 8], ['y', y.ptr, n, y.width], ['r', r, n, 8]);
      raw.gaussianResidual!(eta, y.ptr, y.width, n, r);
    },
    hc0Rows(s, n, shift, w) {
      shifts('hc0Rows', { shift });
      check('hc0Rows', n, ['s', s, n, 8], ['w', w, n, 8]);
      raw.hc0Rows!(s, n, shift, w);
    },

    fixedProduct(w, x, z, start, n, shift, out) {
      shifts('fixedProduct', { shift });
      checkCount('fixedProduct', 'start', start);
      check('fixedProduct', n, ['out', out, n, 8]);
      const end = memory.buffer.byteLength;
      if (w !== 0) checkSpan('fixedProduct', end, ['w', w, n, 8]);
      if (x !== 0) checkSpan('fixedProduct', end, ['x', x, start + n, 8]);
      if (z !== 0) checkSpan('fixedProduct', end, ['z', z, start + n, 8]);
      raw.fixedProduct!(w, x, z, start, n, shift, out);
    },
    sumFixed(v, n) {
      check('sumFixed', n, ['v', v, n, 8]);
      return big.sumFixed!(v, n);
    },
    fixedToDouble(v, n, shift, out) {
      shifts('fixedToDouble', { shift });
      check('fixedToDouble', n, ['v', v, n, 8], ['out', out, n, 8]);
      raw.fixedToDouble!(v, n, shift, out);
    },

    selectRows(key, start, n, next, row, place) {
      checkCount('selectRows', 'start', start);
      check('selectRows', n, ['key', key, start + n, 1], ['next', next, 256, 4], ['row', row, n, 4], ['place', place, n, 4]);
      return raw.selectRows!(key, start, n, next, row, place);
    },
    moveRows(from, row, place, n, to) {
      check('moveRows', n, ['from', from.ptr, 1, from.width], ['row', row, n, 4], ['place', place, n, 4], ['to', to, 1, from.width]);
      raw.moveRows!(from.ptr, from.width, row, place, n, to);
    },

    cellIndex(group, month, start, n, groups, out) {
      checkCount('cellIndex', 'start', start);
      check('cellIndex', n, ['group', group.ptr, start + n, group.width], ['month', month, start + n, 1], ['out', out, n, 4]);
      raw.cellIndex!(group.ptr, group.width, month, start, n, groups, out);
    },
    countCells(cells, n, table) {
      check('countCells', n, ['cells', cells, n, 4], ['table', table, 1, 4]);
      raw.countCells!(cells, n, table);
    },
    sumCells(cells, n, v, table) {
      check('sumCells', n, ['cells', cells, n, 4], ['v', v, n, 8], ['table', table, 1, 8]);
      raw.sumCells!(cells, n, v, table);
    },
    residualFields(y, mu, n, shift, fields) {
      shifts('residualFields', { ...shift });
      check('residualFields', n, ['y', y.ptr, n, y.width], ['mu', mu, n, 8], ['fields', fields, 6 * n, 8]);
      return raw.residualFields!(y.ptr, y.width, mu, n, shift.y, shift.y2, shift.mu, shift.r2, fields);
    },
    sumFields(cells, n, fields, table) {
      check('sumFields', n, ['cells', cells, n, 4], ['fields', fields, 6 * n, 8], ['table', table, 6, 8]);
      raw.sumFields!(cells, n, fields, table);
    },
    clusterMeat(o) {
      shifts('clusterMeat', { sShift: o.sShift, meatShift: o.meatShift });
      checkCount('clusterMeat', 'from', o.from);
      check('clusterMeat', o.to, ['personStart', o.personStart, o.to + 1, 4], ['s', o.s, 0, 8], ['meat', o.meat, o.p * o.p, 8],
        ['levelColumnsStart', o.levelColumnsStart, o.set.levelCells + 1, 4], ['scratch', o.scratch, 3 * o.p + 2 + o.longest, 8]);
      raw.clusterMeat!(o.set.ptr, o.personStart, o.from, o.to, o.s, o.sShift, o.meatShift, o.p, o.levelColumnsStart, o.levelColumns,
        o.dense.count, o.dense.ptrs, o.dense.columns, o.scratch, o.meat);
    },

    influencePlan: (plan) => writeInfluencePlan(arena, plan),
    influenceSums(o) {
      shifts('influenceSums', { sShift: o.sShift, eShift: o.eShift, dShift: o.dShift, wShift: o.wShift, pairShift: o.pairShift, crossShift: o.crossShift, meatShift: o.meatShift });
      checkClusters('influenceSums', o, ['pairs', o.pairs, 1, 8], ['cross', o.cross, 1, 8]);
      raw.influenceSums!(o.plan, o.personStart, o.otherStart, o.from, o.to, Number(o.byRow), o.sShift, o.eShift, o.dShift, o.wShift, o.pairShift, o.crossShift,
        o.meatShift, o.pairs, o.cross, o.slopes, o.meat);
    },
    influenceSlopes(o) {
      shifts('influenceSlopes', { dShift: o.dShift });
      checkClusters('influenceSlopes', o, ['slopes', o.slopes, 1, 8]);
      raw.influenceSlopes!(o.plan, o.personStart, o.otherStart, o.from, o.to, o.dShift, o.slopes);
    },
    combinationPlan: (plan) => writeCombinationPlan(arena, plan),
    combinationSums(o) {
      shifts('combinationSums', { sShift: o.sShift, meatShift: o.meatShift });
      checkClusters('combinationSums', o, ['combinations', o.combinations, 1, 4]);
      raw.combinationSums!(o.plan, o.combinations, o.personStart, o.otherStart, o.from, o.to, o.sShift, o.meatShift, o.meat);
    },
    sumBlocks(from, blocks, cells, to) {
      checkCount('sumBlocks', 'blocks', blocks);
      check('sumBlocks', cells, ['from', from, blocks * cells, 8], ['to', to, cells, 8]);
      raw.sumBlocks!(from, blocks, cells, to);
    },
    scoreReplicates(o) {
      shifts('scoreReplicates', { sShift: o.sShift, eShift: o.eShift, dShift: o.dShift, wShift: o.wShift, localShift: o.localShift, scoreShift: o.scoreShift });
      checkClusters('scoreReplicates', o, ['weights', o.weights, o.replicates, 4], ['local', o.local, o.replicates, 8]);
      checkMultiple('scoreReplicates', 'replicates', o.replicates, 4);
      raw.scoreReplicates!(o.plan, o.personStart, o.otherStart, o.from, o.to, Number(o.byRow), o.sShift, o.eShift, o.dShift, o.wShift, o.localShift, o.scoreShift,
        o.weights, o.replicates, o.local, o.score, o.slopes);
    },
    countDots: dots('countDots'),
    singleDots: dots('singleDots'),

    cholesky(a, p, tolerance, status) {
      check('cholesky', p, ['a', a, p * p, 8], ['status', status, p, 1]);
      return raw.cholesky!(a, p, tolerance, status);
    },
    choleskySolve(l, p, status, b) {
      check('choleskySolve', p, ['l', l, p * p, 8], ['status', status, p, 1], ['b', b, p, 8]);
      raw.choleskySolve!(l, p, status, b);
    },
    choleskyInverse(l, p, status, out) {
      check('choleskyInverse', p, ['l', l, p * p, 8], ['status', status, p, 1], ['out', out, p * p, 8]);
      raw.choleskyInverse!(l, p, status, out);
    },

    multiplyMatrices(a, b, { rows, inner, columns }, out) {
      checkCount('multiplyMatrices', 'rows', rows);
      checkCount('multiplyMatrices', 'inner', inner);
      check('multiplyMatrices', columns, ['a', a, rows * inner, 8], ['b', b, inner * columns, 8], ['out', out, rows * columns, 8]);
      raw.multiplyMatrices!(a, b, rows, inner, columns, out);
    },

    normalCdf: map('normalCdf'),
    normalDensity: map('normalDensity'),
    normalLogCdf: map('normalLogCdf'),
    millsRatio: map('millsRatio'),
    normalQuantile: map('normalQuantile'),
    exp: map('exp'),
    log: map('log'),
    studentTail: (t, freedom) => raw.studentTail!(t, freedom),
    studentQuantile: (p, freedom) => raw.studentQuantile!(p, freedom),
    uniforms: philox('uniforms', 1),
    philoxWords: philox('philoxWords', 4),
    poissonWeights({ key, ids, third, n, first, replicates, offset, out }) {
      checkMultiple('poissonWeights', 'first', first, 16);
      checkMultiple('poissonWeights', 'replicates', replicates, 4);
      check('poissonWeights', n, ['ids', ids, 2 * n, 4], ['out', out, n * replicates, 4]);
      raw.poissonWeights!(...key, ids, third, n, first, replicates, offset, out);
    },
  };
}
