/** Flatbuffers read as untrusted bytes: what lies outside them throws, nothing is followed twice without being counted. */

/** Bytes of a flatbuffer that contradict themselves. */
export class DamagedMetadata extends Error {}

/** Bytes of texts that may still be read: tables may share one, but not for ever. */
interface TextBudget {
  left: number;
}

const textsPerByte = 8;
const fewestTexts = 65536;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A table at a place of the bytes; fields by their number in the schema, absent ones with the default. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;
  readonly #fields: number;
  readonly #texts: TextBudget;

  constructor(view: DataView, at: number, texts: TextBudget) {
    this.#texts = texts;
    this.#view = view;
    this.#at = at;
    this.#vtable = at - within(view, at, 4).getInt32(at, true);
    const size = within(view, this.#vtable, 4).getUint16(this.#vtable, true);
    within(view, this.#vtable, size);
    this.#fields = Math.max(0, (size - 4) >> 1);
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, within(view, 0, 4).getUint32(0, true), { left: textsPerByte * bytes.length + fewestTexts });
  }

  /** Place of a field of this many bytes; null where it is absent. */
  #place(field: number, bytes: number): number | null {
    if (field >= this.#fields) return null;
    const offset = this.#view.getUint16(this.#vtable + 4 + 2 * field, true);
    if (offset === 0) return null;
    within(this.#view, this.#at + offset, bytes);
    return this.#at + offset;
  }

  /** Place that a field of four bytes points to. */
  #target(field: number): number | null {
    const place = this.#place(field, 4);
    return place === null ? null : place + this.#view.getUint32(place, true);
  }

  uint8(field: number, otherwise = 0): number {
    const place = this.#place(field, 1);
    return place === null ? otherwise : this.#view.getUint8(place);
  }

  int16(field: number, otherwise = 0): number {
    const place = this.#place(field, 2);
    return place === null ? otherwise : this.#view.getInt16(place, true);
  }

  int32(field: number, otherwise = 0): number {
    const place = this.#place(field, 4);
    return place === null ? otherwise : this.#view.getInt32(place, true);
  }

  /** A 64-bit integer that a double holds. */
  int64(field: number, otherwise = 0): number {
    const place = this.#place(field, 8);
    return place === null ? otherwise : exactAt(this.#view, place);
  }

  table(field: number): FlatTable | null {
    const target = this.#target(field);
    return target === null ? null : new FlatTable(this.#view, target, this.#texts);
  }

  text(field: number): string | null {
    const target = this.#target(field);
    if (target === null) return null;
    const length = within(this.#view, target, 4).getUint32(target, true);
    within(this.#view, target + 4, length);
    this.#texts.left -= length;
    if (this.#texts.left < 0) throw new DamagedMetadata('its metadata have one text in very many places');
    try {
      return decoder.decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + target + 4, length));
    } catch {
      throw new DamagedMetadata('a name in its metadata is not UTF-8 text');
    }
  }

  /** Where the elements of a vector lie, each of this many bytes; nowhere where it is absent. */
  vectorPlace(field: number, bytes: number): { readonly at: number; readonly end: number } {
    const target = this.#target(field);
    if (target === null) return { at: 0, end: 0 };
    const length = within(this.#view, target, 4).getUint32(target, true);
    within(this.#view, target + 4, length * bytes);
    return { at: target + 4, end: target + 4 + length * bytes };
  }

  /** Places of the elements of a vector, each of this many bytes. */
  #elements(field: number, bytes: number): number[] {
    const { at, end } = this.vectorPlace(field, bytes);
    const places: number[] = [];
    for (let place = at; place < end; place += bytes) places.push(place);
    return places;
  }

  tables(field: number): FlatTable[] {
    return this.#elements(field, 4).map((place) => new FlatTable(this.#view, place + this.#view.getUint32(place, true), this.#texts));
  }

  /** Structs of this many bytes, each made of its view. */
  structs<T>(field: number, bytes: number, make: (int64: (at: number) => number, int32: (at: number) => number) => T): T[] {
    let place = 0;
    const int64 = (at: number): number => exactAt(this.#view, place + at);
    const int32 = (at: number): number => this.#view.getInt32(place + at, true);
    return this.#elements(field, bytes).map((element) => {
      place = element;
      return make(int64, int32);
    });
  }
}

function within(view: DataView, at: number, bytes: number): DataView {
  if (at < 0 || at + bytes > view.byteLength) throw new DamagedMetadata('its metadata point beyond their own end');
  return view;
}

/** A 64-bit integer that a double holds, from its halves. */
function exactAt(view: DataView, at: number): number {
  const value = view.getInt32(at + 4, true) * 4294967296 + view.getUint32(at, true);
  if (!Number.isSafeInteger(value))
    throw new DamagedMetadata(`its metadata hold the size ${view.getBigInt64(at, true)}`);
  return value;
}
