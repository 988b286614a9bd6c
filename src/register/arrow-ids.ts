/** Ids of an Arrow column that a spreadsheet has shortened. */

import { DataType } from 'apache-arrow';
import { textBytes } from './arrow-text.ts';
import type { Chunk } from './arrow-values.ts';
import { isHashed, isScientific, wordsPerPerson } from './person.ts';

/** Rows whose id is text that reads as a number with a power of ten; `words` are those of the chunk. */
export function eachScientific({ data, start, count }: Chunk, words: Uint32Array, tell: (row: number, text: string) => void): void {
  if (DataType.isDictionary(data.type)) {
    const entries = new Map<number, string>();
    let at = 0;
    for (const part of data.dictionary!.data) {
      textsLikeNumbers({ data: part, start: 0, count: part.length }, () => true, (k, text) => entries.set(at + k, text));
      at += part.length;
    }
    if (entries.size === 0) return;
    for (let i = 0; i < count; i++) {
      const text = isHashed(words, wordsPerPerson * i) ? entries.get(Number(data.values[start + i])) : undefined;
      if (text !== undefined) tell(i, text);
    }
  } else textsLikeNumbers({ data, start, count }, (i) => isHashed(words, wordsPerPerson * i), tell);
}

function textsLikeNumbers(chunk: Chunk, isLooked: (row: number) => boolean, tell: (row: number, text: string) => void): void {
  const { type } = chunk.data;
  if (!DataType.isUtf8(type) && !DataType.isLargeUtf8(type) && !DataType.isUtf8View(type)) return;
  const { bytes, offsets } = textBytes(chunk);
  for (let i = 0; i < chunk.count; i++) {
    if (isLooked(i) && isScientific(bytes, offsets[i]!, offsets[i + 1]!)) tell(i, new TextDecoder().decode(bytes.subarray(offsets[i], offsets[i + 1])));
  }
}
