/** A count with its noun, as in `1 row` and `2 rows`. */
export const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** The first of a list, between commas, and `…` where there are more. */
export const firstOf = (list: readonly (string | number)[], most = 12): string =>
  `${list.slice(0, most).join(', ')}${list.length > most ? ', …' : ''}`;

/** The reason a system or library gave, as the end of a sentence of ours. */
export const ended = (reason: string): string => reason.replace(/\.?\s*$/, '.');
