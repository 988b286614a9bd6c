/** A group as `--against` and tables of pairs name it: `Oslo`, or `county=Oslo+measure=AMO` where several columns tell groups apart. */
export const groupName = (by: readonly string[], labels: readonly string[]): string =>
  (by.length === 1 ? labels[0]! : by.map((column, c) => `${column}=${labels[c]}`).join('+'));
