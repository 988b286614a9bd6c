// Laying rows out: which rows a sample has, where each goes, and moving columns there.

const NOWHERE: u32 = 0xffffffff;

/** out[i] = 1 where the two bits at `shift` of states[i] are `wanted`, else 0. */
export function stateMask(states: usize, n: i32, shift: i32, wanted: i32, out: usize): void {
  const rows = <usize>n;
  const field = i8x16.splat(<i8>(<i32>3 << shift));
  const value = i8x16.splat(<i8>(wanted << shift));
  const one = i8x16.splat(1);
  let i: usize = 0;
  for (; i + 16 <= rows; i += 16) v128.store(out + i, v128.and(i8x16.eq(v128.and(v128.load(states + i), field), value), one));
  for (; i < rows; i++) store<u8>(out + i, <u8>(((<i32>load<u8>(states + i) >> shift) & 3) == wanted));
}

/** Rows whose two bits at `shiftA` of a[i] are not those at `shiftB` of b[i]. */
export function differingStates(a: usize, shiftA: i32, b: usize, shiftB: i32, n: i32): i32 {
  const rows = <usize>n;
  const field = i8x16.splat(3);
  let differing = 0;
  let i: usize = 0;
  for (; i + 16 <= rows; i += 16) {
    const difference = v128.xor(i8x16.shr_u(v128.load(a + i), shiftA), i8x16.shr_u(v128.load(b + i), shiftB));
    differing += 16 - popcnt<i32>(i8x16.bitmask(i8x16.eq(v128.and(difference, field), i8x16.splat(0))));
  }
  for (; i < rows; i++) differing += <i32>((((<i32>load<u8>(a + i) >> shiftA) ^ (<i32>load<u8>(b + i) >> shiftB)) & 3) != 0);
  return differing;
}

/** counts[order[persons[i]]] += mask[i]. */
export function countPersons(persons: usize, n: i32, mask: usize, order: usize, counts: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = counts + (<usize>load<u32>(order + (<usize>load<u32>(persons + (i << 2)) << 2)) << 2);
    store<u32>(at, load<u32>(at) + load<u8>(mask + i));
  }
}

/**
 * places[i] of row i: the next of its person's estimation rows where it is estimated, of the person's other rows where it is only
 * predicted, else nowhere. `next` and `nextOther` are u32 by place of the person. Returns how many rows are only predicted.
 */
export function placeRows(persons: usize, n: i32, estimated: usize, predicted: usize, order: usize, next: usize, nextOther: usize, places: usize): u32 {
  let others: u32 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    let place = NOWHERE;
    const isOther = load<u8>(predicted + i) != 0;
    if (isOther || load<u8>(estimated + i)) {
      const person = <usize>load<u32>(order + (<usize>load<u32>(persons + (i << 2)) << 2)) << 2;
      const at = (isOther ? nextOther : next) + person;
      place = load<u32>(at);
      store<u32>(at, place + 1);
      others += <u32>isOther;
    }
    store<u32>(places + (i << 2), place);
  }
  return others;
}

function scatter<From, To>(from: usize, places: usize, n: i32, to: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const place = load<u32>(places + (i << 2));
    if (place != NOWHERE) store<To>(to + <usize>place * sizeof<To>(), <To>load<From>(from + i * sizeof<From>()));
  }
}

/** to[places[i]] = from[i], unsigned integers; `to` may be narrower than `from` (1 or 2 to 1, 2 to 2, 4 to 1, 2 or 4 bytes). */
export function scatterIntegers(from: usize, fromWidth: i32, places: usize, n: i32, to: usize, toWidth: i32): void {
  if (fromWidth == 1) scatter<u8, u8>(from, places, n, to);
  else if (fromWidth == 2) {
    if (toWidth == 1) scatter<u16, u8>(from, places, n, to);
    else scatter<u16, u16>(from, places, n, to);
  } else if (toWidth == 1) scatter<u32, u8>(from, places, n, to);
  else if (toWidth == 2) scatter<u32, u16>(from, places, n, to);
  else scatter<u32, u32>(from, places, n, to);
}

function scatterScaled<From>(from: usize, places: usize, n: i32, centre: f64, range: f64, to: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const place = load<u32>(places + (i << 2));
    if (place != NOWHERE) store<f64>(to + (<usize>place << 3), (<f64>load<From>(from + i * sizeof<From>()) - centre) / range);
  }
}

/** to[places[i]] = (from[i] − centre) / range, from f32 (width 4) or f64 (width 8), to f64. */
export function scatterNumbers(from: usize, width: i32, places: usize, n: i32, centre: f64, range: f64, to: usize): void {
  if (width == 4) scatterScaled<f32>(from, places, n, centre, range, to);
  else scatterScaled<f64>(from, places, n, centre, range, to);
}

/** to[i] = from[i] as f64, from u8 (width 1), f32 (4) or f64 (8). */
export function widenNumbers(from: usize, width: i32, n: i32, to: usize): void {
  const rows = <usize>n;
  if (width == 1) for (let i: usize = 0; i < rows; i++) store<f64>(to + (i << 3), <f64>load<u8>(from + i));
  else if (width == 4) for (let i: usize = 0; i < rows; i++) store<f64>(to + (i << 3), <f64>load<f32>(from + (i << 2)));
  else memory.copy(to, from, rows << 3);
}
