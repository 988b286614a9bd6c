export const missingPension = 65535;

/** The analysis table in memory: one typed array a column. Labels are codes into the lists of `labels.ts`. */
export interface Columns {
  readonly rows: number;
  readonly personId: Int32Array;
  /** Months after the first stock. */
  readonly month: Uint8Array;
  readonly office: Uint16Array;
  readonly mainGroup: Uint8Array;
  readonly supportGroup: Uint8Array;
  readonly measure: Uint8Array;
  readonly contract: Uint8Array;
  readonly age: Uint8Array;
  readonly children: Uint8Array;
  readonly married: Uint8Array;
  readonly female: Uint8Array;
  readonly education: Uint8Array;
  readonly laidOff: Uint8Array;
  readonly health: Uint8Array;
  readonly work: Uint8Array;
  readonly disability: Uint8Array;
  /** Quarters of an hour a week. */
  readonly hours: Uint8Array;
  /** 1024ths of a basic amount. */
  readonly wage: Uint16Array;
  /** 1024ths of a basic amount, `missingPension` where missing. */
  readonly pension: Uint16Array;
  readonly country: Int8Array;
  readonly residence: Uint16Array;
  readonly history: Uint8Array;
  readonly duration: Uint16Array;
  /** Bins, 1 to 20. */
  readonly inflow3: Uint8Array;
  readonly inflow12: Uint8Array;
  readonly employment: Uint8Array;
  /** Hours a week, in 1024ths; 12-month outcomes are 0 in the months where they are not observed. */
  readonly atid3: Uint16Array;
  readonly atid12: Uint16Array;
  readonly jobb3: Uint8Array;
  readonly jobb12: Uint8Array;
}

export const allocateColumns = (rows: number): Columns => ({
  rows,
  personId: new Int32Array(rows),
  month: new Uint8Array(rows),
  office: new Uint16Array(rows),
  mainGroup: new Uint8Array(rows),
  supportGroup: new Uint8Array(rows),
  measure: new Uint8Array(rows),
  contract: new Uint8Array(rows),
  age: new Uint8Array(rows),
  children: new Uint8Array(rows),
  married: new Uint8Array(rows),
  female: new Uint8Array(rows),
  education: new Uint8Array(rows),
  laidOff: new Uint8Array(rows),
  health: new Uint8Array(rows),
  work: new Uint8Array(rows),
  disability: new Uint8Array(rows),
  hours: new Uint8Array(rows),
  wage: new Uint16Array(rows),
  pension: new Uint16Array(rows),
  country: new Int8Array(rows),
  residence: new Uint16Array(rows),
  history: new Uint8Array(rows),
  duration: new Uint16Array(rows),
  inflow3: new Uint8Array(rows),
  inflow12: new Uint8Array(rows),
  employment: new Uint8Array(rows),
  atid3: new Uint16Array(rows),
  atid12: new Uint16Array(rows),
  jobb3: new Uint8Array(rows),
  jobb12: new Uint8Array(rows),
});

/** Rows from … to as columns of their own on the same memory. */
export const sliceColumns = (columns: Columns, from: number, to: number): Columns => {
  const parts = Object.entries(columns).map(([name, values]) => [name, typeof values === 'number' ? to - from : values.subarray(from, to)]);
  return Object.fromEntries(parts) as Columns;
};
