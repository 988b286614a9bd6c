import { CHUNK, composite, compositeCount, levelAddresses, levelCells, levelOffsetOf, stream, STREAMS } from './composites';
import { addStreams, countStreams } from './scatter';

// Sums by level within groups: a table of level cells for every group, one after the other.

/** Offset of each row's group: u32, CHUNK of them. */
const OFFSETS: usize = memory.data(2048, 16);

function groupOffsets(group: usize, width: i32, row: usize, n: i32, bytes: u32): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = row + i;
    const code: u32 = width == 1 ? load<u8>(group + at) : width == 2 ? load<u16>(group + (at << 1)) : load<u32>(group + (at << 2));
    store<u32>(OFFSETS + (i << 2), code * bytes);
  }
}

function addOffsets(n: i32, addresses: usize): void {
  // Beyond the last row stands what nobody reads.
  for (let at: usize = 0; at < <usize>n << 2; at += 16) v128.store(addresses + at, i32x4.add(v128.load(addresses + at), v128.load(OFFSETS + at)));
}

// @ts-ignore: decorator
@inline
function scatter(set: usize, group: usize, width: i32, start: i32, n: i32, v: usize, table: usize, shift: i32): void {
  const composites = compositeCount(set);
  const bytes = <u32>(levelCells(set) << shift);
  for (let from = 0; from < n; from += CHUNK) {
    const rows = min(CHUNK, n - from);
    const row = <usize>start + from;
    groupOffsets(group, width, row, rows, bytes);
    for (let a = 0; a < composites; a += STREAMS) {
      const streams = min(STREAMS, composites - a);
      for (let k = 0; k < streams; k++) {
        const column = composite(set, a + k);
        levelAddresses(column, row, rows, table + (levelOffsetOf(column) << shift), shift, stream(k));
        addOffsets(rows, stream(k));
      }
      if (shift == 2) countStreams(streams, rows);
      else addStreams(streams, rows, v + (<usize>from << 3));
    }
  }
}

export function countGroupLevels(set: usize, group: usize, width: i32, start: i32, n: i32, table: usize): void {
  scatter(set, group, width, start, n, 0, table, 2);
}

export function sumGroupLevels(set: usize, group: usize, width: i32, start: i32, n: i32, v: usize, table: usize): void {
  scatter(set, group, width, start, n, v, table, 3);
}
