/** Plain values in Thrift's compact protocol. */

import { codes, type ThriftStruct, type ThriftValue } from './thrift.ts';

export function writeStruct(struct: ThriftStruct): Uint8Array {
  const writer = new Writer();
  writer.struct(struct);
  return writer.written();
}

/** The same list with its bytes, which are not made again when it is written. */
export function writtenList(list: ThriftValue & { readonly type: 9 }): ThriftValue {
  const writer = new Writer();
  writer.value(list);
  return { ...list, bytes: writer.written() };
}

/** Fields by their number; most are in order as they are. */
function inOrder(struct: ThriftStruct): Iterable<readonly [number, ThriftValue]> {
  let last = 0;
  for (const id of struct.keys()) {
    if (id < last) return [...struct].sort(([a], [b]) => a - b);
    last = id;
  }
  return struct;
}

class Writer {
  #bytes = new Uint8Array(1024);
  #at = 0;

  written(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  /** Makes room for so many bytes, and tells where they go. */
  #room(length: number): number {
    const at = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#at);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }

  byte(byte: number): void {
    const at = this.#room(1);
    this.#bytes[at] = byte;
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  struct(struct: ThriftStruct): void {
    let last = 0;
    for (const [id, value] of inOrder(struct)) {
      const type = value.type === 1 && !value.value ? codes.no : value.type;
      const delta = id - last;
      if (delta > 0 && delta < 16) this.byte((delta << 4) | type);
      else {
        this.byte(type);
        this.zigzag(id);
      }
      last = id;
      if (value.type !== 1) this.value(value);
    }
    this.byte(codes.stop);
  }

  value(item: ThriftValue): void {
    switch (item.type) {
      case 1: return this.byte(item.value ? codes.yes : codes.no);
      case 3: return this.byte(item.value & 255);
      case 4: case 5: case 6: return this.zigzag(item.value);
      case 7: return this.bytes(new Uint8Array(Float64Array.of(item.value).buffer));
      case 8:
        this.varint(item.value.length);
        return this.bytes(item.value);
      case 9: return item.bytes === undefined ? this.list(item.of, item.value) : this.bytes(item.bytes);
      case 12: return this.struct(item.value);
    }
  }

  list(of: number, values: readonly ThriftValue[]): void {
    if (values.length < 15) this.byte((values.length << 4) | of);
    else {
      this.byte(0xf0 | of);
      this.varint(values.length);
    }
    for (const value of values) this.value(value);
  }
}
