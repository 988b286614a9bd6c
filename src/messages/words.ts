/** A count with its noun, as in `1 row` and `2 rows`. */
export const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** The first of a list, between commas, and `…` where there are more. */
export const firstOf = (list: readonly (string | number)[], most = 12): string =>
  `${list.slice(0, most).join(', ')}${list.length > most ? ', …' : ''}`;

/** The first of `all`, between commas, and `…` where there are more. */
export const listed = (first: readonly string[], all: number): string => `${first.join(', ')}${all > first.length ? ', …' : ''}`;

/** The reason a system or library gave, as the end of a sentence of ours. */
export const ended = (reason: string): string => reason.replace(/\.?\s*$/, '.');

/** A message that is part of another. */
export interface Nested {
  readonly code: string;
  readonly args: object;
}

/** The sentence of a message within another, from the sentences of that other's language. */
export const nested = (sentences: object, { code, args }: Nested): string => (sentences as Readonly<Record<string, (args: object) => string>>)[code]!(args);

/** What has to be known of an answer for an outcome of a population. */
export interface NestedNote {
  readonly outcome: string;
  readonly population: string;
  readonly note: Nested;
}

export const nestedNotes = (sentences: object, notes: readonly NestedNote[]): string =>
  notes.map(({ outcome, population, note }) => `${population === '' ? outcome : `${outcome} (${population})`}: ${nested(sentences, note)}`).join(' ');

/** A row of a file, from 1 without the header, and the value found in it. */
export interface ShownRow {
  readonly row: number;
  readonly value: string | null;
}

export const shownRows = (first: readonly ShownRow[]): string => first.map(({ row, value }) => (value === null ? `${row}` : `${row}: "${value}"`)).join(', ');

/** What is wrong with the values of a column; without one, with the rows of the file. */
export interface NestedRowFault extends Nested {
  readonly column: string | null;
}

/** What is wrong with a model spec at a path, empty for the whole. */
export interface NestedSpecFault extends Nested {
  readonly path: string;
}
