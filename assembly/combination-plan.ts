// Words of the descriptor of sums of months that src/kernels/combination-plan.ts writes.

export const GROUPINGS: usize = 0;
export const GROUPING_TABLE: usize = 1;
export const KEYS: usize = 2; // u32 by row of a person: group and month
export const RESIDUALS: usize = 3; // f64 by row of a person
export const SUMS_A: usize = 4; // f64 by lane
export const SUMS_H: usize = 5; // f64 by lane
export const TOUCHED: usize = 6; // u32, blocks touched
export const FLAGS: usize = 7; // u8 by block

// Words of a grouping.
export const GROUPING_WORDS: usize = 9;
export const GROUPS: usize = 0;
export const OWN_CELLS: usize = 1; // u32 by row: of the estimation rows, of the others
export const OTHER_CELLS: usize = 2;
export const CENTRE: usize = 3; // f64 by cell
export const SCALE: usize = 4; // f64 by cell
export const PATTERN: usize = 5; // u32 by group: where its pattern is described
export const LANES: usize = 6;
export const SLOPES: usize = 7; // f64 [groups][p][lanes]
export const TABLES: usize = 8; // [groups][kinds][lanes]: f64 factors, then as many i64 sums

export const KINDS: usize = 9;

// Words of a pattern.
export const ROW_START: usize = 0; // u32 [months + 1]
export const BLOCK_OF: usize = 1; // u32 by entry
export const WEIGHTS: usize = 2; // f64 [8] by entry
export const CONSTANTS: usize = 3; // f64 [8] by entry, 0 for none
export const INVERSE: usize = 4; // f64 by lane: 1 / the sum's absolute weight
