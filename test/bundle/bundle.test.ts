import { isDeepStrictEqual } from 'node:util';
import { RecordBatchReader } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeParts } from '../../src/bundle/arrow-parts.ts';
import { bundleOf, bundleVersion, type Bundle } from '../../src/bundle/bundle.ts';
import { seal } from '../../src/bundle/checksum.ts';
import { bundleTailBytes, endsAsBundle } from '../../src/bundle/ends-as-bundle.ts';
import { exactJson, parseExactJson } from '../../src/bundle/exact-json.ts';
import { readBundle } from '../../src/bundle/read-bundle.ts';
import { readParts } from '../../src/bundle/read-parts.ts';
import { writeBundle } from '../../src/bundle/write-bundle.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { spec } from '../whatif/panel.ts';
import { plainKeptSums } from '../whatif/plain-kept-sums.ts';
import { allPublished, exampleResult } from '../support/run-result.ts';

const rows = randomPanel(6, { persons: 60 });
const kept = [plainKeptSums({ spec, rows, outcomes: ['hours3', 'job3'], by: [['county'], ['county', 'sex']], fits: { job3: [{ term: 'constant', level: '', estimate: -0.3 }, { term: 'kids', level: '2', estimate: 0.4 }] } }), plainKeptSums({ spec, rows, outcomes: ['hours12'], by: [['county']] })];
let bundle: Bundle;
let bytes: Uint8Array;
beforeAll(() => {
  bundle = bundleOf({ ...exampleResult(), kept, published: allPublished(exampleResult()) }, { engineVersion: '1.2.3' });
  bytes = writeBundle(bundle);
});

