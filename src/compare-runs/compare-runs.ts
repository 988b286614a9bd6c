import { EngineError } from '../errors.ts';
import { compareCoefficients, type CoefficientPair, type ReferenceChange } from './compare-coefficients.ts';
import { compareFits, type FitNumber } from './compare-fits.ts';
import { compareIndicator, type IndicatorShift } from './compare-indicator.ts';
import type { ComparedFit, ComparedRun } from './compared-run.ts';
import { pairsOf, type Pair } from './pairs.ts';
import { sameData, type DataVerdict } from './same-data.ts';
import { summarizeShift, unitShifts, type ShiftSummary, type UnitShift } from './shift-summary.ts';

/** Two runs side by side; every difference is B − A. */
export interface Comparison {
  readonly data: DataVerdict;
  /** What a reader must know before the numbers, data that differ first. */
  readonly notes: readonly string[];
  readonly coefficients: readonly CoefficientPair[];
  readonly referenceChanges: readonly ReferenceChange[];
  readonly fits: readonly FitNumber[];
  /** The whole first, then the breakdowns that both runs have. */
  readonly tables: readonly ComparedBreakdown[];
}

export interface ComparedBreakdown {
  readonly shift: IndicatorShift;
  readonly units: readonly UnitShift[];
  readonly summary: readonly ShiftSummary[];
}

export interface CompareOptions {
  /** Natural logarithm, from the kernels. */
  readonly log: (x: number) => number;
  /** Both runs have read the same files with the same condition: their data need not be looked at. */
  readonly sameRows?: boolean;
}

/**
 * Compares two runs: coefficients, fit and every point of the indicator.
 *
 * @throws `EngineError('usage')` where one run has months and the other tertials, say
 */
export function compareRuns(a: ComparedRun, b: ComparedRun, { log, sameRows = false }: CompareOptions): Comparison {
  if (a.options.period !== b.options.period) {
    throw new EngineError('usage.periods-differ', { a: a.name, b: b.name, periodOfA: a.options.period, periodOfB: b.options.period });
  }
  const [pooledA, pooledB] = [a.options.pooled ?? false, b.options.pooled ?? false];
  if (pooledA !== pooledB) {
    throw new EngineError('usage.means-of-two-kinds', { pooled: pooledA ? a.name : b.name, unweighted: pooledA ? b.name : a.name });
  }
  const fits = pairsOf<ComparedFit>(a.fits, b.fits, ({ outcome, population }) => JSON.stringify([outcome, population]));
  const breakdowns = pairsOf(a.tables, b.tables, ({ by }) => JSON.stringify(by));
  const tables = breakdowns.flatMap((pair) => (pair.a && pair.b ? [compareBreakdown(compareIndicator(pair.a, pair.b))] : []));
  const { coefficients, referenceChanges } = compareCoefficients(fits);
  const { verdict, reasons } = sameRows ? { verdict: 'same' as const, reasons: [] } : sameData(a, b, tables.map(({ shift }) => shift));
  const notes = [
    ...dataNotes(verdict, reasons),
    ...optionNotes(a, b),
    ...breakdowns.flatMap(({ a: ofA, b: ofB }) => (ofA && ofB ? [] : [`only ${ofA ? 'A' : 'B'} is broken down by ${(ofA ?? ofB).by.join('+')}: left out.`])),
    ...byText(fits.flatMap(fitNotes)),
    ...referenceChanges.map(({ outcome, population, term, a: ofA, b: ofB, common }) =>
      `${nameOf({ outcome, population })}: the reference of ${term} is ${ofA.join(', ')} in A, ${ofB.join(', ')} in B: ${common === null ? 'its coefficients, those crossed with it and the constant have no difference' : `both are told relative to ${common}, without standard errors where that is another than their own`}.`),
  ];
  return { data: verdict, notes, coefficients, referenceChanges, fits: compareFits(fits, log), tables };
}

function compareBreakdown(shift: IndicatorShift): ComparedBreakdown {
  const units = unitShifts(shift);
  return { shift, units, summary: summarizeShift(shift, units) };
}

function dataNotes(verdict: DataVerdict, reasons: readonly string[]): string[] {
  if (verdict === 'different') return [`THE DATA DIFFER (${reasons.join('; ')}): a shift is not the model’s alone.`];
  if (verdict === 'same') return [];
  return ['the digests of the data differ, as they do between models that read other columns; rows, persons, months and mean outcomes are the same.'];
}

function optionNotes(a: ComparedRun, b: ComparedRun): string[] {
  const notes: string[] = [];
  const differs = (what: string, ofA: unknown, ofB: unknown): void => {
    if (ofA !== ofB) notes.push(`${what} in A: ${String(ofA ?? 'none')}; in B: ${String(ofB ?? 'none')}.`);
  };
  differs('standard errors of coefficients', a.options.vcov, b.options.vcov);
  differs('--where', a.options.where, b.options.where);
  differs('--threshold', a.options.threshold, b.options.threshold);
  differs('version', a.engineVersion, b.engineVersion);
  return notes;
}

interface FitNote {
  readonly name: string;
  readonly text: string;
}

/** One note for all fits of which the same is to be said. */
function byText(notes: readonly FitNote[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, text } of notes) names.set(text, [...(names.get(text) ?? []), name]);
  return [...names].map(([text, of]) => `${of.join(', ')}: ${text}.`);
}

function fitNotes({ a, b }: Pair<ComparedFit>): FitNote[] {
  const name = nameOf(a ?? b);
  if (a === null || b === null) return [{ name, text: `estimated in ${a ? 'A' : 'B'} alone` }];
  const notes: FitNote[] = [];
  if (a.family !== b.family) {
    notes.push({ name, text: `${a.family} in A, ${b.family} in B, so that neither coefficients nor likelihoods have a difference` });
  } else if (a.n !== b.n || a.setAside !== b.setAside) {
    notes.push({ name, text: `estimated from ${estimatedFrom(a)} in A, ${estimatedFrom(b)} in B, so that likelihoods, AIC and BIC have no difference` });
  }
  const moved = a.breaks.flatMap(({ covariate, column, breaks }) => {
    const other = b.breaks.find((candidate) => candidate.covariate === covariate && candidate.column === column);
    return other === undefined || other.breaks.join() === breaks.join() ? [] : [covariate];
  });
  if (moved.length > 0) notes.push({ name, text: `the breaks of ${[...new Set(moved)].join(', ')} differ, so that a level of the same name holds other values` });
  return notes;
}

const estimatedFrom = ({ n, setAside }: ComparedFit): string => `${n} rows${setAside > 0 ? ` (${setAside} set aside)` : ''}`;

const nameOf = ({ outcome, population }: Pick<ComparedFit, 'outcome' | 'population'>): string => (population === '' ? outcome : `${outcome} (${population})`);
