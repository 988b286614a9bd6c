import type { ModelChange } from '../src/whatif/model-change.ts';
import type { KeptOutcome } from './what-if-question.ts';

/** What is chosen of another model. */
export interface ModelChoices {
  /** Covariates, and interactions as `a:b`, that are left out. */
  readonly without: ReadonlySet<string>;
  /** Other references, by covariate. */
  readonly references: ReadonlyMap<string, string>;
  /** First and last month left out of the estimation; empty for none. */
  readonly from: string;
  readonly to: string;
}

/** All that is out of the model: an interaction goes with either of its covariates. */
export function termsLeftOut({ interactions }: Pick<KeptOutcome, 'interactions'>, { without }: Pick<ModelChoices, 'without'>): ReadonlySet<string> {
  const gone = interactions.filter((pair) => pair.some((name) => without.has(name))).map((pair) => pair.join(':'));
  return new Set([...without, ...gone]);
}

/** The change to ask for; what the outcome's model does not have is not named. */
export function changeOf(kept: Pick<KeptOutcome, 'covariates' | 'interactions'>, choices: ModelChoices): ModelChange {
  const out = termsLeftOut(kept, choices);
  const drop = kept.covariates.map(({ name }) => name).filter((name) => out.has(name));
  const dropInteractions = kept.interactions.filter((pair) => out.has(pair.join(':')));
  const reference = kept.covariates.flatMap(({ name, parts }) => {
    const level = choices.references.get(name);
    const known = level !== undefined && parts.some(({ levels, reference: own }) => levels.includes(level) && own !== level);
    return known && !out.has(name) ? [{ covariate: name, level }] : [];
  });
  return {
    ...(drop.length > 0 ? { drop } : {}),
    ...(dropInteractions.length > 0 ? { dropInteractions } : {}),
    ...(reference.length > 0 ? { reference } : {}),
    ...(choices.from === '' ? {} : { dropMonths: [`${choices.from}/${choices.to}`] }),
  };
}
