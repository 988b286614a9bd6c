import type { CombinationPlan } from './combination-plan.ts';
import type { Arena } from './arena.ts';
import type { ArrivalKernels } from './arrival-kernels.ts';
import type { ReplicateKernels } from './replicate-kernels.ts';
import type { RowKernels } from './row-kernels.ts';

/**
 * Rows in one call of a kernel that works on block buffers: 2048 rows of η, s and w are 48 KiB and stay in the nearest caches.
 * Kernels take any n; a longer block is only slower, and no call of this length lasts a millisecond.
 */
export const BLOCK = 2048;

/** A column of composite codes: `ptr` is the address of row 0, `width` 1 for u8 and 2 for u16; every code is < `levels`. */
export interface Composite {
  readonly ptr: number;
  readonly levels: number;
  readonly width: 1 | 2;
}

/**
 * C composites as the kernels read them, and the layout of their tables, in cells. First the level tables, composite by composite
 * (`levelCells` in all), then for a < b in the order (0,1), (0,2), …, (C−2,C−1) the pair tables levels_a × levels_b, row-major.
 */
export interface CompositeSet {
  readonly composites: readonly Composite[];
  readonly levelOffset: readonly number[];
  /** `pairOffset[a][b]` for a < b. */
  readonly pairOffset: readonly (readonly number[])[];
  readonly levelCells: number;
  /** Level and pair cells together. */
  readonly cells: number;
  /** Address of the descriptor; lives as long as the arena's part it was made in. */
  readonly ptr: number;
}

/**
 * L columns of 0 and 1 over the level cells of a composite set, in memory: `start` u32 [levelCells + 1] into the u16 list `columns`,
 * ascending at each cell, a column at cells of one composite only. Column 0 is 1 in every row and not listed.
 */
export interface LevelColumns {
  readonly count: number;
  readonly start: number;
  readonly columns: number;
}

/** A column of numbers: address of row 0 and bytes a value. */
export interface IntegerColumn<Width extends number> {
  readonly ptr: number;
  readonly width: Width;
}

/** Powers of two by which score residuals, weights and log-likelihoods are multiplied before they are rounded to integers. */
export interface ProbitShifts {
  readonly sShift: number;
  readonly wShift: number;
  readonly lShift: number;
}

/** Where a Philox4x32-10 stream of blocks begins; all words u32. */
export interface PhiloxCounter {
  readonly key: readonly [number, number];
  /** Counter of block 0; block j has (c0 + j mod 2³², c1, c2, c3). */
  readonly counter: readonly [number, number, number, number];
}

export interface ClusterMeat {
  readonly set: CompositeSet;
  /** u32, row number at which each person starts, one more entry than persons. Persons `from` … `to − 1` are summed. */
  readonly personStart: number;
  readonly from: number;
  readonly to: number;
  /** f64 score residuals of the rows from `personStart[from]` on; a NaN leaves its row out. */
  readonly s: number;
  /** s·x is summed within the person in units of 2^−sShift, g·g′ over persons in units of 2^−meatShift. */
  readonly sShift: number;
  readonly meatShift: number;
  /** Columns of the design, the constant (column 0, every row) included. */
  readonly p: number;
  /** Design columns of each level cell: u32 [levelCells + 1] into u16. */
  readonly levelColumnsStart: number;
  readonly levelColumns: number;
  /** Numeric columns: u32 addresses of f64 columns (row 0), and the u16 design column of each. */
  readonly dense: { readonly count: number; readonly ptrs: number; readonly columns: number };
  /** At least `24 · p + 16` bytes, and 8 for each row of the longest cluster; cleared before the first call, left ready for the next. Aligned to 8. */
  readonly scratch: number;
  readonly longest: number;
  /** i64 p × p, row-major; the lower triangle (column ≤ row) is added to. */
  readonly meat: number;
}

/** Blocks of rows as functionals see them: r = y − μ (f64, NaN without an expected value) and ∂μ/∂η (f64). */
export interface FunctionalRows {
  readonly r: number;
  readonly density: number;
}

/**
 * Clusters and the functionals (means over cells) that they have influence on. A row adds e = weight · (r − centre) of its cell to the
 * cell's functional, and s·x to the cluster's score g.
 */
