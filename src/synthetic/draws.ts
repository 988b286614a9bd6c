import type { Kernels } from '../kernels/kernels.ts';

/** Rows of a block. A population is a sequence of blocks, each drawn on its own; the last may be shorter. */
export const blockRows = 8192;
/** Persons drawn at a time. */
export const batchPersons = 1024;

/** What is drawn once a person; the number is the stream. */
export const personStreams = [
  'type', 'entry', 'elapsed', 'length', 'office', 'age', 'female', 'country', 'residence', 'history', 'income', 'incomeRank',
  'children', 'married', 'education', 'laidOff', 'disability', 'health', 'work', 'hours', 'measure', 'support',
] as const;
export type PersonStream = (typeof personStreams)[number];
export type PersonDraws = Readonly<Record<PersonStream, Float64Array>>;

const rowStream = 64;

/** Uniform and normal draws: each is a function of the seed, the block, the stream and the person's or row's number in the block. */
export interface Draws {
  /** Uniforms of persons first … first + 1023 of a block, one array a stream; good until the next call. `first` is a multiple of 1024. */
  persons(block: number, first: number): PersonDraws;
  /** One uniform a row: what changes in the month. */
  changes(block: number, rows: number): Float64Array;
  /** Standard normals, one a row, from the shared (0) or the yearly (1) stream. Good until the next call. */
  normals(block: number, rows: number, which: 0 | 1): Float64Array;
  /** The place of what `normals` returns, to be written to; good until the next call. */
  normalsOf(which: 0 | 1, rows: number): Float64Array;
  /** Φ in place on what `normals` returned. */
  cdf(rows: number, which: 0 | 1): void;
}

export const openDraws = (kernels: Kernels, seed: number): Draws => {
  const { arena } = kernels;
  const key = [seed >>> 0, Math.floor(seed / 4294967296) >>> 0] as const;
  const personAt = personStreams.map(() => arena.alloc(8 * batchPersons));
  const changesAt = arena.alloc(8 * blockRows);
  const normalsAt = [arena.alloc(8 * blockRows), arena.alloc(8 * blockRows)] as const;
  return {
    persons(block, first) {
      personAt.forEach((at, stream) => kernels.uniforms({ key, counter: [first / 2, block, stream, 0] }, batchPersons, at));
      return Object.fromEntries(personStreams.map((name, stream) => [name, arena.f64(personAt[stream]!, batchPersons)])) as PersonDraws;
    },
    changes(block, rows) {
      kernels.uniforms({ key, counter: [0, block, rowStream, 0] }, rows, changesAt);
      return arena.f64(changesAt, rows);
    },
    normals(block, rows, which) {
      const at = normalsAt[which];
      kernels.uniforms({ key, counter: [0, block, rowStream + 1 + which, 0] }, rows, at);
      kernels.normalQuantile(at, rows, at);
      return arena.f64(at, rows);
    },
    normalsOf: (which, rows) => arena.f64(normalsAt[which], rows),
    cdf: (rows, which) => kernels.normalCdf(normalsAt[which], rows, normalsAt[which]),
  };
};
