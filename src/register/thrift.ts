/** Thrift's compact protocol, read as untrusted bytes into plain values (thrift-compact-protocol.md). */

import type { SeenValues } from './thrift-seen.ts';

/** Bytes that are no compact Thrift. */
export class DamagedThrift extends Error {}

/** A value with the code of its type, so that it can be written as it was read. */
export type ThriftValue =
  | { readonly type: 1; readonly value: boolean }
  | { readonly type: 3 | 4 | 5 | 6 | 7; readonly value: number }
  | { readonly type: 8; readonly value: Uint8Array }
  | {
      readonly type: 9;
      readonly of: number;
      readonly value: readonly ThriftValue[];
      /** As they are written, where that is known. */ readonly bytes?: Uint8Array;
    }
  | { readonly type: 12; readonly value: ThriftStruct };

/** Fields by their number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

export const codes = {
  stop: 0,
  yes: 1,
  no: 2,
  byte: 3,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
} as const;
const deepest = 24;
const nothing: WantedFields = new Map();

/** Fields of a struct, or of the structs of a list, that are wanted, and what of them; null is all. */
export type WantedFields = ReadonlyMap<number, WantedFields> | null;

export interface ThriftReading {
  /** Others are gone over: they must be sound, and are not there. */
  readonly wanted?: WantedFields;
  /** Values of the struct's own fields that were seen before are the same objects again. */
  readonly seen?: SeenValues;
}

/** Reads one struct at `at`. */
export function readStruct(
  bytes: Uint8Array,
  at = 0,
  { wanted = null, seen }: ThriftReading = {},
): { readonly struct: ThriftStruct; readonly end: number } {
  const reader = new Reader(bytes, at, seen ?? null);
  const struct = reader.struct(0, wanted);
  return { struct, end: reader.at };
}

class Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly seen: SeenValues | null;

  constructor(bytes: Uint8Array, at: number, seen: SeenValues | null) {
    this.bytes = bytes;
    this.at = at;
    this.seen = seen;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new DamagedThrift('it ends within its metadata');
    return byte;
  }

  /** An unsigned integer of at most 64 bits that a double holds. */
  varint(): number {
    let [value, scale] = [0, 1];
    for (let k = 0; k < 10; k++, scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) throw new DamagedThrift(`its metadata hold the number ${value}`);
        return value;
      }
    }
    throw new DamagedThrift('its metadata hold a number without end');
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  struct(depth: number, wanted: WantedFields): ThriftStruct {
    if (depth > deepest) throw new DamagedThrift('its metadata are nested without end');
    const fields = new Map<number, ThriftValue>();
    for (let id = 0; ; ) {
      const head = this.byte();
      const type = head & 15;
      if (type === codes.stop) return fields;
      id = head >> 4 === 0 ? this.zigzag() : id + (head >> 4);
      const isFlag = type === codes.yes || type === codes.no;
      const own = wanted === null ? null : wanted.get(id);
      if (own === undefined) {
        if (!isFlag) this.skip(type, depth + 1);
      } else if (isFlag) fields.set(id, { type: 1, value: type === codes.yes });
      else
        fields.set(
          id,
          depth === 0 && this.seen !== null
            ? this.seenValue(id, type, own, this.seen)
            : this.value(type, depth + 1, own),
        );
    }
  }

  /** As far as values are no numbers of their own, none is made. */
  skip(type: number, depth: number): void {
    if (type === codes.binary) {
      const length = this.varint();
      this.at += length;
      if (this.at > this.bytes.length) throw new DamagedThrift('it ends within its metadata');
    } else if (type === codes.list || type === codes.set) {
      const { size, of } = this.listHead();
      for (let k = 0; k < size; k++) this.skip(of, depth + 1);
    } else if (type === codes.struct) this.struct(depth, nothing);
    else this.value(type, depth, null);
  }

  value(type: number, depth: number, wanted: WantedFields): ThriftValue {
    if (type === codes.yes || type === codes.no) return { type: 1, value: this.byte() === codes.yes };
    if (type === codes.byte) return { type: 3, value: (this.byte() << 24) >> 24 };
    if (type > codes.byte && type <= codes.i64) return { type: type as 4 | 5 | 6, value: this.zigzag() };
    if (type === codes.double) {
      this.at += 8;
      if (this.at > this.bytes.length) throw new DamagedThrift('it ends within its metadata');
      const view = new DataView(this.bytes.buffer, this.bytes.byteOffset);
      return { type: 7, value: view.getFloat64(this.at - 8, true) };
    }
    if (type === codes.binary) return { type: 8, value: this.binary() };
    if (type === codes.list || type === codes.set) return this.list(depth, wanted);
    if (type === codes.struct) return { type: 12, value: this.struct(depth, wanted) };
    throw new DamagedThrift(`its metadata hold a value of type ${type}`);
  }

  binary(): Uint8Array {
    const length = this.varint();
    const end = this.at + length;
    if (end > this.bytes.length) throw new DamagedThrift('it ends within its metadata');
    const value = this.bytes.subarray(this.at, end);
    this.at = end;
    return value;
  }

  /** Of a field at the top. */
  seenValue(id: number, type: number, wanted: WantedFields, seen: SeenValues): ThriftValue {
    const begin = this.at;
    const found = seen.find(id, type, this.bytes, begin);
    const value = found?.value ?? this.value(type, 1, wanted);
    if (found === null) seen.keep(id, type, this.bytes.subarray(begin, this.at), value);
    else this.at = begin + found.bytes.length;
    return value;
  }

  list(depth: number, wanted: WantedFields): ThriftValue {
    const { size, of } = this.listHead();
    const value: ThriftValue[] = [];
    for (let k = 0; k < size; k++) value.push(this.value(of, depth + 1, wanted));
    return { type: 9, of, value };
  }

  listHead(): { readonly size: number; readonly of: number } {
    const head = this.byte();
    const size = head >> 4 === 15 ? this.varint() : head >> 4;
    // Every element takes a byte at least.
    if (size > this.bytes.length - this.at) throw new DamagedThrift(`its metadata hold a list of ${size}`);
    return { size, of: head & 15 };
  }
}
