import type { Predictor } from '../estimate/passes.ts';
import { BLOCK } from '../kernels/kernels.ts';
import { gramTable, sumTable } from './frame-tables.ts';
import { sortMonths, type MonthWindow, type SortedRows } from './month-sort.ts';
import type { ProbitShifts } from './protocol.ts';
import type { Alloc, Block, RowBlocks } from './row-blocks.ts';

/** The fit of a probit, and the places of the sums at it. */
export interface KeptFit {
  readonly predictor: Predictor;
  readonly shifts: ProbitShifts & { readonly density: number };
}

export interface KeepOptions {
  readonly window: MonthWindow;
  /** By outcome: places of Σ y·x and Σ y². */
  readonly shifts: readonly { readonly y: number; readonly y2: number }[];
  /** By outcome; null for least squares. */
  readonly fits: readonly (KeptFit | null)[];
  /** Breakdowns to sum by. */
  readonly groupings: readonly number[];
}

/** Sums of one month's rows, as integers. */
export interface MonthTables {
  /** Lower triangle of X′X, L(L + 1)/2 counts. */
  readonly gram: Uint32Array;
  /** By outcome: Σ y·x by column, and Σ y², in fixed point. */
  readonly outcomeSums: readonly BigInt64Array[];
  readonly squares: BigInt64Array;
  /** By outcome: X′WX of the observed information and X′s at the fit. */
  readonly fits: readonly ({ readonly information: BigInt64Array; readonly score: BigInt64Array } | null)[];
  /** By breakdown: Σ x by group and column, and by outcome Σ φ(η)·x at the fit. */
  readonly groups: readonly { readonly x: Uint32Array; readonly density: readonly (BigInt64Array | null)[] }[];
}

/** Sums by month, and by month and group, over the rows of a window of months. */
export function keepMonths(rows: RowBlocks, options: KeepOptions): Promise<MonthTables[]> {
  return rows.scratch(async (alloc) => {
    const sorted = await sortMonths(rows, options.window, alloc);
    const predictors = options.fits.map((fit) => {
      if (!fit) return null;
      const { constant, levels, levelsOutside } = fit.predictor;
      return { inside: predictorOver(rows, sorted, alloc, { constant, levels }), outside: predictorOver(rows, sorted, alloc, { constant, levels: levelsOutside }) };
    });
    const months: MonthTables[] = [];
    for (const month of sorted.months) months.push(await rows.scratch((own) => keepMonth({ rows, sorted, options, predictors, alloc: own }, month)));
    return months;
  });
}

type Predict = (block: Block, eta: number) => void;

function predictorOver(resident: RowBlocks, { set }: SortedRows, alloc: Alloc, { constant, levels }: { readonly constant: number; readonly levels: Float64Array }): Predict {
  const table = resident.levelTable(alloc, levels);
  return ({ start, rows }, eta) => resident.kernels.linearPredictor(set, start, rows, constant, table, eta);
}

interface Keep {
  readonly rows: RowBlocks;
  readonly sorted: SortedRows;
  readonly options: KeepOptions;
  readonly predictors: readonly ({ readonly inside: Predict; readonly outside: Predict } | null)[];
  readonly alloc: Alloc;
}

async function keepMonth(keep: Keep, month: SortedRows['months'][number]): Promise<MonthTables> {
  const { rows, sorted, options, predictors, alloc } = keep;
  const { kernels, sample } = rows;
  const { set } = sorted;
  const tables = { ...rows, set };
  const [y, eta, s, w] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
  const gram = gramTable(tables, alloc, 'counts');
  const outcomes = sample.outcomes.map(() => ({ sums: sumTable(tables, alloc), squares: 0n }));
  const fits = options.fits.map((fit) => fit && { ...fit, information: gramTable(tables, alloc, 'weights'), score: sumTable(tables, alloc) });
  // φ of the month's rows, to be summed by one breakdown after the other: each has a table that fills the cache.
  const density = fits.map((fit) => fit && alloc(8 * Math.max(month.end - month.start, 1)));

  /** Rows that the condition of the sample does not hold for are in no sums by month: no choice of months brings them in. */
  const addBlock = (block: Block, { isOutside, inSums }: { isOutside: boolean; inSums: boolean }): void => {
    if (inSums) gram.count(block);
    outcomes.forEach((outcome, o) => {
      if (inSums) {
        const values = rows.doubles(sorted.outcomes[o]!, block, y);
        const { y: shift, y2 } = options.shifts[o]!;
        kernels.fixedProduct(0, values, values, 0, block.rows, y2, s);
        outcome.squares += kernels.sumFixed(s, block.rows);
        kernels.fixedProduct(0, values, 0, 0, block.rows, shift, s);
        outcome.sums.add(block, s, { doubles: values, shift, spare: w });
      }
      const fit = fits[o];
      if (!fit) return;
      predictors[o]![isOutside ? 'outside' : 'inside'](block, eta);
      if (inSums) {
        kernels.probitRows(eta, sorted.outcomes[o]!.ptr + block.start, block.rows, fit.shifts, s, w, 1);
        fit.information.weigh(block, w);
        fit.score.add(block, s, { doubles: 0, shift: 0, spare: w });
      }
      kernels.probitDensity(eta, block.rows, eta);
      kernels.fixedProduct(eta, 0, 0, 0, block.rows, fit.shifts.density, density[o]! + 8 * (block.start - month.start));
    });
  };
  await eachBlock(rows, month.start, month.outside, (block) => addBlock(block, { isOutside: false, inSums: true }));
  await eachBlock(rows, month.outside, month.apart, (block) => addBlock(block, { isOutside: true, inSums: true }));
  await eachBlock(rows, month.apart, month.end, (block) => addBlock(block, { isOutside: true, inSums: false }));
  return {
    gram: lowWords(gram.read()),
    outcomeSums: outcomes.map(({ sums }) => sums.read()),
    squares: BigInt64Array.from(outcomes, ({ squares }) => squares),
    fits: fits.map((fit) => fit && { information: fit.information.read(), score: fit.score.read() }),
    groups: await keepGroups(keep, month, density),
  };
}

