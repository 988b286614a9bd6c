import type { CompositeSet, IntegerColumn } from '../kernels/kernels.ts';
import { BLOCK } from '../kernels/kernels.ts';
import type { ResidentOutcome, ResidentSample } from './code-sample.ts';
import type { Alloc, RowBlocks } from './row-blocks.ts';

/** Rows of other months go nowhere. */
const notWanted = 0xffffffff;

/** Months counted from the first: `from` … `to` − 1. */
export interface MonthWindow {
  readonly from: number;
  readonly to: number;
}

/** Copies of the rows of some months, month by month; in each month those of the estimation sample come first, and those that its condition leaves out last. */
export interface SortedRows {
  readonly set: CompositeSet;
  /** By outcome and by grouping. */
  readonly outcomes: readonly ResidentOutcome[];
  readonly groups: readonly IntegerColumn<1 | 2 | 4>[];
  /** By month of the window: its first row, the first outside the estimation sample, the first that its condition does not hold for, and the end. */
  readonly months: readonly { readonly start: number; readonly outside: number; readonly apart: number; readonly end: number }[];
}

/**
 * Puts the rows of a window of months in the order of the months: a scattered write a row and column, where gathering
 * month by month would go through all memory once a month. What is laid out is given back with the scratch memory.
 */
export async function sortMonths(resident: RowBlocks, { from, to }: MonthWindow, alloc: Alloc): Promise<SortedRows> {
  const { kernels, sample, control } = resident;
  const { arena } = kernels;
  const { estimated, apart, all } = rowsByMonth(resident);
  const next = new Uint32Array(256).fill(notWanted);
  const nextApart = new Uint32Array(256).fill(notWanted);
  const months: SortedRows['months'][number][] = [];
  let rows = 0;
  for (let m = from; m < to; m++) {
    next[m] = rows;
    const [start, end] = [rows, rows + all[m]!];
    nextApart[m] = end - apart[m]!;
    months.push({ start, outside: start + estimated[m]!, apart: nextApart[m]!, end });
    rows = end;
  }

  const moves: { readonly source: IntegerColumn<1 | 2 | 4 | 8>; readonly target: number }[] = [];
  const copyOf = <Width extends 1 | 2 | 4 | 8>(source: IntegerColumn<Width>): IntegerColumn<Width> => {
    const target = alloc(Math.max(rows, 1) * source.width);
    moves.push({ source, target });
    return { ptr: target, width: source.width };
  };
  const codes = sample.composites.map(({ ptr, width, levels }) => ({ ...copyOf({ ptr, width }), levels }));
  const outcomes = sample.outcomes.map((outcome): ResidentOutcome => copyOf(outcome));
  const one = alloc(Math.max(rows, 1));
  const groups = sample.groups.map((column, g) => (sample.plan.groupings[g]!.groups.length === 1 ? ({ ptr: one, width: 1 } as const) : copyOf(column)));
  const [nextPtr, row, place] = [alloc(4 * 256), alloc(4 * BLOCK), alloc(4 * BLOCK)];
  const set = kernels.composites(codes);
  const move = async (key: number, places: Uint32Array): Promise<void> => {
    arena.u32(nextPtr, 256).set(places);
    for (let start = 0; start < sample.rows; start += BLOCK) {
      const found = kernels.selectRows(key, start, Math.min(BLOCK, sample.rows - start), nextPtr, row, place);
      if (found > 0) for (const { source, target } of moves) kernels.moveRows(source, row, place, found, target);
      await control.breathe();
    }
  };
  // Estimation rows stand before the others, and so come first in each month too.
  if (sample.apart === 0) await move(sample.months, next);
  else {
    const keys = alloc(sample.rows);
    const elsewhere = to < 256 ? to : 0;
    for (const [which, places] of [[0, next], [1, nextApart]] as const) {
      const [own, of, isApart] = [arena.u8(keys, sample.rows), arena.u8(sample.months, sample.rows), arena.u8(sample.apart, sample.rows)];
      for (let i = 0; i < own.length; i++) own[i] = isApart[i] === which ? of[i]! : elsewhere;
      await move(keys, places);
    }
  }
  return { set, outcomes, groups, months };
}

interface MonthRows {
  readonly estimated: Uint32Array;
  readonly apart: Uint32Array;
  readonly all: Uint32Array;
}

/** Counted once a sample: the windows of one question come one after the other. */
const counted = new WeakMap<ResidentSample, MonthRows>();

function rowsByMonth({ kernels, sample }: RowBlocks): MonthRows {
  const known = counted.get(sample);
  if (known) return known;
  const months = kernels.arena.u8(sample.months, sample.rows);
  const estimated = new Uint32Array(256);
  for (let i = 0; i < sample.estimationRows; i++) estimated[months[i]!]!++;
  const [all, apart] = [estimated.slice(), new Uint32Array(256)];
  for (let i = sample.estimationRows; i < sample.rows; i++) all[months[i]!]!++;
  if (sample.apart !== 0) {
    const isApart = kernels.arena.u8(sample.apart, sample.rows);
    for (let i = sample.estimationRows; i < sample.rows; i++) if (isApart[i] === 1) apart[months[i]!]!++;
  }
  const found = { estimated, apart, all };
  counted.set(sample, found);
  return found;
}