export interface InfluencePlan {
  readonly set: CompositeSet;
  /** Columns of the model, with the numeric ones as in `ClusterMeat`. */
  readonly columns: LevelColumns;
  readonly dense: { readonly count: number; readonly ptrs: number; readonly columns: number };
  /** f64 block of score residuals of the estimation rows; NaN leaves a row's score out. */
  readonly s: number;
  readonly rows: FunctionalRows;
  /** Rows that are only predicted: they have no score. */
  readonly others: FunctionalRows;
  readonly layers: readonly LayerTables[];
  readonly functionals: number;
  /**
   * Four u32 a functional: where the lower triangle of its block begins in `pairs`, its place in the block, how many the block has, and one
   * unused. The functionals of a block stand together in the order of their places. Tables by functional and column have, block by
   * block, a row of places for each column.
   */
  readonly blocks: number;
  /** Most estimation rows, and most other rows, of a cluster. */
  readonly longest: number;
  /** f64 by functional: powers of two that e is multiplied by, its own places; and 1 / divisor, 0 where e is not to be over √(1 − h). */
  readonly factors: number;
  readonly shares: number;
}

/** Functionals of the cells of one breakdown: a cell may belong to one in each of several layers. */
export interface LayerTables {
  /** By cell: u32 functional, 2³² − 1 for none; f64 weight and centre. */
  readonly functional: number;
  readonly weight: number;
  readonly centre: number;
  /** u32 blocks of cells, of the estimation rows and of the others. */
  readonly own: number;
  readonly others: number;
  /** Whether its functionals may be in one block with those of the layer before. */
  readonly joint: boolean;
  /** Whether its slopes are summed. */
  readonly slopes: boolean;
}

/** Clusters `from` … `to` − 1. Blocks begin at the first of their rows. */
export interface ClusterRange {
  readonly plan: number;
  /** u32 row numbers, one more than clusters: where the estimation rows of each begin, and its other rows (0: there are none). */
  readonly personStart: number;
  readonly otherStart: number;
  readonly from: number;
  readonly to: number;
  readonly sShift: number;
  readonly eShift: number;
  readonly wShift: number;
}

export interface InfluenceSums extends ClusterRange {
  /** Every row is a cluster by itself. */
  readonly byRow: boolean;
  readonly dShift: number;
  readonly pairShift: number;
  readonly crossShift: number;
  /** i64 tables, added to: Σ e·e′ by block, Σ e·g (functionals × p), Σ weight·density·x (functionals × p; 0: not wanted). */
  readonly pairs: number;
  readonly cross: number;
  readonly slopes: number;
  /** Σ g·g′, i64 p × p, the lower triangle, and its places; 0 where it is not wanted. Not of rows as clusters. */
  readonly meat: number;
  readonly meatShift: number;
}

export interface ScoreReplicates extends ClusterRange {
  readonly byRow: boolean;
  readonly dShift: number;
  /** Places of e and g once rounded to 32 bits. */
  readonly localShift: number;
  readonly scoreShift: number;
  /** i32 [clusters × replicates]; by row the estimation rows stand before the others. */
  readonly weights: number;
  /** A multiple of 4. */
  readonly replicates: number;
  /** i64 tables, added to: Σ w·e (functionals × replicates), Σ w·g (p × replicates; 0: not wanted), Σ weight·density·x (functionals × p; 0: not wanted). */
  readonly local: number;
  readonly score: number;
  readonly slopes: number;
}

/**
 * The numeric kernels of one WebAssembly instance, over the memory of its `arena`.
 *
 * Pointers are byte addresses into the arena; `n` and `start` are rows; tables are in cells. f64, i64 and their blocks are aligned to 8
 * bytes, u32 to 4, u16 to 2. Inputs and outputs do not overlap unless said otherwise. Any n is allowed, 0 too: the remainder of a
 * SIMD step is computed by the same lanes, so a row's value never depends on its place. `start` moves codes and whole columns;
 * block buffers (η, s, w, v, y, cells) begin at row 0 of the block.
 *
 * Fixed point: a double v becomes the i64 nearest to v · 2^shift (ties to even). |v · 2^shift| < 2^51 and sums inside 63 bits are the
 * caller's to ensure. Sums of i64 are exact, so they depend on neither order nor blocks. NaN never becomes an integer.
 *
 * Each call checks its pointers and lengths (EngineError `internal`), nothing per row: codes out of range corrupt memory.
 * Results are the same to the bit on every engine: plain SIMD, no host mathematics.
 */
