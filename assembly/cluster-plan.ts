// The plan of kernels over clusters, as src/kernels/influence-plan.ts writes it: u32 words, named here.

export const SET: usize = 0;
export const COLUMNS: usize = 1; // p, the columns of the model
export const LEVEL_START: usize = 2;
export const LEVEL_COLUMNS: usize = 3;
export const DENSE: usize = 4;
export const DENSE_PTRS: usize = 5;
export const DENSE_COLUMNS: usize = 6;
export const SCORES: usize = 7; // f64, s of the estimation rows
export const OWN: usize = 8; // f64, r and density of the estimation rows
export const OTHERS: usize = 10; // and of the other rows
export const LAYERS: usize = 12;
export const LAYER_TABLE: usize = 13;
export const SUMS: usize = 14; // i64 [p]
export const SCORE_VALUES: usize = 15; // f64 [p], values of g that are not zero
export const SCORE_OFFSETS: usize = 16; // u32 [p], their columns as offsets in bytes of f64
export const SLOTS: usize = 17; // u32 [functionals], 1 + the place among the locals
export const LOCAL_FUNCTIONALS: usize = 18; // u32, functionals that the cluster touches
export const LOCAL_SUMS: usize = 19; // i64, e by functional
export const LOCAL_VALUES: usize = 20; // f64, the same
export const LOCAL_FROM: usize = 21; // u32, the first of the locals that may be in one block with it
export const BLOCKS: usize = 22; // u32 by functional: where the lower triangle of its block begins, its place in the block, the block's size; one unused
export const BITS: usize = 23;
export const FIXED: usize = 24; // i64 by estimation row
export const ROW_FUNCTIONALS: usize = 25; // u32 by row: its functional in the layer at hand
export const ROW_SLOPES: usize = 26; // f64 by row: density · weight
export const ROW_FIXED: usize = 27; // i64 by row: the same
export const LOCAL_SHARES: usize = 28; // i64, weight by functional
export const FACTORS: usize = 29; // f64 by functional: a power of two, the functional's own places
export const SHARES: usize = 30; // f64 by functional: 1 / its divisor; 0 where e is left as it is

// Words of a layer.
export const LAYER_WORDS: usize = 7;
export const FUNCTIONAL: usize = 0; // u32 by cell, −1 for none
export const WEIGHT: usize = 1;
export const CENTRE: usize = 2;
export const CELLS: usize = 3; // u32 by row: of the estimation rows, of the others
export const JOINT: usize = 5; // shares blocks with the layer before
export const SLOPES: usize = 6; // 0 where its slopes come from another layer's

// @ts-ignore: decorator
@inline
export function part(plan: usize, k: usize): usize {
  return <usize>load<u32>(plan + (k << 2));
}

/** Where the table of `columns` columns has the first column of a functional; the next is as many cells on as the block has places. */
// @ts-ignore: decorator
@inline
export function tableRow(table: usize, block: usize, functional: usize, columns: usize): usize {
  const place = <usize>load<u32>(block, 4);
  return table + (((functional - place) * columns + place) << 3);
}
