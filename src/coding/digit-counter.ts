import type { DigitRequest } from './breaks.ts';

const DIGITS = 65536;

/** Counts the 16 bits that follow each prefix of sortable keys; most keys are turned away by their first 16 bits. */
export class DigitCounter {
  /** 65,536 a prefix, in the order of the request. */
  readonly counts: Uint32Array;
  private readonly digit: number;
  /** First and second words of each prefix, filled up with zeros. */
  private readonly high: Uint32Array;
  private readonly low: Uint32Array;
  /** Prefixes that begin with given 16 bits: the first of them, and one past the last; prefixes come in order. */
  private readonly first = new Int32Array(DIGITS);
  private readonly end = new Int32Array(DIGITS);

  constructor({ digit, prefixes }: DigitRequest) {
    this.digit = digit;
    this.counts = new Uint32Array(prefixes.length * DIGITS);
    this.high = Uint32Array.from(prefixes, (text) => parseInt(text.slice(0, 8).padEnd(8, '0'), 16));
    this.low = Uint32Array.from(prefixes, (text) => parseInt(text.slice(8).padEnd(8, '0'), 16));
    if (digit === 0) this.end.fill(1);
    else for (let k = prefixes.length - 1; k >= 0; k--) {
      const start = this.high[k]! >>> 16;
      this.first[start] = k;
      this.end[start] = Math.max(this.end[start]!, k + 1);
    }
  }

  count(high: number, low: number): void {
    const start = high >>> 16;
    for (let k = this.first[start]!; k < this.end[start]!; k++) {
      if (this.digit >= 2 && (high !== this.high[k] || (this.digit === 3 && low >>> 16 !== this.low[k]! >>> 16))) continue;
      const word = this.digit < 2 ? high : low;
      this.counts[DIGITS * k + (this.digit % 2 === 0 ? word >>> 16 : word & 0xffff)]!++;
    }
  }
}
