// One loop a kind of array: a loop that has met them all is several times slower in every engine.

/** from[picked[0]], from[picked[1]] …, in an array of the same kind. */
export function gather<T extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(from: T, picked: Uint32Array): T {
  if (from instanceof Uint8Array) return gatherU8(from, picked) as T;
  if (from instanceof Uint16Array) return gatherU16(from, picked) as T;
  if (from instanceof Uint32Array) return gatherU32(from, picked) as T;
  return (from instanceof Float32Array ? gatherF32(from, picked) : gatherF64(from as Float64Array, picked)) as T;
}

function gatherU8(from: Uint8Array, picked: Uint32Array): Uint8Array {
  const to = new Uint8Array(picked.length);
  for (let i = 0; i < to.length; i++) to[i] = from[picked[i]!]!;
  return to;
}
function gatherU16(from: Uint16Array, picked: Uint32Array): Uint16Array {
  const to = new Uint16Array(picked.length);
  for (let i = 0; i < to.length; i++) to[i] = from[picked[i]!]!;
  return to;
}
function gatherU32(from: Uint32Array, picked: Uint32Array): Uint32Array {
  const to = new Uint32Array(picked.length);
  for (let i = 0; i < to.length; i++) to[i] = from[picked[i]!]!;
  return to;
}
function gatherF32(from: Float32Array, picked: Uint32Array): Float32Array {
  const to = new Float32Array(picked.length);
  for (let i = 0; i < to.length; i++) to[i] = from[picked[i]!]!;
  return to;
}
function gatherF64(from: Float64Array, picked: Uint32Array): Float64Array {
  const to = new Float64Array(picked.length);
  for (let i = 0; i < to.length; i++) to[i] = from[picked[i]!]!;
  return to;
}
