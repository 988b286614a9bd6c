import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInSpecs, main, table4 } from '../../src/spec/built-in.ts';
import { knownLevels, referenceLabel } from '../../src/spec/levels.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';

/** Term and level of every dummy with its being the reference, interactions joined by `:`. */
function termLevels(spec: ModelSpec): Map<string, boolean> {
  const found = new Map<string, boolean>([['constant|', false]]);
  const levelsOf = (covariate: Covariate): [string, boolean][] =>
    knownLevels(covariate)!.map((level) => [level, level === referenceLabel(covariate)]);
  for (const covariate of spec.covariates) {
    for (const [level, reference] of levelsOf(covariate)) found.set(`${covariate.name}|${level}`, reference);
  }
  for (const names of spec.interactions ?? []) {
    const [a, b] = names.map((name) => spec.covariates.find((covariate) => covariate.name === name)!);
    for (const [left, leftReference] of levelsOf(a!)) {
      for (const [right, rightReference] of levelsOf(b!)) {
        found.set(`${names.join(':')}|${left}:${right}`, leftReference || rightReference);
      }
    }
  }
  return found;
}

const columns = (spec: ModelSpec): number => [...termLevels(spec).values()].filter((reference) => !reference).length;

const published = readFileSync(new URL('../fixtures/reference/coefficients.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',', 2) as [string, string])
  .filter(([variable]) => variable !== 'dependent_variable_mean');

describe('built-in specs', () => {
  it('have the columns of Appendix D and of Table 4, the constant among them', () => {
    expect(columns(main)).toBe(162);
    expect(columns(table4)).toBe(222);
  });

  it('name every variable and level of the published Table 4', () => {
    const ours = termLevels(table4);
    expect(published.length).toBe(236);
    expect(published.filter(([variable, level]) => !ours.has(`${variable}|${level}`))).toEqual([]);
  });

  it('estimate no level that Table 4 does not print', () => {
    const printed = new Set(published.map(([variable, level]) => `${variable}|${level}`));
    const estimated = [...termLevels(table4)].filter(([, reference]) => !reference).map(([key]) => key);
    expect(estimated.filter((key) => !printed.has(key))).toEqual([]);
  });

  it('differ in duration and expected employment alone', () => {
    const names = (spec: ModelSpec): string[] => spec.covariates.map((covariate) => covariate.name);
    expect(names(table4)).toEqual([...names(main), 'expected_employment']);
    const duration = main.covariates.find((covariate) => covariate.name === 'duration')!;
    expect(knownLevels(duration)).toHaveLength(20);
    expect([...builtInSpecs.keys()]).toEqual(['main', 'table4']);
  });
});
