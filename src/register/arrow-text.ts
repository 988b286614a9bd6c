/** Text of an Arrow column as bytes and offsets, whatever its layout. */

import { DataType } from 'apache-arrow';
import type { Chunk } from './arrow-values.ts';

export interface TextBytes {
  readonly bytes: Uint8Array;
  /** Row i is `bytes[offsets[i], offsets[i + 1])`; what a null row holds is not to be used, but is a valid range. */
  readonly offsets: Int32Array;
}

/** Throws where a column's text is 2 GiB or more in one record batch. */
export function textBytes(chunk: Chunk): TextBytes {
  const { data, start, count } = chunk;
  if (DataType.isUtf8View(data.type)) return viewBytes(chunk);
  if (!DataType.isLargeUtf8(data.type)) {
    return { bytes: data.values as Uint8Array, offsets: (data.valueOffsets as Int32Array).subarray(start, start + count + 1) };
  }
  const long = data.valueOffsets as unknown as BigInt64Array;
  const words = new Int32Array(long.buffer, long.byteOffset + 8 * start, 2 * (count + 1));
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i <= count; i++) {
    offsets[i] = words[2 * i]!;
    if (words[2 * i + 1] !== 0 || offsets[i]! < 0) throw new Error('a record batch holds 2 GiB of text or more in one column');
  }
  return { bytes: data.values as Uint8Array, offsets };
}

const viewBytesEach = 16;
const inlineBytes = 12;

/** A view is a length and the text itself up to 12 bytes, else a prefix, a buffer and an offset. */
function viewBytes({ data, start, count }: Chunk): TextBytes {
  const views = data.values as Uint8Array;
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength);
  const valid = (i: number): boolean => data.getValid(start + i);
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + (valid(i) ? words.getInt32(viewBytesEach * (start + i), true) : 0);
  const bytes = new Uint8Array(offsets[count]!);
  for (let i = 0; i < count; i++) {
    const length = offsets[i + 1]! - offsets[i]!;
    const at = viewBytesEach * (start + i);
    if (length <= inlineBytes) bytes.set(views.subarray(at + 4, at + 4 + length), offsets[i]!);
    else {
      const from = words.getInt32(at + 12, true);
      bytes.set(data.variadicBuffers[words.getInt32(at + 8, true)]!.subarray(from, from + length), offsets[i]!);
    }
  }
  return { bytes, offsets };
}
