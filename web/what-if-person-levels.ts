import type { Fit, LevelStatus } from '../src/estimate/fit.ts';
import type { PersonLevels } from '../src/whatif/one-person.ts';
import type { KeptCovariate } from './what-if-question.ts';

/** Levels that were chosen, by `name\npart`. */
export type LevelChoices = ReadonlyMap<string, string>;

/** The level chosen, or the reference where none was, or where the outcome has no such level. */
export function choiceOf({ name, parts }: KeptCovariate, part: number, choices: LevelChoices): string {
  const { levels, reference } = parts[part]!;
  const chosen = choices.get(`${name}\n${part}`);
  return chosen !== undefined && levels.includes(chosen) ? chosen : reference;
}

/** A level of every covariate. */
export function personLevels(covariates: readonly KeptCovariate[], choices: LevelChoices): PersonLevels {
  return Object.fromEntries(
    covariates.map((covariate) => {
      const levels = covariate.parts.map((_, part) => choiceOf(covariate, part, choices));
      return [covariate.name, levels.length === 1 ? levels[0]! : levels];
    }),
  );
}

/** What became of a level in a fit. */
export const statusOf = (fit: Pick<Fit, 'coefficients'> | undefined, term: string, level: string): LevelStatus | undefined =>
  fit?.coefficients.find((row) => row.term === term && row.level === level)?.status;
