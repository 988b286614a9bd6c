/** Zones of timestamps that the reader of a format has found out for itself. */

import { Data, DataType, Timestamp } from 'apache-arrow';
import type { ArrowBatch } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';

/** By column; null where its timestamps have none, and are on a calendar of their own. */
export type Zones = ReadonlyMap<string, string | null>;

function zoned(type: DataType, name: string, zones: Zones): DataType {
  const zone = zones.get(name);
  return zone !== undefined && DataType.isTimestamp(type) ? new Timestamp(type.unit, zone) : type;
}

export const zonedFields = (fields: readonly ArrowField[], zones: Zones): ArrowField[] =>
  fields.map((field) => (field.type === null ? field : { ...field, type: zoned(field.type, field.name, zones) }));

export function zonedColumns({ rows, columns }: ArrowBatch, zones: Zones): ArrowBatch {
  const changed = [...columns].map(([name, data]): [string, Data] =>
    zones.has(name) ? [name, new Data(zoned(data.type, name, zones), data.offset, data.length, data.nullCount, data as never)] : [name, data]);
  return { rows, columns: new Map(changed) };
}
