import { BLOCK, type Composite, type Kernels } from '../../src/kernels/kernels.ts';
import { loadKernelModule } from '../../src/kernels/load-node.ts';
import { openKernels } from '../../src/kernels/wasm.ts';

const module = loadKernelModule();

export const open = async (): Promise<Kernels> => openKernels(await module);

/** None, one, either side of a block, and several blocks with a remainder. */
export const lengths = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7];
export const starts = [0, 5, 16];

/** Seeded numbers in [0, 1), good enough to fill tables with. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export interface Column {
  readonly composite: Composite;
  readonly codes: Uint8Array | Uint16Array;
}

/** Skewed codes of `rows` rows, at an address that is no multiple of 16. */
export function codeColumn(kernels: Kernels, rows: number, levels: number, width: 1 | 2, random: () => number): Column {
  const { arena } = kernels;
  const codes = width === 1 ? new Uint8Array(rows) : new Uint16Array(rows);
  for (let i = 0; i < rows; i++) codes[i] = Math.floor(levels * random() ** 3);
  const ptr = arena.alloc(rows * width + 6) + 6;
  if (width === 1) arena.u8(ptr, rows).set(codes);
  else arena.u16(ptr, rows).set(codes);
  return { composite: { ptr, levels, width }, codes };
}

export function putF64(kernels: Kernels, values: ArrayLike<number>): number {
  const ptr = kernels.arena.alloc(8 * values.length + 8) + 8;
  kernels.arena.f64(ptr, values.length).set(values);
  return ptr;
}

export function zeroed(kernels: Kernels, bytes: number): number {
  const ptr = kernels.arena.alloc(bytes);
  kernels.arena.u8(ptr, bytes).fill(0);
  return ptr;
}

/** v · 2^shift to the nearest integer, ties to even; 0 for NaN. */
export function fixed(v: number, shift: number): bigint {
  if (Number.isNaN(v)) return 0n;
  const scaled = v * 2 ** shift;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  return BigInt(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

/** Index of the first pair of values that differ, −1 where none does: tables are too long for `toEqual`. */
export function firstDifference(got: ArrayLike<number | bigint>, expected: ArrayLike<number | bigint>): number {
  if (got.length !== expected.length) return Math.min(got.length, expected.length);
  for (let i = 0; i < got.length; i++) if (!Object.is(Number(got[i]), Number(expected[i]))) return i;
  return -1;
}
