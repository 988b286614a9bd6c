import { BLOCK } from '../kernels/kernels.ts';
import type { Alloc, RowBlocks } from './row-blocks.ts';

/** More cells of groups and levels than this are not counted: 64 MiB in each worker. */
export const mostGroupCells = 2 ** 24;

/** Estimation rows that are shown by group and column of the frame, the numeric terms left out: 0 there. */
export function groupColumnsPass(rows: RowBlocks, grouping: number): Promise<Uint32Array> {
  const { kernels, sample, set, columns } = rows;
  const groups = sample.plan.groupings[grouping]!.groups.length;
  return rows.scratch(async (alloc) => {
    if (sample.hidden !== 0) return shownColumns(rows, alloc, { grouping, groups });
    const counts = alloc(4 * groups * set.levelCells);
    await rows.blocks(0, sample.estimationRows, ({ start, rows: n }) => kernels.countGroupLevels(set, sample.groups[grouping]!, start, n, groups, counts));
    const x = alloc(4 * groups * columns.count);
    for (let g = 0; g < groups; g++) kernels.countColumns(set, columns, counts + 4 * g * set.levelCells, x + 4 * g * columns.count);
    return kernels.arena.u32(x, groups * columns.count).slice();
  });
}

async function shownColumns(rows: RowBlocks, alloc: Alloc, { grouping, groups }: { grouping: number; groups: number }): Promise<Uint32Array> {
  const { kernels, sample, set, columns } = rows;
  const [sums, weight] = [alloc(8 * groups * set.levelCells), alloc(8 * BLOCK)];
  await rows.blocks(0, sample.estimationRows, (block) => {
    const hidden = rows.hiddenOf(block)!;
    const shown = kernels.arena.i64(weight, block.rows);
    for (let i = 0; i < block.rows; i++) shown[i] = hidden[i] === 1 ? 0n : 1n;
    kernels.sumGroupLevels(set, sample.groups[grouping]!, block.start, block.rows, groups, weight, sums);
  });
  const x = alloc(8 * groups * columns.count);
  for (let g = 0; g < groups; g++) kernels.sumColumns(set, columns, sums + 8 * g * set.levelCells, x + 8 * g * columns.count);
  return Uint32Array.from(kernels.arena.i64(x, groups * columns.count), Number);
}
