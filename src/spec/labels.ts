/** Labels that are numbers: one number is one label, however it is written. */

/** A leading zero before a digit marks a code, not a number. */
const decimal = /^([+-]?)(?!0\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/**
 * The one text of the number that a label is: `0` for `0`, `0.0`, `-0` and `1e0` − 1. Null where it is none: `0314`, `1_000`,
 * `0x10`, `NaN`, and digits that a double does not keep. Spaces around it are allowed, and `true` and `false` in any case are 1 and 0.
 */
export function numberText(label: string, decimalComma = false): string | null {
  const text = decimalComma ? label.trim().replace(',', '.') : label.trim();
  const match = decimal.exec(text);
  if (match === null) {
    const lower = text.toLowerCase();
    return lower === 'true' ? '1' : lower === 'false' ? '0' : null;
  }
  const [, , whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  const value = Number(text);
  const shortest = String(value);
  return Number.isFinite(value) && significant(text) === significant(shortest) ? shortest : null;
}

/** Sign, digits without zeros at either end, and their power of ten: the same for every way to write a number. */
function significant(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = decimal.exec(text)!;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const kept = digits.replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}

/** A label as it stands in the data, and the number that it is, if it is one. */
export interface FoundLabel {
  readonly text: string;
  readonly number: string | null;
}

/** Whether a column of labels is one of numbers: every label is; missing ones have no say. A column without any is text. */
export const areNumbers = (labels: readonly FoundLabel[]): boolean =>
  labels.some(({ text }) => text !== '') && labels.every(({ text, number }) => text === '' || number !== null);
