import { numberText } from './labels.ts';

/** Name of the level that `missing: "level"` adds after the others; a level of the data that is called so has another name. */
export const missingLabel = 'missing';

/** A name as part of a term or a level: `:` joins the names of an interaction. */
export const escapedName = (name: string): string => name.replaceAll(/[\\:]/g, '\\$&');

/** What a level of that label is called in `coefficients.csv`: unlike that of any other level, alone or crossed. */
export const levelName = (label: string): string => (label === missingLabel ? `\\${missingLabel}` : escapedName(label));

/** Names joined in a term, or in the level of an interaction; they stay as they are. */
export const joinNames = (names: readonly string[]): string => names.join(':');

/** The names that were joined. */
export const splitNames = (joined: string): string[] => [...joined.matchAll(/(?:^|:)((?:\\.|[^\\:])*)/gsu)].map(([, name]) => name!);

/** The name or label itself. */
export const plainName = (name: string): string => name.replaceAll(/\\(.)/gsu, '$1');

/** Place of the level that is meant: of that label, called so, or of that number among numbers; −1 for none. `missing` is that for missing values. */
export function placeOfLevel(names: readonly string[], wanted: string): number {
  for (const name of wanted === missingLabel ? [wanted, levelName(wanted)] : [levelName(wanted), wanted]) {
    const place = names.indexOf(name);
    if (place >= 0) return place;
  }
  const number = numberText(wanted);
  return number !== null && names.every((name) => name === missingLabel || numberText(name) === name) ? names.indexOf(number) : -1;
}
