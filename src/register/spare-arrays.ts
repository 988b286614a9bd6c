/** Large arrays that are used again: new ones cost pages, and their garbage is collected while others compute. */

import type { Partition } from './partition.ts';

type Kind = Float64ArrayConstructor | Uint32ArrayConstructor;
type Large = Float64Array | Uint32Array;

const leastLength = 4096;
/** Lengths are rounded up, so that one array does for parts of about the same size. */
const step = 16384;
const mostSpare = 96;
const spare: Large[] = [];

/** An array of `length` or more, with whatever stands in it where it is large. */
export function takeArray<K extends Kind>(kind: K, length: number): InstanceType<K> {
  if (length < leastLength) return new kind(length) as InstanceType<K>;
  const found = spare.findIndex((array) => array instanceof kind && array.length >= length && array.length <= 4 * length);
  return (found < 0 ? new kind(Math.ceil(length / step) * step) : spare.splice(found, 1)[0]) as InstanceType<K>;
}

function giveBack(arrays: readonly Large[]): void {
  for (const array of arrays) if (array.length >= leastLength && spare.length < mostSpare) spare.push(array);
}

const releases = new WeakMap<object, () => void>();

/** The arrays of these columns are given back when the partition is released. */
export function lend(columns: Partition['columns'], arrays: readonly Large[]): void {
  releases.set(columns, () => giveBack(arrays));
}

/** Nobody will look at the partition's columns any more. */
export function releasePartition({ columns }: Partition): void {
  releases.get(columns)?.();
  releases.delete(columns);
}
