/** The LZ4 frame format, read as untrusted bytes: sizes, both checksums and the end of every block are held to. */

/** Bytes that are no whole LZ4 frame of the size that was said. */
export class DamagedFrame extends Error {}

const frameMagic = 0x184d2204;
const skippableMagic = 0x184d2a50;
const storedBlock = 0x80000000;

/** Decompresses one frame after the other into exactly `size` bytes. Throws DamagedFrame. */
export function decompressLz4(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Uint8Array(size);
  let at = 0;
  let written = 0;
  while (at < bytes.length) {
    const magic = wordAt(view, at);
    if ((magic & 0xfffffff0) >>> 0 === skippableMagic) at += 8 + wordAt(view, at + 4);
    else if (magic === frameMagic) [at, written] = readFrame(view, at + 4, out, written);
    else throw new DamagedFrame('a frame does not begin as one');
  }
  if (at !== bytes.length || written !== size) throw new DamagedFrame(`${written} bytes come out, not ${size}`);
  return out;
}

interface FrameHeader {
  readonly blockSize: number;
  readonly blockChecksums: boolean;
  readonly contentChecksum: boolean;
  readonly contentSize: number | null;
  readonly end: number;
}

function readHeader(view: DataView, at: number): FrameHeader {
  const [flags, sizes] = [byteAt(view, at), byteAt(view, at + 1)];
  if (flags >> 6 !== 1 || (flags & 2) !== 0 || (sizes & 0x8f) !== 0) throw new DamagedFrame('the frame is of another version');
  const hasSize = (flags & 8) !== 0;
  const sizeCode = sizes >> 4;
  if (sizeCode < 4) throw new DamagedFrame('the frame has blocks of no size of the format');
  if ((flags & 1) !== 0) throw new DamagedFrame('the frame needs a dictionary');
  const end = at + 2 + (hasSize ? 8 : 0);
  const checksum = (xxHash32(bytesOf(view, at, end)) >>> 8) & 255;
  if (checksum !== byteAt(view, end)) throw new DamagedFrame('the checksum of its header does not hold');
  return {
    blockSize: 1 << (2 * sizeCode + 8),
    blockChecksums: (flags & 16) !== 0,
    contentChecksum: (flags & 4) !== 0,
    contentSize: hasSize ? Number(view.getBigUint64(at + 2, true)) : null,
    end: end + 1,
  };
}

function readFrame(view: DataView, begin: number, out: Uint8Array, start: number): [at: number, written: number] {
  const header = readHeader(view, begin);
  let { end: at } = header;
  let written = start;
  for (;;) {
    const word = wordAt(view, at);
    at += 4;
    if (word === 0) break;
    const length = word & ~storedBlock;
    const block = bytesOf(view, at, at + length);
    at += length;
    if (header.blockChecksums) {
      if (xxHash32(block) !== wordAt(view, at)) throw new DamagedFrame('the checksum of a block does not hold');
      at += 4;
    }
    const before = written;
    const most = Math.min(out.length, written + header.blockSize);
    written = (word & storedBlock) !== 0 ? store(block, out, written) : readBlock(block, out, { from: written, first: start, most });
    if (written - before > header.blockSize) throw new DamagedFrame('a block is larger than the frame allows');
  }
  const content = out.subarray(start, written);
  if (header.contentSize !== null && header.contentSize !== content.length) {
    throw new DamagedFrame(`${content.length} bytes come out of a frame of ${header.contentSize}`);
  }
  if (header.contentChecksum) {
    if (xxHash32(content) !== wordAt(view, at)) throw new DamagedFrame('the checksum of its content does not hold');
    at += 4;
  }
  return [at, written];
}

function store(block: Uint8Array, out: Uint8Array, at: number): number {
  if (at + block.length > out.length) throw new DamagedFrame(`more than ${out.length} bytes come out`);
  out.set(block, at);
  return at + block.length;
}

interface Room {
  readonly from: number;
  /** Matches may reach back to here. */
  readonly first: number;
  readonly most: number;
}

/** Sequences of literals and a match; the last has literals alone. */
function readBlock(block: Uint8Array, out: Uint8Array, { from, first, most }: Room): number {
  const { length } = block;
  let [at, to] = [0, from];
  for (;;) {
    if (at >= length) throw new DamagedFrame('a block ends within a sequence');
    const token = block[at++]!;
    let literals = token >> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255) {
        if (at >= length) throw new DamagedFrame('a block ends within a length');
        literals += more = block[at++]!;
      }
    }
    if (at + literals > length || to + literals > most) throw new DamagedFrame('literals reach beyond their block');
    if (literals > 32) out.set(block.subarray(at, at + literals), to);
    else for (let i = 0; i < literals; i++) out[to + i] = block[at + i]!;
    at += literals;
    to += literals;
    if (at === length) return to;
    if (at + 2 > length) throw new DamagedFrame('a block ends within an offset');
    const offset = block[at]! | (block[at + 1]! << 8);
    at += 2;
    let match = (token & 15) + 4;
    if (match === 19) {
      let more = 255;
      while (more === 255) {
        if (at >= length) throw new DamagedFrame('a block ends within a length');
        match += more = block[at++]!;
      }
    }
    if (offset === 0 || to - offset < first || to + match > most) throw new DamagedFrame('a match reaches beyond what there is');
    if (offset >= match && match > 32) out.copyWithin(to, to - offset, to - offset + match);
    else for (let i = 0; i < match; i++) out[to + i] = out[to - offset + i]!;
    to += match;
  }
}

function wordAt(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) throw new DamagedFrame('it is cut off');
  return view.getUint32(at, true);
}

function byteAt(view: DataView, at: number): number {
  if (at >= view.byteLength) throw new DamagedFrame('it is cut off');
  return view.getUint8(at);
}

function bytesOf(view: DataView, begin: number, end: number): Uint8Array {
  if (end > view.byteLength) throw new DamagedFrame('it is cut off');
  return new Uint8Array(view.buffer, view.byteOffset + begin, end - begin);
}

const [prime1, prime2, prime3, prime4, prime5] = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1];

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** XXH32 with seed 0, as the frame format takes it for its checksums. */
export function xxHash32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { length } = bytes;
  const round = (sum: number, word: number): number => Math.imul(rotate((sum + Math.imul(word, prime2)) | 0, 13), prime1);
  let at = 0;
  let hash = prime5;
  if (length >= 16) {
    let [a, b, c, d] = [(prime1 + prime2) | 0, prime2 | 0, 0, -prime1 | 0];
    for (; at + 16 <= length; at += 16) {
      a = round(a, view.getInt32(at, true));
      b = round(b, view.getInt32(at + 4, true));
      c = round(c, view.getInt32(at + 8, true));
      d = round(d, view.getInt32(at + 12, true));
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  }
  hash = (hash + length) | 0;
  for (; at + 4 <= length; at += 4) hash = Math.imul(rotate((hash + Math.imul(view.getInt32(at, true), prime3)) | 0, 17), prime4);
  for (; at < length; at++) hash = Math.imul(rotate((hash + Math.imul(view.getUint8(at), prime5)) | 0, 11), prime1);
  hash = Math.imul(hash ^ (hash >>> 15), prime2);
  hash = Math.imul(hash ^ (hash >>> 13), prime3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
