import type { RowBlocks } from './row-blocks.ts';

/** More cells of groups and levels than this are not counted: 64 MiB in each worker. */
export const mostGroupCells = 2 ** 24;

/** Estimation rows by group and column of the frame, the numeric terms left out: 0 there. */
export function groupColumnsPass(rows: RowBlocks, grouping: number): Promise<Uint32Array> {
  const { kernels, sample, set, columns } = rows;
  const groups = sample.plan.groupings[grouping]!.groups.length;
  return rows.scratch(async (alloc) => {
    const counts = alloc(4 * groups * set.levelCells);
    await rows.blocks(0, sample.estimationRows, ({ start, rows: n }) => kernels.countGroupLevels(set, sample.groups[grouping]!, start, n, groups, counts));
    const x = alloc(4 * groups * columns.count);
    for (let g = 0; g < groups; g++) kernels.countColumns(set, columns, counts + 4 * g * set.levelCells, x + 4 * g * columns.count);
    return kernels.arena.u32(x, groups * columns.count).slice();
  });
}
