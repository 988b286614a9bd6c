import type { Adjustment } from '../src/comparison/multiplicity.ts';
import { discoveries } from '../src/comparison/multiplicity.ts';
import type { BandPoint } from '../src/comparison/bands.ts';
import { falseDiscoveryRate } from '../src/comparison/compare-units.ts';
import type { ComparedUnits } from '../src/comparison/compare-units.ts';
import type { Difference } from '../src/comparison/differences.ts';
import type { FunnelPoint } from '../src/comparison/funnel.ts';
import type { UnitRank } from '../src/comparison/ranks.ts';
import type { ShrunkenUnit } from '../src/comparison/shrinkage.ts';

/** What is looked at of units: one thing at a time. */
export type UnitAspect = 'rank' | 'difference' | 'shrunken' | 'band';

/** All that is known of one unit. */
export interface UnitFigures {
  readonly label: string;
  readonly side: FunnelPoint['side'];
  readonly rank: UnitRank;
  readonly band: BandPoint;
  /** From the whole. */
  readonly difference: Difference;
  /** Adjusted for how many there are, and whether the difference stands. */
  readonly adjusted: number;
  readonly stands: boolean;
  /** Null with fewer than two units. */
  readonly shrunken: ShrunkenUnit | null;
}

export interface AllFigures {
  /** From the highest estimate down. */
  readonly units: readonly UnitFigures[];
  /** Of the differences: how many there are, and how many stand. */
  readonly tests: number;
  readonly standing: number;
}

const byLabel = <T extends { readonly label: string }>(units: readonly T[]): Map<string, T> => new Map(units.map((unit) => [unit.label, unit]));

/** The parts of a comparison put together unit by unit, with the p-values adjusted the way that is asked for. */
export function unitFigures({ ranks, funnel, bands, differences, shrinkage }: ComparedUnits, adjustment: Adjustment): AllFigures {
  const [points, covers, shrunken] = [byLabel(funnel.points), byLabel(bands.points), byLabel(shrinkage?.units ?? [])];
  const found = discoveries(differences.map(({ pValue }) => pValue), adjustment, falseDiscoveryRate);
  const tests = new Map(differences.map((difference, k) => [difference.of, { difference, adjusted: found.adjusted[k]!, stands: found.rejected[k] === 1 }]));
  const units = ranks.units.map((rank): UnitFigures => {
    const { label } = rank;
    return { label, side: points.get(label)!.side, rank, band: covers.get(label)!, shrunken: shrunken.get(label) ?? null, ...tests.get(label)! };
  });
  return { units: units.sort((a, b) => a.rank.rank - b.rank.rank), tests: found.tests, standing: found.count };
}
