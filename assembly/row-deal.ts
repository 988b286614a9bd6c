// Dealing rows out to the owners of their persons.

/** Owner of a person: a function of the four words alone. */
// @ts-ignore: decorator
@inline
function ownerOf(words: usize, workers: u32): u32 {
  let h = load<u32>(words) ^ (load<u32>(words, 4) * 0x9e3779b9) ^ load<u32>(words, 8) ^ load<u32>(words, 12);
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return (h ^ (h >> 16)) % workers;
}

/** picks = the rows of owner 0, then those of owner 1 …, ascending; starts[w] … starts[w + 1] − 1 are those of owner w. owners: n bytes of room. */
export function dealPersons(persons: usize, n: i32, workers: i32, owners: usize, starts: usize, picks: usize): void {
  const rows = <usize>n;
  memory.fill(starts, 0, (<usize>workers + 1) << 2);
  for (let i: usize = 0; i < rows; i++) {
    const owner = ownerOf(persons + (i << 4), <u32>workers);
    store<u8>(owners + i, <u8>owner);
    const count = starts + ((<usize>owner + 1) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  for (let at = starts + 4; at <= starts + (<usize>workers << 2); at += 4) store<u32>(at, load<u32>(at) + load<u32>(at - 4));
  // Each start runs on to the next owner's while its rows are put down; then all are moved back by one.
  for (let i: usize = 0; i < rows; i++) {
    const next = starts + (<usize>load<u8>(owners + i) << 2);
    const place = load<u32>(next);
    store<u32>(picks + (<usize>place << 2), <u32>i);
    store<u32>(next, place + 1);
  }
  memory.copy(starts + 4, starts, <usize>workers << 2);
  store<u32>(starts, 0);
}

function gather<T>(from: usize, picks: usize, n: i32, to: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) store<T>(to + i * sizeof<T>(), load<T>(from + <usize>load<u32>(picks + (i << 2)) * sizeof<T>()));
}

/** to[i] = from[picks[i]], values of 1, 2, 4, 8 or 16 bytes. */
export function gatherRows(from: usize, width: i32, picks: usize, n: i32, to: usize): void {
  if (width == 1) gather<u8>(from, picks, n, to);
  else if (width == 2) gather<u16>(from, picks, n, to);
  else if (width == 4) gather<u32>(from, picks, n, to);
  else if (width == 8) gather<u64>(from, picks, n, to);
  else {
    for (let i: usize = 0; i < <usize>n; i++) v128.store(to + (i << 4), v128.load(from + (<usize>load<u32>(picks + (i << 2)) << 4)));
  }
}
