import { checkCovariates } from './check-covariates.ts';
import { horizonPlaceholder } from './columns.ts';
import { formatPath, type Fault } from './fault.ts';
import { parseMonthRange } from './months.ts';
import type { Covariate, ModelSpec } from './model-spec.ts';
import { nearest } from './nearest.ts';

function* repeated(names: readonly string[], path: (index: number) => string): Generator<Fault> {
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first < index) yield { path: path(index), code: 'fault.not-unique', args: { name, first: path(first) } };
  }
}

/** Names as they are compared in SQL. */
function* checkDerived(derived: ModelSpec['derived']): Generator<Fault> {
  const names = Object.keys(derived ?? {});
  for (const [index, name] of names.entries()) {
    const path = formatPath(['derived', name]);
    const same = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    if (name === '') yield { path, code: 'fault.no-name', args: {} };
    if (/[{}]/.test(name)) yield { path, code: 'fault.brace', args: { placeholder: horizonPlaceholder } };
    if (same !== undefined) yield { path, code: 'fault.same-name-in-sql', args: { other: same } };
  }
}

function* checkOutcomes(spec: ModelSpec): Generator<Fault> {
  yield* repeated(spec.outcomes.map((outcome) => outcome.name), (index) => `outcomes[${index}].name`);
  for (const [index, { family, range }] of spec.outcomes.entries()) {
    if (range === undefined) continue;
    const path = `outcomes[${index}].range`;
    if (family === 'probit') yield { path, code: 'fault.range-of-probit', args: {} };
    else if (range[1] < range[0]) yield { path, code: 'fault.range-reversed', args: { from: range[0], to: range[1] } };
  }
}

function* checkInteractions(spec: ModelSpec, covariates: readonly Covariate[], among: string | null): Generator<Fault> {
  const names = covariates.map((covariate) => covariate.name);
  const seen = new Map<string, number>();
  for (const [index, pair] of (spec.interactions ?? []).entries()) {
    const path = `interactions[${index}]`;
    for (const [side, name] of pair.entries()) {
      const at = `${path}[${side}]`;
      const found = covariates.filter((covariate) => covariate.name === name);
      if (found.length === 0) yield { path: at, code: 'fault.no-covariate', args: { name, nearest: nearest(name, names), among } };
      else if (found.length > 1) yield { path: at, code: 'fault.several-covariates', args: { name, count: found.length, among } };
      else if (found[0]!.coding === 'numeric') yield { path: at, code: 'fault.numeric-interaction', args: { name, among } };
    }
    if (pair[0] === pair[1]) yield { path, code: 'fault.crossed-with-itself', args: { name: pair[0] } };
    const key = JSON.stringify([...pair].sort());
    const first = seen.get(key);
    if (first !== undefined) yield { path, code: 'fault.crossed-twice', args: { first: `interactions[${first}]` } };
    else seen.set(key, index);
  }
}

function* checkRanges(ranges: readonly string[] | undefined, path: string): Generator<Fault> {
  for (const [index, text] of (ranges ?? []).entries()) {
    if (parseMonthRange(text) !== null) continue;
    yield { path: `${path}[${index}]`, code: 'fault.month-range', args: { text } };
  }
}

function* checkSeasonal(spec: ModelSpec): Generator<Fault> {
  const horizons = [...new Set(spec.outcomes.map((outcome) => String(outcome.horizon)))];
  for (const [key, ranges] of Object.entries(spec.seasonal?.reference ?? {})) {
    const path = `seasonal.reference[${JSON.stringify(key)}]`;
    if (!horizons.includes(key)) yield { path, code: 'fault.no-horizon', args: { horizons } };
    yield* checkRanges(ranges, path);
  }
}

/** What one part of a spec of the right shape demands of another, as a list of faults. */
export function checkSpec(spec: ModelSpec): Fault[] {
  const faults: Fault[] = [];
  const { separateBy } = spec;
  if (spec.person === spec.month) faults.push({ path: 'month', code: 'fault.column-of-person', args: { column: spec.person } });
  faults.push(...checkDerived(spec.derived));
  faults.push(...checkOutcomes(spec), ...checkCovariates(spec.covariates, 'covariates'));
  faults.push(...checkInteractions(spec, spec.covariates, null));
  faults.push(...checkRanges(spec.sample?.months, 'sample.months'));
  faults.push(...checkRanges(spec.sample?.excludeMonths, 'sample.excludeMonths'));
  if (typeof separateBy === 'object' && separateBy !== null) {
    const path = (index: number): string => `separateBy.groups[${index}]`;
    faults.push(...repeated(separateBy.groups.map((group) => group.label), (index) => `${path(index)}.label`));
    for (const [index, { covariates }] of separateBy.groups.entries()) {
      if (covariates === undefined) continue;
      faults.push(...checkCovariates(covariates, `${path(index)}.covariates`));
      faults.push(...checkInteractions(spec, covariates, `${path(index)}.covariates`));
    }
  }
  faults.push(...checkSeasonal(spec));
  return faults;
}
