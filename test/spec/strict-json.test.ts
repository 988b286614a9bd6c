import { describe, expect, it } from 'vitest';
import { parseModelSpec, specText } from '../../src/spec/parse-spec.ts';
import { RepeatedKeys, jsonText, parseStrictJson } from '../../src/spec/strict-json.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}

const waysOf = (text: string) => {
  const error = thrownBy(() => parseStrictJson(text));
  return error instanceof RepeatedKeys ? error.ways : error;
};

describe('JSON whose keys stand once', () => {
  it('gives what JSON.parse gives', () => {
    const texts = [
      '{"a":{"a":[{"a":1},{"a":2}]},"b":"a\\":{","c":""}',
      '[]',
      '" {\\"a\\":1,\\"a\\":2} "',
      '[[1,2],[{"x":[]}]]',
      '{"__proto__":1,"":{"":0}}',
    ];
    for (const text of texts) expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    expect(thrownBy(() => parseStrictJson('{"a":1,}'))).toBeInstanceOf(SyntaxError);
  });

  it('tells the way to every key that stands again, however it is written', () => {
    expect(waysOf('{"a":1,"b":2,"a":1}')).toEqual([['a']]);
    expect(waysOf('{"a":1,"\\u0061":1}')).toEqual([['a']]);
    expect(waysOf('{"x":[{"y":1},[0,{"k\\\\":"}","z":{},"k\\\\":1}]],"x":2}')).toEqual([['x', 1, 1, 'k\\'], ['x']]);
    expect(waysOf('{"__proto__":1,"__proto__":2}')).toEqual([['__proto__']]);
  });

  it('is asked of deep and long texts without end of the stack', () => {
    expect(waysOf(`${'['.repeat(50_000)}{"a":1,"a":2}${']'.repeat(50_000)}`)).toHaveLength(1);
    expect(parseStrictJson(JSON.stringify('x"\\'.repeat(2_000_000)))).toHaveLength(6_000_000);
  });

  it('is asked of a model spec, which names each by its path', () => {
    const text = '{"name":"x","person":"id","month":"month","outcomes":[{"name":"y","family":"gaussian","horizon":3,"horizon":12}],"covariates":[],"month":"m"}';
    expect(thrownBy(() => parseModelSpec(text))).toMatchObject({
      code: 'spec.faults',
      args: {
        faults: [
          { path: 'outcomes[0].horizon', code: 'fault.key-twice' },
          { path: 'month', code: 'fault.key-twice' },
        ],
      },
    });
  });
});

describe('the text of a file of JSON', () => {
  const wide = (bytes: readonly number[], mark: readonly number[]): Uint8Array => Uint8Array.from([...mark, ...bytes]);

  it('is UTF-8 with or without a mark, or UTF-16 with one', () => {
    expect(jsonText(new TextEncoder().encode('\ufeff"ø"'))).toBe('"ø"');
    expect(jsonText(wide([0x22, 0, 0xf8, 0, 0x22, 0], [0xff, 0xfe]))).toBe('"ø"');
    expect(jsonText(wide([0, 0x22, 0, 0xf8, 0, 0x22], [0xfe, 0xff]))).toBe('"ø"');
  });

  it('is refused in another encoding, whose letters would be others', () => {
    expect(thrownBy(() => specText(Uint8Array.from([0x22, 0xf8, 0x22]), 'm.json'))).toMatchObject({
      code: 'spec.not-utf8',
      args: { from: 'm.json' },
    });
  });
});
