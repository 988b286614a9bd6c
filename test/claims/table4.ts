import { reference } from '../synthetic/draw.ts';

export const outcomes = ['atid3', 'atid12', 'jobb3', 'jobb12'] as const;
export type OutcomeName = (typeof outcomes)[number];

/** The printed coefficients of Table 4. */
export class Table4 {
  readonly rows: readonly Record<string, string>[];
  private readonly sign: number;

  /** `sign` −1 turns every coefficient round: what a table would be on which no claim of direction holds. */
  constructor(sign: 1 | -1 = 1) {
    this.rows = reference('coefficients');
    this.sign = sign;
  }

  levels(variable: string): string[] {
    return this.rows.filter((row) => row['variable'] === variable).map((row) => row['level']!);
  }

  isReference(variable: string, level: string): boolean {
    return this.row(variable, level)['is_reference'] === 'true';
  }

  /** The coefficient of a level; of a variable of one level without naming it. */
  of(outcome: OutcomeName, variable: string, level?: string | number): number {
    return this.sign * Number(this.row(variable, level === undefined ? this.levels(variable)[0]! : String(level))[outcome]);
  }

  series(outcome: OutcomeName, variable: string, levels: readonly (string | number)[] = this.levels(variable)): number[] {
    return levels.map((level) => this.of(outcome, variable, level));
  }

  private row(variable: string, level: string): Record<string, string> {
    const found = this.rows.find((row) => row['variable'] === variable && row['level'] === level);
    if (!found) throw new Error(`Table 4 has no ${variable} ${level}.`);
    return found;
  }
}

export const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, k) => from + k);
/** Differences of neighbours. */
export const steps = (values: readonly number[]): number[] => values.slice(1).map((value, k) => value - values[k]!);
export const rises = (values: readonly number[]): boolean => steps(values).every((step) => step > 0);
export const falls = (values: readonly number[]): boolean => steps(values).every((step) => step < 0);
export const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** Slope of the values on their places. */
export function trend(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  return values.reduce((sum, value, k) => sum + (k - middle) * value, 0);
}
