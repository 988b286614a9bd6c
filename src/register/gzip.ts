/** Gzip files of one member or several (RFC 1952), as `cat`, `pigz` and `bgzip` write them: not every platform reads more than the first. */

import { EngineError } from '../errors.ts';
import { pieces, type ByteSource } from './bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a member begins with. */
const [magic1, magic2, deflate] = [0x1f, 0x8b, 0x08];
/** Bits of its flags that have no meaning. */
const reserved = 0xe0;
const fewestBytes = 18;
/** Of the head that a member is told by. */
const headBytes = 4;

export const isGzip = (head: Uint8Array): boolean => head[0] === magic1 && head[1] === magic2;

/**
 * The text of all members, one after the other, in one pass. Where the bytes look like the start of a member, all before is read
 * first: a platform that stops at the end of a member then has given all of it. Throws EngineError 'data' for bytes that are no
 * whole gzip file.
 */
export async function* gunzip(file: string, source: ByteSource): AsyncGenerator<Uint8Array> {
  const damaged = (cause: unknown): EngineError =>
    cause instanceof EngineError ? cause : new EngineError('data.gzip-damaged', { file, reason: cause instanceof Error ? cause.message : String(cause) }, { cause });
  let member = new Member();
  let before: Bytes = new Uint8Array(0);
  try {
    for await (const { bytes, looksLikeStart } of segments(source)) {
      let failure = yield* member.feed(bytes);
      if (failure !== null && looksLikeStart && member.endsWith(before)) {
        member.close();
        member = new Member();
        failure = yield* member.feed(bytes);
      }
      if (failure !== null) throw damaged(failure.cause);
      before = bytes.length >= 4 ? bytes.slice(-4) : joined(before, bytes).slice(-4);
    }
    const failure = yield* member.finish();
    if (failure !== null) throw damaged(failure.cause);
  } finally {
    member.close();
  }
}

interface Failure {
  readonly cause: unknown;
}

type Read = { readonly value: Uint8Array | null } | { readonly failure: Failure };

/** One member on its way through the platform's decompressor, each piece of it read to the end before the next. */
class Member {
  readonly #stream = new DecompressionStream('gzip');
  readonly #writer = this.#stream.writable.getWriter();
  readonly #reader = this.#stream.readable.getReader();
  #next: Promise<Read> | null = null;
  #count = 0;

  /** Whether the size at the end of a member is that of what has come out. */
  endsWith(end: Bytes): boolean {
    return end.length === 4 && new DataView(end.buffer).getUint32(0, true) === this.#count % 2 ** 32;
  }

  feed(bytes: Bytes): AsyncGenerator<Uint8Array, Failure | null> {
    return this.#read(this.#writer.write(bytes), false);
  }

  finish(): AsyncGenerator<Uint8Array, Failure | null> {
    return this.#read(this.#writer.close(), true);
  }

  close(): void {
    void this.#writer.abort().catch(() => {});
    void this.#reader.cancel().catch(() => {});
  }

  /** What comes out until the step is taken and no more is there, or with `toEnd` until all is there. */
  async *#read(step: Promise<void>, toEnd: boolean): AsyncGenerator<Uint8Array, Failure | null> {
    let taken = null as Failure | 'done' | null;
    const told = step.then(() => void (taken = 'done'), (cause: unknown) => void (taken = { cause }));
    for (;;) {
      this.#next ??= this.#reader.read().then(({ done, value }) => ({ value: done ? null : value }), (cause: unknown) => ({ failure: { cause } }));
      // What came out of a step that is taken is there before the next turn of the event loop.
      const other = taken === null ? told : toEnd && taken === 'done' ? null : turn();
      const read = await (other === null ? this.#next : Promise.race([this.#next, other]));
      if (read === undefined) {
        if (other === told) continue;
        return taken === 'done' ? null : taken;
      }
      this.#next = null;
      if ('failure' in read) return read.failure;
      if (read.value === null) return null;
      this.#count += read.value.length;
      yield read.value;
    }
  }
}

/** The next turn of the event loop. */
function turn(): Promise<undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

interface Segment {
  readonly bytes: Bytes;
  /** It begins with what a member may begin with. */
  readonly looksLikeStart: boolean;
}

/** The bytes in order, cut where another member may start. */
async function* segments(source: ByteSource): AsyncGenerator<Segment> {
  let held: Bytes = new Uint8Array(0);
  let looksLikeStart = false;
  let soonest = fewestBytes;
  for await (const piece of pieces(source, 0, source.size)) {
    const bytes = joined(held, piece);
    let from = 0;
    for (let at = startIn(bytes, soonest); at >= 0; at = startIn(bytes, from + fewestBytes)) {
      if (at > from) yield { bytes: bytes.subarray(from, at), looksLikeStart };
      [from, looksLikeStart] = [at, true];
    }
    soonest = 0;
    // The last bytes are looked at once more, with the next ones after them.
    const to = Math.max(from, bytes.length - headBytes + 1);
    if (to > from) {
      yield { bytes: bytes.subarray(from, to), looksLikeStart };
      looksLikeStart = false;
    }
    held = bytes.slice(to);
  }
  if (held.length > 0) yield { bytes: held, looksLikeStart };
}

/** Where a member may start from a place on; −1 where none may. */
function startIn(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(magic1, from); at >= 0 && at + headBytes <= bytes.length; at = bytes.indexOf(magic1, at + 1)) {
    if (bytes[at + 1] === magic2 && bytes[at + 2] === deflate && (bytes[at + 3]! & reserved) === 0) return at;
  }
  return -1;
}

function joined(a: Bytes, b: Bytes): Bytes {
  if (a.length === 0) return b;
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
