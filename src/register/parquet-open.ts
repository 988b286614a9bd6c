/** A Parquet file whose footer has been read: what its columns are, as the decoder makes them. */

import { openArrowBytes } from './arrow.ts';
import { readHint, type ArrowHint } from './arrow-hint.ts';
import type { ArrowField } from './arrow-layout.ts';
import { zonedFields, type Zones } from './arrow-zones.ts';
import type { ByteSource } from './bytes.ts';
import { decoded, startDecoder, type Decoder } from './parquet-decoder.ts';
import { footerOfFile, refuseOverlap } from './parquet-footer-place.ts';
import { footerOf, wholeFile } from './parquet-footers.ts';
import type { ParquetFooter } from './parquet-metadata.ts';
import type { ParquetSchema } from './parquet-schema.ts';
import { checkRowCount } from './row-limit.ts';
import { instantZone } from './time-zone.ts';

export interface OpenedParquet {
  readonly file: string;
  readonly source: ByteSource;
  readonly decoder: Decoder;
  readonly footer: ParquetFooter;
  /** Where the footer begins. */
  readonly end: number;
  readonly hint: ArrowHint | null;
  readonly zones: Zones;
  readonly fields: readonly ArrowField[];
}

/** Throws EngineError 'data' for files that are encrypted or contradict themselves. */
export async function openFooter(file: string, source: ByteSource): Promise<OpenedParquet> {
  const decoder = await startDecoder();
  const { footer, end } = await footerOfFile(file, source);
  checkRowCount(file, footer.rows, source.size);
  refuseOverlap(file, footer);
  const hint = footer.arrowSchema === null ? null : readHint(footer.arrowSchema);
  // Without the writer's word, moments are moments of no zone.
  const zones: Zones = new Map(
    footer.schema.instants.map((column) => [column, hint === null ? instantZone : (hint.zones.get(column) ?? null)]),
  );
  const fields = await fieldsOf(decoder, file, footer.schema, hint && footer.arrowSchema);
  return { file, source, decoder, footer, end, hint, zones, fields: zonedFields(fields, zones) };
}

const known = new WeakMap<ParquetSchema, Map<string | null, readonly ArrowField[]>>();
const mostKnown = 16;

/** Columns as the decoder makes them; of files with one schema they are the same. */
async function fieldsOf(
  decoder: Decoder,
  file: string,
  schema: ParquetSchema,
  arrowSchema: string | null,
): Promise<readonly ArrowField[]> {
  const own = known.get(schema) ?? new Map<string | null, readonly ArrowField[]>();
  known.set(schema, own);
  const before = own.get(arrowSchema);
  if (before !== undefined) return before;
  const bytes = wholeFile([], footerOf({ schema }, { columns: schema.columns, arrowSchema, groups: [] }));
  const { fields } = await openArrowBytes(
    file,
    decoded(file, () => decoder.readSchema(bytes).intoIPCStream()),
  );
  if (own.size === mostKnown) own.clear();
  own.set(arrowSchema, fields);
  return fields;
}
