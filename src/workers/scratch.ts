import type { Arena } from '../kernels/arena.ts';
import type { HeldArray } from './row-store.ts';

/** Room at the top of the kernels' memory for a stretch of work; what is taken later is given back first. */
export class Scratch {
  private readonly arena: Arena;
  private readonly start: number;
  private readonly columns = new Map<HeldArray, number>();

  constructor(arena: Arena) {
    this.arena = arena;
    this.start = arena.mark();
  }

  /** Address of `bytes` bytes, cleared. */
  zeroed(bytes: number): number {
    const ptr = this.room(bytes);
    this.arena.u8(ptr, bytes).fill(0);
    return ptr;
  }

  room(bytes: number): number {
    return this.arena.alloc(bytes);
  }

  /** Address of a copy of the column, one however often it is asked for. */
  put(column: HeldArray): number {
    let ptr = this.columns.get(column);
    if (ptr === undefined) {
      ptr = this.room(column.byteLength);
      this.arena.u8(ptr, column.byteLength).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
      this.columns.set(column, ptr);
    }
    return ptr;
  }

  integers(column: Uint8Array | Uint16Array | Uint32Array): { ptr: number; width: 1 | 2 | 4 } {
    return { ptr: this.put(column), width: column.BYTES_PER_ELEMENT as 1 | 2 | 4 };
  }

  numbers(column: Float32Array | Float64Array): { ptr: number; width: 4 | 8 } {
    return { ptr: this.put(column), width: column.BYTES_PER_ELEMENT as 4 | 8 };
  }

  release(): void {
    this.arena.release(this.start);
  }
}

/** Runs `use` with scratch memory that is given back at its end. */
export function withScratch<T>(arena: Arena, use: (scratch: Scratch) => T): T {
  const scratch = new Scratch(arena);
  try {
    return use(scratch);
  } finally {
    scratch.release();
  }
}
