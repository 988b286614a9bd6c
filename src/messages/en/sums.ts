import { counted } from '../words.ts';

/** A value of a row of a file. */
export interface ShownValue {
  readonly file: string;
  readonly row: number;
  readonly value: number;
}

const shown = (first: readonly ShownValue[]): string => first.map(({ file, row, value }) => `${file} row ${row}: ${value}`).join('; ');

/** Of the digits that sums over rows hold. */
export const sums = {
  'data.spoils-sums': ({ column, values, first, low, high }: { column: string; values: number; first: readonly ShownValue[]; low: number; high: number }) =>
    `Column ${column}: ${counted(values, 'value is', 'values are')} so large that sums with ${values === 1 ? 'it' : 'them'} would lose the digits of all others (${shown(first)}${values > first.length ? '; …' : ''}). The middle half of the values other than 0 lies from ${low} to ${high}. Correct ${values === 1 ? 'it' : 'them'}, or leave ${values === 1 ? 'it' : 'them'} empty where the value is not known.`,
  'data.beyond-squares': ({ column, largest, first }: { column: string; largest: number; first: readonly ShownValue[] }) =>
    `Column ${column}: its largest value is ${largest} in size (${shown(first)}), and squares of such values are beyond what doubles hold. Give the column in another unit.`,
  'warning.few-digits': ({ outcome, population, digits }: { outcome: string; population: string; digits: number }) =>
    `${population === '' ? outcome : `${outcome} (${population})`}: sums of squares hold ${counted(digits, 'digit', 'digits')} of the spread of the values, and standard errors made of them no more. Subtract from the outcome what all values have in common, or correct values far from the others.`,
};
