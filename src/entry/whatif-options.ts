import { InvalidArgumentError } from 'commander';
import { joinNames, plainName, splitNames } from '../spec/level-names.ts';
import type { GroupOf, PeopleChange } from '../whatif/people-change.ts';
import type { ModelChange } from '../whatif/model-change.ts';

/** Values between commas, added to those of the option given before. */
export function list(text: string, before: readonly string[] = []): string[] {
  const values = text.split(',').map((value) => value.trim());
  if (values.includes('')) throw new InvalidArgumentError(`A value is missing in "${text}".`);
  return [...before, ...values];
}

/** `age=40` */
export function assignment(text: string): [string, string] {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 0 || name === '' || value === '') throw new InvalidArgumentError(`"${text}" is not of the form name=value.`);
  return [name, value];
}

/** `age=30,31,32` or `age=30,31,32:about 31` */
export function merging(text: string, before: NonNullable<ModelChange['merge']> = []): NonNullable<ModelChange['merge']> {
  const [covariate, rest] = assignment(text);
  const parts = splitNames(rest);
  const label = parts.length > 1 ? plainName(parts.pop()!).trim() : null;
  return [...before, { covariate, levels: list(joinNames(parts)), ...(label === null ? {} : { label }) }];
}

export function reference(text: string, before: NonNullable<ModelChange['reference']> = []): NonNullable<ModelChange['reference']> {
  const [covariate, level] = assignment(text);
  return [...before, { covariate, level }];
}

/** `country_group:residence_time` */
export function interaction(text: string, before: readonly (readonly [string, string])[] = []): (readonly [string, string])[] {
  const names = splitNames(text).map((name) => plainName(name).trim());
  if (names.length !== 2 || names.includes('')) throw new InvalidArgumentError(`"${text}" is not of the form covariate:covariate.`);
  return [...before, [names[0]!, names[1]!]];
}

export function setting(text: string): PeopleChange {
  const [covariate, level] = assignment(text);
  return { kind: 'set', covariate, level };
}

export function shifting(text: string): PeopleChange {
  const [covariate, value] = assignment(text);
  const by = Number(value);
  if (!/^[+-]?\d+$/.test(value) || by === 0) throw new InvalidArgumentError(`"${value}" is not a whole number of levels other than 0.`);
  return { kind: 'shift', covariate, by };
}

/** `county:Troms=Oslo`: Troms gets the mix of Oslo. The column is `county` where none is given. */
export function mixing(text: string): PeopleChange {
  const [left, like] = assignment(text);
  const at = left.indexOf(':');
  const [column, label] = at < 0 ? ['county', left] : [left.slice(0, at), left.slice(at + 1)];
  return { kind: 'mix', group: { [column]: label }, like: { [column]: like } };
}

export function groupOf(text: string, before: GroupOf = {}): GroupOf {
  const [column, label] = assignment(text);
  if (column in before) throw new InvalidArgumentError(`${column} is given twice, as ${before[column]} and as ${label}; a group has one label of each column.`);
  return { ...before, [column]: label };
}
