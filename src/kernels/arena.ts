import { EngineError } from '../errors.ts';

/** Memory that can grow, as WebAssembly has it. */
export interface Pages {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

const PAGE = 65536;
const MAX_BYTES = 65536 * PAGE;

/**
 * A stack of allocations in one kernel memory, owned by the caller: nothing is freed but by `release`.
 * Pointers are byte addresses. Fresh allocations are not cleared. A view is dead after any later `alloc` (memory may have grown):
 * make it again, it costs nothing.
 */
export class Arena {
  readonly #pages: Pages;
  #top: number;

  constructor(pages: Pages, base: number) {
    this.#pages = pages;
    this.#top = base;
  }

  /** Bytes in use, with the kernels' own. */
  get used(): number {
    return this.#top;
  }

  /** Address of `bytes` bytes, a multiple of `align` (a power of two). Throws `memory` where there is no room under 4 GiB. */
  alloc(bytes: number, align = 16): number {
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new EngineError('internal.unexpected', { detail: `arena: ${bytes} is no number of bytes` });
    }
    const pointer = Math.ceil(this.#top / align) * align;
    this.#reserve(pointer + bytes, bytes);
    this.#top = pointer + bytes;
    return pointer;
  }

  /** The memory as it is: dead, as any view, after a later `alloc`. */
  get buffer(): ArrayBufferLike {
    return this.#pages.buffer;
  }

  mark(): number {
    return this.#top;
  }

  /** Gives back everything allocated since `mark` was taken. */
  release(mark: number): void {
    if (!(mark >= 0 && mark <= this.#top)) {
      throw new EngineError('internal.unexpected', { detail: `arena: mark ${mark} is not below the top ${this.#top}` });
    }
    this.#top = mark;
  }

  u8(pointer: number, n: number): Uint8Array<ArrayBufferLike> {
    return new Uint8Array(this.#pages.buffer, pointer, n);
  }
  u16(pointer: number, n: number): Uint16Array<ArrayBufferLike> {
    return new Uint16Array(this.#pages.buffer, pointer, n);
  }
  u32(pointer: number, n: number): Uint32Array<ArrayBufferLike> {
    return new Uint32Array(this.#pages.buffer, pointer, n);
  }
  i32(pointer: number, n: number): Int32Array<ArrayBufferLike> {
    return new Int32Array(this.#pages.buffer, pointer, n);
  }
  i64(pointer: number, n: number): BigInt64Array<ArrayBufferLike> {
    return new BigInt64Array(this.#pages.buffer, pointer, n);
  }
  f32(pointer: number, n: number): Float32Array<ArrayBufferLike> {
    return new Float32Array(this.#pages.buffer, pointer, n);
  }
  f64(pointer: number, n: number): Float64Array<ArrayBufferLike> {
    return new Float64Array(this.#pages.buffer, pointer, n);
  }

  #reserve(end: number, asked: number): void {
    const have = this.#pages.buffer.byteLength;
    if (end <= have) return;
    const least = Math.ceil((end - have) / PAGE);
    const roomy = Math.min(Math.max(least, Math.ceil(have / PAGE / 8), 16), MAX_BYTES / PAGE - have / PAGE);
    for (const pages of roomy > least ? [roomy, least] : [least]) {
      try {
        this.#pages.grow(pages);
        return;
      } catch {
        // a RangeError: try fewer pages, then say so below
      }
    }
    throw new EngineError('memory.grow', { asked, wanted: end, most: MAX_BYTES });
  }
}