export interface Kernels extends RowKernels, ReplicateKernels, ArrivalKernels {
  readonly arena: Arena;
  /** Another instance, with a memory of its own: what is kept there goes when the instance does. */
  another(): Kernels;

  /** Writes the descriptor of `list` into the arena. */
  composites(list: readonly Composite[]): CompositeSet;

  // Joint sums ------------------------------------------------------------------------------------------------------------

  /** Pair cells of `table` (u32[set.cells]) += 1 for rows start … start + n − 1. `foldCounts` fills the level cells. */
  countJoint(set: CompositeSet, start: number, n: number, table: number): void;
  /** Pair cells of `table` (i64[set.cells]) += w[i], w an i64 block. `foldWeights` fills the level cells. */
  weighJoint(set: CompositeSet, start: number, n: number, w: number, table: number): void;
  /** Sets the level cells of `table` from its pair cells (a lone composite's level cells are counted directly). Once, after the last block. */
  foldCounts(set: CompositeSet, table: number): void;
  foldWeights(set: CompositeSet, table: number): void;
  /**
   * Lower triangle, row by row, of Σ x·x′ += from folded joint counts, x the L columns: gram i64[L(L + 1)/2]. Exact while
   * the sum over all rows stays inside 63 bits.
   */
  gramOfCounts(set: CompositeSet, columns: LevelColumns, table: number, gram: number): void;
  /** Σ w·x·x′ of the same from folded joint weights. */
  gramOfWeights(set: CompositeSet, columns: LevelColumns, table: number, gram: number): void;
  /** sums[column] += Σ v·x from Σ v by level cell, table i64[set.levelCells], sums i64[L]. */
  sumColumns(set: CompositeSet, columns: LevelColumns, table: number, sums: number): void;
  /** sums[column] += Σ x from counts by level cell, both u32. */
  countColumns(set: CompositeSet, columns: LevelColumns, table: number, sums: number): void;
  /** The level table of each row's group, u32[set.levelCells] a group: table[group][levelOffset[a] + code] += 1. */
  countGroupLevels(set: CompositeSet, group: IntegerColumn<1 | 2 | 4>, start: number, n: number, groups: number, table: number): void;
  /** The same of v, an i64 block, in i64. */
  sumGroupLevels(set: CompositeSet, group: IntegerColumn<1 | 2 | 4>, start: number, n: number, groups: number, v: number, table: number): void;
  /** table[levelOffset[a] + code] += v[i] for every composite; v an i64 block, table i64[set.levelCells]. */
  sumLevels(set: CompositeSet, start: number, n: number, v: number, table: number): void;

  // Linear predictor ------------------------------------------------------------------------------------------------------

  /** eta[i] = constant + Σ tables[levelOffset[a] + code], added in the order of composites; f64. NaN in a table gives NaN. */
  linearPredictor(set: CompositeSet, start: number, n: number, constant: number, tables: number, eta: number): void;
  /** eta[i] += beta · x[start + i]; x an f64 column. */
  addDense(x: number, start: number, n: number, beta: number, eta: number): void;

  // Rows of a model -------------------------------------------------------------------------------------------------------

