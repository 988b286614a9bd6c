/** Gzip files of one member or several (RFC 1952), as `cat`, `pigz` and `bgzip` write them: not every platform reads more than the first. */

import { EngineError } from '../errors.ts';
import { pieces, type ByteSource } from './bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a member begins with. */
const [magic1, magic2, deflate] = [0x1f, 0x8b, 0x08];
/** Bits of its flags that have no meaning. */
const reserved = 0xe0;
const fewestBytes = 18;

export const isGzip = (head: Uint8Array): boolean => head[0] === magic1 && head[1] === magic2;

/** The text of all members, one after the other. Throws EngineError 'data' for bytes that are no whole gzip file. */
export async function* gunzip(file: string, source: ByteSource): AsyncGenerator<Uint8Array> {
  const starts = await memberStarts(source);
  let begin = 0;
  for (const [k, end] of [...starts.slice(1), source.size].entries()) {
    // Bytes within a member may look like the start of another: only a member that ends there makes it one.
    const isLast = k === starts.length - 1;
    if (!isLast && !(await isWhole(source, begin, end))) continue;
    try {
      yield* inflated(source, begin, end);
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      throw new EngineError('data.gzip-damaged', { file, reason: cause instanceof Error ? cause.message : String(cause) }, { cause });
    }
    begin = end;
  }
}

/** Places where a member may start, the first of them 0. */
async function memberStarts(source: ByteSource): Promise<number[]> {
  const starts = [0];
  let [at, before] = [0, new Uint8Array(0)];
  for await (const piece of pieces(source, 0, source.size)) {
    // The last bytes are looked at once more, with the next ones after them.
    const bytes = new Uint8Array(before.length + piece.length);
    bytes.set(before);
    bytes.set(piece, before.length);
    const from = at - before.length;
    for (let i = bytes.indexOf(magic1); i >= 0 && i + 3 < bytes.length; i = bytes.indexOf(magic1, i + 1)) {
      const place = from + i;
      if (bytes[i + 1] !== magic2 || bytes[i + 2] !== deflate || (bytes[i + 3]! & reserved) !== 0) continue;
      if (place >= starts.at(-1)! + fewestBytes) starts.push(place);
    }
    at += piece.length;
    before = bytes.slice(-3);
  }
  return starts;
}

async function* inflated(source: ByteSource, begin: number, end: number): AsyncGenerator<Uint8Array> {
  const reader = streamOf(pieces(source, begin, end)).pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function isWhole(source: ByteSource, begin: number, end: number): Promise<boolean> {
  try {
    for await (const piece of inflated(source, begin, end)) void piece;
    return true;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    return false;
  }
}

const streamOf = (raw: AsyncGenerator<Bytes>): ReadableStream<Bytes> =>
  new ReadableStream({
    async pull(controller) {
      const { done, value } = await raw.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await raw.return(undefined)),
  });
