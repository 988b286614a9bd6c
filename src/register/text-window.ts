/** A window that moves over a long text. */

import { EngineError } from '../errors.ts';
import { pieces, type ByteSource } from './bytes.ts';
import { foreignKind } from './foreign-file.ts';
import { gunzip, isGzip } from './gzip.ts';
import type { ReadingOptions } from './partition.ts';
import { asUtf8, hasBareReturns, knownEncoding, sniffUtf16, withLineFeeds } from './text-encoding.ts';

export interface TextWindow {
  readonly bytes: Uint8Array;
  /** The window reaches the end of the text. */
  readonly isLast: boolean;
}

export interface TextReader {
  /** A window that begins at byte `from` of the last one and reaches further. The last one may be written on. */
  advance(from: number): Promise<TextWindow>;
  close(): Promise<void>;
  /** Why the text is not the file's bytes; null where it is. */
  readonly altered: Altered | null;
}

export type Altered = 'packed' | 'encoding' | 'returns';

const addedBytes = 4 << 20;

/**
 * The text of a file, plain or gzip, as UTF-8 with line feeds: UTF-16 is told by its bytes, other encodings by the options.
 * Throws EngineError 'data' for files that are no text, by what they are.
 */
export async function openText(file: string, source: ByteSource, { encoding }: ReadingOptions = {}): Promise<TextReader> {
  const { text, altered } = await textOf(file, source, encoding);
  return textReader(text, altered);
}

/** The bytes `[begin, end)` of a file that is text as it stands. */
export const openPlainText = (source: ByteSource, begin: number, end: number): TextReader => textReader(pieces(source, begin, end), null);

function textReader(text: AsyncGenerator<Uint8Array>, altered: Altered | null): TextReader {
  let window: TextWindow = { bytes: new Uint8Array(0), isLast: false };
  return {
    async advance(from) {
      const parts = [window.bytes.subarray(from)];
      let added = 0;
      let isLast = window.isLast;
      while (added < addedBytes && !isLast) {
        const { done, value } = await text.next();
        if (done === true) isLast = true;
        else {
          parts.push(value);
          added += value.length;
        }
      }
      window = { bytes: joined(parts), isLast };
      return window;
    },
    close: async () => void (await text.return(undefined)),
    altered,
  };
}

interface AlteredText {
  readonly text: AsyncGenerator<Uint8Array>;
  readonly altered: Altered | null;
}

async function textOf(file: string, source: ByteSource, encoding: string | undefined): Promise<AlteredText> {
  const isPacked = /\.gz$/i.test(file);
  if (isPacked && source.size > 0 && !isGzip(await source.slice(0, Math.min(source.size, 4096)))) throw new EngineError('data.not-gzip', { file });
  const plain = isPacked ? gunzip(file, source) : pieces(source, 0, source.size);
  const { head, all } = await lookedAt(plain);
  const kind = foreignKind(head);
  if (kind !== null) throw new EngineError('data.foreign-file', { file, kind });
  const utf16 = sniffUtf16(head);
  const named = encoding === undefined ? null : knownEncoding(encoding);
  if (encoding !== undefined && named === null) throw new EngineError('usage.encoding', { encoding });
  const label = named ?? utf16 ?? 'utf-8';
  if (label === 'utf-8' && head.includes(0)) throw new EngineError('data.foreign-file', { file, kind: 'binary' });
  if (label === 'utf-8') {
    const bare = hasBareReturns(head);
    return { text: bare ? withLineFeeds(all) : all, altered: isPacked ? 'packed' : bare ? 'returns' : null };
  }
  const decoded = await lookedAt(asUtf8(file, all, label));
  return { text: hasBareReturns(decoded.head) ? withLineFeeds(decoded.all) : decoded.all, altered: isPacked ? 'packed' : 'encoding' };
}

/** The first bytes, and all of them. */
async function lookedAt(texts: AsyncGenerator<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const first = await texts.next();
  const head = first.done === true ? new Uint8Array(0) : first.value;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      yield* texts;
    } finally {
      await texts.return(undefined);
    }
  }
  return { head, all: all() };
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
