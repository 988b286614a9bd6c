/** Numbers the distinct texts of a column from their bytes, so that a text is decoded once and not once a row. */

export interface TextIndex {
  /** Number of the UTF-8 text `bytes[begin, end)`, from 0 in order of first appearance. Throws TypeError where it is not UTF-8. */
  indexOf(bytes: Uint8Array, begin: number, end: number): number;
}

/** `onNew` is called once for every distinct text, with the number it gets. */
export function createTextIndex(onNew: (text: string) => void): TextIndex {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let slots = new Int32Array(64).fill(-1);
  let hashes = new Int32Array(32);
  let ends = new Int32Array(33);
  let pool = new Uint8Array(512);
  let size = 0;

  const place = (hash: number): number => (hash ^ (hash >>> 15)) & (slots.length - 1);

  function grow(): void {
    slots = new Int32Array(slots.length * 2).fill(-1);
    const moved = new Int32Array(hashes.length * 2);
    moved.set(hashes);
    hashes = moved;
    const movedEnds = new Int32Array(hashes.length + 1);
    movedEnds.set(ends);
    ends = movedEnds;
    for (let k = 0; k < size; k++) {
      let slot = place(hashes[k]!);
      while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = k;
    }
  }

  function add(bytes: Uint8Array, begin: number, end: number, hash: number, slot: number): number {
    onNew(decoder.decode(bytes.subarray(begin, end)));
    const start = ends[size]!;
    if (start + end - begin > pool.length) {
      const moved = new Uint8Array(2 * (start + end - begin));
      moved.set(pool);
      pool = moved;
    }
    pool.set(bytes.subarray(begin, end), start);
    hashes[size] = hash;
    ends[size + 1] = start + end - begin;
    slots[slot] = size++;
    if (size === hashes.length) grow();
    return size - 1;
  }

  return {
    indexOf(bytes, begin, end) {
      const length = end - begin;
      let hash = length;
      for (let i = begin; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619);
      let slot = place(hash);
      for (;;) {
        const k = slots[slot]!;
        if (k < 0) return add(bytes, begin, end, hash, slot);
        const start = ends[k]!;
        if (hashes[k] === hash && ends[k + 1]! - start === length) {
          let i = 0;
          while (i < length && pool[start + i] === bytes[begin + i]) i++;
          if (i === length) return k;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
    },
  };
}
