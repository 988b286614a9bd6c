/** Of periods and the means over them. */
export const periods = {
  'usage.pooled-months': (_: object) =>
    '--pooled says how periods are made of months, and the tables are monthly: give --period or --compare too, or leave it out.',
  'usage.means-of-two-kinds': ({ pooled, unweighted }: { pooled: string; unweighted: string }) =>
    `The periods of ${pooled} are means over rows (--pooled), those of ${unweighted} unweighted means of months: run one of them again as the other.`,
  'usage.against-unknown': ({ against, nearest, by }: { against: string; nearest: string | null; by: readonly string[] }) =>
    `--against: ${JSON.stringify(against)} is neither whole nor pairs, and no group or column of ${by.join(', ')}${nearest === null ? '' : `; is ${JSON.stringify(nearest)} meant?`}${nearest === null ? '.' : ''} Name a group as in Oslo or county=Oslo, or a column that groups are parts by.`,
  'warning.pairs-left-out': ({ outcome, by, pairs }: { outcome: string; by: string; pairs: number }) =>
    `${outcome} by ${by}: ${pairs} pairs of groups have too many different months to be held against each other, and are left out.`,
};