  /**
   * With q = 2y − 1, z = qη, λ = φ(z)/Φ(z): s = qλ, w = φ²/(Φ(1 − Φ)) (`observed` 0) or λ(λ + z) (1), both i64; returns Σ log Φ(z),
   * each row rounded at lShift. y is u8 0/1. Relative error about 1e-14. z beyond 37 or so gives s = w = 0 and log Φ = 0;
   * z < −1023 counts as −1023, so |s| < 2^10. η = NaN gives s = w = 0 and no log-likelihood.
   */
  probitRows(eta: number, y: number, n: number, shifts: ProbitShifts, s: number, w: number, observed: 0 | 1): bigint;
  /** The same without w; s within a unit or two of fixed point of that of `probitRows`. */
  probitScore(eta: number, y: number, n: number, shifts: Omit<ProbitShifts, 'wShift'>, s: number): bigint;
  /** s of the same as f64; NaN where η is. */
  probitResidual(eta: number, y: number, n: number, s: number): void;
  /** mu = Φ(η), f64. May overwrite η. */
  probitMean(eta: number, n: number, mu: number): void;
  /** φ(η), f64. May overwrite η. */
  probitDensity(eta: number, n: number, out: number): void;
  /** r = y − η as i64; y f64. 0 where either is NaN. */
  gaussianRows(eta: number, y: number, n: number, shift: number, r: number): void;
  /** r = y − η as f64; y f32 or f64. May overwrite η, or y of f64. */
  gaussianResidual(eta: number, y: IntegerColumn<4 | 8>, n: number, r: number): void;
  /** w = s² as i64, s f64; 0 where s is NaN. */
  hc0Rows(s: number, n: number, shift: number, w: number): void;

  // Numeric covariates and fixed point ------------------------------------------------------------------------------------

  /** out[i] = w[i] · x[start + i] · z[start + i] as i64, multiplied in that order; a pointer of 0 stands for ones. w is an f64 block. */
  fixedProduct(w: number, x: number, z: number, start: number, n: number, shift: number, out: number): void;
  /** Σ v[i], i64. */
  sumFixed(v: number, n: number): bigint;
  /** out[i] = v[i] · 2^−shift, f64 (rounded where v needs more than 53 bits). May overwrite v. */
  fixedToDouble(v: number, n: number, shift: number, out: number): void;

  // Rows in another order -------------------------------------------------------------------------------------------------

  /**
   * The rows of start … start + n − 1 whose key (u8) has a place: row[k] and place[k] (u32, room for n) of the k-th of them. The place is
   * next[key] (u32[256]), which goes up by one; 0xffffffff leaves rows out. Returns how many there are.
   */
  selectRows(key: number, start: number, n: number, next: number, row: number, place: number): number;
  /** to[place[k]] = from[row[k]] for n selected rows, values of `width` bytes. */
  moveRows(from: IntegerColumn<1 | 2 | 4 | 8>, row: number, place: number, n: number, to: number): void;

  // Sums by cell ----------------------------------------------------------------------------------------------------------

  /** out[i] = month · groups + group (u32 block); the two columns are read from `start`. */
  cellIndex(group: IntegerColumn<1 | 2 | 4>, month: number, start: number, n: number, groups: number, out: number): void;
  /** table[cells[i]] += 1, u32. */
  countCells(cells: number, n: number, table: number): void;
  /** table[cells[i]] += v[i], i64. */
  sumCells(cells: number, n: number, v: number, table: number): void;
  /**
   * Six i64 a row: 1, y, y², μ and (y − μ)² at their shifts, and one unused; all 0 where y or μ is NaN. y is a block of u8 (width 1), f32 (4)
   * or f64 (8). Returns the rows that are not.
   */
  residualFields(
    y: IntegerColumn<1 | 4 | 8>, mu: number, n: number,
    shifts: { readonly y: number; readonly y2: number; readonly mu: number; readonly r2: number }, fields: number,
  ): number;
  /** table[cells[i]] += fields[i], six i64 each. */
  sumFields(cells: number, n: number, fields: number, table: number): void;
  /** meat += Σ over persons of g·g′ with g = Σ over the person's rows of s·x, x the design's columns. */
  clusterMeat(options: ClusterMeat): void;

  /** Writes a plan into the arena, with the scratch memory it needs; lives as long as that part of the arena. */
  influencePlan(plan: InfluencePlan): number;
  /** What covariances of functionals are made of; see assembly/influence.ts. Independent of the order of rows and clusters. */
  influenceSums(options: InfluenceSums): void;
  /** Slopes alone of the same: i64 [functionals × p], added to. */
  influenceSlopes(options: Omit<ClusterRange, 'sShift' | 'eShift' | 'wShift'> & { readonly dShift: number; readonly slopes: number }): void;
  /** Writes a plan of combinations into the arena, as `influencePlan` does. */
  combinationPlan(plan: CombinationPlan): number;
  /** Adds to the tables of a plan of combinations, over persons. */
  combinationSums(options: Omit<ClusterRange, 'eShift' | 'wShift'> & { readonly combinations: number; readonly meat: number; readonly meatShift: number }): void;
  /** to[i] += Σ from[block · cells + i] over blocks of i64. */
  sumBlocks(from: number, blocks: number, cells: number, to: number): void;
  /** Weighted sums of e and g for many replicates at once, exact once e and g are rounded. */
  scoreReplicates(options: ScoreReplicates): void;
  // Tables times vectors --------------------------------------------------------------------------------------------------

