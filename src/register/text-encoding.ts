/** Text in any encoding and with any line ends as UTF-8 with line feeds, which is what is split into rows. */

import { EngineError } from '../errors.ts';

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** By the mark at the beginning, or by the zeros that UTF-16 has beside every letter of a header; null for UTF-8. */
export function sniffUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const looked = Math.min(head.length, 512) & ~1;
  let [even, odd] = [0, 0];
  for (let i = 0; i < looked; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const most = 0.4 * looked;
  if (odd > most && even < odd / 8) return 'utf-16le';
  return even > most && odd < even / 8 ? 'utf-16be' : null;
}

/** Lines end with a carriage return alone, as the first one does. */
export function hasBareReturns(head: Uint8Array): boolean {
  let quoted = false;
  for (let i = 0; i + 1 < head.length; i++) {
    if (head[i] === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (head[i] === lineFeed) return false;
    else if (head[i] === carriageReturn) return head[i + 1] !== lineFeed;
  }
  return false;
}

/** Carriage returns outside quotes become line feeds. */
export async function* withLineFeeds(texts: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let quoted = false;
  for await (const text of texts) {
    const bytes = text.slice();
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === quote) quoted = !quoted;
      else if (bytes[i] === carriageReturn && !quoted) bytes[i] = lineFeed;
    }
    yield bytes;
  }
}

/** Encodings of the WHATWG standard by any of their names; null for one that is not known. */
export function knownEncoding(name: string): string | null {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}

/** Throws EngineError 'data' where the bytes are no text in the encoding. */
export async function* asUtf8(file: string, texts: AsyncGenerator<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const decode = (bytes: Uint8Array | undefined): Uint8Array => {
    try {
      return encoder.encode(decoder.decode(bytes, { stream: bytes !== undefined }));
    } catch (cause) {
      throw new EngineError('data.not-in-encoding', { file, encoding }, { cause });
    }
  };
  for await (const text of texts) yield decode(text);
  yield decode(undefined);
}
