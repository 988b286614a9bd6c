/** The dictionaries and record batches of one file, one after the other. */

import { Vector } from 'apache-arrow';
import { decompressionBudget } from './arrow-buffers.ts';
import type { ArrowField } from './arrow-layout.ts';
import { loadColumns } from './arrow-loader.ts';
import type { PlacedMessage } from './arrow-messages.ts';
import type { ArrowSchema, BatchHeader } from './arrow-metadata.ts';
import type { ArrowBatch } from './arrow.ts';
import type { ByteWindow } from './byte-window.ts';
import { DamagedMetadata } from './flatbuffer.ts';
import { areEqual } from './known-bytes.ts';
import { checkRowCount } from './row-limit.ts';

export const bodyOf = ({ bodyAt, bodyLength }: PlacedMessage, bytes: ByteWindow): Promise<Uint8Array> =>
  bytes.read(bodyAt, bodyAt + bodyLength);

interface Loading {
  readonly file: string;
  /** Of the whole file. */
  readonly bytes: number;
  readonly columns: readonly string[] | null;
  /** Number in the file of the first row. */
  readonly beginsAt?: number | undefined;
}

/** Dictionaries and record batches, in the order in which they are to be had. */
export function createBatchLoader({ file, bytes: size, columns, beginsAt = 1 }: Loading, { fields }: ArrowSchema) {
  const wanted = columns && new Set(columns);
  const isWanted = (name: string): boolean => wanted === null || wanted.has(name);
  const dictionaries = new Map<number, Vector>();
  const entriesOf = new Map(
    fields.flatMap(({ name, dictionary }) =>
      dictionary && isWanted(name) ? [[dictionary.id, dictionary.entries]] : [],
    ),
  );
  const ids = new Set(dictionaryIds(fields));
  const budget = decompressionBudget(size);
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    /** A delta adds entries; any other dictionary takes the place of the one before. */
    async addDictionary(placed: PlacedMessage, bytes: ByteWindow): Promise<void> {
      const { message } = placed;
      if (message.kind !== 'dictionary')
        throw new DamagedMetadata('the footer takes a message for a dictionary that is none');
      if (!ids.has(message.id)) throw new DamagedMetadata(`a dictionary ${message.id} is of no column`);
      const entries = entriesOf.get(message.id);
      if (!entries?.type) return;
      checkRowCount(
        file,
        message.batch.length + (message.isDelta ? (dictionaries.get(message.id)?.length ?? 0) : 0),
        size,
      );
      const before = message.isDelta ? dictionaries.get(message.id) : undefined;
      const body = await bodyOf(placed, bytes);
      const load = (own: Uint8Array): Vector => {
        const request = { file, fields: [entries], isWanted: () => true, dictionaries, firstRow: 1, budget };
        return new Vector([...(before?.data ?? []), loadColumns(message.batch, own, request).get(entries.name)!]);
      };
      dictionaries.set(
        message.id,
        before === undefined ? knownDictionary(entries, message.batch, body, load) : load(body),
      );
    },
    load(batch: BatchHeader, body: Uint8Array): ArrowBatch {
      checkRowCount(file, beginsAt - 1 + rows + batch.length, size);
      const columns = loadColumns(batch, body, {
        file,
        fields,
        isWanted,
        dictionaries,
        firstRow: beginsAt + rows,
        budget,
      });
      rows += batch.length;
      return { rows: batch.length, columns };
    },
  };
}

interface KnownDictionary {
  readonly batch: string;
  readonly body: Uint8Array;
  readonly vector: Vector;
}

/**
 * The last dictionary of each field of a schema: files of a table have much the same, and what is made of their entries
 * stays with the vector.
 */
const knownDictionaries = new WeakMap<ArrowField, KnownDictionary>();
const mostKnownBytes = 64 << 10;

/** A copy is made of the bytes that are kept, so that they do not hold those of a file. */
function knownDictionary(
  entries: ArrowField,
  header: BatchHeader,
  body: Uint8Array,
  load: (body: Uint8Array) => Vector,
): Vector {
  if (body.length > mostKnownBytes) return load(body);
  const known = knownDictionaries.get(entries);
  const batch = JSON.stringify(header);
  if (known !== undefined && areEqual(known.body, body) && known.batch === batch) return known.vector;
  const own = new Uint8Array(body);
  const vector = load(own);
  knownDictionaries.set(entries, { batch, body: own, vector });
  return vector;
}

/** Of all columns and of what they hold. */
const dictionaryIds = (fields: readonly ArrowField[]): number[] =>
  fields.flatMap(({ dictionary, children }) => [
    ...(dictionary === null ? [] : [dictionary.id, ...dictionaryIds([dictionary.entries])]),
    ...dictionaryIds(children),
  ]);
