import type { NumberArray } from '../register/partition.ts';
import { intervalLevel } from './breaks.ts';
import { createFaultLog, type FaultLog } from '../register/faults.ts';
import type { CovariateInput } from './row-plan.ts';

type StaticInput = CovariateInput & { held: 'codes' };
type Codes = Uint8Array | Uint16Array;

/** Codes of a covariate whose levels are known before the data; missing is the code after the last level. */
export function staticCodes(input: StaticInput, values: NumberArray, rowNumbers: Uint32Array, faults: FaultLog): Codes {
  if (values instanceof Float32Array || values instanceof Float64Array) return numberCodes(input, values, rowNumbers, faults);
  const table = integerTable(input, values);
  // A table without a code for every integer: one of them lies between two levels.
  if (table === null) return numberCodes(input, new Float64Array(values), rowNumbers, faults);
  return values.BYTES_PER_ELEMENT === 1
    ? byteCodes(new Uint8Array(values.buffer, values.byteOffset, values.length), table)
    : wordCodes(new Uint16Array(values.buffer, values.byteOffset, values.length), table);
}

const tables = new WeakMap<StaticInput, Map<unknown, Codes | null>>();

/** Code of every value of a type of integers, by its bits. */
function integerTable(input: StaticInput, values: Int8Array | Uint8Array | Int16Array | Uint16Array): Codes | null {
  const Type = values.constructor as Int8ArrayConstructor;
  const known = tables.get(input) ?? new Map<unknown, Codes | null>();
  tables.set(input, known);
  if (!known.has(Type)) {
    const every = new Type(2 ** (8 * Type.BYTES_PER_ELEMENT));
    for (let bits = 0; bits < every.length; bits++) every[bits] = bits;
    const faults = createFaultLog('');
    const table = numberCodes(input, new Float64Array(every), new Uint32Array(every.length), faults);
    known.set(Type, faults.any() ? null : table);
  }
  return known.get(Type)!;
}

const newCodes = ({ levels }: StaticInput, rows: number): Codes => (levels < 256 ? new Uint8Array(rows) : new Uint16Array(rows));

function byteCodes(values: Uint8Array, table: Codes): Codes {
  const codes = new (table.constructor as Uint8ArrayConstructor)(values.length);
  for (let i = 0; i < codes.length; i++) codes[i] = table[values[i]!]!;
  return codes;
}

function wordCodes(values: Uint16Array, table: Codes): Codes {
  const codes = new (table.constructor as Uint8ArrayConstructor)(values.length);
  for (let i = 0; i < codes.length; i++) codes[i] = table[values[i]!]!;
  return codes;
}

function numberCodes(input: StaticInput, values: Float32Array | Float64Array, rowNumbers: Uint32Array, faults: FaultLog): Codes {
  const { covariate, levels } = input;
  const codes = newCodes(input, values.length);
  if (covariate.coding === 'values') {
    const { min = 0, max = 0 } = covariate;
    for (let i = 0; i < codes.length; i++) {
      const x = values[i]!;
      const level = x !== x ? levels : (x < min ? min : x > max ? max : x) - min;
      codes[i] = level;
      if (codes[i] !== level) faults.add('fault.between-levels', input.column, rowNumbers[i]!, String(x));
    }
  } else if (covariate.coding === 'intervals') {
    const breaks = Float64Array.from(covariate.breaks);
    for (let i = 0; i < codes.length; i++) codes[i] = values[i]! === values[i]! ? intervalLevel(breaks, values[i]!) : levels;
  } else for (let i = 0; i < codes.length; i++) codes[i] = values[i]! === values[i]! ? 1 : 0;
  return codes;
}
