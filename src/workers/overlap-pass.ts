import { BLOCK } from '../kernels/kernels.ts';
import { ConnectedParts } from '../withhold/connected-parts.ts';
import type { RowBlocks } from './row-blocks.ts';

/**
 * For each pair of groupings and month, which groups of the one have rows in which groups of the other: by month, the groups of the one and
 * then of the other, each with another of its connected part.
 */
export async function overlapPass(samples: readonly RowBlocks[], pairs: readonly (readonly [number, number])[]): Promise<Int32Array[]> {
  const { plan } = samples[0]!.sample;
  const sizes = plan.groupings.map(({ groups }) => groups.length);
  const found = pairs.map(([a, b]) => ConnectedParts.of(plan.months * (sizes[a]! + sizes[b]!)));
  for (const rows of samples) {
    const { kernels, sample } = rows;
    await rows.scratch(async (alloc) => {
      const cells = plan.groupings.map(() => alloc(4 * BLOCK));
      const cellsOf = cells.map((ptr) => kernels.arena.u32(ptr, BLOCK));
      await rows.blocks(0, sample.rows, ({ start, rows: n }) => {
        const hidden = rows.hiddenOf({ start, rows: n });
        cells.forEach((ptr, g) => kernels.cellIndex(sample.groups[g]!, sample.months, start, n, sizes[g]!, ptr));
        pairs.forEach(([a, b], p) => connectRows(found[p]!, { n, first: cellsOf[a]!, second: cellsOf[b]!, hidden }, sizes[a]!, sizes[b]!));
      });
    });
  }
  return found.map(({ parent }) => parent);
}

function connectRows(parts: ConnectedParts, { n, first, second, hidden }: { n: number; first: Uint32Array; second: Uint32Array; hidden: Uint8Array | null }, own: number, others: number): void {
  let [lastFirst, lastSecond] = [-1, -1];
  for (let i = 0; i < n; i++) {
    if (hidden?.[i] === 1) continue;
    const [x, y] = [first[i]!, second[i]!];
    if (x === lastFirst && y === lastSecond) continue;
    [lastFirst, lastSecond] = [x, y];
    const month = Math.floor(x / own);
    parts.connect(x + month * others, y + (month + 1) * own);
  }
}
