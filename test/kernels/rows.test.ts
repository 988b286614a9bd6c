import { expect, test } from 'vitest';
import { keyOf } from '../support/sortable-key.ts';
import { lengths, open, randomNumbers, zeroed } from './open.ts';
import { countedDigits } from '../../src/workers/key-prefixes.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { exponentsOfDoubles } from '../../src/kernels/row-kernels.ts';

type Values = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

function put<W extends number>({ arena }: Kernels, values: Values): { ptr: number; width: W } {
  const ptr = arena.alloc(values.byteLength + 8) + 8;
  arena.u8(ptr, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return { ptr, width: values.BYTES_PER_ELEMENT as W };
}

const integerTypes = [Uint8Array, Uint16Array, Uint32Array] as const;
const numberTypes = [Float32Array, Float64Array] as const;

/** Values with ties, zeros of both signs, negatives and NaN. */
const someNumbers = (n: number, random: () => number): number[] =>
  Array.from({ length: n }, () => (random() < 0.1 ? NaN : random() < 0.1 ? -0 : Math.fround(Math.floor(64 * (random() - 0.3)) / 8)));

test.each(lengths)('adds of table look-ups and levels of %i rows', async (n) => {
  const kernels = await open();
  const random = randomNumbers(n + 1);
  const table = Uint16Array.from({ length: 200 }, () => 1000 * random());
  for (const Type of integerTypes) {
    const codes = new Type(n).map(() => 200 * random());
    const out = zeroed(kernels, 2 * n);
    for (let twice = 0; twice < 2; twice++) kernels.addThrough(put<1>(kernels, codes), n, put(kernels, table).ptr, out);
    expect(kernels.arena.u16(out, n)).toEqual(Uint16Array.from(codes, (code) => 2 * table[code]!));
  }
  for (const Type of numberTypes) {
    for (const [count, size] of [[0, 1], [1, 2], [3, 4], [9, 16], [20, 32]] as const) {
      for (const zero of [-Infinity, 0]) {
        const values = Type.from(someNumbers(n, random));
        const breaks = Array.from({ length: count }, (_, k) => k / 2 - 1 + (k > 4 ? 0.1 : 0)).sort((a, b) => a - b);
        const padded = new Float64Array(size - 1).fill(Infinity);
        padded.set(breaks);
        const levels = Uint16Array.from({ length: size + 2 }, (_, k) => 7 * k + 1);
        const out = zeroed(kernels, 2 * n);
        kernels.addIntervals(put<4>(kernels, values), n, { breaks: put(kernels, padded).ptr, size, zero, table: put(kernels, levels).ptr }, out);
        const plain = Uint16Array.from(values, (x) => levels[Number.isNaN(x) ? size + 1 : x <= zero ? size : breaks.filter((b) => x > b).length]!);
        expect(kernels.arena.u16(out, n)).toEqual(plain);
      }
    }
  }
});

test.each(lengths)('ranges and digits of %i rows', async (n) => {
  const kernels = await open();
  const random = randomNumbers(n + 2);
  const mask = Uint8Array.from({ length: n }, () => Number(random() < 0.7));
  for (const Type of numberTypes) {
    const values = Type.from(someNumbers(n, random));
    const [from, masked] = [put<4>(kernels, values), put(kernels, mask).ptr];
    for (const floor of [-Infinity, 0]) {
      const counted = [...values].filter((x, i) => mask[i] === 1 && x > floor);
      const ends = put(kernels, Float64Array.of(Infinity, -Infinity)).ptr;
      expect(kernels.rangeOfRows(from, n, masked, floor, ends)).toBe(counted.length);
      expect([...kernels.arena.f64(ends, 2)].map((x) => x + 0)).toEqual([Math.min(...counted) + 0, Math.max(...counted) + 0]);

      for (const digit of [0, 1, 2, 3] as const) {
        const prefixes = digit === 0 ? [''] : [...new Set(counted.slice(0, 20).map((x) => keyOf(x).slice(0, 4 * digit)))].sort();
        const keys = BigUint64Array.from(prefixes, (text) => BigInt(`0x${text.padEnd(16, '0')}`));
        const first = new Uint32Array(65537);
        if (digit > 0) for (let b = 0; b <= 65536; b++) first[b] = keys.filter((key) => Number(key >> 48n) < b).length;
        // What stands in the room for counts is not looked at.
        const table = {
          counts: kernels.arena.alloc(4 * 65536 * prefixes.length),
          touched: zeroed(kernels, 256 * prefixes.length),
        };
        kernels.arena.u8(table.counts, 4 * 65536 * prefixes.length).fill(255);
        const searched = { digit, count: prefixes.length, prefixes: put(kernels, new Uint32Array(keys.buffer)).ptr, first: put(kernels, first).ptr };
        kernels.countDigits(from, n, masked, floor, searched, table);
        const plain = new Uint32Array(65536 * prefixes.length);
        for (const key of counted.map(keyOf)) {
          const k = prefixes.indexOf(key.slice(0, 4 * digit));
          if (k >= 0) plain[65536 * k + parseInt(key.slice(4 * digit, 4 * digit + 4), 16)]!++;
        }
        const [counts, touched] = [
          kernels.arena.u32(table.counts, plain.length),
          kernels.arena.u8(table.touched, plain.length / 256),
        ];
        expect(plain.every((count, at) => count === (touched[at >> 8] === 1 ? counts[at] : 0))).toBe(true);
        const sparse = countedDigits(kernels.arena, table, { digit, prefixes });
        const cells: number[] = [];
        plain.forEach((count, cell) => count > 0 && cells.push(cell));
        expect([...sparse.cells]).toEqual(cells);
        expect([...sparse.counts]).toEqual(cells.map((cell) => plain[cell]));
      }
    }
  }
});

test.each(lengths)('sizes of %i rows: those in any sample that are not 0', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n + 4);
  const states = Uint8Array.from({ length: n }, () => 256 * random());
  for (const Type of numberTypes) {
    const tiny = Type === Float32Array ? 1e-40 : 5e-324;
    const values = Type.from(
      someNumbers(n, random).map((x, i) => (i % 11 === 3 ? tiny : i % 13 === 5 ? -x * 1e30 : x)),
    );
    const [from, statesAt, mask] = [put<4>(kernels, values), put(kernels, states).ptr, zeroed(kernels, n)];
    for (const shift of [2, 6]) kernels.maskPresent(statesAt, n, shift, mask);
    const present = Array.from(states, (state) => ((state >> 2) & 3) !== 0 || state >> 6 !== 0);
    expect(arena.u8(mask, n)).toEqual(Uint8Array.from(present, Number));

    kernels.maskNonZero(from, n, mask);
    const counted = present.map((isIn, i) => isIn && Math.abs(values[i]!) > 0);
    expect(arena.u8(mask, n)).toEqual(Uint8Array.from(counted, Number));

    const [counts, largest] = [zeroed(kernels, 4 * exponentsOfDoubles), zeroed(kernels, 8)];
    for (let twice = 0; twice < 2; twice++) kernels.countExponents(from, n, mask, counts, largest);
    const plain = new Uint32Array(exponentsOfDoubles);
    const sizes = [...values].map(Math.abs).filter((_, i) => counted[i]);
    for (const x of sizes) plain[new DataView(Float64Array.of(x).buffer).getUint16(6, true) >> 4]! += 2;
    expect(arena.u32(counts, exponentsOfDoubles)).toEqual(plain);
    expect(arena.f64(largest, 1)[0]).toBe(Math.max(0, ...sizes));
  }
});

