/** Sum of the diagonal of a lower triangle over some columns: the rows that are 1 in any of them, where no two go together. */
export function diagonalSum(lower: ArrayLike<number>, columns: readonly number[]): number {
  return columns.reduce((sum, a) => sum + lower[(a * (a + 3)) / 2]!, 0);
}
