/** Person ids as four 32-bit words, the same for the same id whether a file holds it as text or as an integer. */

export const wordsPerPerson = 4;

/** Words that no id has: the third is set only by the hash, and the hash never leaves the last one 0. */
const missing = [0, 0, 1, 0] as const;

export function setMissingPerson(words: Uint32Array, at: number): void {
  words.set(missing, at);
}

export const isMissingPerson = (words: Uint32Array, at: number): boolean => words[at + 3] === 0 && words[at + 2] === 1;

/** An id that is no plain decimal. */
export const isHashed = (words: Uint32Array, at: number): boolean => words[at + 3] !== 0;

const longestScientific = 30;

/** A number with a power of ten, as a spreadsheet shows a long id: `1.23457E+11`, of which the last digits are lost. */
export function isScientific(bytes: Uint8Array, begin: number, end: number): boolean {
  if (end - begin > longestScientific || bytes[begin]! - 48 > 9 || bytes[begin]! < 48) return false;
  return /^\d+([.,]\d+)?[eE][+-]?\d+$/.test(String.fromCharCode(...bytes.subarray(begin, end)));
}

/** Id in `bytes[begin, end)` as UTF-8 text; `at` is the index of its first word. */
export function setPersonFromText(words: Uint32Array, at: number, bytes: Uint8Array, begin: number, end: number): void {
  if (begin === end) setMissingPerson(words, at);
  else if (!setDecimal(words, at, bytes, begin, end)) setHash(words, at, bytes, begin, end);
}

export function setPersonFromInteger(words: Uint32Array, at: number, low: number, high: number): void {
  words[at] = low;
  words[at + 1] = high;
  words[at + 2] = 0;
  words[at + 3] = 0;
}

/** The plain decimal form of a 64-bit integer (no sign but `-`, no leading zero, not `-0`), or false. */
function setDecimal(words: Uint32Array, at: number, bytes: Uint8Array, begin: number, end: number): boolean {
  const negative = bytes[begin] === 45;
  const first = negative ? begin + 1 : begin;
  const digits = end - first;
  if (digits < 1 || digits > 19 || (bytes[first] === 48 && (digits > 1 || negative))) return false;
  const split = digits > 9 ? end - 9 : first;
  let head = 0;
  let tail = 0;
  for (let i = first; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return false;
    if (i < split) head = head * 10 + digit;
    else tail = tail * 10 + digit;
  }
  // head × 10⁹ + tail in 64 bits; head is under 10¹⁰, so every product below stays under 2⁵³.
  const upper = Math.floor(head / 65536) * 1e9;
  const lower = (head % 65536) * 1e9 + tail;
  const sum = (upper % 65536) * 65536 + lower;
  let low = sum % 4294967296;
  let high = Math.floor(upper / 65536) + Math.floor(sum / 4294967296);
  if (high >= 2147483648 && !(negative && high === 2147483648 && low === 0)) return false;
  if (negative) {
    low = low === 0 ? 0 : 4294967296 - low;
    high = 4294967296 - high - (low === 0 ? 0 : 1);
  }
  setPersonFromInteger(words, at, low, high);
  return true;
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

function finalMix(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

/** MurmurHash3_x86_128 (Austin Appleby, public domain), seed 0, with the last word moved off 0. */
function setHash(words: Uint32Array, at: number, bytes: Uint8Array, begin: number, end: number): void {
  const length = end - begin;
  const tail = begin + (length & ~15);
  const word = (i: number): number => bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  for (let i = begin; i < tail; i += 16) {
    h1 ^= Math.imul(rotate(Math.imul(word(i), c1), 15), c2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(word(i + 4), c2), 16), c3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(word(i + 8), c3), 17), c4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(word(i + 12), c4), 18), c1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  const rest = [0, 0, 0, 0];
  for (let i = tail; i < end; i++) rest[(i - tail) >> 2]! |= bytes[i]! << (8 * ((i - tail) & 3));
  h4 ^= Math.imul(rotate(Math.imul(rest[3]!, c4), 18), c1);
  h3 ^= Math.imul(rotate(Math.imul(rest[2]!, c3), 17), c4);
  h2 ^= Math.imul(rotate(Math.imul(rest[1]!, c2), 16), c3);
  h1 ^= Math.imul(rotate(Math.imul(rest[0]!, c1), 15), c2);
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finalMix(h1);
  h2 = finalMix(h2);
  h3 = finalMix(h3);
  h4 = finalMix(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  words[at] = h1;
  words[at + 1] = h2 + h1;
  words[at + 2] = h3 + h1;
  words[at + 3] = h4 + h1;
  if (words[at + 3] === 0) words[at + 3] = 1;
}
