/** A window that moves over a long text. */

import { pieces } from './bytes.ts';
import type { ByteSource } from './bytes.ts';

export interface TextWindow {
  readonly bytes: Uint8Array;
  /** The window reaches the end of the text. */
  readonly isLast: boolean;
}

export interface TextReader {
  /** A window that begins at byte `from` of the last one and reaches further. The last one may be written on. */
  advance(from: number): Promise<TextWindow>;
  close(): Promise<void>;
}

const addedBytes = 4 << 20;

export function openText(source: ByteSource, isGzip: boolean): TextReader {
  const raw = pieces(source, 0, source.size);
  const reader = isGzip ? streamOf(raw).pipeThrough(new DecompressionStream('gzip')).getReader() : null;
  let window: TextWindow = { bytes: new Uint8Array(0), isLast: false };
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = reader === null ? await raw.next() : await reader.read();
    return done === true ? null : (value as Uint8Array);
  };
  return {
    async advance(from) {
      const parts = [window.bytes.subarray(from)];
      let added = 0;
      let isLast = window.isLast;
      while (added < addedBytes && !isLast) {
        const piece = await next();
        if (piece === null) isLast = true;
        else {
          parts.push(piece);
          added += piece.length;
        }
      }
      window = { bytes: joined(parts), isLast };
      return window;
    },
    async close() {
      await reader?.cancel().catch(() => {});
      await raw.return(undefined);
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0);
  if (filled.length === 1) return filled[0]!;
  const bytes = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of filled) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const streamOf = (raw: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    async pull(controller) {
      const { done, value } = await raw.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await raw.return(undefined)),
  });
