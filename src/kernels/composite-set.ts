import { EngineError } from '../errors.ts';
import type { Arena } from './arena.ts';
import type { Composite, CompositeSet } from './kernels.ts';

/** u32 words of one composite in the descriptor: ptr, levels, width, level offset. Four words stand before: C, the level cells and two unused. */
const WORDS = 4;

/** Lays out the tables of `list` and writes the descriptor that assembly/composites.ts reads. */
export function writeCompositeSet(arena: Arena, list: readonly Composite[]): CompositeSet {
  list.forEach(({ ptr, levels, width }, a) => {
    const most = width === 1 ? 256 : 65536;
    if (!(Number.isInteger(levels) && levels >= 1 && levels <= most) || ptr % width !== 0) {
      throw new EngineError('internal.unexpected', { detail: `composite ${a}: ${levels} levels at ${ptr} do not go with codes of ${width} bytes (1 to ${most})` });
    }
  });
  let cells = 0;
  const levelOffset = list.map(({ levels }) => (cells += levels) - levels);
  const levelCells = cells;
  const pairOffset = list.map((first, a) =>
    list.map((second, b) => (b > a ? (cells += first.levels * second.levels) - first.levels * second.levels : -1)),
  );
  if (cells > 0x0fffffff) {
    throw new EngineError('memory.joint-tables', { cells });
  }
  const ptr = arena.alloc(4 * (4 + WORDS * list.length));
  const words = arena.u32(ptr, 4 + WORDS * list.length);
  words.set([list.length, levelCells, 0, 0]);
  list.forEach(({ ptr: codes, levels, width }, a) => words.set([codes, levels, width, levelOffset[a]!], 4 + WORDS * a));
  return { composites: list.slice(), levelOffset, pairOffset, levelCells, cells, ptr };
}