test.each(lengths)('places of %i rows, and columns moved to them', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n + 3);
  const people = 40;
  const persons = Uint32Array.from({ length: n }, () => people * random());
  const order = Uint32Array.from({ length: people }, (_, p) => (p * 7) % people);
  const states = Uint8Array.from({ length: n }, () => 256 * random());
  const shift = 4;
  const [estimated, predicted] = [1, 2].map((wanted) => {
    const out = zeroed(kernels, n);
    kernels.stateMask(put(kernels, states).ptr, n, shift, wanted, out);
    expect(arena.u8(out, n)).toEqual(states.map((state) => Number(((state >> shift) & 3) === wanted)));
    return out;
  }) as [number, number];
  const others8 = states.map((state, i) => (i % 3 === 0 ? state : 255 - state));
  const differing = kernels.differingStates({ ptr: put(kernels, states).ptr, shift }, { ptr: put(kernels, others8).ptr, shift: 2 }, n);
  expect(differing).toBe(states.filter((state, i) => ((state >> shift) & 3) !== ((others8[i]! >> 2) & 3)).length);
  const [personsAt, orderAt] = [put(kernels, persons).ptr, put(kernels, order).ptr];
  const counts = zeroed(kernels, 4 * people);
  kernels.countPersons(personsAt, n, estimated, orderAt, counts);
  const plainCounts = new Uint32Array(people);
  persons.forEach((person, i) => (plainCounts[order[person]!]! += arena.u8(estimated, n)[i]!));
  expect(arena.u32(counts, people)).toEqual(plainCounts);

  const plainOthers = new Uint32Array(people);
  persons.forEach((person, i) => (plainOthers[order[person]!]! += arena.u8(predicted, n)[i]!));
  const startsAfter = (counts32: Uint32Array, first: number): Uint32Array => counts32.map((_, p) => counts32.slice(0, p).reduce((sum, count) => sum + count, first));
  const all = plainCounts.reduce((sum, count) => sum + count, 0);
  const others = plainOthers.reduce((sum, count) => sum + count, all);
  const [next, nextOther] = [startsAfter(plainCounts, 0), startsAfter(plainOthers, all)];
  const places = zeroed(kernels, 4 * n);
  const found = kernels.placeRows(personsAt, n, { estimated, predicted }, orderAt, { estimated: put(kernels, next).ptr, predicted: put(kernels, nextOther).ptr }, places);
  const plainPlaces = new Uint32Array(n);
  persons.forEach((person, i) => {
    const at = order[person]!;
    plainPlaces[i] = arena.u8(estimated, n)[i] ? next[at]!++ : arena.u8(predicted, n)[i] ? nextOther[at]!++ : 0xffffffff;
  });
  expect(arena.u32(places, n)).toEqual(plainPlaces);
  expect(found).toBe(others - all);

  const moved = <T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(to: T, value: (i: number) => number): T => {
    plainPlaces.forEach((place, i) => place !== 0xffffffff && (to[place] = value(i)));
    return to;
  };
  for (const [From, To] of [[Uint8Array, Uint8Array], [Uint16Array, Uint8Array], [Uint16Array, Uint16Array], [Uint32Array, Uint8Array], [Uint32Array, Uint16Array], [Uint32Array, Uint32Array]] as const) {
    const from = new From(n).map(() => 256 * random());
    const width = To.BYTES_PER_ELEMENT as 1 | 2 | 4;
    const to = zeroed(kernels, others * width);
    kernels.scatterIntegers(put<1>(kernels, from), places, n, { ptr: to, width });
    const view = width === 1 ? arena.u8(to, others) : width === 2 ? arena.u16(to, others) : arena.u32(to, others);
    expect(view).toEqual(moved(new To(others), (i) => from[i]!));
  }
  for (const Type of numberTypes) {
    const from = Type.from(someNumbers(n, random));
    const to = zeroed(kernels, 8 * others);
    kernels.scatterNumbers(put<4>(kernels, from), places, n, { centre: 0.3, range: 7 }, to);
    expect(arena.f64(to, others)).toEqual(moved(new Float64Array(others), (i) => (from[i]! - 0.3) / 7));
  }
});

