import { BLOCK } from '../kernels/kernels.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Distinct persons of the estimation sample at each column of the frame; all of them for the constant and numeric terms. */
export async function levelPersonsPass({ kernels, sample, frame, control }: RowBlocks): Promise<Float64Array> {
  const { arena } = kernels;
  const persons = new Float64Array(frame.columns.length).fill(sample.persons);
  for (const cell of frame.levelColumns) persons[cell] = 0;
  const last = new Uint32Array(frame.columns.length);
  const { levelColumnsStart: start, levelColumns: columns } = frame;
  for (let c = 0; c < sample.clusters; c++) {
    const [from, to] = arena.u32(sample.personStart + 4 * c, 2);
    sample.composites.forEach(({ ptr, width }, a) => {
      const codes = width === 1 ? arena.u8(ptr + from!, to! - from!) : arena.u16(ptr + 2 * from!, to! - from!);
      const { offset } = frame.composites[a]!;
      for (let row = 0; row < codes.length; row++) {
        const cell = offset + codes[row]!;
        for (let k = start[cell]!; k < start[cell + 1]!; k++) {
          const column = columns[k]!;
          if (last[column] === c + 1) continue;
          last[column] = c + 1;
          persons[column]!++;
        }
      }
    });
    if (c % BLOCK === 0) await control.breathe();
  }
  control.check();
  return persons;
}
