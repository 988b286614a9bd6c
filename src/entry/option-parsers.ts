import { InvalidArgumentError } from 'commander';
import { ownIndicatorColumns } from '../results/columns.ts';
import { parseMonth } from '../spec/months.ts';
import type { TableFormat } from './table-files.ts';

/** A parser of whole numbers from `min` to `max` for commander. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** A confidence level in percent, 0 and 100 left out. */
export function percent(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value > 0 && value < 100)) throw new InvalidArgumentError('It must be a percentage between 0 and 100, as in 95.');
  return value;
}

export function monthText(text: string): string {
  if (parseMonth(text) === null) throw new InvalidArgumentError('It must be a month as in 2018-03.');
  return text;
}

export function condition(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must be an SQL condition on columns of the table.');
  return text;
}

type Breakdowns = (text: string, before?: readonly (readonly string[])[]) => string[][];

/** A parser of `county,office+measure`: breakdowns between commas, columns of one breakdown between plus signs; `own` are columns of every table. */
export const breakdownsBeside = (own: readonly string[]): Breakdowns => (text, before = []) => {
  const found = before.map((columns) => [...columns]);
  const seen = new Set(found.map((columns) => columns.join('+')));
  for (const part of text.split(',')) {
    const columns = part.split('+').map((column) => column.trim());
    if (columns.includes('')) throw new InvalidArgumentError(`A column name is missing in "${text}".`);
    if (new Set(columns).size < columns.length) throw new InvalidArgumentError(`"${part}" names a column twice.`);
    const taken = columns.find((column) => own.includes(column));
    if (taken !== undefined) throw new InvalidArgumentError(`Every table has a column "${taken}" of its own.`);
    const key = columns.join('+');
    if (!seen.has(key)) found.push(columns);
    seen.add(key);
  }
  return found;
};

const formats: readonly TableFormat[] = ['csv', 'arrow', 'parquet', 'xlsx'];

/** A list such as `csv,xlsx`; `both` stands for `csv,arrow`. */
export function tableFormats(text: string): TableFormat[] {
  const named = text.split(',').flatMap((name) => (name.trim() === 'both' ? ['csv', 'arrow'] : [name.trim()]));
  const unknown = named.find((name) => !formats.some((format) => format === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is not among ${formats.join(', ')} and both.`);
  return formats.filter((format) => named.includes(format));
}

/** Breakdowns of the indicator. */
export const breakdowns = breakdownsBeside(ownIndicatorColumns);
