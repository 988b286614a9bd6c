import { drawsOf } from '../../src/workers/draw-weights.ts';
import { PersonIndex } from '../../src/workers/person-index.ts';
import { open } from '../kernels/open.ts';
import type { Row } from '../reference/table.ts';

/** Replicates that are drawn. */
const drawn = 32;

/** Poisson weights of every row by the kernel, one a replicate, from the identity of its person and its month. */
export async function drawnWeights(rows: readonly Row[], { seed, cluster }: { seed: number; cluster: 'person' | 'row' }): Promise<(row: Row) => Int32Array> {
  const kernels = await open();
  const { arena } = kernels;
  const index = new PersonIndex();
  const persons = index.number(Uint32Array.from(rows.flatMap((row) => [Number(row.person_id), 0, 0, 0])), rows.length);
  const [ids, third, out] = [arena.alloc(8 * rows.length), arena.alloc(rows.length), arena.alloc(4 * drawn * rows.length)];
  arena.u32(ids, 2 * rows.length).set([...persons].flatMap((person) => index.key(person)));
  const monthNumber = (month: string): number => 12 * Number(month.slice(0, 4)) + Number(month.slice(5));
  const first = Math.min(...rows.map((row) => monthNumber(String(row.month))));
  arena.u8(third, rows.length).set(rows.map((row) => monthNumber(String(row.month)) - first));
  kernels.poissonWeights({ key: [seed, drawsOf.bootstrap], ids, third: cluster === 'row' ? third : 0, n: rows.length, first: 0, replicates: drawn, offset: 0, out });
  const weights = arena.i32(out, drawn * rows.length).slice();
  const at = new Map(rows.map((row, i) => [row, weights.subarray(drawn * i, drawn * (i + 1))]));
  return (row) => at.get(row)!;
}
