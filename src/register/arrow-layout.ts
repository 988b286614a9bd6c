/** Fields of an Arrow schema: the type a column is used by, and its nodes and buffers in a record batch. */

import {
  Bool, Date_, Decimal, Dictionary, FixedSizeBinary, Float, Int, LargeUtf8, Null, Timestamp, Utf8, Utf8View, type DataType, type DateUnit,
  type Precision, type TimeUnit,
} from 'apache-arrow';
import { DamagedMetadata, type FlatTable } from './flatbuffer.ts';

export interface ArrowField {
  readonly name: string;
  /** Null where a column of this type is not read. */
  readonly type: DataType | null;
  /** What a type that is not read is called. */
  readonly typeName: string;
  /** Own buffers in a record batch, validity among them; those of children and the variadic ones of views come on top. */
  readonly buffers: number;
  readonly isView: boolean;
  readonly children: readonly ArrowField[];
  /** The dictionary whose entries the indices are of. */
  readonly dictionary: { readonly id: number; readonly entries: ArrowField } | null;
}

type Layout = Pick<ArrowField, 'type' | 'typeName' | 'buffers'>;

const unread = (typeName: string, buffers: number): Layout => ({ type: null, typeName, buffers });
const read = (type: DataType, buffers: number): Layout => ({ type, typeName: '', buffers });

/** By code of the format's `Type` union (format/Schema.fbs). Where it is absent a table has no own fields. */
const layouts: readonly ((type: FlatTable, sparseUnionBuffers: number) => Layout)[] = [
  () => unread('nothing', 0),
  () => read(new Null(), 0),
  (type) => {
    const bits = type.int32(0);
    return bits === 128
      ? unread('integer of 128 bits', 2)
      : read(new Int(type.uint8(1) !== 0, widthOf(bits, [8, 16, 32, 64])), 2);
  },
  (type) => read(new Float(oneOf(type.int16(0), 3) as Precision), 2),
  () => unread('binary', 3),
  () => read(new Utf8(), 3),
  () => read(new Bool(), 2),
  (type) => {
    const [precision, scale, width] = [type.int32(0), type.int32(1), type.int32(2, 128)];
    return width === 128 || width === 256 ? read(new Decimal(scale, precision, width), 2) : unread(`decimal of ${width} bits`, 2);
  },
  (type) => read(new Date_(oneOf(type.int16(0, 1), 2) as DateUnit), 2),
  () => unread('time of day', 2),
  (type) => read(new Timestamp(oneOf(type.int16(0), 4) as TimeUnit, type.text(1)), 2),
  () => unread('interval', 2),
  () => unread('list', 2),
  () => unread('struct', 1),
  (type, sparse) => unread('union', type.int16(0) === 0 ? sparse : sparse + 1),
  (type) => (type.int32(0) === 16 ? read(new FixedSizeBinary(16), 2) : unread('binary of fixed size', 2)),
  () => unread('list of fixed size', 1),
  () => unread('map', 2),
  () => unread('duration', 2),
  () => unread('binary', 3),
  () => read(new LargeUtf8(), 3),
  () => unread('list', 2),
  () => unread('run ends', 0),
  () => unread('binary', 2),
  () => read(new Utf8View(), 2),
  () => unread('list', 3),
  () => unread('list', 3),
];

const viewCodes: readonly number[] = [23, 24];

/** Tables that a schema may have: every field takes some bytes, so that more are the same ones met again. */
export interface FieldBudget {
  left: number;
}

const deepest = 64;

/** Before version 5 of the metadata a union had a validity buffer too. */
const sparseUnionBuffers = (version: number): number => (version >= 4 ? 1 : 2);

export function arrowField(field: FlatTable, version: number, budget: FieldBudget, depth = 0): ArrowField {
  if (--budget.left < 0 || depth > deepest) throw new DamagedMetadata('its schema has fields without end');
  const code = field.uint8(2);
  const layout = layouts[code];
  const type = field.table(3);
  if (layout === undefined || type === null) throw new DamagedMetadata(`its schema has a type ${code}, which this reader does not know`);
  const name = field.text(0) ?? '';
  field.tables(6);
  const children = field.tables(5).map((child) => arrowField(child, version, budget, depth + 1));
  const own: ArrowField = { name, ...layout(type, sparseUnionBuffers(version)), isView: viewCodes.includes(code), children, dictionary: null };
  const encoding = field.table(4);
  return encoding === null ? own : encoded(own, encoding);
}

/** In a record batch a dictionary's column has its indices alone. */
function encoded(entries: ArrowField, encoding: FlatTable): ArrowField {
  const index = encoding.table(1);
  const indices = index === null ? new Int(true, 32) : new Int(index.uint8(1) !== 0, widthOf(index.int32(0), [8, 16, 32, 64]));
  const id = encoding.int64(0);
  const type = entries.type && new Dictionary(entries.type, indices as never, id);
  const { name, typeName } = entries;
  return { name, type, typeName, buffers: 2, isView: false, children: [], dictionary: { id, entries } };
}

function oneOf(code: number, kinds: number): number {
  if (code < 0 || code >= kinds) throw new DamagedMetadata('its schema has a type whose unit does not exist');
  return code;
}

function widthOf<W extends number>(bits: number, widths: readonly W[]): W {
  const found = widths.find((width) => width === bits);
  if (found === undefined) throw new DamagedMetadata(`its schema has an integer of ${bits} bits`);
  return found;
}
