/** A window that moves over a long text. */

import { EngineError } from '../errors.ts';
import { joined, pieces, type ByteSource } from './bytes.ts';
import { foreignKind } from './foreign-file.ts';
import { gunzip, isGzip } from './gzip.ts';
import type { ReadingOptions } from './partition.ts';
import { openPlainText } from './plain-text.ts';
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
  const isPacked = /\.gz$/i.test(file);
  if (isPacked && source.size > 0 && !isGzip(await source.slice(0, Math.min(source.size, 4096)))) throw new EngineError('data.not-gzip', { file });
  const { head, all } = isPacked ? await lookedAt(gunzip(file, source)) : await lookedAtPlain(source);
  const label = encodingOf(file, head, encoding);
  if (label !== 'utf-8') {
    const decoded = await lookedAt(asUtf8(file, all(), label));
    if (decoded.head.includes(0)) throw new EngineError('data.foreign-file', { file, kind: 'binary' });
    return textReader(hasBareReturns(decoded.head) ? withLineFeeds(decoded.all()) : decoded.all(), isPacked ? 'packed' : 'encoding');
  }
  const hasReturns = hasBareReturns(head);
  if (!isPacked && !hasReturns) return openPlainText(source, head.length, source.size, head);
  return textReader(hasReturns ? withLineFeeds(all()) : all(), isPacked ? 'packed' : 'returns');
}

/** Throws EngineError 'data' where the head is of something else than text. */
function encodingOf(file: string, head: Uint8Array, encoding: string | undefined): string {
  const kind = foreignKind(head);
  if (kind !== null) throw new EngineError('data.foreign-file', { file, kind });
  const named = encoding === undefined ? null : knownEncoding(encoding);
  if (encoding !== undefined && named === null) throw new EngineError('usage.encoding', { encoding });
  const label = named ?? sniffUtf16(head) ?? 'utf-8';
  if (label === 'utf-8' && head.includes(0)) throw new EngineError('data.foreign-file', { file, kind: 'binary' });
  return label;
}

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
      window = { bytes: asOne(parts), isLast };
      return window;
    },
    close: async () => void (await text.return(undefined)),
    altered,
  };
}

interface LookedAt {
  readonly head: Uint8Array;
  readonly all: () => AsyncGenerator<Uint8Array>;
}

/** The first bytes, and all of them. */
async function lookedAt(texts: AsyncGenerator<Uint8Array>): Promise<LookedAt> {
  const first = await texts.next();
  const head = first.done === true ? new Uint8Array(0) : first.value;
  return { head, all: () => withHead(head, texts) };
}

const headBytes = 8 << 20;

async function lookedAtPlain(source: ByteSource): Promise<LookedAt> {
  const head = await source.slice(0, Math.min(source.size, headBytes));
  return { head, all: () => withHead(head, pieces(source, head.length, source.size)) };
}

async function* withHead(head: Uint8Array, texts: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    yield* texts;
  } finally {
    await texts.return(undefined);
  }
}

/** Without a copy where there is one. */
function asOne(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0);
  return filled.length === 1 ? filled[0]! : joined(filled);
}