describe('a bundle', () => {
  it('comes back to the bit, from any place in memory', () => {
    expect(bundle.fits.length * bundle.tables.length * bundle.kept.length).toBeGreaterThan(0);
    expect(isDeepStrictEqual(readBundle(bytes), bundle)).toBe(true);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(isDeepStrictEqual(readBundle(shifted.subarray(3)), bundle)).toBe(true);
    // Of a Node buffer, `slice` is a view: what is read must stay as it is.
    const buffer = Buffer.from(shifted.buffer, 3, bytes.length);
    for (let twice = 0; twice < 2; twice++) expect(isDeepStrictEqual(readBundle(buffer), bundle)).toBe(true);
    expect(Buffer.compare(buffer, bytes)).toBe(0);
  });

  it('is written the same every time, and is an Arrow file with arrays of numbers', () => {
    expect(Buffer.compare(writeBundle(bundle), bytes)).toBe(0);
    const [batch] = [...RecordBatchReader.from(bytes)];
    expect(batch!.schema.fields.map(({ name, type }) => [name, String(type)])).toEqual([
      ['name', 'Utf8'], ['text', 'Utf8'], ['u8', 'List<Uint8>'], ['u16', 'List<Uint16>'], ['u32', 'List<Uint32>'], ['i64', 'List<Int64>'], ['f32', 'List<Float32>'], ['f64', 'List<Float64>'],
    ]);
    expect([...batch!.getChild('name')!].slice(0, 2)).toEqual(['about', 'fits']);
  });

  it('is told from other files by its last bytes, whole or not to be read', () => {
    expect([endsAsBundle(bytes), endsAsBundle(bytes.subarray(-bundleTailBytes)), endsAsBundle(writeParts(new Map([['about', '{}']]), bundleVersion + 1))]).toEqual([true, true, true]);
    const other = renamed((text) => text.replace('arbeidsindikator.bundle', 'arbeidsindikator.bungle'));
    expect([endsAsBundle(other), endsAsBundle(bytes.subarray(0, bytes.length - 100)), endsAsBundle(new Uint8Array(0))]).toEqual([false, false, false]);
  });

  it('holds sums without months or rows', () => {
    const none = plainKeptSums({ spec, rows: [], codedBy: rows, outcomes: ['hours3'], by: [['county']] });
    const empty = { ...bundle, kept: [none], tables: [], fits: [] };
    expect(isDeepStrictEqual(readBundle(writeBundle(empty)), empty)).toBe(true);
  });

  it.each<[string, (whole: Uint8Array) => Uint8Array, RegExp]>([
    ['is something else', () => new TextEncoder().encode('county,month\n1,2018-01\n'), /no bundle: it does not begin/],
    ['is empty', () => new Uint8Array(0), /no bundle/],
    ['is cut off', (whole) => whole.slice(0, whole.length - 100), /cut off: after \d+ bytes/],
    [
      'has lost its middle',
      (whole) => Uint8Array.of(...whole.subarray(0, 64), ...whole.subarray(whole.length - 64)),
      /damaged/,
    ],
    [
      'has another byte',
      (whole) => whole.map((byte, k) => (k === whole.length >> 1 ? byte ^ 1 : byte)),
      /damaged: its checksum does not hold/,
    ],
    ['lacks its checksum', () => renamed((text) => text.replaceAll('crc32:', 'crc33:')), /damaged: it has no checksum/],
    [
      'is another Arrow file',
      () =>
        renamed((text) =>
          text.replace('arbeidsindikator.bundle', 'arbeidsindikator.bungle').replaceAll('crc32:', 'crc33:'),
        ),
      /is no bundle: it does not say/,
    ],
    [
      'is of another version',
      () => writeParts(new Map([['about', '{}']]), bundleVersion - 1),
      /version 3, and this engine reads version 4\. Write it again/,
    ],
    [
      'lacks what a probit needs',
      () => changed((parts) => parts.delete('kept/0/probit/1/group/2/density')),
      /kept\/0\/probit\/1\/group\/2\/density is not there/,
    ],
    ['lacks a part', () => changed((parts) => parts.delete('kept/0/gram')), /kept\/0\/gram is not there/],
    [
      'has a part of another length',
      () => changed((parts) => parts.set('kept/1/squares', new BigInt64Array(3))),
      /kept\/1\/squares has 3 values and not 8/,
    ],
    [
      'has a part of another type',
      () => changed((parts) => parts.set('table/0/n', new Uint32Array(bundle.tables[0]!.n.length))),
      /table\/0\/n holds no doubles/,
    ],
    [
      'has a part twice',
      () => sealed(renamed((text) => text.replace('kept/1/gram', 'kept/0/gram'))),
      /kept\/0\/gram is there twice/,
    ],
    [
      'has a key twice',
      () => changed((parts) => parts.set('about', String(parts.get('about')).replace('{', '{"spec":{},'))),
      /about gives spec more than once/,
    ],
    [
      'has text that is no UTF-8',
      () => sealed(renamed((text) => text.replace('hours12', 'hours1\xff'))),
      /damaged: it cannot be read/,
    ],
    ['has text that does not parse', () => changed((parts) => parts.set('fits', '[')), /fits cannot be parsed/],
  ])('is refused in plain words where it %s', (_, spoil, message) => {
    expect(() => readBundle(spoil(bytes))).toThrow(
      expect.objectContaining({ name: 'EngineError', kind: 'data', message: expect.stringMatching(message) }),
    );
  });
});

it('is refused wherever a bit of it is another', () => {
  const read = (spoilt: Uint8Array): string => {
    try {
      readBundle(spoilt);
      return 'read';
    } catch (error) {
      return (error as { kind: string }).kind;
    }
  };
  const kinds = new Set<string>();
  for (let at = 0; at < bytes.length; at += 1 + (bytes.length >> 9)) {
    const spoilt = bytes.slice();
    spoilt[at]! ^= 1 << at % 8;
    kinds.add(read(spoilt));
  }
  expect([...kinds]).toEqual(['data']);
});

function changed(change: (parts: Map<string, Parameters<typeof writeParts>[0] extends ReadonlyMap<string, infer V> ? V : never>) => void): Uint8Array {
  const parts = new Map(readParts(bytes, bundleVersion));
  change(parts);
  return writeParts(parts, bundleVersion);
}

function renamed(change: (text: string) => string): Uint8Array {
  return Uint8Array.from(Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1'));
}

function sealed(changed: Uint8Array): Uint8Array {
  seal(changed);
  return changed;
}

describe('exact JSON', () => {
  it('keeps every double', () => {
    const value = { a: [NaN, Infinity, -Infinity, -0, 5e-324, 0.1 + 0.2], b: { c: null, d: 'NaN' } };
    expect(isDeepStrictEqual(parseExactJson(exactJson(value)), value)).toBe(true);
  });
});
