/** Seven composites: a mixture of sizes, and what the main model's covariates are packed into. */
export const packings = { mixed: [50, 128, 35, 30, 88, 61, 20], main: [60, 50, 80, 80, 88, 77, 40] };
export const constant = 0.1;

/** Rows as rows.c makes them: seven skewed codes, an outcome, a table of coefficients. Both draw from the same generator. */
export function makeRows(n, levels) {
  let state = 12345;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const codes = levels.map((count) => Uint8Array.from({ length: n }, () => {
    const u = uniform();
    return count * u * u * u;
  }));
  const outcome = Uint8Array.from({ length: n }, () => (uniform() < 0.4 ? 1 : 0));
  const offsets = levels.map((_, a) => levels.slice(0, a).reduce((sum, count) => sum + count, 0));
  const levelCells = levels.reduce((sum, count) => sum + count, 0);
  const table = Float64Array.from({ length: levelCells }, () => uniform() - 0.5);
  const pairs = levels.flatMap((_, a) => levels.slice(a + 1).map((_count, k) => [a, a + 1 + k]));
  return { n, levels, codes, outcome, offsets, levelCells, table, pairs };
}

/** Σ value · (i mod 7), by which two tables are compared. */
export const checkSum = (values, unit = 1) => values.reduce((sum, value, i) => sum + (Number(value) / unit) * (i % 7), 0);
