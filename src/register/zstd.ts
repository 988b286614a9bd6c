/** Zstandard by a library that does not say how many bytes came out: guard bytes tell. */

import { decompress } from 'fzstd';
import { DamagedFrame } from './lz4.ts';

const guards = [0xa5, 0x5a] as const;

/** Decompresses into exactly `size` bytes. Throws DamagedFrame. */
export function decompressZstd(bytes: Uint8Array, size: number): Uint8Array {
  // A last byte that happens to be the guard is told from one never written by another guard.
  const outcomes = guards.map((guard) => () => decompressGuarded(bytes, size, guard));
  const out = outcomes[0]!();
  if (size > 0 && out[size - 1] === guards[0] && outcomes[1]!()[size - 1] === guards[1]) {
    throw new DamagedFrame(`fewer than ${size} bytes come out`);
  }
  return out;
}

function decompressGuarded(bytes: Uint8Array, size: number, guard: number): Uint8Array {
  const room = new Uint8Array(size + 1);
  if (size > 0) room[size - 1] = guard;
  room[size] = guard;
  try {
    decompress(bytes, room);
  } catch {
    throw new DamagedFrame('it is no whole Zstandard frame');
  }
  if (room[size] !== guard) throw new DamagedFrame(`more than ${size} bytes come out`);
  return room.subarray(0, size);
}
