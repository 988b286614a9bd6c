import { ownersOf } from './deal-rows.ts';
import { gather } from './gather.ts';
import type { PersonRows } from './person-tally.ts';

/** Deals rows out to the workers that own their persons, in arrays of their own. */
export function dealPersonRows(rows: PersonRows, workers: number): PersonRows[] {
  return ownersOf(rows.persons, rows.months.length, workers).map((pick) => {
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
