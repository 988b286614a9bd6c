import type { FoundNote } from '../register/faults.ts';
import type { RegisterFile } from '../register/partition.ts';
import type { PartFaults } from '../register/read-together.ts';
import type { CodedRows } from '../coding/coded-rows.ts';
import type { ColumnSizes } from './column-sizes.ts';
import type { PersonRows } from './person-tally.ts';

/** A population to generate in place of files to read. */
export interface SyntheticSource {
  readonly rows: number;
  readonly seed: number;
  readonly structureSeed?: number | undefined;
  readonly effects: 'on' | 'off';
}

/** Where rows come from. */
export type RegisterSource = { readonly files: readonly RegisterFile[] } | { readonly synthetic: SyntheticSource };

/** One piece of a source, read by one worker: a file or several small ones, or a part of a synthetic population. */
export type SourcePiece = { readonly files: readonly RegisterFile[] } | SyntheticPiece;
export interface SyntheticPiece {
  readonly synthetic: SyntheticSource;
  readonly part: number;
  readonly parts: number;
}

/** What a worker tells of a piece that it has read. */
export interface PieceReport {
  readonly piece: number;
  readonly rows: number;
  /** Of a piece of several files: row r of file k is row `offsets[k]` + r of the piece. */
  readonly offsets: readonly number[];
  /** What is odd with its rows. */
  readonly notes: readonly FoundNote[];
  /** What is wrong with the values of a part of a file; null for whole files, whose faults are thrown. */
  readonly faults: PartFaults | null;
}

/** Hands rows to the worker that owns them; resolves when they are absorbed. */
export type Deliver = (owner: number, rows: CodedRows) => Promise<void>;

/** Hands rows to the worker that counts their persons; resolves when they are counted. */
export type DeliverPersons = (owner: number, rows: PersonRows) => Promise<void>;

/** What a worker tells of its own rows. */
export interface WorkerSurvey {
  readonly rows: number;
  /** Rows that are shown. */
  readonly shown: number;
  readonly persons: number;
  readonly months: readonly number[];
  readonly stateDifferences: readonly (readonly number[])[];
  /** By outcome, whether all values are 0 or 1. */
  readonly zeroOne: readonly boolean[];
  /** Of the columns that are summed as they are, in the order of `summedColumns`. */
  readonly sizes: readonly ColumnSizes[];
  readonly inputLabels: readonly (readonly string[] | null)[];
  readonly populations: readonly string[];
  readonly groups: readonly (readonly (readonly string[])[])[];
  /** Mod 2⁶⁴. */
  readonly digest: bigint;
}

/** Binary places of the fixed-point sums of a pass: set by the near end, the same for every worker. */
export interface ProbitShifts {
  readonly sShift: number;
  readonly wShift: number;
  readonly lShift: number;
}
export interface CellShifts {
  readonly y: number;
  readonly y2: number;
  readonly mu: number;
  readonly r2: number;
}
