/** A set of pairs of a number under 2³² and one under 2²⁰: open addressing on doubles, where pairs are exact. */
export class PairSet {
  private slots = new Float64Array(1 << 10);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Whether the pair was not there before. */
  add(first: number, second: number): boolean {
    if (2 * this.count >= this.slots.length) this.grow();
    const key = first * secondValues + second + 1;
    const slot = this.slotOf(key);
    if (this.slots[slot] === key) return false;
    this.slots[slot] = key;
    this.count++;
    return true;
  }

  private slotOf(key: number): number {
    const mask = this.slots.length - 1;
    let h = Math.imul((key / 4294967296) >>> 0, 0x9e3779b1) ^ Math.imul(key >>> 0, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    let slot = (h ^ (h >>> 13)) & mask;
    while (this.slots[slot] !== 0 && this.slots[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const held = this.slots;
    this.slots = new Float64Array(2 * held.length);
    for (const key of held) if (key !== 0) this.slots[this.slotOf(key)] = key;
  }
}

/** Values that the second number of a pair may take. */
export const secondValues = 2 ** 20;
