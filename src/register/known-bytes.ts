/** What was read from bytes of late, to be had again for the same bytes: files of one table are much alike. */

const most = 8;
const mostBytes = 64 << 10;

export class KnownBytes<T> {
  #kept: readonly { readonly bytes: Uint8Array; readonly value: T }[] = [];

  find(bytes: Uint8Array): T | null {
    return this.#kept.find((kept) => areEqual(kept.bytes, bytes))?.value ?? null;
  }

  keep(bytes: Uint8Array, value: T): void {
    if (bytes.length <= mostBytes)
      this.#kept = [{ bytes: new Uint8Array(bytes), value }, ...this.#kept.slice(0, most - 1)];
  }
}

export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && standsAt(b, 0, a);
}

/** Whether `sought` stands in the bytes at `at`. */
export function standsAt(bytes: Uint8Array, at: number, sought: Uint8Array): boolean {
  if (at + sought.length > bytes.length) return false;
  for (let i = 0; i < sought.length; i++) if (bytes[at + i] !== sought[i]) return false;
  return true;
}
