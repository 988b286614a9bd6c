import { describe, expect, it } from 'vitest';
import { isMissingPerson, setPersonFromInteger, setPersonFromText } from '../../src/register/person.ts';

function wordsOf(text: string): number[] {
  const words = new Uint32Array(4);
  const bytes = new TextEncoder().encode(`x${text}y`);
  setPersonFromText(words, 0, bytes, 1, bytes.length - 1);
  return [...words];
}

const split = (id: bigint): number[] => [Number(BigInt.asUintN(32, id)), Number(BigInt.asUintN(32, id >> 32n)), 0, 0];

describe('person ids', () => {
  const integers = [0n, 1n, 9n, 10n, 123456789n, 1234567890n, 4294967295n, 4294967296n, 99999999999n, 9007199254740993n, 999999999999999999n];
  const largest = 2n ** 63n - 1n;

  it.each([...integers, ...integers.slice(1).map((id) => -id), largest, -largest, -largest - 1n])('%s is the same as text and as an integer', (id) => {
    const words = new Uint32Array(4);
    setPersonFromInteger(words, 0, Number(BigInt.asIntN(32, id)), Number(BigInt.asIntN(32, id >> 32n)));
    expect(wordsOf(String(id))).toEqual(split(id));
    expect([...words]).toEqual(split(id));
  });

  it.each(['007', '-0', '+1', '1.0', ' 1', '1e3', '-', '9223372036854775808', '-9223372036854775809', '12345678901234567890', 'A1'])(
    '%s is text and keeps its form',
    (text) => {
      expect(wordsOf(text)[3]).not.toBe(0);
    },
  );

  it('hashes text as MurmurHash3_x86_128 of mmh3 5.3 for Python does', () => {
    const hex = (text: string): string => wordsOf(text).map((word) => word.toString(16).padStart(8, '0')).join('');
    expect(hex('I will not buy this record, it is scratched.')).toBe('a0a9683b25ac5e40d9af2895890dddf5');
    expect(hex('The quick brown fox jumps over the lazy dog')).toBe('2f1583c3ecee2c675d7bf66ce5e91d2c');
  });

  it('tells many texts apart, at every length of the last block', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `${'p'.repeat(i % 37)}${i}x`);
    expect(new Set(texts.map((text) => wordsOf(text).join())).size).toBe(texts.length);
  });

  it('takes empty text as missing and nothing else', () => {
    expect(isMissingPerson(Uint32Array.from(wordsOf('')), 0)).toBe(true);
    for (const text of ['0', '1', 'a', ' ']) expect(isMissingPerson(Uint32Array.from(wordsOf(text)), 0)).toBe(false);
  });
});
