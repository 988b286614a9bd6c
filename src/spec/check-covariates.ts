import { horizonPlaceholder } from './columns.ts';
import type { Fault } from './fault.ts';
import { knownLevels, maxLevels, missingLabel, referenceLabel, staticLevelCount } from './levels.ts';
import type { Covariate } from './model-spec.ts';
import { suggestion } from './nearest.ts';

const quote = (text: string): string => JSON.stringify(text);

function* checkNames(covariate: Covariate): Generator<Fault> {
  const { name, column } = covariate;
  if (name === 'constant') yield { path: 'name', message: 'is "constant", the name of the intercept; choose another' };
  if (name.includes(':')) yield { path: 'name', message: `is ${quote(name)}; ":" joins the names of an interaction, so a name has none` };
  if (/[{}]/.test(name)) yield { path: 'name', message: `is ${quote(name)}; ${horizonPlaceholder} belongs in column` };
  for (const placeholder of column?.match(/\{[^}]*\}?|\}/g) ?? []) {
    if (placeholder !== horizonPlaceholder) yield { path: 'column', message: `holds ${quote(placeholder)}; only ${horizonPlaceholder} is replaced` };
  }
}

function* checkBreaks(covariate: Covariate): Generator<Fault> {
  if (!('breaks' in covariate) || covariate.breaks === undefined) return;
  const { breaks, coding } = covariate;
  // Computed breaks that are given back may be tied, which leaves a level empty, or none where all values are equal.
  const ties = coding !== 'intervals';
  for (let k = 1; k < breaks.length; k++) {
    const [before, here] = [breaks[k - 1]!, breaks[k]!];
    if (ties ? here >= before : here > before) continue;
    const demand = ties ? 'must not be smaller than the one before' : 'must be larger than the one before';
    yield { path: `breaks[${k}]`, message: `${demand} (${before}), is ${here}` };
  }
  if (coding !== 'intervals' && breaks.length > 0 && breaks.length !== covariate.groups - 1) {
    yield { path: 'breaks', message: `must hold ${covariate.groups - 1} breaks for ${covariate.groups} groups, holds ${breaks.length}` };
  }
}

function* checkBounds(covariate: Covariate): Generator<Fault> {
  if (covariate.coding !== 'values') return;
  const { min, max } = covariate;
  if ((min === undefined) !== (max === undefined)) {
    yield { path: min === undefined ? 'min' : 'max', message: 'is missing: give min and max, or neither' };
  } else if (min !== undefined && max !== undefined && max < min) {
    yield { path: 'max', message: `is ${max}, smaller than min (${min})` };
  }
}

function* checkLevels(covariate: Covariate): Generator<Fault> {
  const count = staticLevelCount(covariate);
  const { labels } = covariate;
  const total = (count ?? labels?.length ?? 0) + (covariate.missing === 'level' ? 1 : 0);
  if (total > maxLevels) {
    yield { path: '', message: `has ${total} levels; at most ${maxLevels} are possible` };
    return;
  }
  if (total < 1) return;
  if (labels !== undefined) {
    if (count !== null && labels.length !== count) yield { path: 'labels', message: `must name ${count} levels, names ${labels.length}` };
    for (const [index, label] of labels.entries()) {
      if (labels.indexOf(label) < index) yield { path: `labels[${index}]`, message: `is ${quote(label)} for the second time` };
      if (covariate.missing === 'level' && label === missingLabel) yield { path: `labels[${index}]`, message: `is ${quote(label)}, the label of the level that missing: "level" adds` };
    }
  }
  const reference = referenceLabel(covariate);
  const known = knownLevels(covariate);
  if (reference === null || known === null) return;
  const all = new Set(known);
  if (!all.has(reference)) {
    const list = `; there are ${all.size <= 12 ? [...all].join(', ') : `${known[0]} to ${known.at(-1)}`}`;
    yield { path: 'reference', message: `names no level: ${quote(reference)}${suggestion(reference, all) || list}` };
  }
}

const tooMany = (covariate: Covariate): boolean => (staticLevelCount(covariate) ?? 0) > maxLevels;

/** Covariates of one name make up one term, so no two of their levels may have the same label. */
function* checkSharedName(covariates: readonly Covariate[], index: number): Generator<Fault> {
  const covariate = covariates[index]!;
  for (const other of covariates.slice(0, index)) {
    if (other.name !== covariate.name || tooMany(covariate) || tooMany(other)) continue;
    const levels = knownLevels(covariate);
    const otherLevels = knownLevels(other);
    if (levels === null || otherLevels === null) {
      yield { path: 'name', message: `is ${quote(covariate.name)} for the second time; a name is shared only by covariates whose labels are given` };
      continue;
    }
    const clash = levels.filter((label) => otherLevels.includes(label));
    if (clash.length > 0) yield { path: 'name', message: `is ${quote(covariate.name)} for the second time, and both have a level ${clash.map(quote).join(', ')}` };
  }
}

/** The faults of one list of covariates, with `path` before each. */
export function checkCovariates(covariates: readonly Covariate[], path: string): Fault[] {
  return covariates.flatMap((covariate, index) => {
    const faults = [
      ...checkNames(covariate),
      ...checkBreaks(covariate),
      ...checkBounds(covariate),
      ...checkLevels(covariate),
      ...checkSharedName(covariates, index),
    ];
    const here = `${path}[${index}]`;
    return faults.map((fault) => ({ path: fault.path === '' ? here : `${here}.${fault.path}`, message: fault.message }));
  });
}