test.each(lengths)('%i rows dealt to the owners of their persons', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n + 4);
  const people = Array.from({ length: 60 }, (_, p) => [2 ** 32 * random(), p % 2, p % 5, 0]);
  const personOf = Array.from({ length: n }, () => Math.floor(people.length * random()));
  const persons = Uint32Array.from(personOf.flatMap((p) => people[p]!));
  for (const workers of [1, 2, 5]) {
    const [owners, starts, picks] = [zeroed(kernels, n), zeroed(kernels, 4 * (workers + 1)), zeroed(kernels, 4 * n)];
    kernels.dealPersons(put(kernels, persons).ptr, n, workers, owners, starts, picks);
    const start = [...arena.u32(starts, workers + 1)];
    const dealt = Array.from({ length: workers }, (_, w) => [...arena.u32(picks, n).subarray(start[w], start[w + 1])]);
    expect([start[0], start.at(-1)]).toEqual([0, n]);
    expect(dealt.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    for (const rows of dealt) expect(rows).toEqual([...rows].sort((a, b) => a - b));
    const owner = new Map<number, number>();
    dealt.forEach((rows, w) => rows.forEach((row) => expect(owner.get(personOf[row]!) ?? w).toBe((owner.set(personOf[row]!, owner.get(personOf[row]!) ?? w), w))));
    if (n > 1000) expect(Math.min(...dealt.map((rows) => rows.length))).toBeGreaterThan(0);
    for (const width of [1, 2, 4, 8, 16] as const) {
      const bytes = Uint8Array.from({ length: n * width }, () => 256 * random());
      const to = zeroed(kernels, n * width);
      kernels.gatherRows({ ptr: put(kernels, bytes).ptr, width }, picks, n, to);
      expect(arena.u8(to, n * width)).toEqual(Uint8Array.from(dealt.flat().flatMap((row) => [...bytes.subarray(row * width, (row + 1) * width)])));
    }
  }
});

