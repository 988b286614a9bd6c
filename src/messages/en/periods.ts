/** Of periods and the means over them. */
export const periods = {
  'usage.pooled-months': (_: object) =>
    '--pooled says how periods are made of months, and the tables are monthly: give --period or --compare too, or leave it out.',
  'usage.means-of-two-kinds': ({ pooled, unweighted }: { pooled: string; unweighted: string }) =>
    `The periods of ${pooled} are means over rows (--pooled), those of ${unweighted} unweighted means of months: run one of them again as the other.`,
};