  /** out[i] = Σ table[i][k] · vector[k], f64, of a table of rows × columns counts (u32, below 2³¹). */
  countDots(table: number, rows: number, columns: number, vector: number, out: number): void;
  /** The same of a table of f32. */
  singleDots(table: number, rows: number, columns: number, vector: number, out: number): void;

  // Linear algebra --------------------------------------------------------------------------------------------------------

  /**
   * a (f64 p × p row-major, symmetric; the lower triangle is read) becomes its Cholesky factor L. Column j is dropped (status[j] = 0, else 1,
   * u8) where what is left of its pivot is ≤ tolerance · its diagonal; its row and column of L are 0. Returns the rank.
   */
  cholesky(a: number, p: number, tolerance: number, status: number): number;
  /** b = A⁻¹b on the kept columns, 0 on the others. */
  choleskySolve(l: number, p: number, status: number, b: number): void;
  /** out = A⁻¹ on the kept columns, 0 elsewhere; p × p, both triangles. */
  choleskyInverse(l: number, p: number, status: number, out: number): void;

  /** out = a·b, a rows × inner and b inner × columns, row-major f64; out overlaps neither. */
  multiplyMatrices(a: number, b: number, shape: { readonly rows: number; readonly inner: number; readonly columns: number }, out: number): void;

  // Normal distribution: arrays of n doubles, x and out may be the same ----------------------------------------------------

  /** Φ. On [−38, 38] within 4 ulp, one subnormal step where the result is subnormal; so too φ and log Φ. */
  normalCdf(x: number, n: number, out: number): void;
  /** φ. */
  normalDensity(x: number, n: number, out: number): void;
  /** log Φ, without underflow. */
  normalLogCdf(x: number, n: number, out: number): void;
  /** Φ(−x)/φ(x), within 4 ulp for x ≥ −37; infinite from about −37.7. */
  millsRatio(x: number, n: number, out: number): void;
  /** Φ⁻¹(p), relative error about 1e-15; ±∞ at 0 and 1, NaN outside. Wichura's AS 241. */
  normalQuantile(p: number, n: number, out: number): void;
  /** eˣ within 1 ulp. */
  exp(x: number, n: number, out: number): void;
  /** log x within 1 ulp; −∞ at 0, NaN below. */
  log(x: number, n: number, out: number): void;

  /** P(|T| > |t|), Student's t with `freedom` > 0 degrees of freedom (up to 1e8), relative error about 1e-13. One number in, one out. */
  studentTail(t: number, freedom: number): number;
  /** t with P(T ≤ t) = p. */
  studentQuantile(p: number, freedom: number): number;

  // Random numbers --------------------------------------------------------------------------------------------------------

  /**
   * n doubles in (0, 1), multiples of 2^−53, from Philox4x32-10. Elements 2j and 2j + 1 come from block j: its words (0, 1) and (2, 3), the
   * first the lower half, as (upper 52 bits + ½)/2^52.
   */
  uniforms(philox: PhiloxCounter, n: number, out: number): void;
  /**
   * Poisson(1) draws + `offset`, i32 [n × replicates], of clusters known by two u32 words each at `ids` and, where `third` is not 0, a u8
   * column besides: the same for a cluster wherever it stands. Replicates `first` and on; `first` is a multiple of 16, `replicates` of 4.
   */
  poissonWeights(options: { readonly key: readonly [number, number]; readonly ids: number; readonly third: number; readonly n: number; readonly first: number; readonly replicates: number; readonly offset: number; readonly out: number }): void;
  /** The four u32 words of each of n blocks. */
  philoxWords(philox: PhiloxCounter, n: number, out: number): void;
}
