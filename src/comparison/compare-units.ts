import type { CellState } from '../indicator/cell-state.ts';
import type { GroupComparison } from '../run-result.ts';
import type { SetPair } from '../uncertainty/compared-sets.ts';
import type { JointMeans } from '../uncertainty/joint-means.ts';
import { bands, type Bands } from './bands.ts';
import { differences, type Difference } from './differences.ts';
import { funnel, type Funnel } from './funnel.ts';
import { defaultDraws, type DrawOptions } from './joint-draws.ts';
import { selected, usableEstimates, type JointEstimates } from './joint-estimates.ts';
import type { ComparisonMath } from './math.ts';
import { discoveries, type Adjustment, type Discoveries } from './multiplicity.ts';
import { ranks, type Ranks } from './ranks.ts';
import { shrinkage, type Shrinkage } from './shrinkage.ts';

export interface UnitOptions {
  /** Of all intervals, in per cent. */
  readonly level: number;
  readonly seed: number;
  /** Whether the funnel's limits are widened by the variation between units. */
  readonly overdispersion: boolean;
  readonly discovery: Adjustment;
  /** Units with fewer rows are left out; null leaves none out. */
  readonly threshold: number | null;
}

/** Units of one breakdown and outcome held against the whole and each other; every `label` is a unit's place among the groups. */
export interface ComparedUnits {
  readonly options: UnitOptions & DrawOptions;
  /** The whole's value, and its standard error. */
  readonly centre: number;
  readonly centreStandardError: number;
  readonly funnel: Funnel;
  readonly ranks: Ranks;
  /** Null with fewer than two units. */
  readonly shrinkage: Shrinkage | null;
  readonly bands: Bands;
  /** Each unit from what it is held against, over the months that both have. */
  readonly differences: readonly UnitDifference[];
  /** Months of the period that each unit has, by place, and last the whole. */
  readonly months: ArrayLike<number>;
  readonly discoveries: Discoveries;
  /** Places of the units that are not compared. */
  readonly withoutEstimate: readonly number[];
  readonly underThreshold: readonly number[];
  /** Of too few persons, degrees of freedom, or persons with or without the outcome. */
  readonly tooFew: readonly number[];
}

/** `from` is the place of another unit, `whole`, or the places of the units that make up what the unit is a part of, as `1,4`. */
export interface UnitDifference extends Difference {
  /** That both have. */
  readonly months: number;
}

/** Share of the z-scores drawn in at each end for over-dispersion. */
export const winsorised = 0.1;

/** Adjusted p-values up to this many per cent are discoveries. */
export const falseDiscoveryRate = 5;

/** Why no unit can be compared: the outcome is not observed over all of the period, or the estimates hold every mean at zero. */
export type NotCompared = 'not-observed' | 'held-at-zero';

export type ComparedMeans = JointMeans & Partial<Pick<GroupComparison, 'modelError' | 'months' | 'pairs' | 'sets'>>;

/** Funnel, ranks, shrinkage, bands and differences of units, whose joint means have the whole last. */
export function compareUnits(means: ComparedMeans, unitOptions: UnitOptions, math: ComparisonMath): ComparedUnits | NotCompared {
  const options = { ...unitOptions, draws: defaultDraws.draws };
  const { level, seed, draws, threshold } = options;
  const all = jointEstimates(means, threshold);
  const whole = all.labels.length - 1;
  const units = selected(all, Array.from({ length: whole }, (_, place) => place));
  const { places } = usableEstimates(units);
  const centre = all.estimate[whole]!;
  if (!Number.isFinite(centre) || places.length === 0) return means.state.slice(0, whole).some((state) => state === 'held_at_zero') ? 'held-at-zero' : 'not-observed';
  const held = heldAgainst(means, all, places, level, math);
  const missing = units.labels.map(Number).filter((place) => !places.includes(place));
  const under = (place: number): boolean => isFew(means.n[place]!, threshold);
  const few = (place: number): boolean => !under(place) && isLimited(means.state[place]!);
  return {
    options,
    centre,
    centreStandardError: all.standardError[whole]!,
    funnel: funnel({ estimates: units, n: means.n, centre, ...(means.modelError ? { modelError: means.modelError } : {}), ...(options.overdispersion ? { winsorise: winsorised } : {}), draws: { draws, seed } }, math),
    ranks: ranks(units, { level, draws, seed }, math),
    shrinkage: places.length < 2 ? null : shrinkage(units, math),
    bands: bands(units, { level, draws, seed }, math),
    differences: held,
    months: means.months ?? means.n.map(() => NaN),
    discoveries: discoveries(held.map(({ pValue }) => pValue), options.discovery, falseDiscoveryRate),
    withoutEstimate: missing.filter((place) => !under(place) && !few(place)),
    underThreshold: missing.filter(under),
    tooFew: missing.filter(few),
  };
}

/** Pairs of units that are compared; each unit from the whole where no others are asked for. */
function heldAgainst({ n, pairs, sets }: ComparedMeans, all: JointEstimates, places: readonly number[], level: number, math: ComparisonMath): UnitDifference[] {
  const usable = new Set(places);
  const options = { kind: 'difference', level } as const;
  if (!pairs || !sets) {
    return differences(all, places.map((of) => ({ of, from: all.labels.length - 1 })), options, math).map((one) => ({ ...one, from: 'whole', months: NaN }));
  }
  const isWhole = ({ from }: SetPair): boolean => (typeof from === 'number' ? usable.has(from) : (from ?? []).every((g) => !Number.isNaN(n[g]!)));
  const compared = pairs.filter((pair) => usable.has(pair.of) && isWhole(pair));
  const joint = { ...sets, labels: Array.from(sets.estimate, (_, s) => String(s)) };
  return differences(joint, compared.map(({ sets: [of, from] }) => ({ of, from })), options, math).map((one, k) => {
    const { of, from, months } = compared[k]!;
    return { ...one, of: String(of), from: from === null ? 'whole' : String(from), months };
  });
}

/** Withheld units have no `n`. */
const isFew = (n: number, threshold: number | null): boolean => threshold !== null && !(n >= threshold);

const isLimited = (state: CellState): boolean => state === 'too_few_persons' || state === 'too_few_events' || state === 'withheld';

/** As estimates with places for labels; units under the threshold, and those of too few persons, have none; the whole always has its own. */
export function jointEstimates({ n, estimate, standardError, covariance, state, freedom }: JointMeans, threshold: number | null): JointEstimates {
  const whole = estimate.length - 1;
  const held = (place: number): boolean => place < whole && (isFew(n[place]!, threshold) || isLimited(state[place]!));
  return {
    labels: Array.from(estimate, (_, place) => String(place)),
    estimate: estimate.map((value, place) => (held(place) ? NaN : value)),
    standardError: standardError.map((value, place) => (held(place) ? NaN : value)),
    covariance,
    freedom,
  };
}