test('hashes of rows see every column, tell columns apart, and know neither order nor width', async () => {
  const kernels = await open();
  const n = 500;
  const random = randomNumbers(9);
  interface Rows { persons: Uint32Array; codes: Values; others: Values; numbers: Float32Array | Float64Array; table: Uint32Array }
  const rows: Rows = {
    persons: Uint32Array.from({ length: 4 * n }, () => 2 ** 32 * random()),
    codes: Uint8Array.from({ length: n }, () => 100 * random()),
    others: Uint8Array.from({ length: n }, () => 100 * random()),
    numbers: Float32Array.from(someNumbers(n, random)),
    table: Uint32Array.from({ length: 100 }, () => 2 ** 32 * random()),
  };
  const hash = (changed: Partial<Rows> = {}): bigint => {
    const { persons, codes, others, numbers, table } = { ...rows, ...changed };
    const sums = kernels.arena.alloc(8 * n);
    kernels.hashPersons(put(kernels, persons).ptr, n, sums);
    kernels.hashIntegers(put<1>(kernels, codes), n, 0, sums);
    kernels.hashThrough(put<1>(kernels, others), n, put(kernels, table).ptr, 1, sums);
    kernels.hashNumbers(put<4>(kernels, numbers), n, 2, sums);
    return kernels.sumRowHashes(sums, n);
  };
  const reversed = <T extends Values>(values: T): T => values.slice().reverse() as T;
  const rowsReversed = { ...rows, persons: Uint32Array.from({ length: 4 * n }, (_, i) => rows.persons[4 * (n - 1 - (i >> 2)) + (i & 3)]!), codes: reversed(rows.codes), others: reversed(rows.others), numbers: reversed(rows.numbers) };
  const whole = hash();
  expect(hash(rowsReversed)).toBe(whole);
  for (const Type of integerTypes) expect(hash({ codes: Type.from(rows.codes), others: Type.from(rows.others) })).toBe(whole);
  expect(hash({ numbers: Float64Array.from(rows.numbers, (x) => (x === 0 ? 0 : x)) })).toBe(whole);
  expect(hash({ codes: rows.others, others: rows.codes })).not.toBe(whole);
  for (let i = 0; i < 2 * n; i++) {
    const codes = rows.codes.slice();
    const numbers = Float64Array.from(rows.numbers);
    if (i < n) codes[i]! ^= 1 << (i % 8);
    else numbers[i - n] = Number.isNaN(numbers[i - n]!) ? 0 : numbers[i - n]! + 2 ** -40;
    expect(hash({ codes, numbers })).not.toBe(whole);
  }
  for (let word = 0; word < 4; word++) {
    const persons = rows.persons.slice();
    persons[40 + word]! ^= 1;
    expect(hash({ persons })).not.toBe(whole);
  }
});
