import type { Kernels } from '../kernels/kernels.ts';
import { ownersOf } from './deal-rows.ts';
import { gather } from './gather.ts';
import type { PersonRows } from './person-tally.ts';
import { withScratch } from './scratch.ts';

/** Deals rows out to the workers that own their persons, in arrays of their own. */
export function dealPersonRows(kernels: Kernels, rows: PersonRows, workers: number): PersonRows[] {
  const picks = withScratch(kernels.arena, (scratch) => ownersOf(kernels, scratch, rows.persons, workers).map((owned) => kernels.arena.u32(owned.picks, owned.n).slice()));
  return picks.map((pick) => {
    const words = new Uint32Array(4 * pick.length);
    for (let i = 0; i < pick.length; i++) for (let word = 0; word < 4; word++) words[4 * i + word] = rows.persons[4 * pick[i]! + word]!;
    return {
      file: rows.file,
      rowNumbers: gather(rows.rowNumbers, pick),
      persons: words,
      months: Int32Array.from(pick, (row) => rows.months[row]!),
      members: rows.members.map((member) => gather(member, pick)),
      groups: rows.groups.map(({ codes, labels }) => ({ codes: gather(codes, pick), labels })),
    };
  });
}
