/** Which Arrow types a column may have for each role, and what they are called. */

import { DataType } from 'apache-arrow';
import { EngineError } from '../errors.ts';
import type { ArrowField } from './arrow-layout.ts';
import type { ColumnRequest, ColumnRole } from './partition.ts';

type TypedField = Pick<ArrowField, 'type' | 'typeName'>;

/** Name of a column's type, without what only says how it is packed: dictionaries, large and view strings. */
export const typeName = ({ type, typeName }: TypedField): string => (type === null ? typeName : nameOf(type));

function nameOf(type: DataType): string {
  if (DataType.isDictionary(type)) return nameOf(type.dictionary);
  if (isText(type)) return 'text';
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isDate(type)) return 'date';
  if (DataType.isTimestamp(type)) return 'timestamp';
  if (DataType.isDecimal(type)) return 'decimal';
  if (DataType.isFixedSizeBinary(type)) return 'uuid';
  return type.toString().toLowerCase();
}

export const isText = (type: DataType): boolean => DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);

const isNumeric = (type: DataType): boolean =>
  DataType.isInt(type) || DataType.isFloat(type) || DataType.isBool(type) || DataType.isNull(type) || DataType.isDecimal(type);

/** Of the sixteen bytes of a UUID, whose text is its identity. */
const isUuid = (type: DataType): boolean => DataType.isFixedSizeBinary(type);

/** An all-missing column may have the type null; it can stand for any column. */
const accepts: Readonly<Record<ColumnRole, (type: DataType) => boolean>> = {
  person: (type) => DataType.isInt(type) || isText(type) || isUuid(type) || DataType.isNull(type),
  month: (type) =>
    DataType.isInt(type) || DataType.isFloat(type) || isText(type) || DataType.isDate(type) || DataType.isTimestamp(type) || DataType.isNull(type),
  number: isNumeric,
  label: (type) => isNumeric(type) || isText(type) || isUuid(type) || DataType.isDate(type),
};

export function checkType(file: string, { column, as }: ColumnRequest, field: TypedField): void {
  const { type } = field;
  const values = type !== null && DataType.isDictionary(type) ? type.dictionary : type;
  if (values !== null && accepts[as](values)) return;
  throw new EngineError('data.column-type', { file, column, type: typeName(field), role: as });
}
