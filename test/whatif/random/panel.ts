import type { Covariate, ModelSpec, Outcome } from '../../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../../src/spec/parse-spec.ts';
import type { Row } from '../../reference/table.ts';
import { draws } from '../../support/table-file.ts';

export interface Chance {
  /** In [0, 1). */
  next(): number;
  maybe(share: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Some of them, at least one. */
  some<T>(values: readonly T[], share: number): T[];
}

export function chanceOf(seed: number): Chance {
  const next = draws(seed * 7919 + 13);
  for (let k = 0; k < 8; k++) next();
  const maybe = (share: number): boolean => next() < share;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
  return {
    next, maybe, pick,
    some: (values, share) => {
      const found = values.filter(() => maybe(share));
      return found.length > 0 ? found : [pick(values)];
    },
  };
}

export interface RandomCase {
  readonly seed: number;
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  readonly where?: (row: Row) => boolean;
  readonly by: readonly (readonly string[])[];
  readonly months: readonly string[];
}

const monthAt = (t: number): string => `${2018 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}`;

/** Few persons in many cells: small groups, months and levels that only some have, outcomes that are not known in the last months. */
function randomRows(chance: Chance, months: number): Row[] {
  const { next, maybe, pick } = chance;
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const persons = maybe(0.4) ? whole(200, 420) : whole(25, 130);
  const missing = pick([0, 0, 0.05]);
  const rare = { month: monthAt(whole(0, months - 1)), level: pick(['none', 'mid']) };
  const counties = pick([['Oslo', 'Agder', 'Troms'], ['Oslo', 'Agder'], ['Oslo', 'Agder', 'Troms', 'Viken']]);
  const rows: Row[] = [];
  for (let person = 0; person < persons; person++) {
    const county = maybe(0.06) ? counties.at(-1)! : pick(counties.slice(0, Math.max(2, counties.length - 1)));
    const grp = pick(['S', 'S', 'S', 'T', 'T', maybe(0.3) ? 'U' : 'S']);
    const office = `${county} ${whole(1, 3)}`;
    const [edu, region, own] = [pick(['low', 'low', 'mid', 'high']), pick(['east', 'west', 'west']), next() + next() + next() - 1.5];
    for (let t = 0; t < months; t++) {
      if (maybe(0.35)) continue;
      const month = monthAt(t);
      const kids = whole(0, 3);
      const flag = Number(maybe(0.4));
      const hours = maybe(0.4) ? 0 : whole(1, 80) / 2;
      const wage = maybe(0.3) ? 0 : whole(10, 900) * 1000;
      const schooling = month === rare.month && maybe(0.15) ? rare.level : edu;
      const latent = own + (next() - 0.5) + 0.3 * flag - 0.15 * kids + 0.02 * hours + (schooling === 'high' ? 0.3 : 0) + (grp === 'T' ? -0.2 : 0);
      const [seen3, seen12] = [t < months - 1, t < months - Math.floor(months / 3)];
      rows.push({
        person_id: 5000 + 7 * person, month, county, grp, office, edu: schooling, region: maybe(missing) ? null : region, kids, flag, hours,
        wage: maybe(missing) ? null : wage, inflow_3: whole(10, 40) / 1000, inflow_12: whole(15, 35) / 1000,
        y3: seen3 ? Math.round(8 * Math.max(0, 10 + 8 * latent)) / 8 : null,
        y12: seen12 ? Math.round(8 * Math.max(0, 8 + 9 * latent)) / 8 : null,
        j3: seen3 ? Number(latent + next() - 0.5 > 0.1) : null,
        j12: seen12 ? Number(latent + next() - 0.5 > 0.2) : null,
      });
    }
  }
  return rows;
}

const outcomesOf = ({ maybe, some }: Chance): Outcome[] => some<Outcome>([
  { name: 'y3', family: 'gaussian', horizon: 3 },
  { name: 'y12', family: 'gaussian', horizon: 12 },
  { name: 'j3', family: maybe(0.2) ? 'gaussian' : 'probit', horizon: 3 },
  { name: 'j12', family: 'probit', horizon: 12 },
], 0.5);

/** Without a reference in the last two of `kids`: nobody has four children. */
function covariatesOf({ maybe, pick, some }: Chance): Covariate[] {
  const all: Covariate[] = [
    { name: 'edu', coding: 'values', ...(maybe(0.7) ? { reference: pick(['low', 'mid']) } : {}) },
    { name: 'kids', coding: 'values', min: 0, max: pick([3, 4]), reference: pick([0, 0, 1, 3]) },
    { name: 'flag', coding: 'values', min: 0, max: 1, reference: pick([0, 0, 1]) },
    { name: 'hours', coding: 'intervals', breaks: [0, 8, 24], reference: pick([0, 1, 3]) },
    { name: 'wage', coding: 'quantiles', groups: pick([3, 4]), zero: 'separate', reference: 0, missing: pick(['level', 'reference', 'drop']) },
    { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 4, reference: pick([1, 2]) },
    { name: 'region', coding: 'values', missing: pick(['level', 'drop']) },
  ];
  return some(all, 0.5);
}

export function randomCase(seed: number): RandomCase {
  const chance = chanceOf(seed);
  const { maybe, pick, some, next } = chance;
  const span = 4 + Math.floor(next() * 6);
  const rows = randomRows(chance, span);
  const months = Array.from({ length: span }, (_, t) => monthAt(t));
  const covariates = covariatesOf(chance);
  const names = covariates.map(({ name }) => name);
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  const interactions = pairs.length > 0 && maybe(0.5) ? [pick(pairs)] : [];
  const crossed = new Set(interactions.flat());
  const separateBy = ((): ModelSpec['separateBy'] => {
    if (maybe(0.6)) return null;
    if (maybe(0.5) || crossed.size > 0) return 'grp';
    const own = some(covariates, 0.6);
    return { column: 'grp', groups: [{ label: 'S' }, { label: 'T', covariates: own }] };
  })();
  const condition = maybe(0.25) ? pick([{ where: "edu <> 'none'", holds: (row: Row) => row['edu'] !== 'none' }, { where: "county <> 'Troms'", holds: (row: Row) => row['county'] !== 'Troms' }]) : null;
  const sample = {
    ...(maybe(0.4) ? { excludeMonths: [pick([months[1]!, `${months[0]}/${months[1]}`, months[2]!])] } : maybe(0.2) ? { months: [`${months[0]}/${months[span - 2]}`] } : {}),
    ...(condition ? { where: condition.where } : {}),
  };
  const spec = parseModelSpec({
    name: `random ${seed}`, person: 'person_id', month: 'month', outcomes: outcomesOf(chance), covariates, interactions, separateBy,
    ...(Object.keys(sample).length > 0 ? { sample } : {}),
  });
  const by = some([['county'], ['grp'], ['county', 'grp'], ['office'], ['county', 'edu'], ['flag']], 0.4);
  return { seed, spec, rows, ...(condition ? { where: condition.holds } : {}), by, months };
}
