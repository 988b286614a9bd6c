/** The schema of a Parquet file: a tree, written as a list. */

import { field, numberOf, structsOf, textOf } from './parquet-fields.ts';
import { DamagedThrift, type ThriftStruct, type ThriftValue } from './thrift.ts';

export interface ParquetSchema {
  /** Its root, then the elements of each column at the top, with those below it. */
  readonly root: ThriftStruct;
  readonly top: readonly (readonly ThriftStruct[])[];
  /** Columns at the top. */
  readonly columns: readonly string[];
  /** Columns of moments, by the types of Parquet: it has no zones. */
  readonly instants: readonly string[];
  /** Columns of values in order, by their names from the top. */
  readonly paths: readonly string[];
  readonly byName: ReadonlyMap<string, ThriftStruct>;
}

const known = new WeakMap<ThriftValue, ParquetSchema>();

/** The same object for the same list. */
export function schemaOf(file: ThriftStruct): ParquetSchema {
  const list = file.get(field.file.schema);
  const before = list && known.get(list);
  if (before !== undefined) return before;
  const elements = structsOf(file, field.file.schema);
  if (elements.length === 0) throw new DamagedThrift('it has no schema');
  const top = topLevel(elements);
  const first = top.map(([element]) => element!);
  const schema: ParquetSchema = {
    root: elements[0]!,
    top,
    columns: first.map(nameOf),
    instants: first.filter(isInstant).map(nameOf),
    paths: leafPaths(elements),
    byName: new Map(first.map((element) => [nameOf(element), element])),
  };
  known.set(list!, schema);
  return schema;
}

/** Elements of these columns alone, below a root that counts them. */
export function selectedElements({ root, top }: ParquetSchema, columns: readonly string[]): ThriftStruct[] {
  const wanted = new Set(columns);
  const selected = top.filter(([element]) => wanted.has(nameOf(element!)));
  return [
    new Map([...root, [field.element.children, { type: 5, value: selected.length } satisfies ThriftValue]]),
    ...selected.flat(),
  ];
}

/** A path in one text. */
export const pathText = (names: readonly string[]): string => JSON.stringify(names);

const nameOf = (element: ThriftStruct): string => textOf(element, field.element.name);

/** Elements of the schema right below its root, each with those below it. */
function topLevel(elements: readonly ThriftStruct[]): ThriftStruct[][] {
  const top: ThriftStruct[][] = [];
  for (let at = 1; at < elements.length; ) {
    const next = after(elements, at, 0);
    top.push(elements.slice(at, next));
    at = next;
  }
  return top;
}

function after(elements: readonly ThriftStruct[], at: number, depth: number): number {
  const children = numberOf(elements[at]!, field.element.children) ?? 0;
  let next = at + 1;
  for (let k = 0; k < children; k++) {
    if (next >= elements.length || depth > 64) throw new DamagedThrift('its schema ends within a group');
    next = after(elements, next, depth + 1);
  }
  return next;
}

/** Columns of values in the order of the schema, by their names from the top. */
function leafPaths(elements: readonly ThriftStruct[]): string[] {
  const paths: string[] = [];
  const walk = (at: number, above: readonly string[]): number => {
    const path = [...above, nameOf(elements[at]!)];
    const children = numberOf(elements[at]!, field.element.children) ?? 0;
    if (children <= 0) paths.push(pathText(path));
    let next = at + 1;
    for (let k = 0; k < children; k++) next = walk(next, path);
    return next;
  };
  for (let at = 1; at < elements.length; ) at = walk(at, []);
  return paths;
}

const int96 = 3;
const timestampConverted: readonly (number | null)[] = [9, 10];
const timestampLogical = 8;

/** Old timestamps of 96 bits and those adjusted to UTC are moments: which month they are in depends on the zone. */
function isInstant(element: ThriftStruct): boolean {
  if (numberOf(element, field.element.type) === int96) return true;
  const logical = element.get(field.element.logicalType);
  const timestamp = logical?.type === 12 ? logical.value.get(timestampLogical) : undefined;
  if (timestamp?.type === 12) {
    const adjusted = timestamp.value.get(1);
    return adjusted?.type === 1 && adjusted.value;
  }
  return logical === undefined && timestampConverted.includes(numberOf(element, field.element.convertedType));
}
