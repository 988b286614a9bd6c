// Rows put in the order of a key: first where each goes, then column by column.

const NOWHERE: u32 = 0xffffffff;

/**
 * Rows start … start + n − 1 whose key has a place: row[k] and place[k] of the k-th of them, the place of its key going up
 * by one each time. `next` is u32 by key (u8), 0xffffffff where rows are left out. Returns how many were found.
 */
export function selectRows(key: usize, start: i32, n: i32, next: usize, row: usize, place: usize): i32 {
  let found: usize = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = next + (<usize>load<u8>(key + <usize>start + i) << 2);
    const here = load<u32>(at);
    const has = here != NOWHERE;
    // Written over by the next row where this one has no place.
    store<u32>(row + (found << 2), <u32>start + <u32>i);
    store<u32>(place + (found << 2), here);
    store<u32>(at, here + <u32>has);
    found += <usize>has;
  }
  return <i32>found;
}

// @ts-ignore: decorator
@inline
function move<T>(from: usize, row: usize, place: usize, n: i32, to: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    store<T>(to + <usize>load<u32>(place + i) * sizeof<T>(), load<T>(from + <usize>load<u32>(row + i) * sizeof<T>()));
  }
}

/** to[place[k]] = from[row[k]], values of 1, 2, 4 or 8 bytes. */
export function moveRows(from: usize, width: i32, row: usize, place: usize, n: i32, to: usize): void {
  if (width == 1) move<u8>(from, row, place, n, to);
  else if (width == 2) move<u16>(from, row, place, n, to);
  else if (width == 4) move<u32>(from, row, place, n, to);
  else move<u64>(from, row, place, n, to);
}