/** Σ x and Σ φ·x by group; those of the whole, where there is a breakdown, from the groups of the smallest. */
async function keepGroups({ rows, sorted, options }: Keep, month: SortedRows['months'][number], density: readonly (number | null)[]): Promise<MonthTables['groups']> {
  const { kernels, sample } = rows;
  const { arena } = kernels;
  const { set } = sorted;
  const L = rows.columns.count;
  const sizes = options.groupings.map((g) => sample.plan.groupings[g]!.groups.length);
  const smallest = Math.min(...sizes.filter((size) => size > 1));
  const tables: (MonthTables['groups'][number] | null)[] = [];
  for (const [k, groups] of sizes.entries()) {
    if (groups === 1 && smallest < Infinity) {
      tables.push(null);
      continue;
    }
    tables.push(await rows.scratch(async (alloc) => {
      const column = sorted.groups[options.groupings[k]!]!;
      const counts = alloc(4 * groups * set.levelCells);
      const levels = density.map((phi) => phi && alloc(8 * groups * set.levelCells));
      await eachBlock(rows, month.start, month.end, ({ start, rows: n }) => {
        kernels.countGroupLevels(set, column, start, n, groups, counts);
        density.forEach((phi, o) => phi && kernels.sumGroupLevels(set, column, start, n, groups, phi + 8 * (start - month.start), levels[o]!));
      });
      const [x, sums] = [alloc(4 * groups * L), levels.map((table) => table && alloc(8 * groups * L))];
      for (let g = 0; g < groups; g++) {
        kernels.countColumns(set, rows.columns, counts + 4 * g * set.levelCells, x + 4 * g * L);
        levels.forEach((table, o) => table && kernels.sumColumns(set, rows.columns, table + 8 * g * set.levelCells, sums[o]! + 8 * g * L));
      }
      return { x: arena.u32(x, groups * L).slice(), density: sums.map((ptr) => (ptr === null ? null : arena.i64(ptr, groups * L).slice())) };
    }));
  }
  const parts = tables[sizes.indexOf(smallest)];
  return tables.map((table) => table ?? { x: addedUp(parts!.x, new Uint32Array(L)), density: parts!.density.map((sums) => sums && addedUp(sums, new BigInt64Array(L))) });
}

/** Sums over groups of tables of as many columns as `out` has. */
function addedUp<T extends Uint32Array | BigInt64Array>(groups: T, out: T): T {
  for (let i = 0; i < groups.length; i++) (out[i % out.length] as number) += groups[i] as number;
  return out;
}

async function eachBlock({ control }: RowBlocks, from: number, to: number, each: (block: Block) => void): Promise<void> {
  for (let start = from; start < to; start += BLOCK) {
    each({ start, rows: Math.min(BLOCK, to - start) });
    await control.breathe();
  }
}

/** Counts below 2³², of which the high words are 0. */
function lowWords(counts: BigInt64Array): Uint32Array {
  const words = new Uint32Array(counts.buffer, counts.byteOffset, 2 * counts.length);
  const low = new Uint32Array(counts.length);
  for (let i = 0; i < low.length; i++) low[i] = words[2 * i]!;
  return low;
}

/** What of the tables can be handed over to the near end without a copy. */
export function tableBuffers(months: readonly MonthTables[]): ArrayBuffer[] {
  return months.flatMap(({ gram, outcomeSums, squares, fits, groups }) => [
    gram, ...outcomeSums, squares,
    ...fits.flatMap((fit) => (fit ? [fit.information, fit.score] : [])),
    ...groups.flatMap(({ x, density }) => [x, ...density.flatMap((table) => table ?? [])]),
  ].map(({ buffer }) => buffer as ArrayBuffer));
}
