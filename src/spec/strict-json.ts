/** JSON in which a key stands once: `JSON.parse` takes the last of two in silence. */

type Key = string | number;

export class RepeatedKeys extends Error {
  /** The way to each key that stands again, outermost first. */
  readonly ways: readonly (readonly Key[])[];

  constructor(ways: readonly (readonly Key[])[]) {
    super(`${ways.map((way) => way.join('.')).join(', ')}: given more than once`);
    this.ways = ways;
  }
}

/** Throws SyntaxError for what is no JSON, and RepeatedKeys. `revive` is that of `JSON.parse`. */
export function parseStrictJson(text: string, revive?: (key: string, value: unknown) => unknown): unknown {
  const value: unknown = JSON.parse(text, revive);
  const ways = repeatedKeys(text);
  if (ways.length > 0) throw new RepeatedKeys(ways);
  return value;
}

/**
 * Text of a file of JSON, without its mark: UTF-8, or UTF-16 where the mark says so. Throws TypeError for what is not.
 */
export function jsonText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/**
 * Texts, quotes and all, and the signs that hold values together: what is looked at of a text that is known to be JSON.
 */
function* tokens(json: string): Generator<string> {
  for (let at = 0; at < json.length; at++) {
    const sign = json[at]!;
    if ('{}[],:'.includes(sign)) yield sign;
    if (sign !== '"') continue;
    const begin = at++;
    while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
    yield json.slice(begin, at + 1);
  }
}

/** At most ways to tell of. */
const most = 20;

interface Level {
  /** Keys so far; null in an array. */
  readonly keys: Set<string> | null;
  /** The key or the number of the member that is read. */
  at: Key;
}

function repeatedKeys(json: string): Key[][] {
  const found: Key[][] = [];
  const levels: Level[] = [];
  let text = '';
  for (const sign of tokens(json)) {
    const level = levels.at(-1);
    if (sign === '{') levels.push({ keys: new Set(), at: '' });
    else if (sign === '[') levels.push({ keys: null, at: 0 });
    else if (sign === '}' || sign === ']') levels.pop();
    else if (sign === ',' && level?.keys === null) level.at = Number(level.at) + 1;
    else if (sign === ':' && level?.keys) {
      level.at = JSON.parse(text) as string;
      if (level.keys.has(level.at)) found.push(levels.map(({ at }) => at));
      if (found.length >= most) return found;
      level.keys.add(level.at);
    } else if (sign.startsWith('"')) text = sign;
  }
  return found;
}
