/** Numbers in CSV fields. */

/** What `parseNumber` returns for text that is no finite number; nothing that is a number has it. */
export const notANumber = Infinity;

/** 10⁰ to 10²², all exact in a double. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const grammar = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * The number in `bytes[begin, end)`, correctly rounded: NaN where the field is empty or `NA`, 1 and 0 for `true` and
 * `false` in any case, `notANumber` for anything else. Spaces around a number are allowed.
 */
export function parseNumber(bytes: Uint8Array, begin: number, end: number, decimalComma: boolean): number {
  if (begin === end) return NaN;
  let i = begin;
  let b = bytes[i]!;
  const negative = b === 45;
  if (negative) b = bytes[++i]!;
  let mantissa = 0;
  let digits = 0;
  while (b >= 48 && b <= 57 && i < end) {
    mantissa = mantissa * 10 + b - 48;
    digits++;
    b = bytes[++i]!;
  }
  if (i === end && digits > 0 && digits <= 15) return negative ? -mantissa : mantissa;
  if (i < end && (b === 46 || (b === 44 && decimalComma))) {
    const point = ++i;
    b = bytes[i]!;
    while (b >= 48 && b <= 57 && i < end) {
      mantissa = mantissa * 10 + b - 48;
      b = bytes[++i]!;
    }
    const decimals = i - point;
    // A mantissa below 2⁵³ and a power of ten below 10²³ are exact, so one division rounds once (Clinger 1990).
    if (i === end && digits + decimals > 0 && decimals <= 22 && mantissa <= 9007199254740991) {
      const value = mantissa / powersOfTen[decimals]!;
      return negative ? -value : value;
    }
  }
  return parseRare(bytes, begin, end, decimalComma);
}

function parseRare(bytes: Uint8Array, begin: number, end: number, decimalComma: boolean): number {
  let text = '';
  for (let i = begin; i < end; i++) text += String.fromCharCode(bytes[i]!);
  text = text.trim();
  if (text === '' || text === 'NA') return NaN;
  if (decimalComma) text = text.replace(',', '.');
  if (grammar.test(text)) return Number(text);
  const lower = text.toLowerCase();
  return lower === 'true' ? 1 : lower === 'false' ? 0 : notANumber;
}

/** Whether text that `parseNumber` refused is a number all the same, only too large. */
export const isTooLarge = (text: string, decimalComma: boolean): boolean =>
  grammar.test((decimalComma ? text.replace(',', '.') : text).trim());
