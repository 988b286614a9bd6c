import { checkCovariates } from './check-covariates.ts';
import { horizonPlaceholder } from './columns.ts';
import { formatPath, type Fault } from './fault.ts';
import { parseMonthRange } from './months.ts';
import type { Covariate, ModelSpec } from './model-spec.ts';
import { suggestion } from './nearest.ts';

function* repeated(names: readonly string[], path: (index: number) => string): Generator<Fault> {
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first < index) yield { path: path(index), message: `is ${JSON.stringify(name)} like ${path(first)}; must be unique` };
  }
}

/** Names as they are compared in SQL. */
function* checkDerived(derived: ModelSpec['derived']): Generator<Fault> {
  const names = Object.keys(derived ?? {});
  for (const [index, name] of names.entries()) {
    const path = formatPath(['derived', name]);
    const same = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    if (name === '') yield { path, message: 'must have a name' };
    if (/[{}]/.test(name)) yield { path, message: `has a brace in its name; ${horizonPlaceholder} belongs in the column of a covariate` };
    if (same !== undefined) yield { path, message: `differs from ${JSON.stringify(same)} only in upper and lower case, which SQL takes for the same` };
  }
}

function* checkOutcomes(spec: ModelSpec): Generator<Fault> {
  yield* repeated(spec.outcomes.map((outcome) => outcome.name), (index) => `outcomes[${index}].name`);
  for (const [index, { family, range }] of spec.outcomes.entries()) {
    if (range === undefined) continue;
    const path = `outcomes[${index}].range`;
    if (family === 'probit') yield { path, message: 'must be left out: a probit outcome is 0 or 1' };
    else if (range[1] < range[0]) yield { path, message: `runs from ${range[0]} down to ${range[1]}; put the smallest first` };
  }
}

function* checkInteractions(spec: ModelSpec, covariates: readonly Covariate[], where: string): Generator<Fault> {
  const names = covariates.map((covariate) => covariate.name);
  const seen = new Map<string, number>();
  for (const [index, pair] of (spec.interactions ?? []).entries()) {
    const path = `interactions[${index}]`;
    for (const [side, name] of pair.entries()) {
      const fault = (message: string): Fault => ({ path: `${path}[${side}]`, message: `${message}${where}` });
      const found = covariates.filter((covariate) => covariate.name === name);
      if (found.length === 0) yield fault(`names no covariate: ${JSON.stringify(name)}${suggestion(name, names)}`);
      else if (found.length > 1) yield fault(`names ${found.length} covariates called ${JSON.stringify(name)}; only one may have the name`);
      else if (found[0]!.coding === 'numeric') yield fault(`names the numeric covariate ${JSON.stringify(name)}; only covariates with levels interact`);
    }
    if (pair[0] === pair[1]) yield { path, message: `crosses ${JSON.stringify(pair[0])} with itself` };
    const key = JSON.stringify([...pair].sort());
    const first = seen.get(key);
    if (first !== undefined) yield { path, message: `crosses the same two covariates as interactions[${first}]` };
    else seen.set(key, index);
  }
}

function* checkRanges(ranges: readonly string[] | undefined, path: string): Generator<Fault> {
  for (const [index, text] of (ranges ?? []).entries()) {
    if (parseMonthRange(text) !== null) continue;
    const message = `is ${JSON.stringify(text)}; must be a month as "2018-03" or a range as "2018-03/2019-02", earliest first`;
    yield { path: `${path}[${index}]`, message };
  }
}

function* checkSeasonal(spec: ModelSpec): Generator<Fault> {
  const horizons = [...new Set(spec.outcomes.map((outcome) => String(outcome.horizon)))];
  for (const [key, ranges] of Object.entries(spec.seasonal?.reference ?? {})) {
    const path = `seasonal.reference[${JSON.stringify(key)}]`;
    if (!horizons.includes(key)) yield { path, message: `is the horizon of no outcome; there are ${horizons.join(', ')}` };
    yield* checkRanges(ranges, path);
  }
}

/** What one part of a spec of the right shape demands of another, as a list of faults. */
export function checkSpec(spec: ModelSpec): Fault[] {
  const faults: Fault[] = [];
  const { separateBy } = spec;
  if (spec.person === spec.month) faults.push({ path: 'month', message: `is the column of person, ${JSON.stringify(spec.person)}` });
  faults.push(...checkDerived(spec.derived));
  faults.push(...checkOutcomes(spec), ...checkCovariates(spec.covariates, 'covariates'));
  faults.push(...checkInteractions(spec, spec.covariates, ''));
  faults.push(...checkRanges(spec.sample?.months, 'sample.months'));
  faults.push(...checkRanges(spec.sample?.excludeMonths, 'sample.excludeMonths'));
  if (typeof separateBy === 'object' && separateBy !== null) {
    const path = (index: number): string => `separateBy.groups[${index}]`;
    faults.push(...repeated(separateBy.groups.map((group) => group.label), (index) => `${path(index)}.label`));
    for (const [index, { covariates }] of separateBy.groups.entries()) {
      if (covariates === undefined) continue;
      faults.push(...checkCovariates(covariates, `${path(index)}.covariates`));
      faults.push(...checkInteractions(spec, covariates, ` among ${path(index)}.covariates`));
    }
  }
  faults.push(...checkSeasonal(spec));
  return faults;
}
