/**
 * Values of Thrift that were read of late, with their bytes: the metadata of a table's files are much alike, and
 * reading them takes time.
 */

import { standsAt } from './known-bytes.ts';
import type { ThriftValue } from './thrift.ts';

interface SeenValue {
  readonly id: number;
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly value: ThriftValue;
}

const most = 8;
const mostBytes = 64 << 10;

export class SeenValues {
  readonly #fields: ReadonlySet<number>;
  #kept: readonly SeenValue[] = [];

  /** Of fields with these numbers. */
  constructor(...fields: readonly number[]) {
    this.#fields = new Set(fields);
  }

  /** A value whose bytes stand at `at`: they tell their own end, so that what comes after is of no account. */
  find(id: number, type: number, bytes: Uint8Array, at: number): SeenValue | null {
    if (!this.#fields.has(id)) return null;
    return this.#kept.find((kept) => kept.id === id && kept.type === type && standsAt(bytes, at, kept.bytes)) ?? null;
  }

  keep(id: number, type: number, bytes: Uint8Array, value: ThriftValue): void {
    if (!this.#fields.has(id) || bytes.length > mostBytes) return;
    this.#kept = [{ id, type, bytes: new Uint8Array(bytes), value }, ...this.#kept.slice(0, most - 1)];
  }
}
