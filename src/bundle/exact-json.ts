import { parseStrictJson } from '../spec/strict-json.ts';

/** JSON that keeps every double: those that JSON has no sign for are written as `{"$number": "NaN"}`. */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'number' || (Number.isFinite(item) && !Object.is(item, -0))) return item;
    return { $number: Object.is(item, -0) ? '-0' : String(item) };
  });
}

export function parseExactJson(text: string): unknown {
  return parseStrictJson(text, (_, item) =>
    item !== null && typeof item === 'object' && '$number' in item ? Number(item.$number) : item,
  );
}
