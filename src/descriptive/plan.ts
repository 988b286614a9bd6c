import { EngineError } from '../errors.ts';
import type { ColumnRequest } from '../register/partition.ts';
import { nearest } from '../spec/nearest.ts';
import {
  monthColumn, personColumn, reportBreakdowns, reportPopulations, reportVariables, type DescribedPopulation, type DescribedVariable,
} from './report-tables.ts';

export interface DescriptivePlan {
  readonly variables: readonly DescribedVariable[];
  readonly populations: readonly DescribedPopulation[];
  /** The whole first, as a breakdown by nothing. */
  readonly breakdowns: readonly (readonly string[])[];
  readonly requests: readonly ColumnRequest[];
  /** SQL condition: other rows are not read. */
  readonly filter: string | null;
}

/** What is not described, and the columns that it would have taken. */
export interface LeftOut {
  readonly what: string;
  readonly columns: readonly string[];
}

export interface PlanRequest {
  /** Columns that the table has. */
  readonly present: readonly string[];
  /** Breakdowns asked for; those of the report where null. */
  readonly by: readonly (readonly string[])[] | null;
  readonly where: string | null;
}

/** What can be described of a table with these columns. Throws EngineError 'data' where those it cannot do without are missing. */
export function planDescription({ present, by, where }: PlanRequest): { plan: DescriptivePlan; leftOut: LeftOut[] } {
  const missingOf = (columns: readonly string[]): string[] => [...new Set(columns)].filter((column) => !present.includes(column));
  const needed = missingOf([personColumn, monthColumn]);
  if (needed.length > 0) throw new EngineError('data.not-described', { missing: needed, present });
  const [unknown] = missingOf((by ?? []).flat());
  if (unknown !== undefined) throw new EngineError('usage.no-column', { option: '--by', column: unknown, nearest: nearest(unknown, present), present });
  const leftOut: LeftOut[] = [];
  const kept = <T>(all: readonly T[], named: (item: T) => { what: string; columns: readonly string[] }): T[] =>
    all.filter((item) => {
      const { what, columns } = named(item);
      const missing = missingOf(columns);
      if (missing.length > 0) leftOut.push({ what, columns: missing });
      return missing.length === 0;
    });
  const breakdowns = [[], ...kept(by ?? reportBreakdowns, (columns) => ({ what: `the tables by ${columns.join('+')}`, columns }))];
  const populations = kept(reportPopulations, ({ name, conditions }) => ({ what: `the population ${name}`, columns: conditions.map(({ column }) => column) }));
  const variables = kept(reportVariables, ({ name, table, column }) => ({ what: `${name} in ${table}`, columns: [column] }));
  return { plan: { variables, populations, breakdowns, requests: requestsOf(variables, populations, breakdowns), filter: where }, leftOut };
}

function requestsOf(variables: DescriptivePlan['variables'], populations: DescriptivePlan['populations'], breakdowns: DescriptivePlan['breakdowns']): ColumnRequest[] {
  const conditions = populations.flatMap((population) => population.conditions);
  const numbers = [...variables.map(({ column }) => column), ...conditions.filter((condition) => !('among' in condition)).map(({ column }) => column)];
  const labels = [...breakdowns.flat(), ...conditions.filter((condition) => 'among' in condition).map(({ column }) => column)];
  return [
    { column: personColumn, as: 'person' },
    { column: monthColumn, as: 'month' },
    ...[...new Set(numbers)].map((column) => ({ column, as: 'number' }) as const),
    ...[...new Set(labels)].map((column) => ({ column, as: 'label' }) as const),
  ];
}

/** One line that says what is not there and why; '' where nothing is left out. */
export function leftOutLine(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  const columns = [...new Set(leftOut.flatMap((one) => one.columns))];
  return `Left out: ${leftOut.map(({ what }) => what).join(', ')}; the table has no column ${columns.join(', ')}.`;
}
