import { horizonPlaceholder } from './columns.ts';
import type { Fault } from './fault.ts';
import { missingLabel, placeOfLevel } from './level-names.ts';
import { knownLevels, maxLevels, referenceLabel, staticLevelCount } from './levels.ts';
import type { Covariate } from './model-spec.ts';
import { nearest } from './nearest.ts';

function* checkNames(covariate: Covariate): Generator<Fault> {
  const { name, column } = covariate;
  if (name === 'constant') yield { path: 'name', code: 'fault.name-constant', args: {} };
  if (name.includes(':')) yield { path: 'name', code: 'fault.colon-in-name', args: { name } };
  if (/[{}]/.test(name)) yield { path: 'name', code: 'fault.placeholder-in-name', args: { name, placeholder: horizonPlaceholder } };
  for (const placeholder of column?.match(/\{[^}]*\}?|\}/g) ?? []) {
    if (placeholder !== horizonPlaceholder) yield { path: 'column', code: 'fault.unknown-placeholder', args: { found: placeholder, placeholder: horizonPlaceholder } };
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
    yield { path: `breaks[${k}]`, code: ties ? 'fault.break-smaller' : 'fault.break-not-larger', args: { before, here } };
  }
  if (coding !== 'intervals' && breaks.length > 0 && breaks.length !== covariate.groups - 1) {
    yield { path: 'breaks', code: 'fault.break-count', args: { expected: covariate.groups - 1, groups: covariate.groups, held: breaks.length } };
  }
}

function* checkBounds(covariate: Covariate): Generator<Fault> {
  if (covariate.coding !== 'values') return;
  const { min, max } = covariate;
  if ((min === undefined) !== (max === undefined)) {
    yield { path: min === undefined ? 'min' : 'max', code: 'fault.min-or-max-alone', args: {} };
  } else if (min !== undefined && max !== undefined && max < min) {
    yield { path: 'max', code: 'fault.max-below-min', args: { min, max } };
  }
}

function* checkLevels(covariate: Covariate): Generator<Fault> {
  const count = staticLevelCount(covariate);
  const { labels } = covariate;
  const total = (count ?? labels?.length ?? 0) + (covariate.missing === 'level' ? 1 : 0);
  if (total > maxLevels) {
    yield { path: '', code: 'fault.too-many-levels', args: { levels: total, most: maxLevels } };
    return;
  }
  if (total < 1) return;
  if (labels !== undefined) {
    if (count !== null && labels.length !== count) yield { path: 'labels', code: 'fault.label-count', args: { expected: count, named: labels.length } };
    for (const [index, label] of labels.entries()) {
      if (labels.indexOf(label) < index) yield { path: `labels[${index}]`, code: 'fault.label-twice', args: { label } };
      if (covariate.missing === 'level' && label === missingLabel) yield { path: `labels[${index}]`, code: 'fault.label-of-missing', args: { label } };
    }
  }
  const reference = referenceLabel(covariate);
  const known = knownLevels(covariate);
  if (reference === null || known === null) return;
  const all = new Set(known);
  if (placeOfLevel(known, reference) < 0) {
    yield { path: 'reference', code: 'fault.reference', args: { reference, nearest: nearest(reference, all), levels: [...all] } };
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
      yield { path: 'name', code: 'fault.shared-name', args: { name: covariate.name } };
      continue;
    }
    const clash = levels.filter((label) => otherLevels.includes(label));
    if (clash.length > 0) yield { path: 'name', code: 'fault.shared-label', args: { name: covariate.name, labels: clash } };
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
    return faults.map((fault) => ({ ...fault, path: fault.path === '' ? here : `${here}.${fault.path}` }));
  });
}
