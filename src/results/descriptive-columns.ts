import type { BreakdownTables, DescribedCells, MomentTable } from '../descriptive/descriptive-tables.ts';
import { count, number, text, type ResultColumn } from './columns.ts';
import { tableName } from './table-name.ts';

const cellColumns = ({ by, population, groups }: DescribedCells): ResultColumn[] => [text('population', population), ...by.map((name, c) => text(name, groups[c]!))];

const momentColumns = (table: MomentTable): ResultColumn[] => [
  ...cellColumns(table),
  text('variable', table.variable),
  count('n', table.n),
  number('mean', table.mean),
  number('std_dev', table.standardDeviation),
];

/** The descriptive tables by file name without extension; a table without rows is none. */
export function descriptiveTables(tables: readonly BreakdownTables[]): Map<string, ResultColumn[]> {
  const named = tables.flatMap(({ by, observations, outcomes, covariates, persons }): [string, ResultColumn[]][] => [
    [tableName('observations', by), [
      ...cellColumns(observations),
      count('rows', observations.rows),
      number('share', observations.share),
      count('persons', observations.persons),
      number('persons_per_month', observations.personsPerMonth),
    ]],
    [tableName('outcomes', by), momentColumns(outcomes)],
    [tableName('covariates', by), momentColumns(covariates)],
    [tableName('persons', by), [...cellColumns(persons), text('month', persons.months), count('persons', persons.persons)]],
  ]);
  return new Map(named.filter(([, columns]) => columns[0]!.values.length > 0));
}

/** Names that no breakdown column may have: they are columns of the descriptive tables. */
export const ownDescriptiveColumns: readonly string[] = ['population', 'variable', 'month', 'n', 'mean', 'std_dev', 'rows', 'share', 'persons', 'persons_per_month'];
