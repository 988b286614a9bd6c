// JSON with other values in its places, and texts that are nearly JSON.

/** Every place of a value, as the way to it. @param {any} value @param {readonly (string | number)[]} way @returns {(readonly (string | number)[])[]} */
function waysIn(value, way = []) {
  if (value === null || typeof value !== 'object') return [way];
  return [way, ...Object.keys(value).flatMap((key) => waysIn(value[key], [...way, Array.isArray(value) ? Number(key) : key]))];
}

const nested = (/** @type {number} */ depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Texts that take the place of a value. */
const odd = [
  'null', 'true', 'false', '0', '-1', '1', '2', '0.5', '1e308', '1e999', '-1e308', '5e-324', '9007199254740993', '2147483648', '1099511627776', '""', '" "', '"x"', '"__proto__"',
  '"constructor"', '"person_id"', '"month"', '"county"', '"atid3"', '"age"', '"\\u0000"', '"\\ud800"', '"=1+1"', '"NaN"', '[]', '{}', '[[]]', '[null]', '{"a":1}', '{"__proto__":{"x":1}}',
  '[0,0]', '[3,2,1]', '[1,1e300]', `"${'x'.repeat(20_000)}"`, nested(2000), `[${'1,'.repeat(20_000)}1]`, '"random()"', '"age > "', '"1; DROP TABLE x"', '"age"',
];

/**
 * One blow, at times two, on a document.
 * @param {import('./random.mjs').Random} draw @param {any} document @returns {{ what: string, text: string }}
 */
export function jsonBlow(draw, document) {
  const mark = '\u0001here\u0001';
  const copy = structuredClone(document);
  const blow = draw.next();
  const whole = JSON.stringify(document);
  if (blow < 0.08) {
    const at = draw.below(whole.length);
    return { what: `cut to ${at}`, text: whole.slice(0, at) };
  }
  if (blow < 0.14) {
    const at = draw.below(whole.length);
    const sign = draw.pick(['"', '{', '}', '[', ',', '\\', '\u0000', 'é', '1', ' ']);
    return { what: `${JSON.stringify(sign)} at ${at}`, text: whole.slice(0, at) + sign + whole.slice(at + draw.below(2)) };
  }
  if (blow < 0.18) {
    const texts = ['', ' ', 'null', '[]', '"x"', '1', nested(100_000), `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, `\ufeff${whole}`, `${whole}x`, '{"name":"x",'.repeat(20_000)];
    const text = draw.pick(texts);
    return { what: `all of it ${text.slice(0, 20)}`, text };
  }
  const ways = waysIn(copy).filter((way) => way.length > 0);
  const way = draw.pick(ways);
  const last = /** @type {string | number} */ (way.at(-1));
  const holder = way.slice(0, -1).reduce((at, key) => at[key], copy);
  const said = way.join('.');
  if (draw.chance(0.2)) {
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
    return { what: `${said} left out`, text: JSON.stringify(copy) };
  }
  if (draw.chance(0.1) && Array.isArray(holder)) {
    holder.push(structuredClone(holder[Number(last)]));
    return { what: `${said} twice`, text: JSON.stringify(copy) };
  }
  if (draw.chance(0.1) && !Array.isArray(holder)) {
    holder[draw.pick(['unknown', '__proto__', 'toString', '', 'nmae'])] = mark;
  } else holder[last] = mark;
  const value = draw.pick(odd);
  return { what: `${said} is ${value.slice(0, 40)}`, text: JSON.stringify(copy).replace(JSON.stringify(mark), value) };
}
