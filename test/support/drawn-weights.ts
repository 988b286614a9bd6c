import { arrivalLaw, drawStops } from '../../src/uncertainty/arrival-law.ts';
import { drawsOf } from '../../src/workers/draw-weights.ts';
import { PersonIndex } from '../../src/workers/person-index.ts';
import { open } from '../kernels/open.ts';
import type { Row } from '../reference/table.ts';

/** Replicates that are drawn. */
const drawn = 32;

export interface WeightsOf {
  readonly seed: number;
  readonly cluster: 'person' | 'row';
  /** Of as many draws with replacement as there are persons or rows; Poisson weights where absent. */
  readonly draw?: 'multinomial';
}

/** Weights of every row by the kernel, one a replicate, from the identity of its person and its month. */
export async function drawnWeights(rows: readonly Row[], { seed, cluster, draw }: WeightsOf): Promise<(row: Row) => Int32Array> {
  const { arena, ...kernels } = await open();
  const index = new PersonIndex();
  const all = index.number(Uint32Array.from(rows.flatMap((row) => [Number(row.person_id), 0, 0, 0])), rows.length);
  const clusters = cluster === 'row' ? all : Uint32Array.from(new Set(all));
  const n = clusters.length;
  const [ids, months, out] = [arena.alloc(8 * n), arena.alloc(n), arena.alloc(4 * drawn * n)];
  arena.u32(ids, 2 * n).set([...clusters].flatMap((person) => index.key(person)));
  const monthNumber = (month: string): number => 12 * Number(month.slice(0, 4)) + Number(month.slice(5));
  const first = Math.min(...rows.map((row) => monthNumber(String(row.month))));
  if (cluster === 'row') arena.u8(months, n).set(rows.map((row) => monthNumber(String(row.month)) - first));
  const of = { key: [seed, drawsOf.bootstrap], ids, third: cluster === 'row' ? months : 0, n, first: 0, replicates: drawn } as const;
  if (draw === 'multinomial') multinomial();
  else kernels.poissonWeights({ ...of, offset: 0, out });
  const weights = arena.i32(out, drawn * n).slice();
  const at = new Map([...clusters].map((person, i) => [cluster === 'row' ? i : person, weights.subarray(drawn * i, drawn * (i + 1))]));
  const byRow = new Map(rows.map((row, i) => [row, at.get(cluster === 'row' ? i : all[i]!)!]));
  return (row) => byRow.get(row)!;

  function multinomial(): void {
    const law = arrivalLaw(n);
    const room = n * drawn * law.most;
    const [words, totals, list, lanes, next, stops] = [arena.alloc(4 * law.words.length), arena.alloc(4 * drawn), arena.alloc(8 * room), arena.alloc(4 * room), arena.alloc(4), arena.alloc(8 * drawn)];
    arena.u32(words, law.words.length).set(law.words);
    arena.u8(totals, 4 * drawn).fill(0);
    const arrivals = { ...of, law: { ptr: words, words: law.words.length, most: law.most } };
    const listed = kernels.arrivalTimes(arrivals, { from: 0, totals, list, lanes, room, next });
    const parts = [{ totals: Float64Array.from(arena.i32(totals, drawn)), times: arena.f64(list, listed).slice(), lanes: arena.u32(lanes, listed).slice() }];
    arena.f64(stops, drawn).set(drawStops(parts, law, 0).stops);
    kernels.arrivalWeights(arrivals, { offset: 0, stops, out });
    for (let b = 0; b < drawn; b++) {
      const total = arena.i32(out, drawn * n).reduce((sum, weight, i) => sum + (i % drawn === b ? weight : 0), 0);
      if (total !== n) throw new Error(`replicate ${b} has ${total} of ${n} draws`);
    }
  }
}
