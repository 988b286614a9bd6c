import { groupName } from '../spec/group-name.ts';
import { numberText } from '../spec/labels.ts';
import type { Against } from './compared-sets.ts';

/**
 * What the groups of one breakdown are held against: `whole`, `pairs`, one of its groups, or by some of its columns the groups that
 * they are parts of (`measure`: contracts against their measure). Null where the breakdown has no such group or column.
 */
export function againstOf(text: string, by: readonly string[], groups: readonly (readonly string[])[]): Against | null {
  if (text === 'whole' || text === 'pairs') return { kind: text };
  const columns = text.split('+').map((name) => by.indexOf(name));
  if (columns.every((c) => c >= 0) && new Set(columns).size === columns.length && columns.length < by.length) return marginOf(columns, groups);
  const number = numberText(text.slice(by.length === 1 && text.startsWith(`${by[0]}=`) ? by[0]!.length + 1 : 0));
  const named = (labels: readonly string[]): string[] => [groupName(by, labels), by.map((column, c) => `${column}=${labels[c]}`).join('+'), labels.join('+')];
  const exact = groups.findIndex((labels) => named(labels).includes(text));
  const group = exact >= 0 || by.length > 1 || number === null ? exact : groups.findIndex(([label]) => label === number);
  return group < 0 ? null : { kind: 'unit', group };
}

function marginOf(columns: readonly number[], groups: readonly (readonly string[])[]): Against {
  const keyOf = (labels: readonly string[]): string => JSON.stringify(columns.map((c) => labels[c]));
  const members = new Map<string, number[]>();
  groups.forEach((labels, g) => members.set(keyOf(labels), [...(members.get(keyOf(labels)) ?? []), g]));
  return { kind: 'margin', members: groups.map((labels) => members.get(keyOf(labels))!) };
}
