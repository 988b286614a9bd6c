import type { RowPlan } from '../coding/row-plan.ts';
import type { Warning } from '../messages/catalogue.ts';
import type { Places } from './read-pieces.ts';
import type { FoundLabels, NumberColumns } from './row-store.ts';

/** A column of labels as a worker holds it. */
export type LabelSource = { readonly kind: 'inputs' | 'groups'; readonly index: number } | { readonly kind: 'population' };

/** Labels of one column that differ only by blanks or Unicode form: the spelling to hold others against, and those. */
export interface LookAlike {
  readonly label: string;
  readonly others: readonly string[];
}

export interface LookAlikeColumn {
  readonly column: string;
  readonly source: LabelSource;
  readonly alike: readonly LookAlike[];
}

/** Rows with some labels, and the first of them. */
export interface FoundRows {
  readonly rows: number;
  readonly piece: number;
  readonly row: number;
}

/** Those that nobody sees count as blanks: no-break and zero-width ones. */
const blanks = /[\s\u200b\u2060]+/g;

/** What is left of a label without what the eye passes over. */
const looks = (label: string): string => label.normalize('NFC').replace(blanks, ' ').trim();

export function lookAlikes(labels: readonly string[]): LookAlike[] {
  const classes = new Map<string, string[]>();
  for (const label of new Set(labels)) {
    const key = looks(label);
    if (key !== '') classes.set(key, [...(classes.get(key) ?? []), label]);
  }
  return [...classes].filter(([, same]) => same.length > 1).map(([key, same]) => {
    const sorted = same.sort((a, b) => (a < b ? -1 : 1));
    const label = sorted.includes(key) ? key : sorted[0]!;
    return { label, others: sorted.filter((other) => other !== label) };
  });
}

const scientific = /^[+-]?\d+[.,]\d+[eE]\+?\d+$/;

/** Columns with labels that look the same, decided over the labels of all files; those of numbers have none. */
export function lookAlikeColumns(plan: RowPlan, workers: readonly FoundLabels[], numbers: NumberColumns): LookAlikeColumn[] {
  return textColumns(plan, workers, numbers).map(({ column, source, labels }) => ({ column, source, alike: lookAlikes(labels) })).filter(({ alike }) => alike.length > 0);
}

/** `found` are rows with another spelling, by column and worker. */
export function lookAlikeWarnings(columns: readonly LookAlikeColumn[], found: readonly (readonly FoundRows[])[], places: Places): Warning[] {
  return columns.map(({ column, alike }, c): Warning => {
    const there = found.map((worker) => worker[c]!).filter(({ rows }) => rows > 0).sort((a, b) => a.piece - b.piece || a.row - b.row);
    const rows = there.reduce((sum, part) => sum + part.rows, 0);
    return { code: 'warning.look-alike-labels', args: { column, labels: pairOf(alike), groups: alike.length, rows, ...places(there[0]!.piece, there[0]!.row) } };
  });
}

export const pairOf = (alike: readonly LookAlike[]): [string, string] => [alike[0]!.label, alike[0]!.others[0]!];

/** Groups whose labels are long numbers that a spreadsheet has shortened. */
export function scientificLabelWarnings(plan: RowPlan, workers: readonly FoundLabels[]): Warning[] {
  return labelColumns(plan, workers).flatMap(({ column, labels }): Warning[] => {
    const short = labels.filter((label) => scientific.test(label)).sort();
    return short.length === 0 ? [] : [{ code: 'warning.scientific-labels', args: { column, labels: short.length, label: short[0]! } }];
  });
}

interface TextColumn {
  readonly column: string;
  readonly source: LabelSource;
  readonly isNumber: boolean;
  readonly labels: readonly string[];
}

const textColumns = (plan: RowPlan, workers: readonly FoundLabels[], numbers: NumberColumns): TextColumn[] => labelColumns(plan, workers, numbers).filter(({ isNumber }) => !isNumber);

/** Each column once: it has the same labels as covariate and as breakdown. */
function labelColumns(plan: RowPlan, workers: readonly FoundLabels[], numbers?: NumberColumns): TextColumn[] {
  const distinct = (of: (worker: FoundLabels) => FoundLabels['population'] | undefined): string[] => [...new Set(workers.flatMap((worker) => (of(worker) ?? []).map(({ text }) => text)))];
  const all: TextColumn[] = [
    ...plan.inputs.flatMap(({ held, column }, index) => (held !== 'labels' ? [] : [{ column, source: { kind: 'inputs' as const, index }, isNumber: numbers?.inputs[index] ?? false, labels: distinct(({ inputs }) => inputs[index]) }])),
    ...plan.groupColumns.map((column, index) => ({ column, source: { kind: 'groups' as const, index }, isNumber: numbers?.groups[index] ?? false, labels: distinct(({ groups }) => groups[index]) })),
    ...(plan.separateBy === null ? [] : [{ column: plan.separateBy, source: { kind: 'population' as const }, isNumber: numbers?.population ?? false, labels: distinct(({ population }) => population) }]),
  ];
  return all.filter(({ column }, k) => all.findIndex((other) => other.column === column) === k);
}
