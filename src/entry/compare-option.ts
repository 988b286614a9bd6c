import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ComparedResult } from '../comparison/compare-result.ts';
import type { UnitOptions } from '../comparison/compare-units.ts';
import { EngineError } from '../errors.ts';
import { columnReading } from '../guards/column-reading.ts';
import { notComparedText } from '../results/comparison-json.ts';
import { ownComparisonColumns } from '../results/unit-tables.ts';
import type { RunResult } from '../run-result.ts';

export interface CompareFlags {
  readonly compare?: string;
  readonly against?: string;
  readonly overdispersion?: boolean;
  readonly discovery?: 'bh' | 'by';
}

export function addCompareOptions(command: Command): Command {
  return command
    .option('--compare <period>', 'also hold the groups of each breakdown against each other over a period: all, 2023, 2024-T1, 2024-Q1, 2024-03', comparedPeriod)
    .option('--against <what>', 'with --compare, what groups are held against in differences: whole (where left out), pairs for any two, a group as in Oslo or county=Oslo, or a column as in measure, for contracts of measure+contract against their measure')
    .option('--overdispersion', 'widen the funnel limits by what units vary among themselves')
    .addOption(new Option('--discovery <method>', 'how p-values of many differences are adjusted: Benjamini–Hochberg (where left out) or –Yekutieli').choices(['bh', 'by']));
}

export function comparedPeriod(text: string): string {
  if (!/^(all|\d{4}(-(T[1-3]|Q[1-4]|0[1-9]|1[0-2]))?)$/.test(text)) throw new InvalidArgumentError('It must be all, or a period as in 2023, 2024-T1, 2024-Q1 or 2024-03.');
  return text;
}

/** How units are compared; null where they are not. Throws `usage` where the flags do not go together. */
export function unitOptions(flags: CompareFlags & { by: readonly (readonly string[])[]; level: number; seed: number; threshold?: number }): UnitOptions | null {
  const { compare, against, by, level, seed, overdispersion = false, discovery, threshold = null } = flags;
  if (compare === undefined) {
    const alone = against !== undefined ? '--against' : overdispersion ? '--overdispersion' : discovery === undefined ? null : '--discovery';
    if (alone !== null) throw new EngineError('usage.needs-compare', { option: alone });
    return null;
  }
  if (by.length === 0) throw new EngineError('usage.compare-needs-by', {});
  const taken = by.flat().find((column) => ownComparisonColumns.includes(column));
  if (taken !== undefined) throw new EngineError('usage.compare-column-taken', { column: taken });
  return { level, seed, overdispersion, discovery: discovery === 'by' ? 'BY' : 'BH', threshold };
}

/** A line a breakdown and outcome: how many units are outside the funnel's limits, and how many would be by chance. */
export function comparisonLines({ breakdowns, period }: ComparedResult, { spec, zeroMeans }: Pick<RunResult, 'spec' | 'zeroMeans'>): string[] {
  return breakdowns.map(({ outcome, by, units, reason }) => {
    const where = `  ${outcome} by ${by.join('+')}, ${period}`;
    if (units === null) return `${where}: not compared, ${notComparedText(reason!, period)}`;
    const outside = units.funnel.chance.map(({ z, observed, expected }) => `${observed} outside ±${z} (${expected.toFixed(expected < 0.1 ? 2 : 1)} by chance)`).join(', ');
    const { level, controlled, zeroMeans: zero } = columnReading(by, spec.outcomes.find(({ name }) => name === outcome)!, spec, zeroMeans);
    const guard = {
      comparable: '',
      'movement-only': `; the model accounts for ${controlled.length > 0 ? controlled.join('+') : by.join('+')}: levels carry no information`,
      partly: `; the model holds the means of ${zero?.groups} of ${zero?.of} groups at zero, see reading_cells`,      within: `; compare only within ${controlled.join('+')}`,
    }[level];
    return `${where}: ${units.funnel.points.length} units, ${outside}${guard}`;
  });
}
