import { describe, expect, it } from 'vitest';
import { main, table4 } from '../../src/spec/built-in.ts';
import { canonicalJson, sha256Hex, specDigest } from '../../src/spec/digest.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';

describe('canonicalJson', () => {
  it('does not depend on the order of keys, nor on keys without a value', () => {
    const text = '{"a":[1,{"x":null,"y":"é\\n"}],"b":-0.1,"c":1e+21}';
    expect(canonicalJson({ c: 1e21, b: -0.1, a: [1, { y: 'é\n', x: null, z: undefined }] })).toBe(text);
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });

  it('refuses what JSON has not', () => {
    for (const value of [NaN, Infinity, undefined, [undefined], { a: () => 0 }]) expect(() => canonicalJson(value)).toThrow(/JSON has no/);
  });
});

describe('digest', () => {
  it('is SHA-256 in hex', async () => {
    expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('of a spec survives a round through JSON and changes with the spec', async () => {
    const digest = await specDigest(main);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await specDigest(parseModelSpec(JSON.stringify(main, null, 4)))).toBe(digest);
    expect(await specDigest(table4)).not.toBe(digest);
  });
});
