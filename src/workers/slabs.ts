/** Above the largest size (32 MiB) that the C library keeps for itself when it is freed: a slab goes back to the system at once. */
const slabBytes = 40 * 2 ** 20;

type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/**
 * Memory of columns that live and die together, in large blocks. Freed one by one, arrays of a few hundred kilobytes stay
 * with the process, and what comes after them would be on top. A slab's pages are not there before they are written.
 */
export class Slabs {
  private slab: ArrayBuffer | null = null;
  private used = 0;
  /** Columns in each slab that are still wanted. */
  private readonly wanted = new Map<ArrayBuffer, number>();

  /** A copy of the column in a slab. */
  keep<T extends Column>(column: T): T {
    const start = Math.ceil(this.used / 8) * 8;
    if (this.slab === null || start + column.byteLength > this.slab.byteLength) {
      this.slab = new ArrayBuffer(Math.max(slabBytes, column.byteLength));
      this.used = 0;
    }
    const at = this.used === 0 ? 0 : start;
    const copy = new (column.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => T)(this.slab, at, column.length);
    copy.set(column);
    this.used = at + column.byteLength;
    this.wanted.set(this.slab, (this.wanted.get(this.slab) ?? 0) + 1);
    return copy;
  }

  /** Gives up columns; those that share a slab with none that is wanted are detached. */
  release(columns: readonly Column[]): void {
    for (const column of columns) {
      const slab = column.buffer as ArrayBuffer;
      const left = this.wanted.get(slab)! - 1;
      this.wanted.set(slab, left);
      if (left > 0) continue;
      this.wanted.delete(slab);
      if (slab === this.slab) this.slab = null;
      // Transferred to nowhere: the collector would let it stand beside what comes next.
      structuredClone(null, { transfer: [slab] });
    }
  }
}
