import { frameColumns } from '../coding/frame.ts';
import { missingLabel } from '../spec/level-names.ts';
import type { Covariate, ModelSpec } from '../spec/model-spec.ts';
import type { KeptSums } from './kept-sums.ts';
import type { Note } from './notes.ts';

/** Covariates whose breaks, computed anew over other months, would be others than the frozen ones; and those that may be. */
export interface FreshBreaks {
  readonly differ: readonly string[];
  readonly mayDiffer: readonly string[];
}

type ComputedCovariate = Extract<Covariate, { coding: 'quantiles' | 'equal-width' }>;

/**
 * What the counts by level of some months tell of breaks computed over them. Quantiles: break k is the ⌈n·k/groups⌉-th
 * smallest value, and so it would be another one where that rank falls outside level k. Equal width: where the first or the
 * last level is empty, the smallest or largest value has moved. Values within a level are not known: all else may differ.
 */
export function freshBreaks(kept: KeptSums, spec: Pick<ModelSpec, 'covariates' | 'separateBy'>, months: readonly number[]): FreshBreaks {
  const inFit = kept.months.filter(({ inSample }) => inSample).map(({ month }) => month);
  if (inFit.join() === months.join()) return { differ: [], mayDiffer: [] };
  const found = kept.breaks.map(({ covariate: name, breaks }) => {
    const covariate = covariateOf(spec, kept.population, name);
    return { name, moved: covariate !== undefined && isMoved(kept, { covariate, breaks }, months) };
  });
  const named = (moved: boolean): string[] => [...new Set(found.filter((one) => one.moved === moved).map(({ name }) => name))];
  const differ = named(true);
  return { differ, mayDiffer: named(false).filter((name) => !differ.includes(name)) };
}

/** What is to be said of them. */
export function freshBreaksNotes({ differ, mayDiffer }: FreshBreaks): Note[] {
  const notes: Note[] = [];
  if (differ.length > 0) notes.push({ code: 'warning.what-if-breaks-differ', args: { covariates: differ } });
  if (mayDiffer.length > 0) notes.push({ code: 'warning.what-if-breaks-may-differ', args: { covariates: mayDiffer } });
  return notes;
}

function covariateOf({ covariates, separateBy }: Pick<ModelSpec, 'covariates' | 'separateBy'>, population: string | null, name: string): ComputedCovariate | undefined {
  const groups = separateBy && typeof separateBy !== 'string' ? separateBy.groups : [];
  const own = groups.find(({ label }) => label === population)?.covariates ?? covariates;
  return own.find((covariate): covariate is ComputedCovariate => covariate.name === name && (covariate.coding === 'quantiles' || covariate.coding === 'equal-width') && !covariate.breaks);
}

/** Whether the counts prove that a break would be another one. */
function isMoved(kept: KeptSums, { covariate, breaks }: { covariate: ComputedCovariate; breaks: readonly number[] }, months: readonly number[]): boolean {
  const zero = covariate.coding === 'quantiles' && covariate.zero === 'separate' ? 1 : 0;
  // Several covariates may share a name; this one has as many levels as its coding says.
  const factor = kept.frame.factors.findIndex(({ name, labels }) => name === covariate.name && labels.filter((label) => label !== missingLabel).length === covariate.groups + zero);
  if (factor < 0) return false;
  const counts = levelCounts(kept, factor, months).slice(zero, zero + covariate.groups);
  if (covariate.coding === 'equal-width') return covariate.scale !== 'common' && (counts[0] === 0 || counts.at(-1) === 0);
  // Missing values at one of these levels are counted there, and enter no break.
  if (covariate.missing === 'reference' && kept.references[factor]! >= zero) return false;
  const n = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  return n > 0 && breaks.some((limit, k) => {
    const rank = Math.ceil((n * (k + 1)) / covariate.groups);
    const upTo = below + counts[k]!;
    const isTied = k > 0 && limit === breaks[k - 1];
    const moved = rank > upTo || (rank <= below && !isTied);
    below = upTo;
    return moved;
  });
}

/** Rows of some months at each level of a factor. */
function levelCounts({ frame, months: all }: KeptSums, factor: number, months: readonly number[]): number[] {
  const first = frameColumns(frame).main[factor]!;
  const wanted = new Set(months);
  const here = all.filter(({ month }) => wanted.has(month));
  return frame.factors[factor]!.labels.map((_, level) => {
    const at = first + level;
    return here.reduce((sum, { gram }) => sum + gram[(at * (at + 3)) / 2]!, 0);
  });
}
