import { EngineError } from '../errors.ts';

/** Bytes of memory that a kernel is about to touch: `name` is the argument's, `count` values of `bytes` bytes from `pointer`. */
export type Span = readonly [name: string, pointer: number, count: number, bytes: number];

const refuse = (kernel: string, what: string): never => {
  throw new EngineError('internal.unexpected', { detail: `kernel ${kernel}: ${what}` });
};

/** Rows, counts and sizes: integers from 0 to 2³¹ − 1. */
export function checkCount(kernel: string, name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value <= 0x7fffffff)) {
    refuse(kernel, `${name} must be an integer from 0 to 2147483647, got ${value}`);
  }
}

export function checkMultiple(kernel: string, name: string, value: number, of: number): void {
  checkCount(kernel, name, value);
  if (value % of !== 0) refuse(kernel, `${name} must be a multiple of ${of}, got ${value}`);
}

export function checkSpan(kernel: string, end: number, span: Span): void {
  const [name, pointer, count, bytes] = span;
  if (!(Number.isInteger(pointer) && pointer > 0 && pointer % bytes === 0)) {
    refuse(kernel, `${name} must be an address divisible by ${bytes}, got ${pointer}`);
  }
  if (pointer + count * bytes > end) {
    refuse(kernel, `${name} needs ${count} values of ${bytes} bytes from ${pointer}, the memory ends at ${end}`);
  }
}

/** A shift of fixed point: its power of two, and what undoes it, are normal doubles. */
export function checkShift(kernel: string, name: string, shift: number): void {
  if (!(Number.isInteger(shift) && Math.abs(shift) <= 1022)) {
    refuse(kernel, `${name} must be an integer from -1022 to 1022, got ${shift}`);
  }
}
