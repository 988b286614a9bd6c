import { designMatrix, type DesignTerms } from '../coding/design-matrix.ts';
import { EngineError } from '../errors.ts';
import type { Fit } from '../estimate/fit.ts';
import type { CellState } from '../indicator/cell-state.ts';
import type { IndicatorTable, Period } from '../indicator/table.ts';
import { formatPath } from '../spec/fault.ts';
import { RepeatedKeys } from '../spec/strict-json.ts';
import type { GroupSums, KeptSums, MonthSums, ProbitSums } from '../whatif/kept-sums.ts';
import type { Parts, PartValues } from './arrow-parts.ts';
import { bundleVersion, type Bundle } from './bundle.ts';
import { parseExactJson } from './exact-json.ts';
import { readParts } from './read-parts.ts';
import { tableNumbers, tableStates } from './withhold.ts';

/** Reads a bundle. Throws `EngineError('data')` where the bytes are no bundle, of another version, cut off, or do not fit together. */
export function readBundle(bytes: Uint8Array): Bundle {
  const parts = readParts(bytes, bundleVersion);
  try {
    return bundleOfParts(new PartReader(parts));
  } catch (error) {
    // A checksum can be made anew; what stands in the parts may then be of any form.
    if (error instanceof TypeError || error instanceof RangeError) throw damaged('its parts do not fit together', error);
    throw error;
  }
}

function bundleOfParts(reader: PartReader): Bundle {
  const { tables, kept, ...rest } = reader.json<Omit<Bundle, 'tables' | 'kept' | 'fits'> & { tables: number; kept: number }>('about');
  return {
    ...rest,
    fits: reader.json<Fit[]>('fits'),
    tables: Array.from({ length: tables }, (_, t) => readTable(reader, `table/${t}`)),
    kept: Array.from({ length: kept }, (_, k) => readSums(reader, `kept/${k}`)),
  };
}

/** Parts by name, each checked to be there and as long as what goes before says. */
class PartReader {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  json<T>(name: string): T {
    const text = this.part(name);
    if (typeof text !== 'string') throw damaged(`${name} is no text`);
    try {
      return parseExactJson(text) as T;
    } catch (cause) {
      throw damaged(
        cause instanceof RepeatedKeys
          ? `${name} gives ${cause.ways.map(formatPath).join(', ')} more than once`
          : `${name} cannot be parsed`,
        cause,
      );
    }
  }

  counts(name: string, length: number): Uint32Array {
    const values = this.sized(name, length);
    if (values instanceof Uint32Array) return values;
    if (values === '') return new Uint32Array(0);
    if (values instanceof Uint8Array || values instanceof Uint16Array) return Uint32Array.from(values);
    throw damaged(`${name} holds no counts`);
  }

  doubles(name: string, length: number): Float64Array {
    const values = this.sized(name, length);
    if (values === '') return new Float64Array(0);
    if (values instanceof Float64Array) return values;
    throw damaged(`${name} holds no doubles`);
  }

  singles(name: string, length: number): Float32Array {
    const values = this.sized(name, length);
    if (values === '') return new Float32Array(0);
    if (values instanceof Float32Array) return values;
    throw damaged(`${name} holds no single-precision numbers`);
  }

  integers(name: string, length: number): BigInt64Array {
    const values = this.sized(name, length);
    if (values === '') return new BigInt64Array(0);
    if (values instanceof BigInt64Array) return values;
    throw damaged(`${name} holds no 64-bit integers`);
  }

  private part(name: string): PartValues {
    const part = this.parts.get(name);
    if (part === undefined) throw damaged(`${name} is not there`);
    return part;
  }

  /** An empty array is stored as nothing, whatever its type: an empty text. */
  private sized(name: string, length: number): Exclude<PartValues, string> | '' {
    const values = this.part(name);
    if (values === '' && length === 0) return values;
    if (typeof values === 'string' || values.length !== length) throw damaged(`${name} has ${values.length} values and not ${length}`);
    return values;
  }
}

const damaged = (detail: string, cause?: unknown): EngineError => new EngineError('data.bundle-damaged', { detail }, { cause });

function readTable(reader: PartReader, at: string): IndicatorTable {
  const { by, period, rows, labels } = reader.json<{ by: string[]; period: Period; rows: number; labels: string[][] }>(at);
  const [outcome, periods, ...rest] = labels.map((list, c) => Array.from(reader.counts(`${at}/text/${c}`, rows), (code) => list[code]!));
  const numbers = Object.fromEntries(tableNumbers.map((name) => [name, reader.doubles(`${at}/${name}`, rows)])) as Record<(typeof tableNumbers)[number], Float64Array>;
  const states = Object.fromEntries(tableStates.map((name, k) => [name, rest[k]!])) as unknown as Record<(typeof tableStates)[number], CellState[]>;
  return { by, period, outcome: outcome!, groups: rest.slice(tableStates.length), periods: periods!, ...numbers, ...states };
}

interface SumsHeader extends Omit<KeptSums, 'frame' | 'months' | 'groupings' | 'probits'> {
  readonly frame: DesignTerms;
  readonly months: readonly Pick<MonthSums, 'month' | 'inSample'>[];
  readonly groupings: readonly Pick<GroupSums, 'by' | 'groups' | 'firstMonth' | 'months'>[];
  /** By outcome: months of which a probit is known near its fit. */
  readonly probits: readonly (readonly number[] | null)[];
}

function readSums(reader: PartReader, at: string): KeptSums {
  const { frame: terms, months, groupings, probits, ...rest } = reader.json<SumsHeader>(at);
  const frame = designMatrix(terms);
  const length = frame.columns.length;
  const triangle = (length * (length + 1)) / 2;
  const gram = reader.counts(`${at}/gram`, months.length * triangle);
  const sums = rest.outcomes.map((_, o) => reader.integers(`${at}/outcome/${o}`, months.length * length));
  const squares = reader.integers(`${at}/squares`, months.length * rest.outcomes.length);
  const part = <T extends { subarray(from: number, to: number): T }>(values: T, size: number, t: number): T => values.subarray(t * size, (t + 1) * size);
  return {
    ...rest,
    frame,
    months: months.map((month, t): MonthSums => ({
      ...month,
      gram: part(gram, triangle, t),
      outcomeSums: sums.map((values) => part(values, length, t)),
      squares: part(squares, rest.outcomes.length, t),
    })),
    groupings: groupings.map((grouping, g): GroupSums => {
      const cells = grouping.months * grouping.groups.length;
      const name = `${at}/group/${g}`;
      return {
        ...grouping,
        n: reader.counts(`${name}/n`, cells),
        x: reader.counts(`${name}/x`, cells * length),
        outcome: rest.outcomes.map((_, o) => reader.doubles(`${name}/y/${o}`, cells)),
        outcomeSquared: rest.outcomes.map((_, o) => reader.doubles(`${name}/y2/${o}`, cells)),
      };
    }),
    probits: probits.map((known, o): ProbitSums | null => {
      if (!known) return null;
      const name = `${at}/probit/${o}`;
      const information = reader.singles(`${name}/information`, known.length * triangle);
      const score = reader.doubles(`${name}/score`, known.length * length);
      return {
        months: known.map((month, t) => ({ month, information: part(information, triangle, t), score: part(score, length, t) })),
        groupings: groupings.map(({ groups, months: span }, g) => ({
          expected: reader.doubles(`${name}/group/${g}/expected`, span * groups.length),
          density: reader.singles(`${name}/group/${g}/density`, span * groups.length * length),
        })),
      };
    }),
  };
}
